package org.forgelog.query.projection;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Clients that give up sooner than the service's own, so that tests of faults end sooner. */
final class FaultyClients {

    static final Duration PATIENCE = Duration.ofMillis(400);

    private FaultyClients() {}

    static DynamoDbClient at(URI endpoint, String accessKeyId, ExecutionInterceptor... interceptors) {
        return DynamoDbClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKeyId, "unchecked")))
                .httpClientBuilder(Apache5HttpClient.builder().maxConnections(64))
                .overrideConfiguration(c -> c.executionInterceptors(List.of(interceptors))
                        .apiCallAttemptTimeout(PATIENCE)
                        .apiCallTimeout(PATIENCE.multipliedBy(5)))
                .build();
    }
}
