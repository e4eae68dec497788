package org.forgelog.benchmarks;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.forgelog.engines.LocalPostgres;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Imports a synthetic hour of GH Archive and the archive of a synthetic project into a service of its own, twice each, and
 * has the directory and the table compared with the log. Meanwhile somebody reads. Then the events that came of it are
 * appended to a log as they are, as many at a time: what an import costs beside that is what it decides. And both are imported
 * by a command side alone: the rest is the projection's.
 *
 * <p>Properties: {@code lines} of the hour (150,000), {@code issues} of the project (5,000); {@code files}, with commas
 * between, to import these instead; {@code heap} of the service, 2g; {@code projection}, false for the command side alone.
 */
public final class ImportBenchmark {

    private static final int LINES = Integer.getInteger("lines", 150_000);
    private static final int ISSUES = Integer.getInteger("issues", 5_000);
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
            files.add(SyntheticHistories.archive(folder.resolve("project.tar.gz"), ISSUES));
            files.add(SyntheticHistories.hour(folder.resolve("hour.json.gz"), LINES));
        } else {
            for (String file : System.getProperty("files", "").split(",")) {
                files.add(Path.of(file));
            }
        }
        if (!System.getProperty("projection", "true").equals("false")) {
            withProjection(folder, files);
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

    private static void withProjection(Path folder, List<Path> files) throws Exception {
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
        Duration ofPostgres = ServiceProcess.processorTime(postgres);
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
                ServiceProcess.processorTime(postgres).minus(ofPostgres).toNanos() / 1e9 * perEvent,
                report.isMissingNode() ? job : report.toString());
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
}
