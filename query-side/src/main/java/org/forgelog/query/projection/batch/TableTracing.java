package org.forgelog.query.projection.batch;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Times and traces a client's requests to DynamoDB, each with the SDK's own tries, and what they are made for. */
public final class TableTracing implements ExecutionInterceptor {

    private static final ExecutionAttribute<Observation> REQUEST = new ExecutionAttribute<>("forgelog.observation");

    private final ObservationRegistry registry;

    public TableTracing(ObservationRegistry registry) {
        this.registry = registry;
    }

    /** That of {@code client}; for one without it, one that observes nothing. */
    public static TableTracing of(DynamoDbClient client) {
        return client.serviceClientConfiguration().overrideConfiguration().executionInterceptors().stream()
                .filter(TableTracing.class::isInstance)
                .map(TableTracing.class::cast)
                .findFirst()
                .orElseGet(() -> new TableTracing(ObservationRegistry.NOOP));
    }

    /** A piece of work whose requests belong together. */
    Observation observation(String name) {
        return Observation.createNotStarted(name, registry);
    }

    /** The same task, whose requests belong to what the calling thread does now, on whichever thread it runs. */
    public <T> Callable<T> here(Callable<T> task) {
        Observation current = registry.getCurrentObservation();
        return current == null
                ? task
                : () -> {
                    try (Observation.Scope scope = current.openScope()) {
                        return task.call();
                    }
                };
    }

    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
        String operation = String.valueOf(attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME));
        attributes.putAttribute(
                REQUEST,
                observation("forgelog.table.request")
                        .contextualName("table " + operation)
                        .lowCardinalityKeyValue("operation", operation)
                        .start());
    }

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
        stop(attributes, null);
    }

    @Override
    public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
        stop(attributes, context.exception());
    }

    private static void stop(ExecutionAttributes attributes, @Nullable Throwable failure) {
        Observation observation = attributes.getAttribute(REQUEST);
        if (observation != null) {
            if (failure != null) {
                observation.error(failure);
            }
            observation.stop();
        }
    }
}
