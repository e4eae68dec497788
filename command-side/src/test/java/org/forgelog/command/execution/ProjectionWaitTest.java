package org.forgelog.command.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.forgelog.command.Answered;
import org.forgelog.command.CommandNode;
import org.forgelog.command.CommandNode.User;
import org.forgelog.eventlog.HashSlots;
import org.forgelog.eventlog.LogSignals;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

@Timeout(600)
class ProjectionWaitTest {

    private static final CommandMetrics METRICS =
            new CommandMetrics(new SimpleMeterRegistry(), ObservationRegistry.NOOP);

    private static final Duration LONG = Duration.ofHours(1);

    private static final String TABLE = "table";

    /** Many, so that even a slow machine is done with them in less time than they would wait. */
    private static final int OTHERS = 200;

    private static DataSource dataSource;
    private static JdbcClient jdbc;

    private LogSignals signals;

    @BeforeAll
    static void database() {
        dataSource = new DriverManagerDataSource(CommandNode.freshDatabase());
        jdbc = JdbcClient.create(dataSource);
        jdbc.sql(
                        "insert into projection_table (name, state, version) values (?, 'serving', 1), ('beside', 'beside', 1)")
                .param(TABLE)
                .update();
    }

    /** Hears nothing that was said in the test before. */
    @BeforeEach
    void listen() {
        signals = new LogSignals(dataSource);
    }

    @AfterEach
    void stop() {
        signals.close();
    }

    @Test
    void givenTheTableIsThatFar_thenNobodyWaits() {
        jdbc.sql(
                        """
                        insert into projection_member (table_name, node, pid, slots, position, updated_at)
                        values (?, 'a', 1, 65535, 10, now()), ('beside', 'a', 1, 65535, 5, now())
                        """)
                .param(TABLE)
                .update();
        ProjectionWait wait = new ProjectionWait(jdbc, signals, LONG, METRICS);

        assertThatCode(() -> wait.await(10)).doesNotThrowAnyException();
        jdbc.sql("delete from projection_member").update();
    }

    @Test
    void givenTheTableIsFarBehind_thenNobodyWaits() {
        ProjectionWait wait = new ProjectionWait(jdbc, signals, LONG, METRICS);

        assertThatCode(() -> wait.await(501)).doesNotThrowAnyException();
    }

    @Test
    void givenATableThatDoesNotMove_thenTheFirstWaitsInVainAndTheNextNotAtAll() {
        Duration limit = Duration.ofMillis(300);
        ProjectionWait wait = new ProjectionWait(jdbc, signals, limit, METRICS);
        wait.await(1);

        Instant start = Instant.now();
        for (int position = 2; position < 2 + OTHERS; position++) {
            wait.await(position);
        }

        assertThat(Duration.between(start, Instant.now()))
                .as("of what they would have waited")
                .isLessThan(limit.multipliedBy(OTHERS));
    }

    @Test
    void givenTheTableGetsThere_thenTheWaitEnds() throws Exception {
        ProjectionWait wait = new ProjectionWait(jdbc, signals, LONG, METRICS);
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> wait.await(5));

        // A signal may come before anybody listens, so it is sent until it was heard.
        while (!waiting.isDone()) {
            projected(5);
        }

        waiting.join();
    }

    @Test
    void givenAProjectionThatKeepsUp_thenAnAnswerComesAfterIt() {
        String database = CommandNode.freshDatabase();
        try (CommandNode node = CommandNode.on(database, "10m")) {
            AtomicLong projected = new AtomicLong();
            node.bean(LogSignals.class).onAppended(position -> {
                projected.set(position);
                try (Connection connection = node.bean(DataSource.class).getConnection()) {
                    serve(connection);
                    LogSignals.projected(connection, TABLE, HashSlots.ALL, position);
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            User owner = node.newUser();

            Answered answer = owner.post("/user/repos", "{\"name\":\"awaited\"}");

            assertThat(projected.get()).isGreaterThanOrEqualTo(answer.position().index());
        }
    }

    /** As a query side says, when it starts, which table is read. */
    private static void serve(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("insert into projection_table (name, state, version) values ('" + TABLE
                    + "', 'serving', 1) on conflict do nothing");
        }
    }

    @Test
    void givenATableBesideTheOneThatServesGetsThere_thenThatEndsNoWait() throws Exception {
        ProjectionWait wait = new ProjectionWait(jdbc, signals, LONG, METRICS);
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> wait.await(5));
        AtomicLong heard = new AtomicLong();
        try (Connection connection = dataSource.getConnection()) {
            signals.onProjected("beside", (slots, position) -> heard.set(position));
            while (heard.get() < 5) {
                LogSignals.projected(connection, "beside", HashSlots.ALL, 5);
            }
        }
        assertThat(waiting).isNotDone();
        while (!waiting.isDone()) {
            projected(5);
        }
    }

    @Test
    void givenATableInSegments_thenTheWaitEndsWithTheLastOfThem() throws Exception {
        ProjectionWait wait = new ProjectionWait(jdbc, signals, LONG, METRICS);
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> wait.await(5));
        HashSlots some = new HashSlots(0b111111);
        AtomicLong heard = new AtomicLong();
        signals.onProjected((slots, position) -> heard.set(position));
        try (Connection connection = dataSource.getConnection()) {
            while (heard.get() < 7) {
                LogSignals.projected(connection, TABLE, some, 7);
            }
            assertThat(waiting).isNotDone();
            while (!waiting.isDone()) {
                LogSignals.projected(connection, TABLE, HashSlots.ALL.minus(some), 5);
            }
        }
    }

    private static void projected(long position) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            LogSignals.projected(connection, TABLE, HashSlots.ALL, position);
        }
    }
}
