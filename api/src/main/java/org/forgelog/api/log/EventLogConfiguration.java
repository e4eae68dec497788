package org.forgelog.api.log;

import java.time.Clock;
import javax.sql.DataSource;
import org.forgelog.api.http.Vital;
import org.forgelog.eventlog.EventCodec;
import org.forgelog.eventlog.EventLogReader;
import org.forgelog.eventlog.EventLogSchema;
import org.forgelog.eventlog.LogClock;
import org.forgelog.eventlog.LogSignals;
import org.forgelog.eventlog.SignedPositions;
import org.forgelog.eventlog.Signer;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What each side needs of the event log, once where both are in one application. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SchemaProperties.class)
public class EventLogConfiguration {

    /** Stands for a schema that is up to date; whoever uses the tables asks for it first. */
    public record Schema() {}

    @Bean
    Schema schema(DataSource dataSource, SchemaProperties properties) {
        EventLogSchema.migrate(dataSource, properties.create());
        return new Schema();
    }

    /** The same for all nodes, whatever their own clocks say. */
    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean(Clock.class)
    LogClock clock(DataSource dataSource, Schema schema) {
        return new LogClock(new EventLogReader(dataSource));
    }

    @Bean
    EventCodec eventCodec() {
        return new EventCodec();
    }

    @Bean
    SignedPositions signedPositions(DataSource dataSource, Schema schema) {
        return new SignedPositions(Signer.shared(dataSource, "position"));
    }

    @Bean
    LogSignals logSignals(DataSource dataSource) {
        return new LogSignals(dataSource);
    }

    @Bean
    Vital listening(LogSignals signals) {
        return signals::isAlive;
    }
}
