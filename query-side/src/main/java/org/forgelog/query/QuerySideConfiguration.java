package org.forgelog.query;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;
import org.forgelog.api.log.EventLogConfiguration;
import org.forgelog.api.log.EventLogConfiguration.Schema;
import org.forgelog.eventlog.EventCodec;
import org.forgelog.eventlog.EventLogReader;
import org.forgelog.eventlog.LogHistory;
import org.forgelog.eventlog.LogSignals;
import org.forgelog.eventlog.SignedPositions;
import org.forgelog.eventlog.Signer;
import org.forgelog.query.console.ConsoleHttp;
import org.forgelog.query.http.QueryHttp;
import org.forgelog.query.http.QueryRequestFactory;
import org.forgelog.query.moment.Moments;
import org.forgelog.query.operator.OperatorHttp;
import org.forgelog.query.projection.batch.TableTracing;
import org.forgelog.query.projection.control.NodeRegistry;
import org.forgelog.query.projection.deployment.LoggedItems;
import org.forgelog.query.projection.deployment.Projections;
import org.forgelog.query.projection.deployment.Replays;
import org.forgelog.query.projection.deployment.TableControl;
import org.forgelog.query.projection.deployment.TableVerifier;
import org.forgelog.query.projection.deployment.Upgrade;
import org.forgelog.query.projection.deployment.Verifications;
import org.forgelog.query.projection.projector.ProjectionVersion;
import org.forgelog.query.projection.repair.DeadLetters;
import org.forgelog.query.projection.repair.Rebuilds;
import org.forgelog.query.projection.segment.TableMembers;
import org.forgelog.query.read.Cursors;
import org.forgelog.query.read.ItemCache;
import org.forgelog.query.read.LogFollower;
import org.forgelog.query.read.PastReads;
import org.forgelog.query.read.PositionWait;
import org.forgelog.query.read.QueryExecutor;
import org.forgelog.query.read.ReadDispatcher;
import org.forgelog.query.read.SequenceClock;
import org.forgelog.query.verify.LogItems;
import org.forgelog.query.verify.LogVerifier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.PropertySource;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The query side's beans, for an application that imports this class. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({QuerySideProperties.class, ConsolePrices.class})
@PropertySource("classpath:org/forgelog/query/defaults.properties")
@Import({EventLogConfiguration.class, QueryHttp.class, OperatorHttp.class, ConsoleHttp.class})
public class QuerySideConfiguration {

    @Bean
    EventLogReader eventLogReader(DataSource dataSource, Schema schema) {
        return new EventLogReader(dataSource);
    }

    @Bean
    @ConditionalOnMissingBean
    DynamoDbClient dynamoDbClient(
            QuerySideProperties properties,
            MeterRegistry metrics,
            PartitionHeat heat,
            ObservationRegistry observations,
            ObjectProvider<SdkHttpClient> embedded) {
        return DynamoDb.client(
                properties.dynamodb(),
                List.of(new RequestMetrics(metrics), heat),
                observations,
                embedded.getIfAvailable());
    }

    @Bean
    PartitionHeat partitionHeat() {
        return new PartitionHeat();
    }

    @Bean
    TableControl tableControl(DataSource dataSource, Schema schema) {
        return new TableControl(dataSource);
    }

    @Bean
    @ConditionalOnMissingBean
    ProjectionVersion projectionVersion() {
        return ProjectionVersion.CURRENT;
    }

    @Bean
    @ConditionalOnMissingBean
    SequenceClock sequenceClock() {
        return new SequenceClock();
    }

    @Bean
    ItemCache itemCache(SequenceClock clock, QuerySideProperties properties, MeterRegistry metrics) {
        return new ItemCache(clock, properties.cache().bytes().toBytes(), properties.settleDelay(), metrics);
    }

    @Bean(initMethod = "start")
    LogFollower logFollower(EventLogReader reader, LogSignals signals, SequenceClock clock, Moments moments) {
        return new LogFollower(reader, signals, clock, moments::forgetAll);
    }

