package org.forgelog.query.operator;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.forgelog.query.projection.Replays;
import org.forgelog.query.projection.Replays.TableStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How far each table is, as gauges. They are looked up every {@link #INTERVAL}, since tables come and go. */
final class TableMetrics implements AutoCloseable {

    static final Duration INTERVAL = Duration.ofSeconds(5);

    private static final Logger log = LoggerFactory.getLogger(TableMetrics.class);

    private final Replays replays;
    private final MultiGauge position;
    private final MultiGauge lag;
    private final MultiGauge lagSeconds;
    private final MultiGauge rate;
    private final MultiGauge deadLetters;
    private final MultiGauge segmentLag;
    private final ScheduledExecutorService timer;

    TableMetrics(Replays replays, MeterRegistry registry) {
        this.replays = replays;
        this.position = MultiGauge.builder("forgelog.projection.position")
                .description("last event that the table holds")
                .register(registry);
        this.lag = MultiGauge.builder("forgelog.projection.lag.events")
                .description("events that the table does not have yet")
                .register(registry);
        this.lagSeconds = MultiGauge.builder("forgelog.projection.lag")
                .description("age of the oldest event that the table does not have yet")
                .baseUnit("seconds")
                .register(registry);
        this.rate = MultiGauge.builder("forgelog.projection.rate")
                .description("events a second of late")
                .register(registry);
        this.deadLetters = MultiGauge.builder("forgelog.projection.dead.letters")
                .description("sequences that stopped at an event that cannot be projected")
                .register(registry);
        this.segmentLag = MultiGauge.builder("forgelog.projection.segment.lag.events")
                .description("events after the position of a segment")
                .register(registry);
        this.timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("table-metrics").factory());
    }

    void start() {
        timer.scheduleWithFixedDelay(this::refresh, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void refresh() {
        try {
            List<TableStatus> tables = replays.tables();
            show(position, tables, TableStatus::position);
            show(lag, tables, TableStatus::lag);
            show(lagSeconds, tables, TableStatus::lagSeconds);
            show(rate, tables, TableStatus::rate);
            show(deadLetters, tables, table -> table.stopped().size());
            segmentLag.register(tables.stream().flatMap(TableMetrics::segments).toList(), true);
        } catch (RuntimeException e) {
            log.debug("the tables cannot be measured: {}", e.toString());
        }
    }

    private static void show(MultiGauge gauge, List<TableStatus> tables, ToDoubleFunction<TableStatus> value) {
        gauge.register(
                tables.stream()
                        .map(table -> Row.of(
                                Tags.of(
                                        "table",
                                        table.wanted().name(),
                                        "phase",
                                        table.phase().name().toLowerCase(Locale.ROOT)),
                                value.applyAsDouble(table)))
                        .toList(),
                true);
    }

    private static Stream<Row<?>> segments(TableStatus table) {
        return table.segments().stream()
                .map(segment -> Row.of(
                        Tags.of(
                                "table", table.wanted().name(),
                                "segment", Integer.toString(segment.segment()),
                                "leader", segment.leader() == null ? "none" : segment.leader()),
                        segment.lag()));
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
