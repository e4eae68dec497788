package org.forgelog.dynamodb.junit;

import java.util.Set;
import org.forgelog.dynamodb.DynamoDbEngine;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What {@link EmbeddedDynamoDb} does. */
public final class EmbeddedDynamoDbExtension implements ParameterResolver {

    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(EmbeddedDynamoDbExtension.class);
    private static final Set<Class<?>> PROVIDED =
            Set.of(DynamoDbEngine.class, DynamoDbClient.class, DynamoDbAsyncClient.class);

    /** An engine with its clients, closed by JUnit at the end of the test. */
    private static final class Provided implements AutoCloseable {

        private final DynamoDbEngine engine = DynamoDbEngine.inMemory().open();
        private final DynamoDbClient client = DynamoDbClient.builder()
                .httpClient(engine.httpClient())
                .region(Region.US_EAST_1)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .build();
        private final DynamoDbAsyncClient asyncClient = DynamoDbAsyncClient.builder()
                .httpClient(engine.asyncHttpClient())
                .region(Region.US_EAST_1)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .build();

        @Override
        public void close() {
            asyncClient.close();
            client.close();
            engine.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return PROVIDED.contains(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Provided provided =
                context.getStore(NAMESPACE).computeIfAbsent(Provided.class, key -> new Provided(), Provided.class);
        Class<?> type = parameter.getParameter().getType();
        return type == DynamoDbEngine.class
                ? provided.engine
                : type == DynamoDbClient.class ? provided.client : provided.asyncClient;
    }
}
