package org.forgelog.engines;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * DynamoDB Local, in memory, as a process of its own: its licence forbids combining it with another program, so its
 * jars are never on our class path.
 *
 * <p>It cannot be bound to loopback: its server takes a port and nothing else, and listens on every interface. It also
 * checks no signature. But it keeps one database for each access key id, so what is stored under the unguessable
 * {@link #accessKeyId()} stays out of reach of anyone who does not know it.
 */
public final class DynamoDbLocal implements AutoCloseable {
    /** System property: the folder with the jars and native libraries of DynamoDB Local. */
    public static final String LIBRARIES_PROPERTY = "forgelog.dynamodb-local.lib";

    private static final Logger log = LoggerFactory.getLogger(DynamoDbLocal.class);
    private static final String MAIN_CLASS = "software.amazon.dynamodb.services.local.main.ServerRunner";
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

    private final Process process;
    private final Tether tether;
    private final int port;
    private final String accessKeyId;
    private final @Nullable ExclusiveLock lock;
    private final @Nullable Path pidFile;

    /**
     * What to run and where.
     *
     * @param libraries folder with the jars
     * @param javaHome the JDK to run it
     * @param port 0 for a free one
     * @param heap as in {@code -Xmx}
     * @param pidFile where to note the process, so that the next start on the same file ends a leftover of this one;
     *     null to note it nowhere
     * @param output file for what it prints, null for a temporary one
     * @param accessKeyId see {@link #accessKeyId()}
     */
    public record Settings(
            Path libraries,
            Path javaHome,
            int port,
            String heap,
            @Nullable Path pidFile,
            @Nullable Path output,
            String accessKeyId) {

        /** Any free port, the jars named by {@value #LIBRARIES_PROPERTY}, this process's own Java, no pid file. */
        public static Settings defaults() {
            String libraries = System.getProperty(LIBRARIES_PROPERTY);
            if (libraries == null) {
                throw new EngineException("system property " + LIBRARIES_PROPERTY
                        + " is missing: it names the folder that the dynamodb-local module fills (target/lib)");
            }
            return new Settings(
                    Path.of(libraries),
                    Path.of(System.getProperty("java.home")),
                    0,
                    "512m",
                    null,
                    null,
                    newAccessKeyId());
        }

        /** For an address that is known before it is started. */
        public Settings withFreePort() {
            return withPort(Processes.freePort(0));
        }

        public Settings withPort(int newPort) {
            return new Settings(libraries, javaHome, newPort, heap, pidFile, output, accessKeyId);
        }

        public Settings withHeap(String newHeap) {
            return new Settings(libraries, javaHome, port, newHeap, pidFile, output, accessKeyId);
        }

        public Settings withPidFile(Path newPidFile) {
            return new Settings(libraries, javaHome, port, heap, newPidFile.toAbsolutePath(), output, accessKeyId);
        }

        public Settings withOutput(Path newOutput) {
            return new Settings(libraries, javaHome, port, heap, pidFile, newOutput, accessKeyId);
        }
    }

    private DynamoDbLocal(
            Process process, int port, String accessKeyId, @Nullable ExclusiveLock lock, @Nullable Path pidFile) {
        this.process = process;
        this.tether = Tether.to(process.pid(), "KILL");
        this.port = port;
        this.accessKeyId = accessKeyId;
        this.lock = lock;
        this.pidFile = pidFile;
    }

    /** Starts it and returns once it answers. */
    public static DynamoDbLocal start(Settings settings) {
        if (!Files.isDirectory(settings.libraries())) {
            throw new EngineException("DynamoDB Local is not at " + settings.libraries()
                    + "; build the dynamodb-local module (mvn -pl dynamodb-local generate-resources)");
        }
        Path pidFile = settings.pidFile();
        ExclusiveLock lock = pidFile == null ? null : ExclusiveLock.on(pidFile);
        try {
            if (pidFile != null) {
                stopLeftover(pidFile);
            }
            return startAndAwait(settings, lock);
        } catch (IOException e) {
            release(lock);
            throw new EngineException("DynamoDB Local could not be started", e);
        } catch (RuntimeException e) {
            release(lock);
            throw e;
        }
    }

    private static DynamoDbLocal startAndAwait(Settings settings, @Nullable ExclusiveLock lock) throws IOException {
        int port = Processes.freePort(settings.port());
        Path output = settings.output() == null ? Files.createTempFile("dynamodb-local", ".log") : settings.output();
        String accessKeyId = settings.accessKeyId();
        Process process = new ProcessBuilder(commandLine(settings, port))
                .directory(settings.libraries().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.to(output.toFile()))
                .start();
        process.getOutputStream().close();
        DynamoDbLocal engine = new DynamoDbLocal(process, port, accessKeyId, lock, settings.pidFile());
        try {
            if (settings.pidFile() != null) {
                Files.writeString(settings.pidFile(), process.pid() + "\n");
            }
            engine.awaitAnswer(output);
        } catch (IOException | RuntimeException e) {
            engine.close();
            throw e;
        }
        if (settings.output() == null) {
            Files.deleteIfExists(output);
        }
        log.info("DynamoDB Local answers on port {}, process {}", port, process.pid());
        return engine;
    }

    /** Through a shell that makes it deaf to Ctrl-C, so that it lives until the program's orderly end. */
    private static List<String> commandLine(Settings settings, int port) {
        String libraries = settings.libraries().toString();
        return List.of(
                "sh",
                "-c",
                "trap '' INT HUP; exec \"$@\"",
                "dynamodb-local",
                settings.javaHome().resolve("bin").resolve("java").toString(),
                marker(settings.pidFile()),
                "-Xmx" + settings.heap(),
                "-XX:+UseSerialGC",
                "-Djava.library.path=" + libraries,
                "-Dsqlite4java.library.path=" + libraries,
                "-cp",
                libraries + "/*",
                MAIN_CLASS,
                "-inMemory",
                "-disableTelemetry",
                "-port",
                Integer.toString(port));
    }

    private static String marker(@Nullable Path pidFile) {
        return "-Dforgelog.pid-file=" + (pidFile == null ? "none" : pidFile);
    }

    /** Ends the process that the file names if it is a DynamoDB Local started for this very file. */
    private static void stopLeftover(Path pidFile) throws IOException {
        if (!Files.exists(pidFile)) {
            return;
        }
        String content = Files.readString(pidFile).strip();
        if (content.matches("[0-9]{1,18}")) {
            Optional<ProcessHandle> leftover = ProcessHandle.of(Long.parseLong(content))
                    .filter(process -> process.info()
                            .arguments()
                            .map(List::of)
                            .filter(arguments -> arguments.contains(marker(pidFile)) && arguments.contains(MAIN_CLASS))
                            .isPresent());
            leftover.ifPresent(process -> {
                log.warn("Stopping DynamoDB Local {}, left behind by a process that died", process.pid());
                process.destroyForcibly();
                if (!Processes.ended(process, STOP_LIMIT)) {
                    throw new EngineException("leftover DynamoDB Local " + process.pid() + " does not end");
                }
            });
        }
        Files.deleteIfExists(pidFile);
    }

    private void awaitAnswer(Path output) throws IOException {
        HttpRequest listTables = HttpRequest.newBuilder(endpoint())
                .timeout(Duration.ofSeconds(10))
                .header("Content-Type", "application/x-amz-json-1.0")
                .header("X-Amz-Target", "DynamoDB_20120810.ListTables")
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=" + accessKeyId
                                + "/20200101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=unchecked")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        try (HttpClient client = HttpClient.newHttpClient()) {
            while (System.nanoTime() < deadline) {
                if (!process.isAlive()) {
                    throw new EngineException("DynamoDB Local ended at once:\n" + Files.readString(output));
                }
                if (answers(client, listTables)) {
                    return;
                }
                Thread.sleep(50);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException("interrupted while DynamoDB Local started", e);
        }
        throw new EngineException("DynamoDB Local does not answer on port " + port + ":\n" + Files.readString(output));
    }

    private static boolean answers(HttpClient client, HttpRequest request) throws InterruptedException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** An access key id nobody used before, which is an empty database of its own on this server. */
    public static String newAccessKeyId() {
        return "forgelog" + UUID.randomUUID().toString().replace("-", "");
    }

    public URI endpoint() {
        return endpoint(port);
    }

    /** Of a server on that port, started or not. */
    public static URI endpoint(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    public int port() {
        return port;
    }

    /** The key under which this start's tables live; any secret does. */
    public String accessKeyId() {
        return accessKeyId;
    }

    public long pid() {
        return process.pid();
    }

    /** Ends the process and what descends from it. What it stored is gone. */
    @Override
    public void close() {
        tether.close();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        if (!Processes.ended(process.toHandle(), STOP_LIMIT)) {
            log.warn("DynamoDB Local {} does not end", process.pid());
        }
        try {
            if (pidFile != null) {
                Files.deleteIfExists(pidFile);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            release(lock);
        }
    }

    private static void release(@Nullable ExclusiveLock lock) {
        if (lock != null) {
            lock.close();
        }
    }
}
