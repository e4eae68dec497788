package org.forgelog.cli;

import java.util.HashMap;
import java.util.Map;

/**
 * What one read cost at the table, as the {@code X-Forgelog-Cost} header tells it.
 *
 * @param pattern the access pattern's number
 * @param rounds how many times the service waited for the table
 * @param requests how many requests it sent, some of them at the same time
 * @param readUnits DynamoDB read units
 */
public record Cost(int pattern, int rounds, int requests, double readUnits) {

    /** Reads {@code pattern=5; rounds=1; requests=3; read-units=1.5}; what is missing counts as 0. */
    public static Cost parse(String header) {
        Map<String, String> parts = new HashMap<>();
        for (String part : header.split(";", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                parts.put(
                        part.substring(0, equals).strip(),
                        part.substring(equals + 1).strip());
            }
        }
        return new Cost(
                Integer.parseInt(parts.getOrDefault("pattern", "0")),
                Integer.parseInt(parts.getOrDefault("rounds", "0")),
                Integer.parseInt(parts.getOrDefault("requests", "0")),
                Double.parseDouble(parts.getOrDefault("read-units", "0")));
    }

    @Override
    public String toString() {
        return "%d %s, %d %s, %s read units"
                .formatted(
                        rounds,
                        rounds == 1 ? "round" : "rounds",
                        requests,
                        requests == 1 ? "request" : "requests",
                        readUnits == Math.rint(readUnits)
                                ? Long.toString((long) readUnits)
                                : Double.toString(readUnits));
    }
}
