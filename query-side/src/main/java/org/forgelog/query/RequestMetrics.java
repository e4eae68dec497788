package org.forgelog.query;

import io.micrometer.core.instrument.MeterRegistry;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** Counts the requests to DynamoDB by operation and outcome, each try of the SDK's own by itself. */
final class RequestMetrics implements ExecutionInterceptor {

    private final MeterRegistry registry;

    RequestMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
        int status = context.httpResponse().statusCode();
        count(attributes, status < 300 ? "ok" : status >= 500 ? "server error" : "refused");
    }

    @Override
    public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
        if (!(context.exception() instanceof DynamoDbException)) {
            count(attributes, "no answer");
        }
    }

    private void count(ExecutionAttributes attributes, String outcome) {
        String operation = attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
        registry.counter("forgelog.table.requests", "operation", String.valueOf(operation), "outcome", outcome)
                .increment();
    }
}
