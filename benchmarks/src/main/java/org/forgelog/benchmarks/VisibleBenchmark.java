package org.forgelog.benchmarks;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.forgelog.engines.DynamoDbLocal;
import org.forgelog.engines.LocalPostgres;

/**
 * How long after the answer to a command a read sees what it did, at a steady rate of commands: the command does not wait
 * for the table, and a read that bears its position is sent at once. Beside it the same read without a position, which
 * waits for nothing: what is more than that is the way from the log to the table.
 */
public final class VisibleBenchmark {

    private static final int RATE = Integer.getInteger("rate", 100);
    private static final Duration WARM_UP = Duration.ofSeconds(Integer.getInteger("warmUp", 20));
    private static final Duration MEASURED = Duration.ofSeconds(Integer.getInteger("measured", 60));

    private record Times(long visible, long read) {}

    private VisibleBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("forgelog-benchmark");
        try (LocalPostgres postgres =
                        LocalPostgres.start(LocalPostgres.Settings.durableAt(folder.resolve("postgres")));
                DynamoDbLocal dynamoDb =
                        DynamoDbLocal.start(DynamoDbLocal.Settings.defaults().withHeap("2g"));
                ServiceProcess service =
                        ServiceProcess.start(freePort(), postgres, dynamoDb, folder.resolve("service.log"))) {
            Client admin = new Client(service.url(), ServiceProcess.ADMIN_TOKEN);
            admin.send("POST", "/admin/users", "{\"login\":\"bench\",\"email\":\"bench@example.org\"}", 201);
            Client owner =
                    admin.as(admin.json("POST", "/admin/users/bench/authorizations", "{\"scopes\":[\"repo\"]}", 201)
                            .get("token")
                            .asString());
            owner.send("POST", "/user/repos", "{\"name\":\"busy\"}", 201);
            List<Times> times = run(owner);
            long[] visible = times.stream().mapToLong(Times::visible).sorted().toArray();
            long[] read = times.stream().mapToLong(Times::read).sorted().toArray();
            System.out.printf(
                    Locale.ROOT,
                    "%d commands/s for %d s: %d commands%nfrom answer to visible: p50 %.1f ms, p99 %.1f ms%n"
                            + "a read that need not wait: p50 %.1f ms, p99 %.1f ms%n",
                    RATE,
                    MEASURED.toSeconds(),
                    times.size(),
                    at(visible, 0.5),
                    at(visible, 0.99),
                    at(read, 0.5),
                    at(read, 0.99));
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static List<Times> run(Client client) throws Exception {
        long start = System.nanoTime();
        long counted = start + WARM_UP.toNanos();
        long end = counted + MEASURED.toNanos();
        List<Future<Times>> results = new ArrayList<>();
        List<Times> times = new ArrayList<>();
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            for (int n = 0; ; n++) {
                long due = start + n * 1_000_000_000L / RATE;
                if (due >= end) {
                    break;
                }
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                Callable<Times> command = () -> command(client);
                Future<Times> result = threads.submit(command);
                if (due >= counted) {
                    results.add(result);
                }
            }
            for (Future<Times> result : results) {
                times.add(result.get());
            }
        }
        return times;
    }

    private static Times command(Client client) throws IOException, InterruptedException {
        HttpResponse<String> written = client.send(
                "POST", "/repos/bench/busy/issues", "{\"title\":\"An issue\"}", 201, Map.of("Prefer", "respond-async"));
        String position = written.headers().firstValue("X-Forgelog-Position").orElseThrow();
        String path = "/repos/bench/busy/issues/" + written.body().replaceFirst("(?s).*?\"number\":\\s*(\\d+).*", "$1");
        long answered = System.nanoTime();
        client.send("GET", path, "", 200, Map.of("X-Forgelog-Position", position));
        long seen = System.nanoTime();
        client.send("GET", path, "", 200, Map.of());
        return new Times(seen - answered, System.nanoTime() - seen);
    }

    private static double at(long[] sorted, double quantile) {
        return sorted[(int) Math.min(sorted.length - 1, Math.floor(quantile * sorted.length))] / 1e6;
    }
}
