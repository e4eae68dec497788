package org.forgelog.standalone;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.forgelog.engines.EngineException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ConfigurableApplicationContext;

/** One running {@code forgelog up}: the data folder, the two engines and the application, closed in that order's reverse. */
final class Standalone implements AutoCloseable {

    /**
     * What the command line said.
     *
     * @param adminToken the administrator's token, {@code null} to use the one in the folder
     */
    record Settings(Path folder, int port, @Nullable String adminToken) {}

    /** How long Ctrl-C waits for a start to come to its end. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Logger log = LoggerFactory.getLogger(Standalone.class);

    private final Settings settings;
    private final DataFolder folder;
    private final PrintStream out;
    /** Done when there is nothing more to run: with the name of the engine that died, or empty when stopped in order. */
    private final CompletableFuture<String> ended = new CompletableFuture<>();

    /** Held while starting and while stopping. */
    private final ReentrantLock change = new ReentrantLock();

    private volatile @Nullable Engines engines;
    private @Nullable ConfigurableApplicationContext application;
    private volatile boolean closed;

    private Standalone(Settings settings, DataFolder folder, PrintStream out) {
        this.settings = settings;
        this.folder = folder;
        this.out = out;
    }

    /**
     * Starts everything and returns when it has ended and everything is stopped.
     *
     * @return the exit code
     * @throws StartFailure when it cannot start
     */
    static int run(Settings settings, PrintStream out) throws InterruptedException {
        DataFolder folder = DataFolder.claim(settings.folder());
        try (Standalone standalone = new Standalone(settings, folder, out)) {
            Thread atExit = new Thread(standalone::stopAtExit, "stop");
            Runtime.getRuntime().addShutdownHook(atExit);
            standalone.start();
            return standalone.await();
        }
    }

    /**
     * Starts everything on an empty folder, performs an {@link AotTrainingRun} and stops everything.
     *
     * @param settings with a token
     * @throws StartFailure when it cannot start
     * @throws IOException when it does not answer as it should
     */
    static void trainingRun(Settings settings) throws IOException, InterruptedException {
        DataFolder folder = DataFolder.claim(settings.folder());
        try (Standalone standalone =
                new Standalone(settings, folder, new PrintStream(OutputStream.nullOutputStream()))) {
            standalone.start();
            AotTrainingRun.play("http://127.0.0.1:" + settings.port(), String.valueOf(settings.adminToken()));
        }
    }

    private void start() throws InterruptedException {
        checkPort(settings.port());
        String token = settings.adminToken() == null || settings.adminToken().isBlank()
                ? folder.adminToken()
                : settings.adminToken();
        out.println("Starting Forgelog on " + folder.path());
        startAll(token);
        String address = "http://127.0.0.1:" + settings.port();
        if (new Rebuild(postgresUrl(), settings.port(), out).await(ended::isDone)) {
            greet(address);
        }
    }

    private void startAll(String token) {
        change.lock();
        try {
            if (!closed) {
                application = BothSides.start(
                        settings.port(),
                        token,
                        folder,
                        this::startEngines,
                        started -> Rebuild.forgetEarlierTable(started.jdbcUrl()));
            }
        } catch (RuntimeException e) {
            throw explained(e);
        } finally {
            change.unlock();
        }
    }

    private StartFailure explained(RuntimeException failure) {
        String why = failure.getMessage();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StartFailure known) {
                return known;
            }
            if (cause instanceof EngineException) {
                why = cause.getMessage();
                break;
            }
            if (cause instanceof PortInUseException) {
                return portInUse(settings.port());
            }
        }
        return new StartFailure(StartFailure.NOT_STARTED, "it could not start: " + why + ". See " + folder.log() + ".");
    }

    private Engines startEngines(boolean withTable) {
        Engines started = Engines.start(folder, withTable, message -> {
            log.error("{}", message);
            out.println(message);
        });
        engines = started;
        started.watch(ended::complete);
        return started;
    }

    private String postgresUrl() {
        Engines running = engines;
        return running == null ? "" : running.jdbcUrl();
    }

    private void greet(String address) {
        boolean tokenInFile =
                settings.adminToken() == null || settings.adminToken().isBlank();
        out.println();
        out.println("Forgelog is ready at " + address);
        out.println("  administrator's token: " + (tokenInFile ? folder.adminTokenFile() : "FORGELOG_ADMIN_TOKEN"));
        out.println("  log:                   " + folder.log());
        out.println("  API, to read and try:  " + address + "/docs");
        out.println("Try next, in another terminal:");
        String url = settings.port() == 8080 ? "" : " --url " + address;
        out.println("  ./forgelog demo" + url);
        out.println("  curl " + address + "/repos/octocat/hello-world/activity   (after the demo)");
        out.println("Ctrl-C stops everything.");
    }

    private int await() throws InterruptedException {
        try {
            String died = ended.get();
            if (!died.isEmpty()) {
                throw new StartFailure(
                        StartFailure.ENGINE_DIED,
                        died
                                + " ended by itself, so everything is stopped. No data are lost: start again. See the logs in "
                                + folder.path() + ".");
            }
            return 0;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void checkPort(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException | IllegalArgumentException e) {
            throw portInUse(port);
        }
    }

    private static StartFailure portInUse(int port) {
        return new StartFailure(
                StartFailure.PORT_IN_USE, "port " + port + " cannot be had on 127.0.0.1. Choose another with --port.");
    }

    /**
     * For Ctrl-C and SIGTERM. In the middle of a start it does not wait for that to come to its end: the engines notice
     * that their owner is gone and stop by themselves.
     */
    private void stopAtExit() {
        try {
            if (!closed) {
                out.println("Asked to stop.");
            }
            if (change.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    close();
                } finally {
                    change.unlock();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops the application, then the engines, then lets go of the folder. */
    @Override
    public void close() {
        change.lock();
        try {
            if (!closed) {
                closed = true;
                ended.complete("");
                stopAll();
            }
        } finally {
            change.unlock();
        }
    }

    private void stopAll() {
        out.println("Stopping ...");
        // Closed from the last to the first.
        try (folder;
                Engines ignored = engines;
                ConfigurableApplicationContext stopping = application) {
            log.debug("stopping {} and {}", stopping, ignored);
        }
    }
}
