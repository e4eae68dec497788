package org.forgelog.command;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.messaging.correlation.CorrelationDataProvider;
import org.forgelog.api.http.ApiJson;
import org.forgelog.api.log.EventLogConfiguration;
import org.forgelog.api.log.EventLogConfiguration.Schema;
import org.forgelog.command.aggregate.AggregateStates;
import org.forgelog.command.directory.DirectoryRebuild;
import org.forgelog.command.execution.CommandExecutor;
import org.forgelog.command.execution.CommandMetrics;
import org.forgelog.command.execution.ProjectionWait;
import org.forgelog.command.execution.TransactionLimit;
import org.forgelog.command.http.CommandEndpoint;
import org.forgelog.command.http.CommandMapping;
import org.forgelog.command.http.JobController;
import org.forgelog.command.http.Routes;
import org.forgelog.command.importing.Imports;
import org.forgelog.command.job.Jobs;
import org.forgelog.command.log.AppendLockMetrics;
import org.forgelog.command.log.LogRestore;
import org.forgelog.command.operation.RepeatedAccess;
import org.forgelog.command.personal.Forgetting;
import org.forgelog.command.personal.KeyRotation;
import org.forgelog.command.personal.PeopleWithoutKeys;
import org.forgelog.command.personal.Remains;
import org.forgelog.command.personal.Remains.Purge;
import org.forgelog.command.webhook.EventStreamController;
import org.forgelog.command.webhook.Webhooks;
import org.forgelog.eventlog.EventCodec;
import org.forgelog.eventlog.EventLogReader;
import org.forgelog.eventlog.LogSignals;
import org.forgelog.eventlog.MasterKeys;
import org.forgelog.eventlog.PersonKeyStore;
import org.forgelog.eventlog.SignedPositions;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.PlatformTransactionManager;
import tools.jackson.databind.json.JsonMapper;

/** The command side's beans, for an application that imports this class and has auto-configuration. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CommandSideProperties.class)
@Import({EventLogConfiguration.class, AxonConfiguration.class})
public class CommandSideConfiguration {

    @Bean
    CommandExecutor commandExecutor(
            CommandGateway commands,
            AggregateStates states,
            TransactionManager transactions,
            List<CorrelationDataProvider> correlation,
            JdbcOperations jdbc,
            JsonMapper json,
            Clock clock,
            CommandMetrics metrics,
            MasterKeys masterKeys,
            CommandSideProperties properties,
            // A turn is waited for as long as a connection is.
            @Value("${spring.datasource.hikari.connection-timeout}") Duration patience) {
        return new CommandExecutor(
                commands,
                states,
                transactions,
                correlation,
                new RepeatedAccess(),
                properties.invitations(),
                masterKeys,
                new TransactionLimit(properties.concurrentCommands(), patience),
                jdbc,
                json,
                clock,
                metrics);
    }

    @Bean
    CommandMetrics commandMetrics(MeterRegistry registry, ObservationRegistry observations) {
        return new CommandMetrics(registry, observations);
    }

    @Bean
    AppendLockMetrics appendLockMetrics(JdbcClient jdbc, MeterRegistry registry, Schema schema) {
        return new AppendLockMetrics(jdbc, registry);
    }

    @Bean
    ProjectionWait projectionWait(
            JdbcClient jdbc,
            LogSignals signals,
            Schema schema,
            CommandSideProperties properties,
            CommandMetrics metrics) {
        return new ProjectionWait(jdbc, signals, properties.waitForTable(), metrics);
    }

    @Bean
    CommandMapping commandMapping(
            CommandExecutor executor,
            ProjectionWait projection,
            SignedPositions positions,
            CommandMetrics metrics,
            JsonMapper json) {
        return new CommandMapping(new CommandEndpoint(new Routes(), executor, projection, positions, metrics, json));
    }

    @Bean
    DirectoryRebuild directoryRebuild(
            DataSource dataSource, PlatformTransactionManager transactions, EventCodec codec, Schema schema) {
        return new DirectoryRebuild(dataSource, transactions, codec);
    }

    @Bean
    ApplicationRunner keysForPeopleWithout(PersonKeyStore keys, JdbcOperations jdbc) {
        return arguments -> PeopleWithoutKeys.giveKeys(keys, jdbc);
    }

    @Bean
    LogRestore logRestore(
            DataSource dataSource,
            PlatformTransactionManager transactions,
            DirectoryRebuild rebuild,
            PersonKeyStore keys) {
        return new LogRestore(dataSource, transactions, rebuild, keys);
    }

    @Bean
    Jobs jobs(JdbcClient jdbc, JsonMapper json, Schema schema) {
        return new Jobs(jdbc, json);
    }

    @Bean
    Imports imports(CommandExecutor executor, JdbcOperations jdbc, Clock clock) {
        return new Imports(executor, jdbc, clock);
    }

    @Bean
    Webhooks webhooks(
            CommandExecutor executor,
            DataSource dataSource,
            EventCodec codec,
            JdbcClient jdbc,
            MasterKeys masterKeys,
            LogSignals signals,
            Schema schema,
            CommandSideProperties properties) {
        return new Webhooks(
                executor,
                new EventLogReader(dataSource),
                codec,
                ApiJson.mapper(),
                jdbc,
                masterKeys,
                signals,
                properties.webhooks());
    }

    @Bean
    EventStreamController eventStreamController(
            CommandExecutor executor, DataSource dataSource, EventCodec codec, LogSignals signals, Schema schema) {
        return new EventStreamController(executor, new EventLogReader(dataSource), codec, signals, ApiJson.mapper());
    }

    @Bean
    JobController jobController(
            Jobs jobs,
            DirectoryRebuild rebuild,
            LogRestore restore,
            Imports imports,
            Forgetting forgetting,
            KeyRotation rotation,
            JsonMapper json) {
        return new JobController(jobs, rebuild, restore, imports, forgetting, rotation, json);
    }

    @Bean
    KeyRotation keyRotation(MasterKeys masterKeys, PersonKeyStore keys, JdbcOperations jdbc) {
        return new KeyRotation(masterKeys, keys, jdbc);
    }

    @Bean
    Forgetting forgetting(
            CommandExecutor executor,
            DataSource dataSource,
            EventCodec codec,
            PersonKeyStore keys,
            JdbcOperations jdbc,
            PlatformTransactionManager transactions,
            ObjectProvider<Purge> stores) {
        return new Forgetting(
                executor,
                new EventLogReader(new TransactionAwareDataSourceProxy(dataSource)),
                codec,
                keys,
                jdbc,
                transactions,
                new Remains(jdbc, stores.orderedStream().toList()));
    }
}
