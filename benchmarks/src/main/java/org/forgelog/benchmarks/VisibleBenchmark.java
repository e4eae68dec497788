package org.forgelog.benchmarks;

import java.io.IOException;
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
import java.util.function.ToLongFunction;
import org.forgelog.benchmarks.ServiceProcess.Part;
import org.forgelog.dynamodb.DynamoDbEngine;
import org.forgelog.dynamodb.server.DynamoDbServer;
import org.forgelog.engines.LocalPostgres;
import org.jspecify.annotations.Nullable;

/**
 * How long after the answer to a command a read sees what it did, at a steady rate of commands. Commands do not wait for
 * the table; after some of them, {@code looks} a second, a read that bears the command's position is sent at once. Beside
 * it the same read without a position, which waits for nothing: what is more than that is the way from the log to the
 * table. With {@code -Durl} and {@code -Dtoken}, the site administrator's, of a service that runs; else of one of its own,
 * with {@code -Dprocesses=2} of a command side and a query side in a process each. Beside one of its own, a raw write of
 * one item to DynamoDB and a read of it: no way to the table can be shorter.
 */
public final class VisibleBenchmark {

    private static final int RATE = Integer.getInteger("rate", 100);
    private static final int LOOKS = Integer.getInteger("looks", 10);
    private static final int PROCESSES = Integer.getInteger("processes", 1);
    private static final Duration WARM_UP = Duration.ofSeconds(Integer.getInteger("warmUp", 30));
    private static final Duration MEASURED = Duration.ofSeconds(Integer.getInteger("measured", 60));

    /** In nanoseconds. */
    private record Times(long command, long visible, long read, long raw) {}

    private VisibleBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        String url = System.getProperty("url");
        if (url != null) {
            run(new Client(url, System.getProperty("token", "")).user("bench" + System.currentTimeMillis()), url, null);
            return;
        }
        Path folder = Files.createTempDirectory("forgelog-benchmark");
        try (LocalPostgres postgres =
                        LocalPostgres.start(LocalPostgres.Settings.durableAt(folder.resolve("postgres")));
                DynamoDbEngine engine =
                        DynamoDbEngine.at(folder.resolve("shared")).open();
                DynamoDbServer dynamoDb = new DynamoDbServer(
                        engine::execute,
                        DynamoDbServer.Settings.onLoopback(
                                0, ServiceProcess.ACCESS_KEY_ID, ServiceProcess.SECRET_ACCESS_KEY));
                ServiceProcess writes = PROCESSES == 1
                        ? ServiceProcess.start(postgres, folder)
                        : ServiceProcess.start(Part.COMMAND_SIDE, postgres, dynamoDb, folder.resolve("service.log"));
                ServiceProcess reads = PROCESSES == 1
                        ? null
                        : ServiceProcess.start(Part.QUERY_SIDE, postgres, dynamoDb, folder.resolve("query-side.log"));
                RawEngines raw = new RawEngines(postgres, folder.resolve("raw"), 1)) {
            Client client = new Client(writes.url(), ServiceProcess.ADMIN_TOKEN).user("bench");
            run(client, reads == null ? writes.url() : reads.url(), raw);
        }
    }

    /** @param raw {@code null} where the engines are not ours */
    private static void run(Client client, String readsUrl, @Nullable RawEngines raw) throws Exception {
        Client reader = client.at(readsUrl);
        Costs before = Costs.of(reader);
        List<Times> times = times(client, reader, raw);
        String cost = Costs.of(reader).since(before, (WARM_UP.toSeconds() + MEASURED.toSeconds()) * RATE);
        System.out.printf(
                Locale.ROOT, "%d commands/s for %d s, %d looked at%n", RATE, MEASURED.toSeconds(), times.size());
        Spread.of(times, Times::command).print("a command, answered without waiting");
        Spread visible = Spread.of(times, Times::visible);
        visible.print("from answer to visible");
        Spread read = Spread.of(times, Times::read);
        read.print("a read that need not wait");
        visible.print("visible / read", read);
        if (raw != null) {
            Spread engine = Spread.of(times, Times::raw);
            engine.print("one item written to DynamoDB and read");
            visible.print("visible / raw", engine);
        }
        System.out.println("to DynamoDB, for each command and its looks: " + cost);
    }

    /** Of some times, in milliseconds. */
    private record Spread(double p50, double p99, double most) {

        static Spread of(List<Times> times, ToLongFunction<Times> of) {
            long[] sorted = times.stream().mapToLong(of).sorted().toArray();
            return new Spread(Load.at(sorted, 0.5), Load.at(sorted, 0.99), Load.at(sorted, 1));
        }

        void print(String what) {
            System.out.printf(Locale.ROOT, "%s: p50 %.1f ms, p99 %.1f ms, most %.1f ms%n", what, p50, p99, most);
        }

        /** As a ratio to another one. */
        void print(String what, Spread other) {
            System.out.printf(Locale.ROOT, "%s: p50 %.1f, p99 %.1f%n", what, p50 / other.p50, p99 / other.p99);
        }
    }

    private static List<Times> times(Client client, Client reader, @Nullable RawEngines raw) throws Exception {
        client.send("POST", "/user/repos", "{\"name\":\"busy\"}", 201);
        String issues =
                "/repos/" + reader.json("GET", "/user", "", 200).get("login").asString() + "/busy/issues";
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
                boolean looked = n % Math.max(1, RATE / LOOKS) == 0;
                Callable<Times> command = () -> command(client, reader, raw, issues, looked);
                Future<Times> result = threads.submit(command);
                if (due >= counted && looked) {
                    results.add(result);
                }
            }
            for (Future<Times> result : results) {
                times.add(result.get());
            }
        }
        return times;
    }

    private static Times command(Client client, Client reader, @Nullable RawEngines raw, String issues, boolean looked)
            throws IOException, InterruptedException {
        long sent = System.nanoTime();
        HttpResponse<String> written =
                client.send("POST", issues, "{\"title\":\"An issue\"}", 201, Map.of("Prefer", "respond-async"));
        long answered = System.nanoTime();
        if (!looked) {
            return new Times(answered - sent, 0, 0, 0);
        }
        String position = written.headers().firstValue("X-Forgelog-Position").orElseThrow();
        String path = issues + "/" + written.body().replaceFirst("(?s).*?\"number\":\\s*(\\d+).*", "$1");
        long asked = System.nanoTime();
        reader.send("GET", path, "", 200, Map.of("X-Forgelog-Position", position));
        long seen = System.nanoTime();
        reader.send("GET", path, "", 200, Map.of());
        long read = System.nanoTime();
        if (raw != null) {
            raw.put(2);
            raw.get(2);
        }
        return new Times(answered - sent, seen - asked, read - seen, System.nanoTime() - read);
    }
}
