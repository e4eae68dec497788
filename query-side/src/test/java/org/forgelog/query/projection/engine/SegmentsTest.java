package org.forgelog.query.projection.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.forgelog.domain.DomainEvent;
import org.forgelog.eventlog.EventCodec;
import org.forgelog.eventlog.LogSignals;
import org.forgelog.eventlog.Position;
import org.forgelog.eventlog.Slots;
import org.forgelog.query.EventFixtures;
import org.forgelog.query.Load;
import org.forgelog.query.TestLog;
import org.forgelog.query.TestTable;
import org.forgelog.query.projection.batch.DeadLetter;
import org.forgelog.query.projection.control.ControlDatabase;
import org.forgelog.query.projection.control.NodeRegistry;
import org.forgelog.query.projection.deployment.Projections;
import org.forgelog.query.projection.deployment.TableControl;
import org.forgelog.query.projection.deployment.TableVerifier.Report;
import org.forgelog.query.projection.engine.ProjectionStatus.Segment;
import org.forgelog.query.projection.projector.ProjectionVersion;
import org.forgelog.query.projection.repair.RepairRequests;
import org.forgelog.query.projection.segment.SegmentAssignment;
import org.forgelog.query.projection.segment.SegmentLease;
import org.forgelog.query.projection.segment.SegmentProgress;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.Keys;
import org.forgelog.query.table.Keys.ThreadKind;
import org.forgelog.query.table.Table;
import org.forgelog.query.table.TableSchema;
import org.forgelog.query.verify.LogVerifier;
import org.forgelog.query.verify.RandomForge;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/**
 * Several nodes project one table. Whatever splits, merges, dies or freezes: in the end the table is what an independent
 * fold of the log says, and whoever waits for a position finds what is there.
 */
class SegmentsTest {

    /** Until a dead node's part is another node's. */
    private static final Duration TAKEN_OVER = Duration.ofSeconds(15);

    private static final Duration LIMIT = Duration.ofSeconds(60);
    /** With more events to come, nothing more is written, or reads would wait ever longer. */
    private static final int FAR_BEHIND = 60;
    /** Repositories of which some are in every segment. */
    private static final List<Long> MARKERS =
            IntStream.rangeClosed(1, 16).mapToObj(Long::valueOf).toList();

    @TempDir
    Path folder;

    private final long seed = Long.getLong("forgelog.faults.seed", 0) != 0
            ? Long.getLong("forgelog.faults.seed")
            : System.nanoTime() % 1_000_000;
    private final Random random = new Random(seed);
    private final TestLog log = new TestLog();
    private final TestTable table = new TestTable();
    private final RandomForge forge = new RandomForge(seed);
    private final List<AutoCloseable> open = new ArrayList<>();

    @BeforeEach
    void begin() {
        System.out.println("SegmentsTest: seed " + seed);
        List<DomainEvent> events = new ArrayList<>();
        events.add(EventFixtures.registered(1, "the-marker"));
        for (long repository : MARKERS) {
            events.add(EventFixtures.created(repository, 1, "the-marker", "repo-" + repository));
            events.add(EventFixtures.issue(repository, 1, 1, "0"));
            events.add(EventFixtures.label(repository, label(repository), "bug"));
            events.add(EventFixtures.labelled(repository, 1, label(repository)));
        }
        log.append(events);
        happen(100);
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
        table.close();
        log.close();
    }

    private static long label(long repository) {
        return 50 + repository;
    }

    private void happen(int some) {
        List<DomainEvent> events = forge.happens(some);
        if (!events.isEmpty()) {
            log.append(events, "{\"actor\": \"a:100\"}");
        }
    }

