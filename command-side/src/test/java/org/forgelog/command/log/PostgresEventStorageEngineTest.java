package org.forgelog.command.log;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.axonframework.eventsourcing.utils.EventStoreTestUtils.AGGREGATE;
import static org.axonframework.eventsourcing.utils.EventStoreTestUtils.createEvent;

import java.util.UUID;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.axonframework.eventsourcing.eventstore.BatchingEventStorageEngineTest;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.forgelog.command.CommandNode;
import org.forgelog.command.log.PostgresEventStorageEngine.Builder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Axon's published contract of storage engines, on PostgreSQL. */
class PostgresEventStorageEngineTest extends BatchingEventStorageEngineTest<PostgresEventStorageEngine, Builder> {

    private static DataSource dataSource;
    private PostgresEventStorageEngine engine;

    @BeforeAll
    static void database() {
        dataSource = new DriverManagerDataSource(CommandNode.freshDatabase());
    }

    @BeforeEach
    void emptyLog() {
        JdbcClient.create(dataSource)
                .sql("truncate domain_event, snapshot cascade")
                .update();
        engine = createEngine();
        setTestSubject(engine);
    }

    @Override
    protected PostgresEventStorageEngine createEngine(UnaryOperator<Builder> customization) {
        Builder builder = PostgresEventStorageEngine.builder(dataSource);
        builder.eventSerializer(new TextSerializer()).snapshotSerializer(new TextSerializer());
        return customization.apply(builder).build();
    }

    /** The suite names its events "id"; ours are UUIDs. */
    @Test
    @Override
    public void uniqueKeyConstraintOnFirstEventIdentifierThrowsAggregateIdentifierAlreadyExistsException() {
        String id = UUID.randomUUID().toString();
        assertThatThrownBy(
                        () -> engine.appendEvents(createEvent(id, AGGREGATE, 0), createEvent(id, "otherAggregate", 0)))
                .isInstanceOf(AggregateStreamCreationException.class);
    }

    /** The suite names its events "id"; ours are UUIDs. */
    @Test
    @Override
    public void uniqueKeyConstraintOnEventIdentifier() {
        String id = UUID.randomUUID().toString();
        assertThatThrownBy(
                        () -> engine.appendEvents(createEvent(id, AGGREGATE, 1), createEvent(id, "otherAggregate", 1)))
                .isInstanceOf(ConcurrencyException.class);
    }
}
