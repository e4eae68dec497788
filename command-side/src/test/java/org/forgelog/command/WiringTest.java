package org.forgelog.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.updates.UpdateChecker;
import org.flywaydb.core.api.FlywayException;
import org.forgelog.engines.SharedEngines;
import org.forgelog.eventlog.EventLogSchema;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class WiringTest {

    private final CommandNode node = CommandNode.shared();

    /**
     * The starter falls back silently where it does not find what it needs, so each bean that is Axon's, or of ours in
     * the place of one, is named here with its type.
     */
    @Test
    void thenEveryBeanOfAxonsIsOfTheTypeItShouldBe() {
        List<String> parts = node.beanTypes().entrySet().stream()
                .filter(bean -> isAxons(bean.getValue()) && !bean.getValue().isSynthetic())
                .filter(bean -> !bean.getKey().contains("."))
                .map(bean -> bean.getKey() + " " + bean.getValue().getSimpleName())
                .sorted()
                .toList();
        assertThat(String.join("\n", parts) + "\n")
                .isEqualTo(
                        """
                        accountAggregate$$Registrar SpringAggregateConfigurer
                        accountAggregateAggregateFactory SpringPrototypeAggregateFactory
                        accountAggregateRepository EventSourcingRepository
                        aggregateIdentifierSpanAttributesProvider AggregateIdentifierSpanAttributesProvider
                        aggregateLocks NullLockFactory
                        aggregateSnapshotter SpringAggregateSnapshotter
                        axonTransactionManager SpringTransactionManager
                        commandBus SimpleCommandBus
                        commandBusSpanFactory DefaultCommandBusSpanFactory
                        commandGateway DefaultCommandGateway
                        commentAggregate$$Registrar SpringAggregateConfigurer
                        commentAggregateAggregateFactory SpringPrototypeAggregateFactory
                        commentAggregateRepository EventSourcingRepository
                        deadlineManagerSpanFactory DefaultDeadlineManagerSpanFactory
                        duplicateCommandHandlerResolver LoggingDuplicateCommandHandlerResolver
                        eventBus DirectoryEventStore
                        eventBusSpanFactory DefaultEventBusSpanFactory
                        eventGateway DefaultEventGateway
                        eventProcessingModule EventProcessingModule
                        eventProcessorSpanFactory DefaultEventProcessorSpanFactory
                        eventSerializer StoredEventSerializer
                        eventStorageEngine PostgresEventStorageEngine
                        globalMetricRegistry GlobalMetricRegistry
                        handlerDefinition HandlerDefinition
                        invitationAggregate$$Registrar SpringAggregateConfigurer
                        invitationAggregateAggregateFactory SpringPrototypeAggregateFactory
                        invitationAggregateRepository EventSourcingRepository
                        issueAggregate$$Registrar SpringAggregateConfigurer
                        issueAggregateAggregateFactory SpringPrototypeAggregateFactory
                        issueAggregateRepository EventSourcingRepository
                        labelAggregate$$Registrar SpringAggregateConfigurer
                        labelAggregateAggregateFactory SpringPrototypeAggregateFactory
                        labelAggregateRepository EventSourcingRepository
                        messageHandlerLookup MessageHandlerLookup
                        messageIdSpanAttributesProvider MessageIdSpanAttributesProvider
                        messageNameSpanAttributesProvider MessageNameSpanAttributesProvider
                        messageSerializer Jackson3Serializer
                        messageTypeSpanAttributesProvider MessageTypeSpanAttributesProvider
                        metadataSpanAttributesProvider MetadataSpanAttributesProvider
                        metricsConfigurerModule MetricsConfigurerModule
                        milestoneAggregate$$Registrar SpringAggregateConfigurer
                        milestoneAggregateAggregateFactory SpringPrototypeAggregateFactory
                        milestoneAggregateRepository EventSourcingRepository
                        origin SimpleCorrelationDataProvider
                        parameterResolverFactory ParameterResolverFactory
                        payloadTypeSpanAttributesProvider PayloadTypeSpanAttributesProvider
                        pullRequestAggregate$$Registrar SpringAggregateConfigurer
                        pullRequestAggregateAggregateFactory SpringPrototypeAggregateFactory
                        pullRequestAggregateRepository EventSourcingRepository
                        queryBus SimpleQueryBus
                        queryBusSpanFactory DefaultQueryBusSpanFactory
                        queryGateway DefaultQueryGateway
                        queryUpdateEmitter SimpleQueryUpdateEmitter
                        queryUpdateEmitterSpanFactory DefaultQueryUpdateEmitterSpanFactory
                        reactionAggregate$$Registrar SpringAggregateConfigurer
                        reactionAggregateAggregateFactory SpringPrototypeAggregateFactory
                        reactionAggregateRepository EventSourcingRepository
                        repositoryAggregate$$Registrar SpringAggregateConfigurer
                        repositoryAggregateAggregateFactory SpringPrototypeAggregateFactory
                        repositoryAggregateRepository EventSourcingRepository
                        repositorySpanFactory DefaultRepositorySpanFactory
                        resourceInjector SpringResourceInjector
                        revisionResolver AnnotationRevisionResolver
                        sagaManagerSpanFactory DefaultSagaManagerSpanFactory
                        securedMessageHandlerDefinition SecuredMessageHandlerDefinition
                        serializer Jackson3Serializer
                        snapshots EventCountSnapshotTriggerDefinition
                        snapshotterSpanFactory DefaultSnapshotterSpanFactory
                        spanFactory NoOpSpanFactory
                        springAggregateLookup SpringAggregateLookup
                        springAxonConfiguration Configuration
                        springAxonConfigurer SpringConfigurer
                        springSagaLookup SpringSagaLookup
                        starAggregate$$Registrar SpringAggregateConfigurer
                        starAggregateAggregateFactory SpringPrototypeAggregateFactory
                        starAggregateRepository EventSourcingRepository
                        subscriptionAggregate$$Registrar SpringAggregateConfigurer
                        subscriptionAggregateAggregateFactory SpringPrototypeAggregateFactory
                        subscriptionAggregateRepository EventSourcingRepository
                        tagsConfiguration TagsConfiguration
                        tracingHandlerEnhancerDefinition TracingHandlerEnhancerDefinition
                        """);
    }

    private static boolean isAxons(Class<?> type) {
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            if (Stream.concat(Stream.of(at), Stream.of(at.getInterfaces()))
                    .anyMatch(t -> t.getName().startsWith("org.axonframework."))) {
                return true;
            }
        }
        return false;
    }

    @Test
    void thenNobodyIsAskedForUpdates() {
        assertThat(node.bean(Configuration.class).getComponent(UpdateChecker.class))
                .isNull();
    }

    @Test
    void givenAnAxonTransaction_whenRolledBack_thenNothingStays() {
        var transaction = node.bean(TransactionManager.class).startTransaction();
        node.sql().sql("insert into secret (name, value) values ('gone', '')").update();
        transaction.rollback();

        assertThat(node.sql()
                        .sql("select count(*) from secret where name = 'gone'")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void givenCreationIsForbidden_whenTheSchemaIsMissing_thenItIsAnErrorAndNothingIsCreated() {
        DataSource empty = new DriverManagerDataSource(SharedEngines.freshDatabase());

        assertThatThrownBy(() -> EventLogSchema.migrate(empty, false)).isInstanceOf(FlywayException.class);
        assertThat(JdbcClient.create(empty)
                        .sql("select count(*) from pg_tables where schemaname = 'public'")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void thenHealthIsServed() {
        assertThat(node.call("GET", "/actuator/health/readiness", null, null)
                        .json()
                        .get("status")
                        .stringValue())
                .isEqualTo("UP");
    }
}
