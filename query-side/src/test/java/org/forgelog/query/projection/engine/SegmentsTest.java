package org.forgelog.query.projection.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.forgelog.query.Eventually.LONGEST;
import static org.forgelog.query.Eventually.until;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.forgelog.domain.DomainEvent;
import org.forgelog.domain.conversation.ConversationKind;
import org.forgelog.eventlog.EventCodec;
import org.forgelog.eventlog.HashSlots;
import org.forgelog.eventlog.LogSignals;
import org.forgelog.eventlog.Position;
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
import org.forgelog.query.projection.projector.ProjectionVersion;
import org.forgelog.query.projection.repair.RepairRequests;
import org.forgelog.query.projection.segment.SlotAssignment;
import org.forgelog.query.projection.segment.TableLease;
import org.forgelog.query.projection.segment.TableMembers;
import org.forgelog.query.projection.segment.TableProgress;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.Keys;
import org.forgelog.query.table.Spans;
import org.forgelog.query.table.Table;
import org.forgelog.query.table.TableSchema;
import org.forgelog.query.verify.IndependentFold;
import org.forgelog.query.verify.RandomForge;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * Several nodes project one table. Whatever splits, merges, dies or freezes: in the end the table is what an independent
 * fold of the log says, and whoever waits for a position finds what is there.
 */
@Order(3)
class SegmentsTest {

    /** With more events to come, nothing more is written, or reads would wait ever longer. */
    private static final int FAR_BEHIND = 60;
    /** Repositories of which some are in every segment. */
    private static final List<Long> MARKERS =
            IntStream.rangeClosed(1, 16).mapToObj(Long::valueOf).toList();

    @TempDir
    Path folder;

    private final long seed =
            Long.getLong("faults.seed", 0) != 0 ? Long.getLong("faults.seed") : System.nanoTime() % 1_000_000;
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

    /** Stops answering for good before or after a node notes its progress. */
    private static final class Breaker implements ExecutionInterceptor {

        enum When {
            NEVER,
            BEFORE,
            AFTER
        }

        private volatile When when = When.NEVER;
        private volatile boolean broken;

        private static boolean notesProgress(Object request) {
            return request instanceof UpdateItemRequest update
                    && update.key().get(Keys.PK).s().equals(Keys.PROGRESS.pk());
        }

        @Override
        public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
            broken |= when == When.BEFORE && notesProgress(context.request());
            fail();
        }

