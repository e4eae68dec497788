package org.forgelog.benchmarks;

import java.io.IOException;
import java.util.Locale;

/**
 * What a service has asked of DynamoDB, by its own metrics.
 *
 * @param requests of reads and of projecting, each try by itself
 * @param readUnits of reads
 * @param writeUnits of projecting
 */
record Costs(double requests, double readUnits, double writeUnits) {

    private static final long LOOK_MILLIS = 200;

    /** What it has come to, once it does not grow any more; a service that does nothing asks for very little. */
    static Costs of(Client client) throws IOException, InterruptedException {
        Costs before = now(client);
        while (true) {
            Thread.sleep(LOOK_MILLIS);
            Costs after = now(client);
            if (after.writeUnits == before.writeUnits && after.readUnits == before.readUnits) {
                return after;
            }
            before = after;
        }
    }

    private static Costs now(Client client) throws IOException, InterruptedException {
        String metrics = client.send("GET", "/actuator/prometheus", "", 200).body();
        return new Costs(
                sum(metrics, "forgelog_table_requests_total{"),
                sum(metrics, "forgelog_read_units_total{"),
                sum(metrics, "forgelog_projection_write_units_total{"));
    }

    private static double sum(String metrics, String name) {
        return metrics.lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** For example {@code 3.0 requests, 1.5 read units, 0.0 write units}, for each of some operations since then. */
    String since(Costs before, long operations) {
        return String.format(
                Locale.ROOT,
                "%.1f requests, %.1f read units, %.1f write units",
                (requests - before.requests) / operations,
                (readUnits - before.readUnits) / operations,
                (writeUnits - before.writeUnits) / operations);
    }
}
