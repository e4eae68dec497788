package org.forgelog.benchmarks;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.forgelog.engines.LocalPostgres;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Imports a synthetic hour of GH Archive and the lists of a synthetic project into a service of its own, twice each, and
 * has the directory and the table compared with the log. Meanwhile somebody reads. Then the events that came of it are
 * appended to a log as they are, as many at a time: what an import costs beside that is what it decides. And both are imported
 * by a command side alone: the rest is the projection's.
 *
 * <p>Properties: {@code lines} of the hour (150,000), {@code issues} of the project (5,000); {@code files}, with commas
 * between, to import these instead; {@code heap} of the service, 512m.
 */
public final class ImportBenchmark {

    private static final int LINES = Integer.getInteger("lines", 150_000);
    private static final int ISSUES = Integer.getInteger("issues", 5_000);
    private static final String TEXT = "A body of the usual length, about as long as people write. ".repeat(6);
    private static final Instant START = Instant.parse("2025-11-01T12:00:00Z");
    private static final JsonMapper JSON = new JsonMapper();

    private final ServiceProcess service;
    private final LocalPostgres postgres;
    private final Client admin;
    private final HttpClient http = HttpClient.newHttpClient();

    private ImportBenchmark(ServiceProcess service, LocalPostgres postgres) {
        this.service = service;
        this.postgres = postgres;
        this.admin = new Client(service.url(), ServiceProcess.ADMIN_TOKEN);
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("forgelog-import-benchmark");
        List<Path> files = new ArrayList<>();
        if (System.getProperty("files", "").isEmpty()) {
            files.add(project(folder.resolve("project.json")));
            files.add(hour(folder.resolve("hour.json.gz")));
        } else {
            for (String file : System.getProperty("files", "").split(",")) {
                files.add(Path.of(file));
            }
        }
        try (LocalPostgres postgres =
                LocalPostgres.start(LocalPostgres.Settings.durableAt(folder.resolve("postgres")))) {
            try (ServiceProcess service = ServiceProcess.start(postgres, folder)) {
                ImportBenchmark benchmark = new ImportBenchmark(service, postgres);
                for (Path file : files) {
                    benchmark.run(file.getFileName().toString(), file);
                }
                for (Path file : files) {
                    benchmark.run(file.getFileName() + " again", file);
                }
                benchmark.verify();
            }
            RawAppend.run(postgres);
        }
        try (LocalPostgres postgres =
                        LocalPostgres.start(LocalPostgres.Settings.durableAt(folder.resolve("postgres-alone")));
                ServiceProcess service = ServiceProcess.startCommandSide(postgres, folder.resolve("alone.log"))) {
            ImportBenchmark benchmark = new ImportBenchmark(service, postgres);
            for (Path file : files) {
                benchmark.run(file.getFileName() + " without the projection", file);
            }
        }
    }

    private void run(String name, Path file) throws Exception {
        HttpRequest upload = HttpRequest.newBuilder(URI.create(service.url() + "/admin/imports?on_error=skip"))
                .header("Authorization", "token " + ServiceProcess.ADMIN_TOKEN)
                .POST(HttpRequest.BodyPublishers.ofFile(file))
                .build();
        JsonNode job = JSON.readTree(
                http.send(upload, HttpResponse.BodyHandlers.ofString()).body());
        List<Long> reads = new ArrayList<>();
        long largest = 0;
        Duration ofService = service.processorTime();
        Duration ofPostgres = processorTimeOf(postgres);
        while (job.path("state").asString("").equals("running")) {
            Thread.sleep(100);
            long start = System.nanoTime();
            admin.status("/users/owner-1");
            reads.add(System.nanoTime() - start);
            largest = Math.max(largest, service.residentKilobytes());
            job = admin.json("GET", "/admin/jobs/" + job.path("id").asString(""), "", 200);
        }
        JsonNode report = job.path("report");
        long events = report.path("events").asLong(0);
        double perEvent = 1e6 / Math.max(1, events);
        Collections.sort(reads);
        System.out.printf(
                Locale.ROOT,
                "%s: %,d MB file, %,d records, %,d known, %,d events in %.1f s: %,.0f events/s; resident at most %,d MB;"
                        + " reads meanwhile: median %.0f ms, worst %.0f ms; processor time for an event: service %.0f us,"
                        + " PostgreSQL %.0f us%n  %s%n",
                name,
                Files.size(file) >> 20,
                report.path("records").asLong(0),
                report.path("known").asLong(0),
                events,
                report.path("seconds").asDouble(0),
                events / report.path("seconds").asDouble(1),
                largest >> 10,
                reads.isEmpty() ? 0 : reads.get(reads.size() / 2) / 1e6,
                reads.isEmpty() ? 0 : reads.getLast() / 1e6,
                service.processorTime().minus(ofService).toNanos() / 1e9 * perEvent,
                processorTimeOf(postgres).minus(ofPostgres).toNanos() / 1e9 * perEvent,
                report.isMissingNode() ? job : report.toString());
    }

