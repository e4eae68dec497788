package org.forgelog.query.operator;

import io.micrometer.core.instrument.MeterRegistry;
import javax.sql.DataSource;
import org.forgelog.api.http.Authenticator;
import org.forgelog.api.http.FailedLogins;
import org.forgelog.api.log.EventLogConfiguration.Schema;
import org.forgelog.eventlog.EventLogReader;
import org.forgelog.query.projection.deployment.Projections;
import org.forgelog.query.projection.deployment.Replays;
import org.forgelog.query.projection.deployment.Verifications;
import org.forgelog.query.projection.engine.ProjectionStatus;
import org.forgelog.query.projection.repair.DeadLetters;
import org.forgelog.query.projection.repair.Rebuilds;
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
    DiffController.class,
    VerificationController.class
})
public class OperatorHttp {

    /** The operators' token; empty where there is none. */
    public record OperatorToken(String value) {}

    @Bean
    Operators operators(OperatorToken token, FailedLogins failed, Authenticator authenticator) {
        return new Operators(token, failed, authenticator);
    }

    @Bean
    ActionLog actionLog(DataSource dataSource, Schema schema) {
        return new ActionLog(dataSource);
    }

    @Bean
    Operations operations(
            Projections projections,
            Replays replays,
            Verifications verifications,
            DeadLetters letters,
            Rebuilds rebuilds,
            ActionLog actions) {
        return new Operations(projections, replays, verifications, letters, rebuilds, actions);
    }

    @Bean
    LagHistory lagHistory() {
        return new LagHistory();
    }

    @Bean
    DirectoryNames directoryNames(DataSource dataSource, Schema schema) {
        return new DirectoryNames(dataSource);
    }

    @Bean(initMethod = "start")
    TableMetrics tableMetrics(Replays replays, MeterRegistry metrics, LagHistory history, EventLogReader log) {
        return new TableMetrics(replays, metrics, history, log::now);
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