    @Bean
    Projections projections(
            DataSource dataSource,
            EventCodec codec,
            LogSignals signals,
            DynamoDbClient client,
            TableControl control,
            ProjectionVersion version,
            ItemCache itemCache,
            MeterRegistry metrics,
            ObjectProvider<SdkHttpClient> embedded,
            QuerySideProperties properties) {
        QuerySideProperties.Projection projection = properties.projection();
        Projections projections = new Projections(
                dataSource,
                codec,
                signals,
                client,
                control,
                version,
                metrics,
                new Projections.Settings(
                        NodeName.ofThisProcess(),
                        properties.table().name(),
                        properties.table().create(),
                        projection.enabled(),
                        projection.writers(),
                        projection.singleNode(),
                        embedded.getIfAvailable() != null,
                        properties.settleDelay()));
        projections.onWritten(itemCache::learn);
        projections.start();
        return projections;
    }

    @Bean
    Replays replays(Projections projections, TableControl control, DataSource dataSource, EventLogReader reader) {
        return new Replays(projections, control, new NodeRegistry(dataSource), new TableMembers(dataSource), reader);
    }

    @Bean(initMethod = "start")
    Upgrade upgrade(
            Projections projections,
            TableControl control,
            Replays replays,
            Verifications verifications,
            QuerySideProperties properties) {
        return new Upgrade(
                projections, control, replays, properties.projection().upgrade(), verifications);
    }

    @Bean
    DeadLetters deadLetters(Projections projections, DataSource dataSource, EventLogReader reader) {
        return new DeadLetters(projections::deadLetters, dataSource, reader);
    }

    @Bean
    Rebuilds rebuilds(DataSource dataSource) {
        return new Rebuilds(dataSource);
    }

    @Bean
    @ConditionalOnMissingBean
    TableVerifier tableVerifier(DynamoDbClient client, EventLogReader reader, EventCodec codec) {
        return new LogVerifier(client, reader, codec);
    }

    @Bean
    LoggedItems loggedItems(DynamoDbClient client, EventLogReader reader, EventCodec codec) {
        return new LogItems(client, reader, codec);
    }

    @Bean
    Verifications verifications(TableVerifier verifier, TableControl control, DataSource dataSource) {
        return new Verifications(verifier, control, dataSource);
    }

    @Bean
    ReadDispatcher readDispatcher(QuerySideProperties properties, DynamoDbClient client) {
        return new ReadDispatcher(properties.readDeadline(), TableTracing.of(client));
    }

    @Bean
    Moments moments(DataSource dataSource, Schema schema, EventCodec codec, QuerySideProperties properties) {
        QuerySideProperties.Moments settings = properties.moments();
        return new Moments(
                new LogHistory(dataSource),
                codec,
                settings.events(),
                settings.cache().toBytes());
    }

    @Bean
    PositionWait positionWait(LogFollower logFollower, SignedPositions positions, QuerySideProperties properties) {
        return new PositionWait(logFollower, positions, properties.positionWait(), properties.positionWaits());
    }

    @Bean
    PastReads pastReads(Moments moments, PositionWait positionWait) {
        return new PastReads(moments, positionWait);
    }

    @Bean
    QueryExecutor queryExecutor(
            Projections projections,
            ReadDispatcher readDispatcher,
            ItemCache itemCache,
            SequenceClock sequenceClock,
            LogFollower logFollower,
            PositionWait positionWait,
            PastReads pastReads,
            MeterRegistry metrics,
            QuerySideProperties properties) {
        return new QueryExecutor(
                projections::servingNext,
                readDispatcher,
                itemCache,
                sequenceClock,
                logFollower,
                positionWait,
                metrics,
                properties.settleDelay(),
                pastReads);
    }

    @Bean
    QueryRequestFactory queryRequestFactory(
            QueryExecutor executor, DataSource dataSource, Clock clock, Schema schema, QuerySideProperties properties) {
        Signer signer = Signer.shared(dataSource, "cursor");
        return new QueryRequestFactory(executor, new Cursors(signer, properties.cursorLife(), clock));
    }

    @Bean
    OperatorHttp.OperatorToken operatorToken(QuerySideProperties properties) {
        return new OperatorHttp.OperatorToken(properties.operatorToken());
    }
}