    private static void until(Duration limit, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            Thread.sleep(10);
        }
    }

    private static void until(BooleanSupplier condition) throws InterruptedException {
        until(LIMIT, condition);
    }

    /** DeadLetterItems answering for good before or after a table is split or merged. */
    private static final class Breaker implements ExecutionInterceptor {

        enum When {
            NEVER,
            BEFORE,
            AFTER
        }

        private volatile When when = When.NEVER;
        private volatile boolean broken;

        private static boolean changesSegments(Object request) {
            return request instanceof TransactWriteItemsRequest transaction
                    && transaction.transactItems().stream()
                            .anyMatch(action -> action.update() != null
                                    && action.update().key().get(Keys.PK).s().equals(Keys.PROGRESS.pk()));
        }

        @Override
        public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
            broken |= when == When.BEFORE && changesSegments(context.request());
            fail();
        }

        @Override
        public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
            broken |= when == When.AFTER && changesSegments(context.request());
            fail();
        }

        private void fail() {
            if (broken) {
                throw SdkClientException.create("dead");
            }
        }
    }

    /** A node in this process. */
    private final class Node implements AutoCloseable {

        private final String name;
        private final Breaker breaker = new Breaker();
        private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
        private final LogSignals signals = new LogSignals(log.dataSource());
        private final Projections projections;
        private boolean closed;

        Node(String name) {
            this.name = name;
            projections = new Projections(
                    log.dataSource(),
                    new EventCodec(),
                    signals,
                    table.client(List.of(breaker)),
                    new TableControl(log.dataSource()),
                    ProjectionVersion.CURRENT,
                    metrics,
                    new Projections.Settings(name, TestTable.NAME, true, true, 4, false, Duration.ofSeconds(60)));
            projections.start();
            open.add(this);
        }

        ProjectionStatus watch() {
            return projections.serving().watch();
        }

        double writes() {
            return metrics.find("forgelog.projection.writes").counters().stream()
                    .mapToDouble(Counter::count)
                    .sum();
        }

        void await() throws InterruptedException {
            assertThat(watch().await(new Position(log.reader().head(), Set.of()), LIMIT))
                    .as("%s gets to the head of the log", name)
                    .isTrue();
        }

        boolean sees(int segments) {
            return watch().isBuilt() && watch().segments().size() == segments;
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                projections.close();
                signals.close();
            }
        }
    }

    /** Writes all the time, and reads all the time on some nodes: what a position names must be there. */
    private final class PositionsLoad extends Load {

        private record Written(long position, long repository, int value) {}

        private volatile Written last = new Written(0, MARKERS.getFirst(), 0);

        private final long pauseMillis;
        private final Node reader;

        /** @param pauseMillis between two writes */
        PositionsLoad(long pauseMillis, Node... readers) {
            this.pauseMillis = pauseMillis;
            this.reader = readers[0];
            start(this::write);
            for (Node node : readers) {
                start(() -> read(node));
            }
        }

        private void write() {
            for (int value = 1; !isEnded(); value++) {
                long repository = MARKERS.get(random.nextInt(MARKERS.size()));
                happen(random.nextInt(6));
                long position = log.append(EventFixtures.edited(repository, 1, Integer.toString(value), null));
                last = new Written(position, repository, value);
                do {
                    LockSupport.parkNanos(pauseMillis * 1_000_000);
                } while (!isEnded() && position - reader.watch().position() > FAR_BEHIND);
            }
        }

        private void read(Node node) {
            Table read = new Table(table.client(), TestTable.NAME);
            while (!isEnded()) {
                Written seen = last;
                try {
                    boolean there =
                            node.watch().await(new Position(seen.position, Set.of("r:" + seen.repository)), LIMIT);
                    Item issue = read.find(Keys.thread(ThreadKind.ISSUE, seen.repository, 1));
                    if (!there || Integer.parseInt(issue.string(Attr.TITLE)) < seen.value) {
                        isWrong(node.name + " has not " + seen + ": " + issue);
                    }
                } catch (InterruptedException e) {
                    return;
                }
                hasRead();
            }
        }
    }

    /** Every slot is in one segment, every segment at the head of the log, and the table what the log says. */
    private void assertTableIsTheFoldedLog() throws InterruptedException {
        long head = log.reader().head();
        SegmentProgress progress = new SegmentProgress(table.table());
        until(() -> progress.readAll().stream().allMatch(segment -> segment.position() == head));
        assertEverySlotIsInOneSegment(progress);
        Report report = new LogVerifier(table.client(), log.reader(), new EventCodec())
                .verify(TestTable.NAME, null, done -> {});
        assertThat(report.position()).isEqualTo(head);
        assertThat(report.differences()).as(report.examples().toString()).isZero();
    }

    private static void assertEverySlotIsInOneSegment(SegmentProgress progress) {
        List<SegmentProgress.State> segments = progress.readAll();
        assertThat(segments.stream().mapToInt(s -> s.slots().size()).sum()).isEqualTo(Slots.COUNT);
        assertThat(segments.stream().map(SegmentProgress.State::slots).reduce(Slots.NONE, Slots::plus))
                .isEqualTo(Slots.ALL);
    }

    /** Two nodes that share the table. */
    private List<Node> two() throws InterruptedException {
        Node first = new Node("first");
        first.await();
        Node second = new Node("second");
        until(() -> second.sees(2) && second.watch().isProjecting() && first.sees(2));
        return List.of(first, second);
    }

    @Test
    void nodesComeAndGoUnderLoadAndReadsHonourPositionsOnAll() throws Exception {
        List<Node> nodes = two();
        Node first = nodes.getFirst();
        Node second = nodes.getLast();
        assertThat(first.watch().isLeading()).isTrue();
        assertThat(first.watch().segments().stream().map(Segment::slots).map(Slots::size))
                .containsExactly(8, 8);
        try (PositionsLoad load = new PositionsLoad(25, first, second)) {
            double before = first.writes();
            load.during(30);
            // What the load has written by then may all be one node's.
            until(() -> first.writes() > before && second.writes() > 0);
        }
        assertTableIsTheFoldedLog();

        // What the first remembers of the other's part is wrong from here on.
        log.append(MARKERS.stream()
                .map(repository -> EventFixtures.unlabelled(repository, 1, label(repository)))
                .toList());
        try (PositionsLoad load = new PositionsLoad(25, first)) {
            Node third = new Node("third");
            until(() -> third.sees(3) && third.watch().isProjecting());
            load.during(6);
            second.close();
            until(() -> first.sees(2) && third.sees(2));
            load.during(6);
            third.close();
            until(() -> first.sees(1));
        }
        log.append(MARKERS.stream()
                .map(repository -> EventFixtures.labelled(repository, 1, label(repository)))
                .toList());
        assertTableIsTheFoldedLog();
    }

    @Test
    void aNodeThatIsKilledIsTakenOverFromUnderLoad() throws Exception {
        Node first = new Node("first");
        Path output = folder.resolve("nodes.log");
        Process killed = FaultyNode.start("killed", log.url(), table.endpoint(), 0, output);
        first.await();
        try (PositionsLoad load = new PositionsLoad(60, first)) {
            try {
                untilProjecting("killed", output);
                load.during(5);
            } finally {
                killed.destroyForcibly().waitFor();
            }
            until(TAKEN_OVER, () -> first.sees(1));
            load.during(5);
        }
        assertTableIsTheFoldedLog();
    }

    @Test
    @EnabledIfSystemProperty(named = "forgelog.faults.all", matches = "true")
    void aNodeThatFreezesIsTakenOverFromAndDoesNoHarmWhenItComesBack() throws Exception {
        Node first = new Node("first");
        first.await();
        Path output = folder.resolve("nodes.log");
        Process frozen = FaultyNode.start("frozen", log.url(), table.endpoint(), 0, output);
        try (PositionsLoad load = new PositionsLoad(25, first)) {
            untilProjecting("frozen", output);
            load.during(30);
            signal(frozen, "STOP");
            long since = System.nanoTime();
            until(TAKEN_OVER, () -> first.sees(1));
            System.out.println("SegmentsTest: taken over after " + (System.nanoTime() - since) / 1_000_000 + " ms");
            load.during(30);
            signal(frozen, "CONT");
            untilProjecting("frozen", output);
            load.during(30);
        } finally {
            signal(frozen, "CONT");
            frozen.destroyForcibly().waitFor();
        }
        until(() -> first.sees(1));
        assertTableIsTheFoldedLog();
    }

    /** Several at once, each at any request. */
    @Test
    @EnabledIfSystemProperty(named = "forgelog.faults.all", matches = "true")
    void whateverIsKilledWhereverTheTableIsTheFoldedLog() throws Exception {
        Path output = folder.resolve("nodes.log");
        Node first = new Node("first");
        first.await();
        try (PositionsLoad load = new PositionsLoad(25, first)) {
            for (int kill = 0; kill < 12; kill++) {
                List<Process> dying = new ArrayList<>();
                for (int i = 0; i < 2; i++) {
                    dying.add(FaultyNode.start(
                            "dying-" + kill + "-" + i, log.url(), table.endpoint(), 30 + random.nextInt(400), output));
                }
                for (Process each : dying) {
                    each.waitFor(8, java.util.concurrent.TimeUnit.SECONDS);
                    each.destroyForcibly().waitFor();
                }
                load.during(5);
            }
            until(() -> first.sees(1));
        }
        assertTableIsTheFoldedLog();
    }

    /** Until two nodes have as much as each other, so that neither gives any more. */
    private void untilSharedAlike(Node... two) throws InterruptedException {
        SegmentAssignment shares = new SegmentAssignment(log.dataSource(), TestTable.NAME);
        for (Node node : two) {
            until(() -> node.watch().isProjecting()
                    && node.watch().segments().stream()
                            .map(segment -> segment.slots().size())
                            .toList()
                            .equals(List.of(8, 8))
                    && shares.wishes().isEmpty());
        }
    }

    private void untilProjecting(String node, Path output) throws Exception {
        SegmentAssignment shares = new SegmentAssignment(log.dataSource(), TestTable.NAME);
        try {
            until(() -> shares.free("none", List.of(1)).isEmpty()
                    && shares.all().stream().anyMatch(share -> node.equals(share.leader())));
        } catch (AssertionError e) {
            throw new AssertionError(Files.readString(output), e);
        }
    }

    private static void signal(Process process, String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    @Test
    void whoeverDiesWhileItSplitsOrMergesLeavesEverySlotInOneSegment() throws Exception {
        SegmentProgress progress = new SegmentProgress(table.table());
        Node node = new Node("node-0");
        node.await();
        int number = 0;
        for (Breaker.When when : List.of(Breaker.When.BEFORE, Breaker.When.AFTER)) {
            Node splits = node;
            splits.breaker.when = when;
            Node heir = new Node("node-" + ++number);
            until(() -> splits.breaker.broken);
            assertThat(progress.readAll()).hasSize(when == Breaker.When.BEFORE ? 1 : 2);
            assertEverySlotIsInOneSegment(progress);
            splits.close();
            until(TAKEN_OVER, () -> heir.sees(1) && heir.watch().isLeading());

            Node merges = new Node("node-" + ++number);
            untilSharedAlike(heir, merges);
            happen(20);
            merges.breaker.when = when;
            heir.close();
            until(() -> merges.breaker.broken);
            assertThat(progress.readAll()).hasSize(when == Breaker.When.BEFORE ? 2 : 1);
            assertEverySlotIsInOneSegment(progress);
            merges.close();
            node = new Node("node-" + ++number);
            happen(20);
            Node last = node;
            until(TAKEN_OVER, () -> last.sees(1) && last.watch().isLeading());
            node.await();
        }
        assertTableIsTheFoldedLog();
    }

    @Test
    void aSequenceThatStopsIsTriedAgainByWhoeverHasItAndAReplayTakesAllSegments() throws Exception {
        List<Node> nodes = two();
        RepairRequests letters = new RepairRequests(log.dataSource());
        for (Node node : nodes) {
            node.await();
        }
        Node first = nodes.getFirst();
        List<Long> positions = new ArrayList<>();
        List<String> sequences = new ArrayList<>();
        for (Segment segment : first.watch().segments()) {
            long repository = MARKERS.stream()
                    .filter(r -> segment.slots().holds("r:" + r))
                    .findFirst()
                    .orElseThrow();
            String sequence = "r:" + repository;
            EventCodec.Encoded readable = new EventCodec().encode(EventFixtures.edited(repository, 1, "read", null));
            long position = log.appendRows(
                    List.of(new TestLog.Row(readable.type(), readable.revision() + 9, readable.json(), sequence)));
            positions.add(position);
            sequences.add(sequence);
            for (Node node : nodes) {
                until(() -> stopped(node).contains(sequence));
                assertThat(node.watch().await(new Position(position, Set.of(sequence)), Duration.ofMillis(10)))
                        .isFalse();
            }
            long hopeless = letters.ask(sequence, false).getFirst();
            until(() -> letters.outcome(hopeless) != null);
            assertThat(letters.outcome(hopeless)).startsWith("stopped at " + position);
        }
        nodes.getLast().close();
        until(() -> first.sees(1));
        assertThat(stopped(first)).as("those of the other, too").containsExactlyElementsOf(sequences);
        Node asked = new Node("third");
        until(() -> asked.sees(2) && asked.watch().isProjecting());
        assertThat(stopped(first)).containsExactlyElementsOf(sequences);
        for (int i = 0; i < sequences.size(); i++) {
            letters.discard(log.reader().after(positions.get(i) - 1, 1).getFirst(), "unreadable", "test");
            long discarded = letters.ask(sequences.get(i), false).getFirst();
            until(() -> letters.outcome(discarded) != null);
            assertThat(letters.outcome(discarded)).isEqualTo("goes on");
        }
        assertThat(asked.projections.serving().engine().requestReplay()).isTrue();
        until(() -> !asked.watch().isBuilt());
        for (Node node : List.of(first, asked)) {
            until(() -> node.sees(2) && node.watch().isProjecting());
            until(() -> stopped(node).isEmpty());
        }
        assertTableIsTheFoldedLog();
    }

    private static List<String> stopped(Node node) {
        return node.watch().stoppedSequences().stream()
                .map(DeadLetter::sequence)
                .toList();
    }

    @Test
    void aSegmentIsForTheNodeThatIsAliveAndWishedForIt() throws Exception {
        NodeRegistry nodes = new NodeRegistry(log.dataSource());
        ControlDatabase sql = new ControlDatabase(log.dataSource());
        SegmentAssignment shares = new SegmentAssignment(log.dataSource(), "t");
        nodes.alive("holder", "t");
        nodes.alive("other", "t");
        nodes.alive("heir", "t");
        shares.wish("dead", 0);
        shares.wish("heir", 3);
        assertThat(shares.wishes()).containsExactly(new SegmentAssignment.Wish("heir", 3));
        sql.quietly("insert into projection_node (name, serves, seen_at) values ('of an older program', 't', now())");
        assertThat(shares.wishes()).isEmpty();
        nodes.gone("of an older program");

        shares.offer(new SegmentProgress.State(2, Slots.ALL.highest(4), 7, true, false), "heir");
        assertThat(shares.wishes()).as("what it gets comes first").isEmpty();
        assertThat(shares.free("heir", List.of(0, 2))).containsExactly(0, 2);
        assertThat(shares.free("other", List.of(0, 2))).containsExactly(0);
        try (SegmentLease lease = SegmentLease.tryAcquire(log.dataSource(), "t", 2, "heir")) {
            assertThat(lease).isNotNull();
            assertThat(shares.wishes()).as("it has got something").isEmpty();
            shares.wish("heir", 7);
            assertThat(shares.wishes()).containsExactly(new SegmentAssignment.Wish("heir", 7));
            assertThat(shares.free("heir", List.of(0, 2))).containsExactly(0);
            assertThat(shares.isAnyLed()).isTrue();
            assertThat(SegmentLease.tryAcquire(log.dataSource(), "t", 2, "other"))
                    .isNull();

            sql.quietly("update projection_node set seen_at = now() - interval '11 seconds' where name = 'heir'");
            assertThat(shares.free("other", List.of(0, 2))).containsExactly(0, 2);
            assertThat(shares.all()).containsExactly(new SegmentAssignment.Share(2, Slots.ALL.highest(4), 7, null));
            try (SegmentLease taken = SegmentLease.tryAcquire(log.dataSource(), "t", 2, "other")) {
                assertThat(taken).isNotNull();
                assertThat(lease.isHeld()).isFalse();
            }
        }
        assertThat(shares.isAnyLed()).isFalse();
        sql.quietly("update projection_segment set updated_at = now() - interval '11 seconds'");
        shares.keep(List.of(0, 2));
        assertThat(shares.all()).hasSize(1);
        shares.keep(List.of(0));
        assertThat(shares.all()).isEmpty();
    }

    @Test
    void whoLostASegmentMovesSplitsAndMergesNothing() {
        new TableSchema(table.client(), "stale", true).ensure();
        SegmentProgress progress = new SegmentProgress(new Table(table.client(), "stale"));
        SegmentProgress.State whole = progress.move(progress.begin(), 5, true);
        SegmentProgress.Split split = progress.split(whole, 7, Slots.ALL.highest(6), 3);
        assertThat(progress.readAll()).containsExactly(split.kept(), split.given());
        assertThat(split.kept().slots().size()).isEqualTo(10);

        superseded(() -> progress.move(whole, 8, true));
        superseded(() -> progress.split(whole, 8, Slots.ALL.highest(3), 4));
        superseded(() -> progress.split(split.kept(), 8, split.kept().slots().highest(3), 3));
        assertThat(progress.readAll()).containsExactly(split.kept(), split.given());

        SegmentProgress.Split again =
                progress.split(split.given(), 7, split.given().slots().highest(1), 1);
        superseded(() -> progress.move(split.given(), 9, true));
        superseded(() -> progress.merge(split.kept(), split.given(), 9));
        SegmentProgress.State merged = progress.merge(again.kept(), progress.move(again.given(), 8, true), 8);
        assertThat(merged).isEqualTo(new SegmentProgress.State(1, split.given().slots(), 8, true, false));
        superseded(() -> progress.move(again.kept(), 9, true));
        superseded(() -> progress.merge(split.kept(), again.kept(), 9));
        assertThat(progress.askForReplay()).isTrue();
        assertThat(progress.merge(merged, split.kept(), 8)).isEqualTo(whole.at(8));
        assertThat(progress.readAll()).containsExactly(new SegmentProgress.State(0, Slots.ALL, 8, true, true));
    }

    private static void superseded(Runnable change) {
        assertThatThrownBy(change::run).isInstanceOf(SegmentProgress.Superseded.class);
    }
}
