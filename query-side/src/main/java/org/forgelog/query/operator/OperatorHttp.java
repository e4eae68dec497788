package org.forgelog.query.operator;

import io.micrometer.core.instrument.MeterRegistry;
import javax.sql.DataSource;
import org.forgelog.api.http.FailedLogins;
import org.forgelog.api.log.EventLogConfiguration.Schema;
import org.forgelog.query.projection.deployment.Projections;
import org.forgelog.query.projection.deployment.Replays;
import org.forgelog.query.projection.engine.ProjectionStatus;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The operators' endpoints, and the projection's part in the readiness of the node. */
@Configuration(proxyBeanMethods = false)
@Import({
    ProjectionController.class,
    ReplayController.class,
    RebuildController.class,
    DeadLetterController.class,
    LogController.class,
    VerificationController.class
})
public class OperatorHttp {

    /** The operators' token; empty where there is none. */
    public record OperatorToken(String value) {}

    @Bean
    Operators operators(OperatorToken token, FailedLogins failed) {
        return new Operators(token, failed);
    }

    @Bean
    DirectoryNames directoryNames(DataSource dataSource, Schema schema) {
        return new DirectoryNames(dataSource);
    }

    @Bean(initMethod = "start")
    TableMetrics tableMetrics(Replays replays, MeterRegistry metrics) {
        return new TableMetrics(replays, metrics);
    }

    /** Up once reads are answered with what the log held when this node started. */
    @Bean
    HealthIndicator projection(Projections projections) {
        return () -> {
            ProjectionStatus status = projections.serving().status();
            return (status.isReady() ? Health.up() : Health.outOfService())
                    .withDetail("position", status.position())
                    .build();
        };
    }
}
