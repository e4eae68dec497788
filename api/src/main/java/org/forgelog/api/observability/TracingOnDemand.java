package org.forgelog.api.observability;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;

/**
 * Leaves OpenTelemetry out until there is an address to send traces to: requests would be traced for nobody, and each
 * start would take longer.
 */
final class TracingOnDemand implements AutoConfigurationImportFilter, EnvironmentAware {

    /** Where traces are sent, with OTLP over HTTP; Spring Boot's own property. */
    static final String ENDPOINT = "management.opentelemetry.tracing.export.otlp.endpoint";

    private Environment environment = new StandardEnvironment();

    @Override
    public void setEnvironment(Environment environment) {
        this.environment = environment;
    }

    @Override
    public boolean[] match(@Nullable String[] classes, AutoConfigurationMetadata metadata) {
        boolean wanted = !environment.getProperty(ENDPOINT, "").isBlank();
        boolean[] matches = new boolean[classes.length];
        for (int i = 0; i < classes.length; i++) {
            String name = classes[i];
            matches[i] = wanted || name == null || !isOfTracing(name);
        }
        return matches;
    }

    private static boolean isOfTracing(String name) {
        return name.startsWith("org.springframework.boot.opentelemetry.")
                || name.startsWith("org.springframework.boot.micrometer.tracing.");
    }
}
