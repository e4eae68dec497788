package org.forgelog.benchmarks;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.forgelog.command.CommandSideApplication;
import org.forgelog.command.CommandSideConfiguration;
import org.forgelog.dynamodb.DynamoDbEngine;
import org.forgelog.dynamodb.server.DynamoDbServer;
import org.forgelog.engines.LocalPostgres;
import org.forgelog.query.QuerySideApplication;
import org.forgelog.query.QuerySideConfiguration;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Import;

/** The service, or one side of it, in a JVM of its own, on engines of the benchmark's. */
final class ServiceProcess implements AutoCloseable {

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({CommandSideConfiguration.class, QuerySideConfiguration.class})
    static class BothSides {}

    /** What of the service a process is. */
    enum Part {
        /** Both sides, as {@code forgelog up} runs them. */
        WHOLE(ServiceProcess.class),
        COMMAND_SIDE(CommandSideApplication.class),
        QUERY_SIDE(QuerySideApplication.class);

        private final Class<?> main;

        Part(Class<?> main) {
            this.main = main;
        }

        /** Its own configuration first. */
        private String classPath() {
            return main.getProtectionDomain().getCodeSource().getLocation().getPath()
                    + File.pathSeparator
                    + System.getProperty("java.class.path");
        }
    }

    static final String ADMIN_TOKEN = "benchmark-administrator";
    static final String REGION = "us-east-1";
    static final String ACCESS_KEY_ID = "benchmark";
    static final String SECRET_ACCESS_KEY = "secret";
    static final String TABLE = "forgelog";

    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final Process process;
    private final String url;

    private ServiceProcess(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    /** With its table on an embedded DynamoDB in the folder that the first argument names. */
    public static void main(String[] arguments) {
        DynamoDbEngine engine = DynamoDbEngine.at(Path.of(arguments[0])).open();
        new SpringApplicationBuilder(BothSides.class)
                .initializers(
                        context -> context.getBeanFactory().registerSingleton("embeddedDynamoDb", engine.httpClient()))
                .run(Arrays.copyOfRange(arguments, 1, arguments.length));
    }

    /** Starts all of it, with its table in the folder, and returns when it is ready. */
    static ServiceProcess start(LocalPostgres postgres, Path folder) throws IOException, InterruptedException {
        return start(
                Part.WHOLE,
                postgres,
                folder.resolve("service.log"),
                folder.resolve("dynamodb").toString(),
                "--forgelog.projection.single-node=true",
                "--forgelog.settle-delay=0s");
    }

    /** Starts the command side alone, which nobody follows. */
    static ServiceProcess startCommandSide(LocalPostgres postgres, Path log) throws IOException, InterruptedException {
        return start(Part.COMMAND_SIDE, postgres, log);
    }

    /** Starts one side of it and returns when that is ready; the command side makes the schema, so it is first. */
    static ServiceProcess start(Part part, LocalPostgres postgres, DynamoDbServer dynamoDb, Path log)
            throws IOException, InterruptedException {
        return start(
                part,
                postgres,
                log,
                "--forgelog.dynamodb.endpoint=" + dynamoDb.endpoint(),
                "--forgelog.dynamodb.region=" + REGION,
                "--forgelog.dynamodb.access-key-id=" + ACCESS_KEY_ID,
                "--forgelog.dynamodb.secret-access-key=" + SECRET_ACCESS_KEY);
    }

    private static ServiceProcess start(Part part, LocalPostgres postgres, Path log, String... table)
            throws IOException, InterruptedException {
        int port = freePort();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Daxoniq.update-checker.disabled=true",
                "-Xmx" + System.getProperty("heap", "2g"),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                part.classPath(),
                part.main.getName()));
        command.addAll(List.of(table));
        command.addAll(List.of(
                "--server.address=127.0.0.1",
                "--server.port=" + port,
                "--forgelog.admin-token=" + ADMIN_TOKEN,
                "--spring.datasource.url=" + postgres.jdbcUrl(),
                "--forgelog.table.name=" + TABLE));
        File output = log.toFile();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
        ServiceProcess service = new ServiceProcess(process, "http://127.0.0.1:" + port);
        service.awaitReady(output);
        return service;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void awaitReady(File output) throws IOException, InterruptedException {
        HttpRequest readiness = HttpRequest.newBuilder(URI.create(url + "/actuator/health/readiness"))
                .build();
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        try (HttpClient http = HttpClient.newHttpClient()) {
            while (System.nanoTime() < deadline && process.isAlive()) {
                try {
                    if (http.send(readiness, HttpResponse.BodyHandlers.discarding())
                                    .statusCode()
                            == 200) {
                        return;
                    }
                } catch (IOException e) {
                    // Not listening yet: asked again until the limit.
                }
                Thread.sleep(100);
            }
        }
        process.destroyForcibly();
        throw new IOException("the service did not get ready, see " + output);
    }

    /** How long the processors worked for it so far. */
    Duration processorTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** The same of PostgreSQL, of all its processes that live. */
    static Duration processorTime(LocalPostgres postgres) {
        return ProcessHandle.of(postgres.pid()).stream()
                .flatMap(server -> Stream.concat(Stream.of(server), server.descendants()))
                .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** The most memory that it had from the system so far; zero where that cannot be told. */
    long residentKilobytes() throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        return !Files.exists(status)
                ? 0
                : Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("VmHWM:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .findFirst()
                        .orElse(0);
    }

    String url() {
        return url;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
