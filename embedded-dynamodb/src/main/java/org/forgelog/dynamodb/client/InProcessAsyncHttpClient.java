package org.forgelog.dynamodb.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.forgelog.dynamodb.operation.Faults;
import org.forgelog.dynamodb.protocol.Answer;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;

/** Hands requests of asynchronous clients to the engine, each on a virtual thread. */
public final class InProcessAsyncHttpClient implements SdkAsyncHttpClient {

    private final ProtocolHandler engine;
    private final ExecutorService executor = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("dynamodb-", 0).factory());

    public InProcessAsyncHttpClient(ProtocolHandler engine) {
        this.engine = engine;
    }

    @Override
    public CompletableFuture<Void> execute(AsyncExecuteRequest request) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        CompletableFuture<byte[]> body = new CompletableFuture<>();
        request.requestContentPublisher().subscribe(new Collector(body));
        body.thenAcceptAsync(content -> answer(request, content, done), executor)
                .exceptionally(failure -> {
                    request.responseHandler().onError(failure);
                    done.completeExceptionally(failure);
                    return null;
                });
        return done;
    }

    private void answer(AsyncExecuteRequest request, byte[] body, CompletableFuture<Void> done) {
        Answer answer;
        try {
            answer = engine.execute(InProcessHttpClient.target(request.request()), body);
        } catch (Faults.ConnectionLost e) {
            IOException failure = new IOException(e.getMessage(), e);
            request.responseHandler().onError(failure);
            done.completeExceptionally(failure);
            return;
        }
        request.responseHandler().onHeaders(InProcessHttpClient.head(answer));
        request.responseHandler().onStream(publisher(answer.body(), done));
    }

    /** Publishes the content to one subscriber, in one piece. */
    private static Publisher<ByteBuffer> publisher(byte[] content, CompletableFuture<Void> done) {
        return subscriber -> subscriber.onSubscribe(new Subscription() {
            private boolean over;

            @Override
            public synchronized void request(long count) {
                if (!over) {
                    over = true;
                    subscriber.onNext(ByteBuffer.wrap(content));
                    subscriber.onComplete();
                    done.complete(null);
                }
            }

            @Override
            public synchronized void cancel() {
                over = true;
                done.complete(null);
            }
        });
    }

    private static final class Collector implements Subscriber<ByteBuffer> {

        private final ByteArrayOutputStream content = new ByteArrayOutputStream();
        private final CompletableFuture<byte[]> whole;

        Collector(CompletableFuture<byte[]> whole) {
            this.whole = whole;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(ByteBuffer part) {
            byte[] bytes = new byte[part.remaining()];
            part.get(bytes);
            content.write(bytes, 0, bytes.length);
        }

        @Override
        public void onError(Throwable failure) {
            whole.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            whole.complete(content.toByteArray());
        }
    }

    @Override
    public String clientName() {
        return "EmbeddedDynamoDb";
    }

    /** Leaves the engine open, which serves other clients. */
    @Override
    public void close() {
        executor.shutdown();
    }
}
