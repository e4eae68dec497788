package org.forgelog.api.log;

import java.time.Clock;
import javax.sql.DataSource;
import org.forgelog.api.http.Vital;
import org.forgelog.eventlog.EventCodec;
import org.forgelog.eventlog.EventLogReader;
import org.forgelog.eventlog.EventLogSchema;
import org.forgelog.eventlog.LogClock;
import org.forgelog.eventlog.LogSignals;
import org.forgelog.eventlog.MasterKeys;
import org.forgelog.eventlog.PersonKeyStore;
import org.forgelog.eventlog.SignedPositions;
import org.forgelog.eventlog.Signer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

/** What each side needs of the event log, once where both are in one application. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({SchemaProperties.class, PersonalDataProperties.class})
public class EventLogConfiguration {

    private static final Logger log = LoggerFactory.getLogger(EventLogConfiguration.class);

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
    MasterKeys masterKeys(PersonalDataProperties properties) {
        MasterKeys keys = new MasterKeys(properties.masterKeys());
        if (keys.isEmpty()) {
            log.warn("forgelog.personal-data.master-keys is not set: events tell in the clear who a person is");
        }
        return keys;
    }

    /** On the connection of the surrounding transaction, where there is one. */
    @Bean
    PersonKeyStore personKeys(DataSource dataSource, MasterKeys masterKeys, Schema schema) {
        PersonKeyStore keys = new PersonKeyStore(new TransactionAwareDataSourceProxy(dataSource), masterKeys);
        keys.check();
        return keys;
    }

    @Bean
    EventCodec eventCodec(PersonKeyStore personKeys) {
        return new EventCodec(personKeys);
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
