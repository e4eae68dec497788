package org.forgelog.query.projection.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.forgelog.query.Eventually.LONGEST;
import static org.forgelog.query.Eventually.until;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.forgelog.dynamodb.operation.Faults;
import org.forgelog.dynamodb.operation.Faults.Fault;
import org.forgelog.eventlog.EventCodec;
import org.forgelog.eventlog.LogSignals;
import org.forgelog.eventlog.Position;
import org.forgelog.query.EventFixtures;
import org.forgelog.query.TestLog;
import org.forgelog.query.TestTable;
import org.forgelog.query.projection.engine.FaultyClients;
import org.forgelog.query.projection.engine.ProjectionDirectives;
import org.forgelog.query.projection.engine.ProjectionEngine;
import org.forgelog.query.projection.engine.ProjectionStatus;
import org.forgelog.query.table.Table;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Batches and parallelism are what the table takes. */
class AdaptiveParallelismTest {

    private static final int WRITERS = 8;

    private static void once(AdaptiveParallelism parallelism, boolean throttled) {
        parallelism.begin();
        parallelism.end(throttled);
    }

    @Test
    void itHalvesAtOnceAndGrowsByOne() {
        AdaptiveParallelism parallelism = new AdaptiveParallelism(WRITERS);
        once(parallelism, false);
        assertThat(parallelism.limit()).as("never more than allowed").isEqualTo(8);
        once(parallelism, true);
        assertThat(parallelism.limit()).isEqualTo(4);
        IntStream.range(0, 5).forEach(n -> once(parallelism, false));
        assertThat(parallelism.limit()).isEqualTo(5);
        IntStream.range(0, 30).forEach(n -> once(parallelism, false));
        assertThat(parallelism.limit()).isEqualTo(8);
    }

    @Test
    void whatIsThrottledTogetherCountsOnceAndSomethingAlwaysGoesOn() {
        AdaptiveParallelism parallelism = new AdaptiveParallelism(WRITERS);
        IntStream.range(0, WRITERS).forEach(n -> parallelism.begin());
        IntStream.range(0, WRITERS).forEach(n -> parallelism.end(true));
        assertThat(parallelism.limit()).isBetween(1, 4);
        AdaptiveParallelism one = new AdaptiveParallelism(1);
        once(one, true);
        assertThat(one.limit()).isEqualTo(1);
        once(one, false);
    }

    @Test
    void whoIsBeyondTheLimitWaitsForItsTurn() throws Exception {
        AdaptiveParallelism parallelism = new AdaptiveParallelism(2);
        parallelism.begin();
        parallelism.begin();
        parallelism.end(true);
        Thread third = Thread.ofPlatform().start(parallelism::begin);
        until(() -> third.getState() == Thread.State.WAITING);
        parallelism.end(false);
        third.join(LONGEST);
        assertThat(third.isAlive()).isFalse();
    }

    @Test
    void aBatchIsNoLargerThanWhatTheTableTakesInTwoSeconds() {
        BatchSize size = new BatchSize();
        IntStream.range(0, 10).forEach(n -> size.read(size.current(0)));
        assertThat(size.current(0)).isEqualTo(1_000);
        size.took(1_000, 3_000_000_000L);
        assertThat(size.current(0)).isEqualTo(500);
        size.took(30, 9_000_000_000L);
        assertThat(size.current(0)).isEqualTo(15);
        size.took(15, 1_500_000_000L);
        assertThat(size.current(0)).isEqualTo(15);
        size.took(15, 100_000_000L);
        assertThat(size.current(0)).isEqualTo(30);
        size.took(1, 3_000_000_000L);
        size.took(1, 3_000_000_000L);
        assertThat(size.current(0)).as("never none").isEqualTo(1);
    }

    /** The engine is told to take 12 writes each tenth of a second. */
    @Test
    void aTableThatTakesLittleIsWrittenWithLittleAtOnce() throws Exception {
        Faults faults = new Faults();
        try (TestLog log = new TestLog();
                TestTable table = new TestTable();
                DynamoDbClient client = FaultyClients.on(table.http(faults), new Throttling());
                LogSignals signals = new LogSignals(log.dataSource());
                ScheduledExecutorService capacity = Executors.newSingleThreadScheduledExecutor()) {
            SimpleMeterRegistry metrics = new SimpleMeterRegistry();
            Table mine = new Table(client, TestTable.NAME);
            ProjectionStatus status = new ProjectionStatus(mine, log.reader(), signals, LONGEST);
            log.append(List.of(
                    EventFixtures.registered(1, "octocat"), EventFixtures.created(10, 1, "octocat", "hello-world")));
            try (status;
                    ProjectionEngine engine = new ProjectionEngine(
                            log.dataSource(),
                            new EventCodec(),
                            signals,
                            mine,
                            table.schema(),
                            status,
                            new ProjectionEngine.Settings(WRITERS, false, false, "alone", metrics),
                            ProjectionDirectives.NONE)) {
                status.start();
                engine.start();
                until(status::isBuilt);
                AtomicInteger number = new AtomicInteger();
                until(() -> parallelism(metrics) == WRITERS);

                // As soon as there was one too many, so that there is on a slow machine, too.
                AtomicInteger refused = new AtomicInteger();
                faults.takeWrites(12);
                capacity.scheduleAtFixedRate(
                        () -> {
                            int now = faults.happened().getOrDefault(Fault.THROTTLED, 0);
                            if (refused.getAndSet(now) < now) {
                                faults.takeWrites(12);
                            }
                        },
                        0,
                        100,
                        TimeUnit.MILLISECONDS);
                open(log, number, 150);
                until(() -> parallelism(metrics) <= WRITERS / 2);
                assertThat(status.await(new Position(log.reader().head(), Set.of()), LONGEST))
                        .isTrue();
                Map<Fault, Integer> happened = faults.happened();
                assertThat(happened).containsKey(Fault.THROTTLED);
                capacity.shutdown();
                assertThat(capacity.awaitTermination(LONGEST.toSeconds(), TimeUnit.SECONDS))
                        .isTrue();

                faults.takeWrites(Integer.MAX_VALUE);
                until(() -> {
                    open(log, number, 20);
                    return parallelism(metrics) == WRITERS;
                });
            }
        }
    }

    private static void open(TestLog log, AtomicInteger number, int issues) {
        log.append(IntStream.range(0, issues)
                .mapToObj(n -> EventFixtures.issue(10, number.incrementAndGet(), 1, "An issue"))
                .toList());
    }

    private static double parallelism(SimpleMeterRegistry metrics) {
        return metrics.get("forgelog.projection.parallelism").gauge().value();
    }
}
