package org.forgelog.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.forgelog.engines.LocalPostgres;

/**
 * What requests cost, each beside the raw engine call made by as many threads right after it (a committed insert, a {@code
 * GetItem}, a {@code Query}): rate and times, the processor time that service and PostgreSQL take for one, which says more on
 * a busy machine, and what it asks of DynamoDB. The log is synced; writes wait for the table, but for the one that says not to.
 *
 * <p>Properties: {@code warmUp} and {@code measured} in seconds, {@code connections} (1,8,32), {@code only}, a part of the
 * names of the requests that are wanted.
 */
public final class RequestBenchmark {

    private static final Duration WARM_UP = Duration.ofSeconds(Integer.getInteger("warmUp", 3));
    private static final Duration MEASURED = Duration.ofSeconds(Integer.getInteger("measured", 6));
    private static final int[] CONNECTIONS = Stream.of(
                    System.getProperty("connections", "1,8,32").split(","))
            .mapToInt(Integer::parseInt)
            .toArray();
    private static final String ONLY = System.getProperty("only", "");
    private static final int ISSUES = 200;
    private static final String BODY = "There is a typo in the README file on line 3. ".repeat(5);
    private static final String STORED = "{\"title\":\"Issue\",\"body\":\"" + BODY + "\"}";

    private final ServiceProcess service;
    private final LocalPostgres postgres;
    private final Client client;
    private final RawEngines raw;

    private RequestBenchmark(ServiceProcess service, LocalPostgres postgres, Client client, RawEngines raw) {
        this.service = service;
        this.postgres = postgres;
        this.client = client;
        this.raw = raw;
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("forgelog-benchmark");
        try (LocalPostgres postgres =
                        LocalPostgres.start(LocalPostgres.Settings.durableAt(folder.resolve("postgres")));
                ServiceProcess service = ServiceProcess.start(postgres, folder);
                RawEngines raw = new RawEngines(postgres, folder.resolve("raw"), ISSUES)) {
            Client owner = new Client(service.url(), ServiceProcess.ADMIN_TOKEN).user("bench");
            for (String name : List.of("read", "write")) {
                owner.send("POST", "/user/repos", "{\"name\":\"" + name + "\"}", 201);
            }
            for (int i = 0; i < ISSUES; i++) {
                owner.send("POST", "/repos/bench/read/issues", issue(i), 201);
            }
            new RequestBenchmark(service, postgres, owner, raw).run();
        }
    }

    private static String issue(int n) {
        return "{\"title\":\"Issue number " + n + "\",\"body\":\"" + BODY + "\"}";
    }

    private void run() throws Exception {
        System.out.printf(
                "%-12s %11s | %9s %8s %8s | %10s %11s | %9s %12s | %s%n",
                "request",
                "connections",
                "per s",
                "p50 ms",
                "p99 ms",
                "service ms",
                "postgres ms",
                "raw per s",
                "share of raw",
                "to DynamoDB, each");
        AtomicInteger titles = new AtomicInteger();
        for (int connections : CONNECTIONS) {
            row(
                    "POST issue",
                    connections,
                    t -> () -> client.send("POST", "/repos/bench/write/issues", issue(titles.incrementAndGet()), 201),
                    t -> raw.insert(STORED));
            row(
                    "POST, async",
                    connections,
                    t -> () -> client.sendAsync("/repos/bench/write/issues", issue(titles.incrementAndGet())),
                    t -> raw.insert(STORED));
            row(
                    "PATCH state",
                    connections,
                    t -> () -> client.send("PATCH", "/repos/bench/read/issues/" + any(), anyState(), 200),
                    t -> raw.insert(STORED));
            row(
                    "GET issue",
                    connections,
                    t -> () -> client.send("GET", "/repos/bench/read/issues/" + ISSUES / 2, "", 200),
                    t -> () -> raw.get(ISSUES / 2));
            row(
                    "GET list",
                    connections,
                    t -> () -> client.send("GET", "/repos/bench/read/issues?per_page=30", "", 200),
                    t -> () -> raw.query(30));
        }
    }

    private static int any() {
        return ThreadLocalRandom.current().nextInt(1, ISSUES);
    }

    private static String anyState() {
        return ThreadLocalRandom.current().nextBoolean() ? "{\"state\":\"closed\"}" : "{\"state\":\"open\"}";
    }

    private void row(
            String name, int connections, IntFunction<Load.Operation> request, IntFunction<Load.Operation> engine)
            throws Exception {
        if (!name.contains(ONLY)) {
            return;
        }
        Load.run(connections, WARM_UP, Duration.ZERO, request);
        Costs before = Costs.of(client);
        Duration ofService = service.processorTime();
        Duration ofPostgres = ServiceProcess.processorTime(postgres);
        Load.Result result = Load.run(connections, Duration.ZERO, MEASURED, request);
        double perCall = 1e-6 / result.calls();
        double serviceMillis = service.processorTime().minus(ofService).toNanos() * perCall;
        double postgresMillis =
                ServiceProcess.processorTime(postgres).minus(ofPostgres).toNanos() * perCall;
        String cost = Costs.of(client).since(before, result.calls());
        Load.Result alone = Load.run(connections, WARM_UP, MEASURED, engine);
        System.out.printf(
                Locale.ROOT,
                "%-12s %11d | %9.0f %8.2f %8.2f | %10.2f %11.2f | %9.0f %12.2f | %s%n",
                name,
                connections,
                result.perSecond(),
                result.p50(),
                result.p99(),
                serviceMillis,
                postgresMillis,
                alone.perSecond(),
                result.perSecond() / alone.perSecond(),
                cost);
    }
}
