package org.forgelog.command.log;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Who waits for the append lock right now, on any node, as PostgreSQL tells it when it is asked: a wait that does not end is in
 * no histogram of waits.
 */
public final class AppendLockMetrics {

    private static final Logger log = LoggerFactory.getLogger(AppendLockMetrics.class);
    /** Several gauges, and several who scrape, ask once. */
    private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();

    /** @param waiting transactions @param seconds how long the first of them has been waiting */
    private record Queue(double waiting, double seconds) {}

    private final JdbcClient jdbc;
    private Queue last = new Queue(0, 0);
    private long askedAt = System.nanoTime() - FRESH_NANOS;

    public AppendLockMetrics(JdbcClient jdbc, MeterRegistry registry) {
        this.jdbc = jdbc;
        Gauge.builder("forgelog.append.lock.waiting", this, metrics -> metrics.queue()
                        .waiting())
                .description("transactions that wait for the append lock, on all nodes")
                .register(registry);
        Gauge.builder("forgelog.append.lock.oldest", this, metrics -> metrics.queue()
                        .seconds())
                .description("how long the first of them has been waiting")
                .baseUnit("seconds")
                .register(registry);
    }

    private synchronized Queue queue() {
        long now = System.nanoTime();
        if (now - askedAt < FRESH_NANOS) {
            return last;
        }
        askedAt = now;
        try {
            last = jdbc.sql(
                            """
                            select count(*), coalesce(extract(epoch from max(clock_timestamp() - waitstart)), 0)
                            from pg_locks
                            where locktype = 'advisory' and not granted and classid = 4674 and objid = 1
                              and database = (select oid from pg_database where datname = current_database())
                            """)
                    .query((row, n) -> new Queue(row.getDouble(1), row.getDouble(2)))
                    .single();
        } catch (DataAccessException e) {
            log.debug("the append lock cannot be looked at", e);
            last = new Queue(Double.NaN, Double.NaN);
        }
        return last;
    }
}
