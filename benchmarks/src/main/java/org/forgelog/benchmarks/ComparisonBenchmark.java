package org.forgelog.benchmarks;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Requests per second of services that are running, in turn, so that whatever else the machine does meets all of them:
 * {@code -Dservices=a.properties,b.properties}. A service is described by an adapter file, see {@code
 * benchmarks/adapters}: its address ({@code -Durl.a=...} overrides it), headers, requests that set it up (those that fail
 * have been made before), and one request for each operation. {@code {issue}} is one of the 25 issues there are, {@code
 * {n}} a new number, {@code {state}} open and closed in turn, <code>${NAME}</code> a variable of the environment.
 */
public final class ComparisonBenchmark {

    private static final Duration WARM_UP = Duration.ofSeconds(Integer.getInteger("warmUp", 5));
    private static final Duration MEASURED = Duration.ofSeconds(Integer.getInteger("measured", 8));
    private static final int CONNECTIONS = Integer.getInteger("connections", 32);
    private static final int REPEATS = Integer.getInteger("repeats", 3);
    private static final List<String> OPERATIONS =
            List.of(System.getProperty("operations", "repository,issue,list,create,state")
                    .split(","));
    private static final int ISSUES = 25;
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)}");

    private ComparisonBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        List<Service> services = new ArrayList<>();
        for (String file : System.getProperty("services", "benchmarks/adapters/forgelog.properties")
                .split(",")) {
            services.add(Service.read(Path.of(file)));
        }
        for (Service service : services) {
            service.setUp();
        }
        System.out.printf(
                "%-12s %-14s %9s %8s %8s %10s%n", "request", "service", "per s", "p50 ms", "p99 ms", "to the first");
        for (String operation : OPERATIONS) {
            for (int repeat = 0; repeat < REPEATS; repeat++) {
                double first = 0;
                for (Service service : services) {
                    Load.Result result =
                            Load.run(CONNECTIONS, WARM_UP, MEASURED, thread -> service.operation(operation));
                    first = first == 0 ? result.perSecond() : first;
                    System.out.printf(
                            Locale.ROOT,
                            "%-12s %-14s %9.0f %8.1f %8.1f %10.2f%n",
                            operation,
                            service.name,
                            result.perSecond(),
                            result.p50(),
                            result.p99(),
                            result.perSecond() / first);
                }
            }
        }
    }

    private static final class Service {

        private final String name;
        private final Properties adapter;
        private final AtomicInteger numbers = new AtomicInteger();
        private final HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

        private Service(String name, Properties adapter) {
            this.name = name;
            this.adapter = adapter;
        }

        static Service read(Path file) throws IOException {
            Properties adapter = new Properties();
            try (Reader reader = Files.newBufferedReader(file)) {
                adapter.load(reader);
            }
            adapter.replaceAll((key, value) -> VARIABLE.matcher((String) value)
                    .replaceAll(
                            match -> Matcher.quoteReplacement(System.getenv().getOrDefault(match.group(1), ""))));
            return new Service(file.getFileName().toString().replace(".properties", ""), adapter);
        }

        void setUp() throws IOException, InterruptedException {
            for (int i = 1; adapter.containsKey("setup." + i); i++) {
                send(adapter.getProperty("setup." + i));
            }
            for (String target : List.of("read.issue", "write.issue")) {
                for (int i = 0; i < ISSUES; i++) {
                    require(send(adapter.getProperty(target)), target);
                }
            }
        }

        Load.Operation operation(String operation) {
            String request = adapter.getProperty(operation);
            return () -> require(send(request), request);
        }

        private static void require(HttpResponse<String> response, String request) throws IOException {
            if (response.statusCode() >= 300) {
                throw new IOException(request + " was answered " + response.statusCode() + ": " + response.body());
            }
        }

        /** Sends what an adapter file says: method, path and, for some, a body. */
        private HttpResponse<String> send(String template) throws IOException, InterruptedException {
            int number = numbers.incrementAndGet();
            String[] parts = template.replace("{n}", Integer.toString(number))
                    .replace(
                            "{issue}",
                            Integer.toString(1 + ThreadLocalRandom.current().nextInt(ISSUES)))
                    .replace("{state}", number % 2 == 0 ? "open" : "closed")
                    .split(" ", 3);
            String url = System.getProperty("url." + name, adapter.getProperty("url"));
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + parts[1]))
                    .timeout(Duration.ofSeconds(60))
                    .method(
                            parts[0],
                            parts.length < 3
                                    ? HttpRequest.BodyPublishers.noBody()
                                    : HttpRequest.BodyPublishers.ofString(parts[2]));
            if (parts.length == 3) {
                request.header("Content-Type", "application/json");
            }
            adapter.stringPropertyNames().stream()
                    .filter(key -> key.startsWith("header."))
                    .forEach(key -> request.header(key.substring("header.".length()), adapter.getProperty(key)));
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }
}
