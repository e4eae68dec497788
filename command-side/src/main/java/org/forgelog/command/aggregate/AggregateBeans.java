package org.forgelog.command.aggregate;

import org.axonframework.common.lock.LockFactory;
import org.axonframework.common.lock.NullLockFactory;
import org.axonframework.config.Configuration;
import org.axonframework.eventsourcing.EventCountSnapshotTriggerDefinition;
import org.axonframework.eventsourcing.SnapshotTriggerDefinition;
import org.axonframework.eventsourcing.Snapshotter;
import org.axonframework.spring.stereotype.Aggregate;
import org.forgelog.command.log.PostgresEventStorageEngine;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;

/** The aggregates for Axon's starter to find, and the beans that their annotations name. */
@org.springframework.context.annotation.Configuration(proxyBeanMethods = false)
@ComponentScan(useDefaultFilters = false, includeFilters = @ComponentScan.Filter(Aggregate.class))
public class AggregateBeans {

    static final String LOCKS = "aggregateLocks";
    static final String SNAPSHOTS = "snapshots";

    /** A snapshot is due when this many events came after the last one. */
    private static final int EVENTS_PER_SNAPSHOT = 100;

    /**
     * No locks in this process. Reading an aggregate's events takes a lock in the database, which holds for all
     * processes, and PostgreSQL sees a deadlock only among its own locks.
     */
    @Bean(LOCKS)
    static LockFactory aggregateLocks() {
        return NullLockFactory.INSTANCE;
    }

    /** For the aggregates whose streams can grow long: accounts, repositories, issues and pull requests. */
    @Bean(SNAPSHOTS)
    static SnapshotTriggerDefinition snapshots(Snapshotter snapshotter) {
        return new EventCountSnapshotTriggerDefinition(snapshotter, EVENTS_PER_SNAPSHOT);
    }

    @Bean
    static AggregateStates aggregateStates(Configuration axon, PostgresEventStorageEngine log) {
        return new AggregateStates(axon, log);
    }
}
