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
 * What writes cost: rate and times of opening issues and of changing their state, and the processor time that service and
 * PostgreSQL take for each, which says more on a busy machine. The log is synced; each write waits for the table.
 *
 * <p>Properties: {@code warmUp} and {@code measured} in seconds, {@code connections} (1,32), {@code rounds}.
 */
public final class WriteBenchmark {

    private static final String BODY = "A body of the usual length, about as long as people write. ".repeat(4);
    private static final Duration WARM_UP = Duration.ofSeconds(Integer.getInteger("warmUp", 5));
    private static final Duration MEASURED = Duration.ofSeconds(Integer.getInteger("measured", 8));
    private static final int ISSUES = 400;

    private WriteBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("forgelog-writes");
        try (LocalPostgres postgres =
                        LocalPostgres.start(LocalPostgres.Settings.durableAt(folder.resolve("postgres")));
                ServiceProcess service = ServiceProcess.start(postgres, folder)) {
            Client owner = new Client(service.url(), ServiceProcess.ADMIN_TOKEN).user("bench");
            owner.send("POST", "/user/repos", "{\"name\":\"state\"}", 201);
            owner.send("POST", "/user/repos", "{\"name\":\"new\"}", 201);
            for (int i = 0; i < ISSUES; i++) {
                owner.send("POST", "/repos/bench/state/issues", issue(i), 201);
            }
            System.out.printf(
                    "%-12s %11s | %7s %8s %8s | %10s %10s%n",
                    "request", "connections", "per s", "p50 ms", "p99 ms", "service ms", "postgres ms");
            AtomicInteger titles = new AtomicInteger();
            for (int round = 0; round < Integer.getInteger("rounds", 1); round++) {
                for (String connections :
                        System.getProperty("connections", "1,32").split(",")) {
                    int threads = Integer.parseInt(connections);
                    row(
                            "POST issue",
                            threads,
                            service,
                            postgres,
                            t -> () -> owner.send(
                                    "POST", "/repos/bench/new/issues", issue(titles.incrementAndGet()), 201));
                    row(
                            "PATCH state",
                            threads,
                            service,
                            postgres,
                            t -> () -> owner.send(
                                    "PATCH",
                                    "/repos/bench/state/issues/"
                                            + ThreadLocalRandom.current().nextInt(1, ISSUES),
                                    ThreadLocalRandom.current().nextBoolean()
                                            ? "{\"state\":\"closed\"}"
                                            : "{\"state\":\"open\"}",
                                    200));
                }
            }
        }
    }

    private static String issue(int n) {
        return "{\"title\":\"Issue number " + n + "\",\"body\":\"" + BODY + "\"}";
    }

    private static void row(
            String name,
            int connections,
            ServiceProcess service,
            LocalPostgres postgres,
            IntFunction<Load.Operation> request)
            throws Exception {
        Load.run(connections, WARM_UP, Duration.ZERO, request);
        List<Duration> before = List.of(service.processorTime(), processorTime(postgres));
        Load.Result result = Load.run(connections, Duration.ZERO, MEASURED, request);
        System.out.printf(
                Locale.ROOT,
                "%-12s %11d | %7.0f %8.2f %8.2f | %10.2f %10.2f%n",
                name,
                connections,
                result.perSecond(),
                result.p50(),
                result.p99(),
                service.processorTime().minus(before.get(0)).toNanos() / 1e6 / result.calls(),
                processorTime(postgres).minus(before.get(1)).toNanos() / 1e6 / result.calls());
    }

    /** Of all its processes that live. */
    private static Duration processorTime(LocalPostgres postgres) {
        return ProcessHandle.of(postgres.pid()).stream()
                .flatMap(main -> Stream.concat(Stream.of(main), main.descendants()))
                .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }
}