    /** How long the processors worked for its processes that are there. */
    private static Duration processorTimeOf(LocalPostgres postgres) {
        return ProcessHandle.of(postgres.pid()).stream()
                .flatMap(server -> Stream.concat(Stream.of(server), server.descendants()))
                .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    private void verify() throws Exception {
        long start = System.nanoTime();
        JsonNode job = admin.json("POST", "/admin/directory/verify", "", 202);
        while (job.path("state").asString("").equals("running")) {
            Thread.sleep(200);
            job = admin.json("GET", "/admin/jobs/" + job.path("id").asString(""), "", 200);
        }
        System.out.println("directory: " + job.path("report"));
        JsonNode tables = admin.json("GET", "/operator/projections", "", 200);
        while (!tables.findValuesAsString("lag").stream().allMatch("0"::equals)) {
            Thread.sleep(500);
            tables = admin.json("GET", "/operator/projections", "", 200);
        }
        System.out.printf(
                Locale.ROOT, "the table was as far %.1f s after the last import%n", (System.nanoTime() - start) / 1e9);
        admin.send("POST", "/operator/replay/verify", "", 202);
        JsonNode verification = admin.json("GET", "/operator/replay/verify", "", 200);
        while (verification.path("state").asString("").equals("running")) {
            Thread.sleep(500);
            verification = admin.json("GET", "/operator/replay/verify", "", 200);
        }
        System.out.println("table: " + verification);
    }

    /** Kinds by about their share of the public timeline without pushes, branches and tags; some lines out of order. */
    private static Path hour(Path file) throws IOException {
        Random random = new Random(1);
        try (BufferedWriter out = new BufferedWriter(
                new OutputStreamWriter(new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8))) {
            for (int i = 0; i < LINES; i++) {
                out.write(event(i, random));
                out.newLine();
            }
        }
        return file;
    }

    private static String event(int i, Random random) {
        Instant at = START.plus(Duration.ofMillis(i * 3_600_000L / LINES - random.nextInt(5_000)));
        int repository = (int) Math.floor(Math.pow(random.nextDouble(), 3) * LINES / 5);
        int number = 1 + random.nextInt(50);
        int person = random.nextInt(LINES / 4);
        int kind = random.nextInt(100);
        String issue = issue("o" + repository % (LINES / 10), "r" + repository, number, number % 3 == 0, at);
        String pull = "{\"url\":\"https://api.github.com/repos/x/y/pulls/1\",\"id\":1,\"number\":" + (100 + number)
                + ",\"head\":{\"ref\":\"topic-" + i + "\",\"sha\":\"x\"},\"base\":{\"ref\":\"main\",\"sha\":\"y\"}}";
        String[] said = kind < 18
                ? new String[] {"WatchEvent", "{\"action\":\"started\"}"}
                : kind < 34
                        ? new String[] {
                            "PullRequestEvent",
                            "{\"action\":\"opened\",\"number\":" + (100 + number) + ",\"pull_request\":" + pull + "}"
                        }
                        : kind < 48
                                ? new String[] {
                                    "PullRequestEvent",
                                    "{\"action\":\"" + (kind % 3 == 0 ? "closed" : "merged") + "\",\"number\":"
                                            + (100 + number) + ",\"pull_request\":" + pull + "}"
                                }
                                : kind < 76
                                        ? new String[] {
                                            "IssueCommentEvent",
                                            "{\"action\":\"created\",\"issue\":" + issue + ",\"comment\":"
                                                    + comment(i, person, at) + "}"
                                        }
                                        : kind < 85
                                                ? new String[] {
                                                    "IssuesEvent", "{\"action\":\"opened\",\"issue\":" + issue + "}"
                                                }
                                                : kind < 91
                                                        ? new String[] {
                                                            "IssuesEvent",
                                                            "{\"action\":\"" + (number % 3 == 0 ? "closed" : "reopened")
                                                                    + "\",\"issue\":" + issue + "}"
                                                        }
                                                        : kind < 96
                                                                ? new String[] {
                                                                    "CreateEvent",
                                                                    "{\"ref_type\":\"repository\",\"description\":\"D\","
                                                                            + "\"master_branch\":\"main\"}"
                                                                }
                                                                : kind < 98
                                                                        ? new String[] {
                                                                            "MemberEvent",
                                                                            "{\"action\":\"added\",\"member\":{\"login\":\"p"
                                                                                    + (person + 1) + "\"}}"
                                                                        }
                                                                        : new String[] {"PublicEvent", "{}"};
        return "{\"id\":\"" + (50_000_000_000L + i) + "\",\"type\":\"" + said[0] + "\",\"actor\":{\"id\":" + person
                + ",\"login\":\"p" + person + "\"},\"repo\":{\"id\":" + (1_000 + repository) + ",\"name\":\"o"
                + repository % (LINES / 10) + "/r" + repository + "\"},\"payload\":" + said[1]
                + ",\"public\":true,\"created_at\":\"" + at.truncatedTo(java.time.temporal.ChronoUnit.SECONDS) + "\"}";
    }

    private static String issue(String owner, String name, int number, boolean closed, Instant at) {
        return "{\"url\":\"https://api.github.com/repos/" + owner + "/" + name + "/issues/" + number
                + "\",\"number\":" + number + ",\"title\":\"Title of " + number + "\",\"user\":{\"login\":\"a" + number
                + "\"},\"state\":\"" + (closed ? "closed" : "open")
                + "\",\"labels\":[{\"name\":\"bug\",\"color\":\"d73a4a\"}],"
                + "\"assignees\":[],\"locked\":false,\"created_at\":\"2025-10-0" + (1 + number % 9)
                + "T00:00:00Z\",\"updated_at\":\"" + at.truncatedTo(java.time.temporal.ChronoUnit.SECONDS)
                + "\",\"closed_at\":" + (closed ? "\"2025-10-20T00:00:00Z\"" : "null") + ",\"body\":\"" + TEXT + "\"}";
    }

    private static String comment(int id, int person, Instant at) {
        return "{\"id\":" + (1_000_000L + id) + ",\"user\":{\"login\":\"p" + person + "\"},\"body\":\"" + TEXT
                + "\",\"created_at\":\"" + at.truncatedTo(java.time.temporal.ChronoUnit.SECONDS) + "\"}";
    }

    /** Issues with four comments each, as lists after each other. */
    private static Path project(Path file) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("[{\"full_name\":\"owner-1/project\",\"name\":\"project\",\"owner\":{\"login\":\"owner-1\"},"
                    + "\"created_at\":\"2020-01-01T00:00:00Z\"}]\n");
            for (int i = 1; i <= ISSUES; i++) {
                out.write((i == 1 ? "[" : ",\n") + issue("owner-1", "project", i, i % 3 != 0, START.plusSeconds(i)));
            }
            out.write("]\n[");
            for (int i = 0; i < 4 * ISSUES; i++) {
                out.write((i == 0 ? "" : ",\n")
                        + "{\"issue_url\":\"https://api.github.com/repos/owner-1/project/issues/" + (1 + i / 4) + "\","
                        + comment(900_000_000 + i, i % 500, START.plusSeconds(i))
                                .substring(1));
            }
            out.write("]\n");
        }
        return file;
    }
}