        @Override
        public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
            broken |= when == When.AFTER && notesProgress(context.request());
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
                    new Projections.Settings(
                            name, TestTable.NAME, true, true, 4, false, false, Duration.ofSeconds(60)));
            projections.start();
            open.add(this);
        }

        ProjectionStatus status() {
            return projections.serving().status();
        }

        double writes() {
            return metrics.find("forgelog.projection.writes").counters().stream()
                    .mapToDouble(Counter::count)
                    .sum();
        }

        void await() throws InterruptedException {
            assertThat(status().await(new Position(log.reader().head(), Set.of()), LONGEST))
                    .as("%s gets to the head of the log", name)
                    .isTrue();
        }

        /** Whether so many nodes have slots, and every slot is one's. */
        boolean sees(int nodes) {
            List<TableMembers.Member> members = new TableMembers(log.dataSource()).of(TestTable.NAME);
            return status().isBuilt()
                    && members.size() == nodes
                    && members.stream()
                            .map(TableMembers.Member::slots)
                            .reduce(HashSlots.NONE, HashSlots::plus)
                            .isAll();
        }

        HashSlots slots() {
            return status().slots();
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
                } while (!isEnded() && position - reader.status().position() > FAR_BEHIND);
            }
        }

        private void read(Node node) {
            Table read = new Table(table.client(), TestTable.NAME);
            while (!isEnded()) {
                Written seen = last;
                try {
                    boolean there =
                            node.status().await(new Position(seen.position, Set.of("r:" + seen.repository)), LONGEST);
                    Item issue = read.find(Keys.conversation(ConversationKind.ISSUE, seen.repository, 1));
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

    /** Every slot is at the head of the log, and the table is what the log says. */
    private void assertTableIsTheFoldedLog() throws InterruptedException {
        long head = log.reader().head();
        TableProgress progress = new TableProgress(table.table());
        until(() -> progress.readNow().least(HashSlots.ALL) == head);
        assertThat(progress.readNow().most(HashSlots.ALL)).isEqualTo(head);
        Report report = IndependentFold.verifier(table.client(), log.reader(), new EventCodec())
                .verify(TestTable.NAME, null, done -> {});
        assertThat(report.position()).isEqualTo(head);
        assertThat(report.differences()).as(report.examples().toString()).isZero();
    }

    /** Two nodes that share the table. */
    private List<Node> two() throws InterruptedException {
        Node first = new Node("first");
        first.await();
        Node second = new Node("second");
        untilSharedAlike(first, second);
        return List.of(first, second);
    }

    @Test
    void nodesComeAndGoUnderLoadAndReadsHonourPositionsOnAll() throws Exception {
        List<Node> nodes = two();
        Node first = nodes.getFirst();
        Node second = nodes.getLast();
        assertThat(first.slots().plus(second.slots())).isEqualTo(HashSlots.ALL);
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
            until(() -> third.sees(3) && third.status().isProjecting());
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
            until(() -> first.sees(1));
            load.during(5);
        }
        assertTableIsTheFoldedLog();
    }

    @Test
    @EnabledIfSystemProperty(named = "faults.all", matches = "true")
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
            until(() -> first.sees(1));
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
    @EnabledIfSystemProperty(named = "faults.all", matches = "true")
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

    private void untilSharedAlike(Node... nodes) throws InterruptedException {
        for (Node node : nodes) {
            until(() -> node.slots().size() == HashSlots.COUNT / nodes.length);
        }
    }

    private void untilProjecting(String node, Path output) throws Exception {
        try {
            until(() -> new TableMembers(log.dataSource())
                    .of(TestTable.NAME).stream().anyMatch(member -> node.equals(member.node())));
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
    void whoeverDiesWhileItNotesItsProgressIsTakenOverFromWhereItWas() throws Exception {
        Node node = new Node("node-0");
        node.await();
        int number = 0;
        for (Breaker.When when : List.of(Breaker.When.BEFORE, Breaker.When.AFTER)) {
            Node dying = node;
            Node heir = new Node("node-" + ++number);
            untilSharedAlike(dying, heir);
            happen(20);
            dying.breaker.when = when;
            happen(20);
            until(() -> dying.breaker.broken);
            dying.close();
            until(() -> heir.slots().isAll());
            heir.await();
            node = heir;
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
        for (HashSlots slots : List.of(first.slots(), nodes.getLast().slots())) {
            long repository = MARKERS.stream()
                    .filter(r -> slots.holds("r:" + r))
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
                assertThat(node.status().await(new Position(position, Set.of(sequence)), Duration.ofMillis(10)))
                        .isFalse();
            }
            long hopeless = letters.ask(sequence, false).getFirst();
            until(() -> letters.outcome(hopeless) != null);
            assertThat(letters.outcome(hopeless)).startsWith("blocked at " + position);
        }
        nodes.getLast().close();
        until(() -> first.sees(1));
        assertThat(stopped(first)).as("those of the other, too").containsExactlyElementsOf(sequences);
        Node asked = new Node("third");
        until(() -> asked.sees(2) && asked.status().isProjecting());
        assertThat(stopped(first)).containsExactlyElementsOf(sequences);
        for (int i = 0; i < sequences.size(); i++) {
            letters.discard(log.reader().after(positions.get(i) - 1, 1).getFirst(), "unreadable", "test");
            long discarded = letters.ask(sequences.get(i), false).getFirst();
            until(() -> letters.outcome(discarded) != null);
            assertThat(letters.outcome(discarded)).isEqualTo("resumed");
        }
        assertThat(asked.projections.serving().engine().requestReplay()).isTrue();
        until(() -> !asked.status().isBuilt());
        for (Node node : List.of(first, asked)) {
            until(() -> node.sees(2) && node.status().isProjecting());
            until(() -> stopped(node).isEmpty());
        }
        assertTableIsTheFoldedLog();
    }

    private static List<String> stopped(Node node) {
        return node.status().deadLetters().stream().map(DeadLetter::sequence).toList();
    }

    @Test
    void whoSharesATableHasItsSlotsAloneAndWhoeverIsSilentLosesThem() throws Exception {
        NodeRegistry nodes = new NodeRegistry(log.dataSource());
        ControlDatabase sql = new ControlDatabase(log.dataSource());
        TableMembers members = new TableMembers(log.dataSource());
        nodes.alive("first", "t");
        nodes.alive("second", "t");
        try (TableLease first = TableLease.tryAcquire(log.dataSource(), "t", "first")) {
            assertThat(first.isExclusive()).isTrue();
            assertThat(TableLease.tryAcquire(log.dataSource(), "t", "second")).isNull();
            assertThat(first.take(HashSlots.ALL)).isEqualTo(HashSlots.ALL);
            first.share();
            first.announce(HashSlots.ALL, 7);
            try (TableLease second = TableLease.tryAcquire(log.dataSource(), "t", "second")) {
                assertThat(second.isExclusive()).isFalse();
                assertThat(second.nodes()).containsExactlyInAnyOrder("first", "second");
                assertThat(second.take(HashSlots.ALL)).isEqualTo(HashSlots.NONE);
                first.release(HashSlots.one(3));
                assertThat(second.take(HashSlots.ALL)).isEqualTo(HashSlots.one(3));
                second.announce(second.slots(), 8);
                assertThat(members.of("t"))
                        .containsExactly(
                                new TableMembers.Member("first", HashSlots.ALL.minus(HashSlots.one(3)), 7L),
                                new TableMembers.Member("second", HashSlots.one(3), 8L));

                sql.quietly("update projection_node set seen_at = now() - interval '11 seconds' where name = 'first'");
                assertThat(second.nodes()).containsExactly("second");
                assertThat(second.take(HashSlots.ALL)).isEqualTo(HashSlots.ALL.minus(HashSlots.one(3)));
                assertThat(first.isHeld()).isFalse();
            }
        }
        assertThat(members.of("t")).isEmpty();
    }

    @Test
    void whoeverLostASlotMovesNothing() {
        new TableSchema(table.client(), "stale", true).ensure();
        TableProgress progress = new TableProgress(new Table(table.client(), "stale"));
        TableProgress.State whole = progress.move(progress.begin(), HashSlots.ALL, 5, true);
        HashSlots some = new HashSlots(0b1111);
        TableProgress.State mine = progress.move(whole, some, 7, true);
        assertThat(progress.read()).isEqualTo(mine);
        assertThat(progress.readNow().least(HashSlots.ALL)).isEqualTo(5);

        assertThat(progress.move(whole, some, 7, true))
                .as("its own write, again")
                .isEqualTo(mine);
        superseded(() -> progress.move(whole, some, 8, true));
        superseded(() -> progress.move(whole, HashSlots.ALL, 8, true));
        progress.move(whole, HashSlots.ALL.minus(some), 9, true);
        assertThat(progress.readNow().least(HashSlots.ALL)).isEqualTo(7);
        assertThat(progress.askForReplay()).isTrue();
        assertThat(progress.readNow().replay()).isTrue();
    }

    @Test
    void whatAnEarlierProgramNotedInSeveralItemsBecomesOne() {
        new TableSchema(table.client(), "former", true).ensure();
        Table former = new Table(table.client(), "former");
        noted(former, "PROGRESS", 7, HashSlots.ALL.minus(new HashSlots(0b11)));
        noted(former, "PROGRESS#3", 9, new HashSlots(0b11));
        TableProgress progress = new TableProgress(former);
        TableProgress.State state = progress.readNow();
        assertThat(state.built()).isTrue();
        assertThat(state.least(new HashSlots(0b11))).isEqualTo(9);
        assertThat(state.most(HashSlots.ALL.minus(new HashSlots(0b11)))).isEqualTo(7);
        progress.adopt();
        assertThat(progress.read()).isEqualTo(state);
        assertThat(former.all(Spans.allProgress())).hasSize(1);
        assertThat(progress.move(state, HashSlots.ALL, 12, true).least(HashSlots.ALL))
                .isEqualTo(12);
    }

    private static void noted(Table table, String sk, long position, HashSlots slots) {
        table.client().putItem(b -> b.tableName(table.name())
                .item(Item.read(Map.of())
                        .with(Keys.PK, "PROGRESS")
                        .with(Keys.SK, sk)
                        .with(Attr.POSITION, position)
                        .with(Attr.BUILT, true)
                        .with(Attr.SLOTS, slots.bits())
                        .attributes()));
    }

    @Test
    void slotsAreSpreadEvenlyAndFewMoveWhenNodesComeAndGo() {
        List<String> nodes = new ArrayList<>();
        int moved = 0;
        for (int count = 1; count <= 20; count++) {
            nodes.add("node-" + count);
            HashSlots all = HashSlots.NONE;
            for (String node : nodes) {
                HashSlots own = SlotAssignment.of("t", node, nodes);
                assertThat(own.size()).isBetween(HashSlots.COUNT / count, (HashSlots.COUNT + count - 1) / count);
                assertThat(own.bits() & all.bits()).isZero();
                all = all.plus(own);
                if (count < 20) {
                    List<String> more = new ArrayList<>(nodes);
                    more.addFirst("node-" + (count + 1));
                    moved += own.minus(SlotAssignment.of("t", node, more)).size();
                }
            }
            assertThat(all).isEqualTo(HashSlots.ALL);
        }
        System.out.println("SegmentsTest: slots moved " + moved);
    }

    private static void superseded(Runnable change) {
        assertThatThrownBy(change::run).isInstanceOf(TableProgress.Superseded.class);
    }
}
