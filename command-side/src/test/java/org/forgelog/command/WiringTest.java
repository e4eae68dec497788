package org.forgelog.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import javax.sql.DataSource;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.EventBus;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.flywaydb.core.api.FlywayException;
import org.forgelog.command.log.DirectoryEventStore;
import org.forgelog.command.log.PostgresEventStorageEngine;
import org.forgelog.command.log.StoredEventSerializer;
import org.forgelog.engines.SharedEngines;
import org.forgelog.eventlog.EventLogSchema;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class WiringTest {

    private final CommandNode node = CommandNode.shared();

    @Test
    void thenTheBeansInUseAreOursAndStore() {
        assertThat(node.bean(EventStorageEngine.class)).isInstanceOf(PostgresEventStorageEngine.class);
        assertThat(node.bean(EventStore.class)).isInstanceOf(DirectoryEventStore.class);
        assertThat(node.bean(EventBus.class)).isSameAs(node.bean(EventStore.class));
        assertThat(node.bean(CommandBus.class)).isExactlyInstanceOf(SimpleCommandBus.class);
        assertThat(node.bean(TransactionManager.class)).isInstanceOf(SpringTransactions.class);
        assertThat(node.bean(PostgresEventStorageEngine.class).getEventSerializer())
                .isInstanceOf(StoredEventSerializer.class);
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
    void givenASurroundingTransaction_thenAnAxonTransactionStillCommitsByItself() {
        new TransactionTemplate(node.bean(PlatformTransactionManager.class)).executeWithoutResult(outer -> {
            var inner = node.bean(TransactionManager.class).startTransaction();
            node.sql()
                    .sql("insert into secret (name, value) values ('kept', '')")
                    .update();
            inner.commit();
            outer.setRollbackOnly();
        });

        assertThat(node.sql()
                        .sql("select count(*) from secret where name = 'kept'")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
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
