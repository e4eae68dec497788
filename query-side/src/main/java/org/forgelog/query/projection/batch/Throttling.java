package org.forgelog.query.projection.batch;

import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Hears of it when DynamoDB asks a client to be slower, also where the SDK tries again by itself. */
public final class Throttling implements ExecutionInterceptor {

    private static final ExecutionAttribute<Integer> STATUS = new ExecutionAttribute<>("forgelog.status");
    private static final int REFUSED = 400;

    private final AtomicLong times = new AtomicLong();

    /** That of {@code client}; for one without it, one that hears of nothing. */
    public static Throttling of(DynamoDbClient client) {
        return client.serviceClientConfiguration().overrideConfiguration().executionInterceptors().stream()
                .filter(Throttling.class::isInstance)
                .map(Throttling.class::cast)
                .findFirst()
                .orElseGet(Throttling::new);
    }

    /** How many times so far. */
    long times() {
        return times.get();
    }

    /** DynamoDB did less than it was asked for. */
    void happened() {
        times.incrementAndGet();
    }

    @Override
    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
        Integer before = attributes.getAttribute(STATUS);
        // Of what was refused, what asked for less haste is all that the SDK tries again.
        if (before != null && before == REFUSED) {
            happened();
        }
    }

    @Override
    public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
        attributes.putAttribute(STATUS, context.httpResponse().statusCode());
    }

    @Override
    public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
        if (context.exception() instanceof AwsServiceException e && e.isThrottlingException()) {
            happened();
        }
    }
}
