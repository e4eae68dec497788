package org.forgelog.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.forgelog.engines.LocalPostgres;

/**
 * Requests per second and times of {@code POST} issue, {@code GET} issue and a list of 30, with 1, 8 and 32 connections,
 * each beside the raw engine call made by as many threads right after it: a committed insert, a {@code GetItem}, a
 * {@code Query}.
 */
public final class RequestBenchmark {

    private static final Duration WARM_UP = Duration.ofSeconds(Integer.getInteger("warmUp", 3));
    private static final Duration MEASURED = Duration.ofSeconds(Integer.getInteger("measured", 6));
    private static final int ISSUES = 200;
    private static final String BODY = "There is a typo in the README file on line 3. ".repeat(5);

    private final Client client;
    private final RawEngines raw;

    private RequestBenchmark(Client client, RawEngines raw) {
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
            new RequestBenchmark(owner, raw).run();
        }
    }

    private static String issue(int n) {
        return "{\"title\":\"Issue number " + n + "\",\"body\":\"" + BODY + "\"}";
    }

    private void run() throws Exception {
        System.out.printf(
                "%-12s %11s | %9s %8s %8s | %9s %8s %8s | %s | %s%n",
                "request",
                "connections",
                "per s",
                "p50 ms",
                "p99 ms",
                "raw per s",
                "p50 ms",
                "p99 ms",
                "share of raw",
                "to DynamoDB, each");
        AtomicInteger titles = new AtomicInteger();
        for (int connections : List.of(1, 8, 32)) {
            row(
                    "POST issue",
                    connections,
                    t -> () -> client.send("POST", "/repos/bench/write/issues", issue(titles.incrementAndGet()), 201),
                    t -> raw.insert("{\"title\":\"Issue\",\"body\":\"" + BODY + "\"}"));
            row(
                    "POST, async",
                    connections,
                    t -> () -> client.sendAsync("/repos/bench/write/issues", issue(titles.incrementAndGet())),
                    t -> raw.insert("{\"title\":\"Issue\",\"body\":\"" + BODY + "\"}"));
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

    private void row(
            String name, int connections, IntFunction<Load.Operation> request, IntFunction<Load.Operation> engine)
            throws Exception {
        Costs before = Costs.of(client);
        Load.Result service = Load.run(connections, WARM_UP, MEASURED, request);
        String cost = Costs.of(client).since(before, service.calls());
        Load.Result alone = Load.run(connections, WARM_UP, MEASURED, engine);
        System.out.printf(
                Locale.ROOT,
                "%-12s %11d | %9.0f %8.2f %8.2f | %9.0f %8.2f %8.2f | %12.2f | %s%n",
                name,
                connections,
                service.perSecond(),
                service.p50(),
                service.p99(),
                alone.perSecond(),
                alone.p50(),
                alone.p99(),
                service.perSecond() / alone.perSecond(),
                cost);
    }
}
