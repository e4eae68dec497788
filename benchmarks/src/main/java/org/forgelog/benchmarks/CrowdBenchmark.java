package org.forgelog.benchmarks;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.forgelog.engines.LocalPostgres;

/**
 * What an ordinary reader notices of a crowd: 300 clients that send a byte of their request every now and then, and 50
 * that ask for the largest answers there are, again and again. Prints the reader's p50 and p99 alone and beside them, and
 * what became of the large answers. What it should show: p99 below 500 ms.
 */
public final class CrowdBenchmark {

    private static final int SLOW = Integer.getInteger("slow", 300);
    private static final int EXPENSIVE = Integer.getInteger("expensive", 50);
    private static final int LARGE_ISSUES = 100;
    private static final int LARGEST_BODY = 65_536;
    private static final Duration ALONE = Duration.ofSeconds(Integer.getInteger("alone", 10));
    private static final Duration MEASURED = Duration.ofSeconds(Integer.getInteger("measured", 30));

    private CrowdBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("forgelog-benchmark");
        try (LocalPostgres postgres =
                        LocalPostgres.start(LocalPostgres.Settings.durableAt(folder.resolve("postgres")));
                ServiceProcess service = ServiceProcess.start(postgres, folder)) {
            Client administrator = new Client(service.url(), ServiceProcess.ADMIN_TOKEN);
            Client reader = administrator.user("reader");
            Client crowd = administrator.user("crowd");
            fill(crowd);
            reader.send("POST", "/user/repos", "{\"name\":\"small\"}", 201);
            reader.send("POST", "/repos/reader/small/issues", "{\"title\":\"one\"}", 201);
            print("alone", reading(reader, ALONE));
            beside(service.url(), reader, crowd);
        }
    }

    private static void fill(Client crowd) throws Exception {
        crowd.send("POST", "/user/repos", "{\"name\":\"large\"}", 201);
        String body = "{\"title\":\"large\",\"body\":\"" + "\u4e00".repeat(LARGEST_BODY) + "\"}";
        for (int i = 0; i < LARGE_ISSUES; i++) {
            crowd.send("POST", "/repos/crowd/large/issues", body, 201);
        }
    }

    private static void beside(String url, Client reader, Client crowd) throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        Map<Integer, LongAdder> answers = new ConcurrentHashMap<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < SLOW; i++) {
                threads.submit(() -> slow(URI.create(url), over));
            }
            for (int i = 0; i < EXPENSIVE; i++) {
                threads.submit(() -> expensive(crowd, over, answers));
            }
            print("beside " + SLOW + " slow clients and " + EXPENSIVE + " expensive ones", reading(reader, MEASURED));
            over.set(true);
        }
        System.out.println("large answers, by status: " + new TreeMap<>(answers));
    }

    /** In nanoseconds. */
    private static List<Long> reading(Client reader, Duration time) throws IOException, InterruptedException {
        List<Long> times = new ArrayList<>();
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            long start = System.nanoTime();
            reader.send("GET", "/repos/reader/small/issues/1", "", 200);
            times.add(System.nanoTime() - start);
            Thread.sleep(10);
        }
        return times;
    }

    private static void print(String what, List<Long> times) {
        long[] sorted = times.stream().mapToLong(Long::longValue).sorted().toArray();
        System.out.printf(
                Locale.ROOT,
                "%s: %d reads, p50 %.1f ms, p99 %.1f ms, most %.1f ms%n",
                what,
                sorted.length,
                Load.at(sorted, 0.5),
                Load.at(sorted, 0.99),
                Load.at(sorted, 1));
    }

    private static void slow(URI url, AtomicBoolean over) {
        while (!over.get()) {
            try (Socket socket = new Socket(url.getHost(), url.getPort())) {
                OutputStream out = socket.getOutputStream();
                out.write(("POST /user/repos HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
                while (!over.get()) {
                    out.write('x');
                    out.flush();
                    Thread.sleep(500);
                }
            } catch (IOException e) {
                // Closed by the service: again.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static void expensive(Client crowd, AtomicBoolean over, Map<Integer, LongAdder> answers) {
        while (!over.get()) {
            try {
                int status = crowd.status("/repos/crowd/large/issues?per_page=100");
                answers.computeIfAbsent(status, s -> new LongAdder()).increment();
                if (status != 200) {
                    Thread.sleep(100);
                }
            } catch (IOException e) {
                answers.computeIfAbsent(0, s -> new LongAdder()).increment();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
