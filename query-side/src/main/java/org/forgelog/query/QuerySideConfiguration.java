package org.forgelog.query;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.forgelog.api.log.EventLogConfiguration;
import org.forgelog.api.log.EventLogConfiguration.Schema;
import org.forgelog.eventlog.EventCodec;
import org.forgelog.eventlog.EventLogReader;
import org.forgelog.eventlog.LogSignals;
import org.forgelog.query.http.Exchanges;
import org.forgelog.query.http.QueryHttp;
import org.forgelog.query.operator.OperatorHttp;
import org.forgelog.query.projection.ProjectionEngine;
import org.forgelog.query.projection.TableWatch;
import org.forgelog.query.read.Cursors;
import org.forgelog.query.read.Known;
import org.forgelog.query.read.Reads;
import org.forgelog.query.table.Table;
import org.forgelog.query.table.TableSchema;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.PropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The query side's beans, for an application that imports this class. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(QuerySideProperties.class)
@PropertySource("classpath:org/forgelog/query/defaults.properties")
@Import({EventLogConfiguration.class, QueryHttp.class, OperatorHttp.class})
public class QuerySideConfiguration {

    @Bean
    EventLogReader eventLogReader(DataSource dataSource, Schema schema) {
        return new EventLogReader(dataSource);
    }

    @Bean
    @ConditionalOnMissingBean
    DynamoDbClient dynamoDbClient(QuerySideProperties properties) {
        return DynamoDb.client(properties.dynamodb());
    }

    @Bean
    Table table(DynamoDbClient client, QuerySideProperties properties) {
        return new Table(client, properties.table().name());
    }

    @Bean
    TableSchema tableSchema(DynamoDbClient client, QuerySideProperties properties) {
        return new TableSchema(
                client, properties.table().name(), properties.table().create());
    }

    @Bean(initMethod = "start")
    TableWatch tableWatch(Table table, EventLogReader reader, LogSignals signals, QuerySideProperties properties) {
        return new TableWatch(table, reader, signals, properties.quiet());
    }

    @Bean
    Known known() {
        return new Known();
    }

    @Bean
    ProjectionEngine projectionEngine(
            DataSource dataSource,
            EventCodec codec,
            LogSignals signals,
            Table table,
            TableSchema schema,
            TableWatch watch,
            Schema logSchema,
            Known known,
            QuerySideProperties properties) {
        ProjectionEngine engine = new ProjectionEngine(
                dataSource,
                codec,
                signals,
                table,
                schema,
                watch,
                properties.projection().writers());
        engine.onWritten(known::learn);
        if (properties.projection().enabled()) {
            engine.start();
        }
        return engine;
    }

    /** One thread for each request to the table that is under way; there is no work in them. */
    @Bean(destroyMethod = "shutdown")
    ExecutorService tableRequests() {
        return Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("table-", 0).factory());
    }

    @Bean
    Reads reads(
            Table table,
            TableWatch watch,
            ExecutorService tableRequests,
            Known known,
            MeterRegistry metrics,
            QuerySideProperties properties) {
        return new Reads(table, watch, tableRequests, known, metrics, properties.positionWait(), properties.quiet());
    }

    @Bean
    Exchanges exchanges(Reads reads, JdbcClient jdbc, Clock clock, Schema schema, QuerySideProperties properties) {
        return new Exchanges(reads, new Cursors(CursorKey.of(jdbc), properties.cursorLife(), clock));
    }

    @Bean
    OperatorHttp.OperatorToken operatorToken(QuerySideProperties properties) {
        return new OperatorHttp.OperatorToken(properties.operatorToken());
    }
}
