package org.forgelog.query;

import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.List;
import org.forgelog.query.projection.batch.TableTracing;
import org.forgelog.query.projection.batch.Throttling;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;

/** Makes the client for DynamoDB. */
final class DynamoDb {

    private static final int CONNECTIONS = 256;
    private static final Duration ATTEMPT = Duration.ofSeconds(5);
    private static final Duration CALL = Duration.ofSeconds(20);

    private DynamoDb() {}

    /** @param embedded the way to an engine in this process; null for one that is reached over the network */
    static DynamoDbClient client(
            QuerySideProperties.DynamoDb settings,
            List<ExecutionInterceptor> interceptors,
            ObservationRegistry observations,
            @Nullable SdkHttpClient embedded) {
        DynamoDbClientBuilder builder = DynamoDbClient.builder().overrideConfiguration(c -> {
            if (embedded == null) {
                // Each deadline is a timer. In this process there is no network to lose an answer in.
                c.apiCallTimeout(CALL);
                c.apiCallAttemptTimeout(ATTEMPT);
            }
            interceptors.forEach(c::addExecutionInterceptor);
            c.addExecutionInterceptor(new TableTracing(observations));
            c.addExecutionInterceptor(new Throttling());
        });
        if (embedded != null) {
            return builder.httpClient(embedded)
                    .region(Region.US_EAST_1)
                    .credentialsProvider(AnonymousCredentialsProvider.create())
                    .build();
        }
        builder.httpClientBuilder(Apache5HttpClient.builder().maxConnections(CONNECTIONS));
        if (settings.endpoint() != null) {
            builder.endpointOverride(settings.endpoint());
        }
        if (settings.region() != null) {
            builder.region(Region.of(settings.region()));
        }
        if (settings.accessKeyId() != null && settings.secretAccessKey() != null) {
            builder.credentialsProvider(StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(settings.accessKeyId(), settings.secretAccessKey())));
        }
        return builder.build();
    }
}
