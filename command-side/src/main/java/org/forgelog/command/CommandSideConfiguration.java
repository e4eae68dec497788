package org.forgelog.command;

import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.common.lock.NullLockFactory;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.unitofwork.RollbackConfigurationType;
import org.axonframework.modelling.command.AggregateAnnotationCommandHandler;
import org.forgelog.api.log.EventLogConfiguration;
import org.forgelog.api.log.EventLogConfiguration.Schema;
import org.forgelog.command.directory.DirectoryRebuild;
import org.forgelog.command.directory.DirectoryWriter;
import org.forgelog.command.execution.CommandExecutor;
import org.forgelog.command.execution.ProjectionWait;
import org.forgelog.command.http.CommandEndpoint;
import org.forgelog.command.http.CommandMapping;
import org.forgelog.command.http.DirectoryController;
import org.forgelog.command.http.RestoreController;
import org.forgelog.command.http.Routes;
import org.forgelog.command.log.DirectoryEventStore;
import org.forgelog.command.log.LogRestore;
import org.forgelog.command.log.PostgresEventStorageEngine;
import org.forgelog.command.log.StoredEventSerializer;
import org.forgelog.domain.DomainAggregates;
import org.forgelog.eventlog.EventCodec;
import org.forgelog.eventlog.LogSignals;
import org.forgelog.eventlog.SignedPositions;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import tools.jackson.databind.json.JsonMapper;

/**
 * The command side's beans, for an application that imports this class. Axon is wired by hand: its own
 * auto-configuration does not recognise this version of Spring Boot, and falls back to beans that store nothing.
 */
@Configuration(proxyBeanMethods = false)
@Import(EventLogConfiguration.class)
public class CommandSideConfiguration {

    @Bean
    TransactionManager axonTransactionManager(PlatformTransactionManager transactions) {
        return new SpringTransactions(transactions);
    }

    @Bean
    PostgresEventStorageEngine eventStorageEngine(DataSource dataSource, EventCodec codec, Schema schema) {
        StoredEventSerializer serializer = new StoredEventSerializer(codec);
        PostgresEventStorageEngine.Builder builder = PostgresEventStorageEngine.builder(dataSource);
        builder.eventSerializer(serializer).snapshotSerializer(serializer);
        return builder.build();
    }

    @Bean(destroyMethod = "shutDown")
    DirectoryEventStore eventStore(PostgresEventStorageEngine engine, JdbcClient jdbc) {
        return DirectoryEventStore.on(engine, new DirectoryWriter(jdbc));
    }

    /** Opens no transaction of its own: commands run inside that of their request. */
    @Bean
    CommandBus commandBus(EventStore eventStore) {
        SimpleCommandBus bus = SimpleCommandBus.builder()
                .transactionManager(NoTransactionManager.INSTANCE)
                .rollbackConfiguration(RollbackConfigurationType.ANY_THROWABLE)
                .build();
        DomainAggregates.TYPES.forEach(type -> subscribe(bus, type, eventStore));
        return bus;
    }

    /** Without a lock in this process: the database's locks count, and it sees deadlocks only among its own. */
    private static <T> void subscribe(CommandBus bus, Class<T> type, EventStore eventStore) {
        EventSourcingRepository<T> repository = EventSourcingRepository.builder(type)
                .lockFactory(NullLockFactory.INSTANCE)
                .eventStore(eventStore)
                .build();
        AggregateAnnotationCommandHandler.<T>builder()
                .aggregateType(type)
                .repository(repository)
                .build()
                .subscribe(bus);
    }

    @Bean
    CommandExecutor commandExecutor(
            CommandBus bus,
            EventStore eventStore,
            TransactionManager axonTransactionManager,
            JdbcClient jdbc,
            JsonMapper json,
            Clock clock) {
        return new CommandExecutor(bus, eventStore, axonTransactionManager, jdbc, json, clock);
    }

    @Bean
    ProjectionWait projectionWait(
            JdbcClient jdbc,
            LogSignals signals,
            Schema schema,
            @Value("${forgelog.wait-for-table:500ms}") Duration limit) {
        return new ProjectionWait(jdbc, signals, limit);
    }

    @Bean
    CommandMapping commandMapping(
            CommandExecutor executor, ProjectionWait projection, SignedPositions positions, JsonMapper json) {
        return new CommandMapping(new CommandEndpoint(new Routes(), executor, projection, positions, json));
    }

    @Bean
    DirectoryRebuild directoryRebuild(
            DataSource dataSource, PlatformTransactionManager transactions, EventCodec codec, Schema schema) {
        return new DirectoryRebuild(dataSource, transactions, codec);
    }

    @Bean
    LogRestore logRestore(DataSource dataSource, PlatformTransactionManager transactions, DirectoryRebuild rebuild) {
        return new LogRestore(dataSource, transactions, rebuild);
    }

    @Bean
    RestoreController restoreController(LogRestore restore) {
        return new RestoreController(restore);
    }

    @Bean
    DirectoryController directoryController(DirectoryRebuild rebuild) {
        return new DirectoryController(rebuild);
    }
}
