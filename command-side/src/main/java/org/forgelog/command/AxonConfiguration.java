package org.forgelog.command;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.observation.ObservationRegistry;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.axonframework.config.Configuration;
import org.axonframework.eventhandling.EventBusSpanFactory;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.correlation.CorrelationDataProvider;
import org.axonframework.messaging.correlation.SimpleCorrelationDataProvider;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.jackson3.Jackson3SerializerCustomizer;
import org.forgelog.api.log.EventLogConfiguration.Schema;
import org.forgelog.command.aggregate.AggregateBeans;
import org.forgelog.command.directory.DirectoryWriter;
import org.forgelog.command.execution.Origin;
import org.forgelog.command.log.DirectoryEventStore;
import org.forgelog.command.log.ObservedEventStorage;
import org.forgelog.command.log.PostgresEventStorageEngine;
import org.forgelog.command.log.StoredEventSerializer;
import org.forgelog.command.log.TransactionKeys;
import org.forgelog.domain.DomainCommand;
import org.forgelog.eventlog.EventCodec;
import org.forgelog.eventlog.PersonKeyStore;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.PropertySource;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * What differs from what Axon's Spring Boot starter configures by itself: where events are stored and in which format,
 * and what each event's metadata say. Everything else, from the command gateway to the aggregates' repositories, is the
 * starter's. Its settings are in {@code axon.properties}.
 */
@org.springframework.context.annotation.Configuration(proxyBeanMethods = false)
@Import(AggregateBeans.class)
@PropertySource("classpath:org/forgelog/command/axon.properties")
class AxonConfiguration {

    /** Metadata under which an event's sequence is found. */
    private static final String SEQUENCE_KEY = "sequenceKey";

    private static final Set<String> CAPACITIES =
            Set.of("commandBus.capacity", "eventStore.capacity", "queryBus.capacity");

    /** Without a gauge that Axon registers anew with each message, of which Micrometer warns. */
    @Bean
    MeterFilter withoutCapacities() {
        return MeterFilter.deny(id -> CAPACITIES.contains(id.getName()));
    }

    @Bean
    PostgresEventStorageEngine eventStorageEngine(
            DataSource dataSource,
            @Qualifier("eventSerializer") Serializer events,
            Serializer snapshots,
            Configuration axon,
            MeterRegistry metrics,
            Schema schema) {
        PostgresEventStorageEngine.Builder builder = PostgresEventStorageEngine.builder(dataSource)
                .lockWaits(Timer.builder("forgelog.append.lock.wait")
                        .description("how long appends waited for their turn, by PostgreSQL's clock")
                        .register(metrics)::record);
        builder.eventSerializer(events).snapshotSerializer(snapshots).snapshotFilter(axon.snapshotFilter());
        return builder.build();
    }

    /** As the starter makes it, with the directory. */
    @Bean("eventBus")
    @Qualifier("eventStore")
    DirectoryEventStore eventStore(
            PostgresEventStorageEngine engine,
            JdbcOperations jdbc,
            Configuration axon,
            ObservationRegistry observations) {
        return new DirectoryEventStore(
                EmbeddedEventStore.builder()
                        .storageEngine(new ObservedEventStorage(engine, observations))
                        .messageMonitor(axon.messageMonitor(EventStore.class, "eventStore"))
                        .spanFactory(axon.getComponent(EventBusSpanFactory.class)),
                new DirectoryWriter(jdbc));
    }

    @Bean
    @Qualifier("eventSerializer")
    StoredEventSerializer eventSerializer(PersonKeyStore keys, JdbcOperations jdbc) {
        return new StoredEventSerializer(new EventCodec(new TransactionKeys(keys, jdbc)));
    }

    /** Snapshots hold the aggregates' fields, and in them the domain's values, which are written as in events. */
    @Bean
    Jackson3SerializerCustomizer domainValues() {
        return builder -> {
            EventCodec.configure(builder);
            builder.changeDefaultVisibility(visible -> visible.withFieldVisibility(Visibility.ANY));
        };
    }

    @Bean
    CorrelationDataProvider origin() {
        return new SimpleCorrelationDataProvider(Origin.ACTOR, Origin.REQUEST_ID, Origin.IMPORTED);
    }

    @Bean
    CorrelationDataProvider sequenceKey() {
        return message -> message.getPayload() instanceof DomainCommand<?> command
                ? Map.of(SEQUENCE_KEY, command.sequenceKey())
                : Map.of();
    }
}
