package org.forgelog.query.projection.engine;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.forgelog.query.TestTable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;

/** Clients that give up sooner than the service's own, so that tests of faults end sooner. */
public final class FaultyClients {

    static final Duration PATIENCE = Duration.ofMillis(400);

    private FaultyClients() {}

    /** For a node in a process of its own. */
    static DynamoDbClient at(URI endpoint, ExecutionInterceptor... interceptors) {
        return builder(interceptors)
                .endpointOverride(endpoint)
                .httpClientBuilder(Apache5HttpClient.builder().maxConnections(64))
                .build();
    }

    /** For a node in the process of the test. */
    public static DynamoDbClient on(SdkHttpClient http, ExecutionInterceptor... interceptors) {
        return builder(interceptors).httpClient(http).build();
    }

    private static DynamoDbClientBuilder builder(ExecutionInterceptor... interceptors) {
        return DynamoDbClient.builder()
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(TestTable.ACCESS_KEY_ID, TestTable.SECRET_ACCESS_KEY)))
                .overrideConfiguration(c -> c.executionInterceptors(List.of(interceptors))
                        .apiCallAttemptTimeout(PATIENCE)
                        .apiCallTimeout(PATIENCE.multipliedBy(5)));
    }
}
