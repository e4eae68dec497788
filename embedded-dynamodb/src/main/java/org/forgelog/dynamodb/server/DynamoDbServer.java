package org.forgelog.dynamodb.server;

import java.net.InetAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.forgelog.dynamodb.client.ProtocolHandler;
import org.forgelog.dynamodb.client.RequestIds;
import org.forgelog.dynamodb.operation.Faults;
import org.forgelog.dynamodb.protocol.Answer;
import org.forgelog.dynamodb.protocol.DynamoDbError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the protocol over HTTP/1.1. Bodies are read without a thread, a client that is slow loses its connection, and
 * bodies under way are bounded in number and in bytes.
 */
public final class DynamoDbServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(DynamoDbServer.class);
    /** AWS's limit. */
    private static final int LONGEST_BODY = 16 * 1024 * 1024;
    /** Of a body whose length is not announced. */
    private static final int UNANNOUNCED = 1024 * 1024;

    private static final int ANSWER_LIMIT =
            (int) Math.max(LONGEST_BODY / 1024, Runtime.getRuntime().maxMemory() / 4 / 1024);

    private static final int CONNECTIONS = 2_048;
    private static final int THREADS = 64;
    private static final long IDLE_MILLIS = 60_000;
    private static final long LEAST_BYTES_A_SECOND = 1_024;

    private final Server server;
    private final ServerConnector connector;
    private final ProtocolHandler engine;
    private final Signature signature;
    /** Kilobytes of bodies that may be under way. */
    private final Semaphore bodies = new Semaphore(
            (int) Math.max(LONGEST_BODY / 1024, Runtime.getRuntime().maxMemory() / 4 / 1024));

    /** Kilobytes of answers that were not sent yet. */
    private final Semaphore answers = new Semaphore(ANSWER_LIMIT);

    /**
     * Where it listens and who may use it.
     *
     * @param port 0 for a free one
     */
    public record Settings(InetAddress address, int port, String accessKeyId, String secretAccessKey) {

        /** On the loopback address. */
        public static Settings onLoopback(int port, String accessKeyId, String secretAccessKey) {
            return new Settings(InetAddress.getLoopbackAddress(), port, accessKeyId, secretAccessKey);
        }
    }

    /**
     * Starts to listen.
     *
     * @throws IllegalStateException when the port cannot be had
     */
    public DynamoDbServer(ProtocolHandler engine, Settings settings) {
        this.engine = engine;
        this.signature = new Signature(
                new Signature.AccessKey(settings.accessKeyId, settings.secretAccessKey), Clock.systemUTC());
        QueuedThreadPool threads = new QueuedThreadPool(THREADS, 4);
        threads.setName("dynamodb-http");
        threads.setDaemon(true);
        server = new Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSendDateHeader(true);
        http.setRequestHeaderSize(32 * 1024);
        http.setMinRequestDataRate(LEAST_BYTES_A_SECOND);
        connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(settings.address.getHostAddress());
        connector.setPort(settings.port);
        connector.setIdleTimeout(IDLE_MILLIS);
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(CONNECTIONS, connector));
        server.setHandler(new Protocol());
        server.setErrorHandler((request, response, callback) -> {
            callback.succeeded();
            return true;
        });
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException(
                    "port " + settings.port + " at " + settings.address.getHostAddress() + " cannot be had: "
                            + e.getMessage(),
                    e);
        }
    }

    /** Where it listens. */
    public URI endpoint() {
        return URI.create("http://" + connector.getHost() + ":" + connector.getLocalPort());
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            log.warn("The server did not stop in an orderly way", e);
        }
    }

    private final class Protocol extends Handler.Abstract {

        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            if (!request.getMethod().equals("POST")) {
                boolean health = request.getMethod().equals("GET");
                send(
                        response,
                        callback,
                        health
                                ? new Answer(
                                        200, "healthy: dynamodb\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                                : Answer.of(DynamoDbError.unknownOperation()));
                return true;
            }
            long announced = request.getLength();
            if (announced > LONGEST_BODY) {
                refuse(response, callback, 413);
                return true;
            }
            int reserved = (int) ((announced < 0 ? UNANNOUNCED : announced) / 1024) + 1;
            if (!bodies.tryAcquire(reserved)) {
                refuse(response, callback, 503);
                return true;
            }
            int longest = announced < 0 ? UNANNOUNCED : LONGEST_BODY;
            Content.Source.asByteArrayAsync(request, longest)
                    .thenAcceptAsync(
                            body -> answer(request, body, response, callback),
                            getServer().getThreadPool())
                    .whenComplete((done, failure) -> {
                        bodies.release(reserved);
                        if (failure != null) {
                            fail(failure, response, callback);
                        }
                    });
            return true;
        }

        private void answer(Request request, byte[] body, Response response, Callback callback) {
            Answer answer;
            try {
                String query = request.getHttpURI().getQuery();
                signature.check(
                        request.getMethod(),
                        request.getHttpURI().getCanonicalPath(),
                        query == null ? "" : query,
                        name -> value(request, name),
                        body);
                String target = request.getHeaders().get("X-Amz-Target");
                answer = engine.execute(target == null ? "" : target, body);
            } catch (DynamoDbError e) {
                answer = Answer.of(e);
            }
            sendBounded(response, callback, answer);
        }

        /** Answers that nobody reads yet wait here, so that they do not fill the heap. */
        private void sendBounded(Response response, Callback callback, Answer answer) {
            int kilobytes = Math.min(answer.body().length / 1024, ANSWER_LIMIT);
            boolean held;
            try {
                held = answers.tryAcquire(kilobytes, IDLE_MILLIS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                held = false;
            }
            if (held) {
                send(response, Callback.from(callback, () -> answers.release(kilobytes)), answer);
            } else {
                refuse(response, callback, 503);
            }
        }

        private void fail(Throwable failure, Response response, Callback callback) {
            Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            if (cause instanceof Faults.ConnectionLost) {
                callback.failed(cause);
            } else if (cause instanceof IllegalStateException) {
                // Longer than was allowed.
                refuse(response, callback, 413);
            } else {
                log.debug("a request was not read to its end", cause);
                callback.failed(cause);
            }
        }
    }

    private static @org.jspecify.annotations.Nullable String value(Request request, String name) {
        if (!name.equals(name.toLowerCase(Locale.ROOT))) {
            return null;
        }
        java.util.List<String> values = request.getHeaders().getValuesList(name);
        return values.isEmpty() ? null : String.join(",", values);
    }

    private static void refuse(Response response, Callback callback, int status) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONNECTION, "close");
        response.write(true, ByteBuffer.allocate(0), callback);
    }

    private static void send(Response response, Callback callback, Answer answer) {
        CRC32 crc = new CRC32();
        crc.update(answer.body());
        response.setStatus(answer.status());
        response.getHeaders()
                .put(new HttpField(HttpHeader.CONTENT_TYPE, Answer.MEDIA_TYPE))
                .put(HttpHeader.CONTENT_LENGTH, answer.body().length)
                .put("x-amzn-RequestId", RequestIds.next())
                .put("x-amz-crc32", Long.toString(crc.getValue()));
        response.write(true, ByteBuffer.wrap(answer.body()), callback);
    }
}
