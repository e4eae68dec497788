package org.forgelog.dynamodb.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.forgelog.dynamodb.operation.Faults;
import org.forgelog.dynamodb.protocol.Answer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/** Hands requests of synchronous clients to the engine, on the caller's thread. */
public final class InProcessHttpClient implements SdkHttpClient {

    private final ProtocolHandler engine;

    public InProcessHttpClient(ProtocolHandler engine) {
        this.engine = engine;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                byte[] body = request.contentStreamProvider().isPresent()
                        ? read(request.contentStreamProvider().get().newStream())
                        : new byte[0];
                Answer answer;
                try {
                    answer = engine.execute(target(request.httpRequest()), body);
                } catch (Faults.ConnectionLost e) {
                    throw new IOException(e.getMessage(), e);
                }
                return HttpExecuteResponse.builder()
                        .response(head(answer))
                        .responseBody(AbortableInputStream.create(new ByteArrayInputStream(answer.body())))
                        .build();
            }

            @Override
            public void abort() {
                // Nothing outlives the call.
            }
        };
    }

    private static byte[] read(InputStream stream) throws IOException {
        try (stream) {
            return stream.readAllBytes();
        }
    }

    static String target(SdkHttpRequest request) {
        return request.firstMatchingHeader("X-Amz-Target").orElse("");
    }

    static SdkHttpResponse head(Answer answer) {
        return SdkHttpResponse.builder()
                .statusCode(answer.status())
                .putHeader("Content-Type", Answer.MEDIA_TYPE)
                .putHeader("Content-Length", Integer.toString(answer.body().length))
                .putHeader("x-amzn-RequestId", RequestIds.next())
                .build();
    }

    @Override
    public String clientName() {
        return "EmbeddedDynamoDb";
    }

    /** Leaves the engine open, which serves other clients. */
    @Override
    public void close() {}
}
