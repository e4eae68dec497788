package org.forgelog.query.operator;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToDoubleFunction;
import org.forgelog.query.projection.deployment.Replays;
import org.forgelog.query.projection.deployment.TableStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How far each table is, as gauges. They are looked up every {@link #INTERVAL}, since tables come and go. */
final class TableMetrics implements AutoCloseable {

    static final Duration INTERVAL = Duration.ofSeconds(5);

    private static final Logger log = LoggerFactory.getLogger(TableMetrics.class);

    private final Replays replays;
    private final LagHistory history;
    private final InstantSource clock;
    private final Shown position;
    private final Shown lag;
    private final Shown lagSeconds;
    private final Shown rate;
    private final Shown deadLetters;
    private final Shown segmentLag;
    private final ScheduledExecutorService timer;

    /** @param clock the log's */
    TableMetrics(Replays replays, MeterRegistry registry, LagHistory history, InstantSource clock) {
        this.replays = replays;
        this.history = history;
        this.clock = clock;
        this.position = new Shown(MultiGauge.builder("forgelog.projection.position")
                .description("position of the last event that the table holds")
                .register(registry));
        this.lag = new Shown(MultiGauge.builder("forgelog.projection.lag.events")
                .description("events that the table does not have yet")
                .register(registry));
        this.lagSeconds = new Shown(MultiGauge.builder("forgelog.projection.lag")
                .description("age of the oldest event that the table does not have yet")
                .baseUnit("seconds")
                .register(registry));
        this.rate = new Shown(MultiGauge.builder("forgelog.projection.rate")
                .description("events projected per second, over the last seconds")
                .register(registry));
        this.deadLetters = new Shown(MultiGauge.builder("forgelog.projection.dead.letters")
                .description("blocked event sequences: each has an event that cannot be projected")
                .register(registry));
        this.segmentLag = new Shown(MultiGauge.builder("forgelog.projection.segment.lag.events")
                .description("events after the position of a segment")
                .register(registry));
        this.timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("table-metrics").factory());
    }

    void start() {
        timer.scheduleWithFixedDelay(this::refresh, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void refresh() {
        try {
            List<TableStatus> tables = replays.tables();
            history.add(clock.instant(), tables);
            show(position, tables, TableStatus::position);
            show(lag, tables, TableStatus::lag);
            show(lagSeconds, tables, TableStatus::lagSeconds);
            show(rate, tables, TableStatus::rate);
            show(deadLetters, tables, table -> table.deadLetters().size());
            Map<Tags, Double> segments = new HashMap<>();
            tables.forEach(table -> segments(table, segments));
            segmentLag.show(segments);
        } catch (RuntimeException e) {
            log.debug("the tables cannot be measured: {}", e.toString());
        }
    }

    private static void show(Shown gauge, List<TableStatus> tables, ToDoubleFunction<TableStatus> value) {
        Map<Tags, Double> values = new HashMap<>();
        for (TableStatus table : tables) {
            Tags tags = Tags.of(
                    "table", table.spec().name(), "phase", table.phase().name().toLowerCase(Locale.ROOT));
            values.put(tags, value.applyAsDouble(table));
        }
        gauge.show(values);
    }

    private static void segments(TableStatus table, Map<Tags, Double> lags) {
        table.segments()
                .forEach(segment -> lags.put(
                        Tags.of(
                                "table", table.spec().name(),
                                "segment", Integer.toString(segment.segment()),
                                "leader", segment.leader() == null ? "none" : segment.leader()),
                        (double) segment.lag()));
    }

    /** What a gauge shows. A row stays while its tags do: who scrapes while one is replaced sees it twice, and fails. */
    private static final class Shown {

        private final MultiGauge gauge;
        private final Map<Tags, AtomicReference<Double>> values = new HashMap<>();

        Shown(MultiGauge gauge) {
            this.gauge = gauge;
        }

        void show(Map<Tags, Double> now) {
            values.keySet().retainAll(now.keySet());
            now.forEach((tags, value) -> values.computeIfAbsent(tags, t -> new AtomicReference<>(value))
                    .set(value));
            gauge.register(
                    values.entrySet().stream()
                            .map(row -> Row.of(row.getKey(), row.getValue(), AtomicReference::get))
                            .toList(),
                    false);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
