package org.forgelog.query.projection.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.forgelog.query.Eventually.until;

import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.forgelog.domain.DomainEvent;
import org.forgelog.domain.conversation.ConversationKind;
import org.forgelog.eventlog.EventCodec;
import org.forgelog.eventlog.HashSlots;
import org.forgelog.eventlog.LogSignals;
import org.forgelog.eventlog.Position;
import org.forgelog.query.EventFixtures;
import org.forgelog.query.Eventually;
import org.forgelog.query.TestLog;
import org.forgelog.query.TestTable;
import org.forgelog.query.projection.batch.BatchWriter;
import org.forgelog.query.projection.batch.DeadLetter;
import org.forgelog.query.projection.batch.PendingItem;
import org.forgelog.query.projection.batch.TableTracing;
import org.forgelog.query.projection.batch.Throttling;
import org.forgelog.query.projection.batch.WorkerPool;
import org.forgelog.query.projection.batch.WriteBudget;
import org.forgelog.query.projection.deployment.TableVerifier;
import org.forgelog.query.projection.projector.ItemMutation;
import org.forgelog.query.projection.segment.TableProgress;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.Keys;
import org.forgelog.query.table.Table;
import org.forgelog.query.table.TableSchema;
import org.forgelog.query.verify.IndependentFold;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** The engine on PostgreSQL and the embedded DynamoDB: exactly once, whatever fails in between. */
@Order(3)
class EngineTest {

    /** Sooner than the engine looks by itself. */
    private static final Duration AT_ONCE = Duration.ofMillis(200);

    private final TestLog log = new TestLog();
    private final TestTable testTable = new TestTable();
    private final Table table = testTable.table();
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable closeable : open.reversed()) {
            closeable.close();
        }
        testTable.close();
        log.close();
    }

    private <T extends AutoCloseable> T opened(T closeable) {
        open.add(closeable);
        return closeable;
    }

    /** One node that projects. */
    private final class Node implements AutoCloseable {

        final LogSignals signals = new LogSignals(log.dataSource());
        final ProjectionStatus status;
        final ProjectionEngine engine;

        Node(ExecutionInterceptor... interceptors) {
            Table mine = new Table(testTable.client(List.of(interceptors)), TestTable.NAME);
            status = new ProjectionStatus(mine, log.reader(), signals, Duration.ofMillis(100));
            engine = new ProjectionEngine(
                    log.dataSource(), new EventCodec(), signals, mine, testTable.schema(), status, 4);
            status.start();
            engine.start();
        }

        void await() throws InterruptedException {
            assertThat(status.await(new Position(log.reader().head(), Set.of()), Eventually.LONGEST))
                    .as("the table gets to the head of the log")
                    .isTrue();
        }

        @Override
        public void close() {
            engine.close();
            status.close();
            signals.close();
        }
    }

    private static DomainEvent[] forge() {
        return new DomainEvent[] {
            EventFixtures.registered(1, "octocat"),
            EventFixtures.registered(2, "torvalds"),
            EventFixtures.created(10, 1, "octocat", "hello"),
            EventFixtures.created(11, 1, "octocat", "secret", true),
            EventFixtures.issue(10, 1, 2, "a", "x".repeat(6000)),
            EventFixtures.issue(10, 2, 1, "b"),
            EventFixtures.closed(10, 1, 1),
            EventFixtures.pull(10, 1, 2, "p"),
            EventFixtures.label(10, 70, "bug"),
            EventFixtures.label(10, 71, "core"),
            EventFixtures.labelled(10, 1, 70, 71),
            EventFixtures.labelled(10, 2, 71),
            EventFixtures.assigned(10, 2, 2),
            EventFixtures.starred(1, 10),
            EventFixtures.starred(2, 10),
            EventFixtures.unstarred(1, 10),
            EventFixtures.renamed(10, "octocat", "hello", "bye")
        };
    }

    @Test
    void whatIsAppendedIsInTheTableAMomentLater() throws Exception {
        Node node = opened(new Node());
        log.append(forge());
        node.await();
        assertThat(table.find(Keys.counters(10)).number(Attr.STARS)).isEqualTo(1);
        assertThat(table.find(Keys.accountCounts(1)).number(Attr.PUBLIC_REPOSITORIES))
                .isEqualTo(1);
        assertThat(table.find(Keys.accountCounts(1)).number(Attr.PRIVATE_REPOSITORIES))
                .isEqualTo(1);
        // One that is told of it at once: a busy machine is not always as quick as it can be.
        long fastest = Long.MAX_VALUE;
        for (int i = 0; i < 500 && fastest > AT_ONCE.toNanos(); i++) {
            DomainEvent next = EventFixtures.edited(10, 2, "title " + i, null);
            long start = System.nanoTime();
            log.append(next);
            node.await();
            fastest = Math.min(fastest, System.nanoTime() - start);
        }
        assertThat(Duration.ofNanos(fastest)).isLessThan(AT_ONCE);
    }

    /** Nobody would notice, for the service goes on. */
    @Test
    void anErrorDoesNotEndTheProjection() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        Node node = opened(new Node(new ExecutionInterceptor() {
            @Override
            public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
                if (requests.incrementAndGet() == 3) {
                    throw new AssertionError("once");
                }
            }
        }));
        log.append(forge());
        node.await();
        assertThat(requests.get()).isGreaterThan(3);
    }

    @Test
    void countsAreDatedByTheLatestThatChangedThem() throws Exception {
        Node node = opened(new Node());
        log.append(forge());
        node.await();
        long dated = table.find(Keys.accountCounts(1)).number(Attr.CHANGED);
        assertThat(dated).isEqualTo(table.find(Keys.repository(11)).number(Attr.CHANGED));
        testTable.client().updateItem(b -> b.tableName(TestTable.NAME)
                .key(Table.attributes(Keys.accountCounts(1)))
                .updateExpression("SET #c = :later")
                .expressionAttributeNames(Map.of("#c", Attr.CHANGED))
                .expressionAttributeValues(Map.of(":later", Item.whole(dated + 1_000))));
        log.append(EventFixtures.created(12, 1, "octocat", "third"));
        node.await();
        assertThat(table.find(Keys.accountCounts(1)).number(Attr.PUBLIC_REPOSITORIES))
                .isEqualTo(2);
        assertThat(table.find(Keys.accountCounts(1)).number(Attr.CHANGED)).isEqualTo(dated + 1_000);
    }

    @Test
    void onlyWhatTheTableHasIsSettled() throws Exception {
        AtomicBoolean stuck = new AtomicBoolean();
        Node node = opened(new Node(new ExecutionInterceptor() {
            @Override
            public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
                if (stuck.get() && context.request() instanceof PutItemRequest) {
                    throw SdkClientException.create("not now");
                }
            }
        }));
        log.append(forge());
        node.await();
        // What is behind once it is stuck is never settled.
        until(() -> node.status.settled() != null);
        stuck.set(true);
        log.append(EventFixtures.edited(10, 2, "not there yet", null));
        Instant appended = Instant.now();
        // Longer than two looks at the table.
        while (Duration.between(appended, Instant.now()).compareTo(Duration.ofMillis(1_500)) < 0) {
            assertThat(node.status.settled()).isBefore(appended);
            Thread.sleep(20);
        }
        stuck.set(false);
        until(() -> Objects.requireNonNull(node.status.settled()).isAfter(appended));
    }

    @Test
    void redeliveryFromAnywhereChangesNothing() throws Exception {
        long head = log.append(forge());
        try (Node node = new Node()) {
            node.await();
        }
        var before = testTable.everything();
        for (long from : new long[] {0, head / 2, head - 1}) {
            testTable.setBack(from);
            try (Node node = new Node()) {
                until(() -> testTable.progress() == head);
            }
            assertThat(testTable.everything()).isEqualTo(before);
        }
    }

    @Test
    void anEngineKilledBetweenWritingAndNotingItsProgressIsFollowedWithoutLossOrDouble() throws Exception {
        ExecutionInterceptor noProgress = new ExecutionInterceptor() {
            @Override
            public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
                if (context.request() instanceof UpdateItemRequest update
                        && update.updateExpression().contains("#position")) {
                    throw SdkClientException.create("killed");
                }
            }
        };
        long head = log.append(forge());
        try (Node dying = new Node(noProgress)) {
            until(() -> testTable.schema().exists() && table.find(Keys.repositoryName("octocat", "bye")) != null);
        }
        assertThat(testTable.progress()).isZero();
        Node heir = opened(new Node());
        heir.await();
        until(() -> testTable.progress() == head);
        assertThat(table.find(Keys.accountCounts(1)).number(Attr.PUBLIC_REPOSITORIES))
                .isEqualTo(1);
        assertThat(table.find(Keys.counters(10)).number(Attr.STARS)).isEqualTo(1);
        assertThat(table.find(Keys.counters(10)).number(Attr.OPEN_ISSUES)).isEqualTo(1);
    }

    /** Lets the first few writes happen and loses the answers. */
    private static final class LosesAnswers implements ExecutionInterceptor {

        final AtomicInteger writes = new AtomicInteger();

        @Override
        public void beforeUnmarshalling(Context.BeforeUnmarshalling context, ExecutionAttributes attributes) {
            SdkRequest request = context.request();
            boolean write = request instanceof TransactWriteItemsRequest
                    || (request instanceof PutItemRequest put && put.item().containsKey(Attr.POS));
            if (write && writes.incrementAndGet() <= 5) {
                throw SdkClientException.create("the connection broke");
            }
        }
    }

    @Test
    void aWriteWhoseAnswerIsLostIsRecognisedAsOurOwn() throws Exception {
        LosesAnswers loses = new LosesAnswers();
        Node node = opened(new Node(loses));
        node.await();
        until(() -> node.status.isBuilt());
        log.append(forge());
        node.await();
        assertThat(loses.writes.get()).isGreaterThan(5);
        assertForgeIsThereOnce();
    }

    @Test
    void aTransactionWhoseAnswerIsLostWhileTheTableIsBuiltIsRecognisedToo() throws Exception {
        log.append(forge());
        LosesAnswers loses = new LosesAnswers();
        Node node = opened(new Node(loses));
        node.await();
        assertThat(loses.writes.get()).isGreaterThan(5);
        assertForgeIsThereOnce();
    }

    private void assertForgeIsThereOnce() {
        assertThat(table.find(Keys.accountCounts(1)).number(Attr.PUBLIC_REPOSITORIES))
                .isEqualTo(1);
        assertThat(table.find(Keys.accountCounts(1)).number(Attr.PRIVATE_REPOSITORIES))
                .isEqualTo(1);
        assertThat(table.find(Keys.counters(10)).number(Attr.STARS)).isEqualTo(1);
        assertThat(table.find(Keys.counters(10)).number(Attr.OPEN_ISSUES)).isEqualTo(1);
    }

    @Test
    void ofTwoNodesOneProjectsAndTheOtherTakesOver() throws Exception {
        Node first = new Node();
        first.await();
        until(() -> first.status.isLeading());
        Node second = opened(new Node());
        log.append(forge());
        first.await();
        second.await();
        assertThat(second.status.isLeading()).isFalse();
        first.close();
        log.append(EventFixtures.issue(10, 3, 1, "after the first node"));
        second.await();
        assertThat(second.status.isLeading()).isTrue();
        assertThat(table.find(Keys.conversation(ConversationKind.ISSUE, 10, 3))).isNotNull();
    }

    @Test
    void aStaleOwnersLateWriteFailsAndSoDoesItsProgress() throws Exception {
        log.append(forge());
        Node node = opened(new Node());
        node.await();
        TableProgress.State seenByStale =
                new TableProgress.State(java.util.Collections.nCopies(HashSlots.COUNT, 3L), true, false);
        Item stale = table.find(Keys.counters(10));
        log.append(EventFixtures.starred(1, 10));
        node.await();
        ItemKey counters = Keys.counters(10);
        PendingItem pending = new PendingItem(counters);
        PendingItem.Write late =
                new PendingItem.Write(pending, stale, stale.with(Attr.STARS, 99).with(Attr.POS, 5));
        try (WorkerPool workers = new WorkerPool(1, new Throttling(), new TableTracing(ObservationRegistry.NOOP))) {
            List<Item> settled = new BatchWriter(table, workers, new WriteBudget()).write(List.of(late), false);
            assertThat(settled.getFirst().number(Attr.STARS)).isEqualTo(2);
        }
        assertThat(table.find(counters).number(Attr.STARS)).isEqualTo(2);
        assertThatThrownBy(() -> new TableProgress(table).move(seenByStale, HashSlots.ALL, 4, true))
                .isInstanceOf(TableProgress.Superseded.class);
    }

    @Test
    void aDeletedItemIsNotBroughtBackByALateWrite() throws Exception {
        log.append(forge());
        Node node = opened(new Node());
        node.await();
        ItemKey star = Keys.star(1, 10);
        assertThat(table.find(star).isTombstone()).isTrue();
        PendingItem pending = new PendingItem(star);
        Item resurrected = Item.read(new HashMap<>(table.find(Keys.star(2, 10)).attributes()))
                .with(Keys.PK, star.pk())
                .with(Keys.SK, star.sk());
        try (WorkerPool workers = new WorkerPool(1, new Throttling(), new TableTracing(ObservationRegistry.NOOP))) {
            new BatchWriter(table, workers, new WriteBudget())
                    .write(List.of(new PendingItem.Write(pending, null, resurrected)), false);
        }
        assertThat(table.find(star).isTombstone()).isTrue();
    }

    @Test
    void anUnknownEventTypeStopsItsSequenceUntilAProgramCanReadIt() throws Exception {
        log.append(forge());
        Node node = new Node();
        node.await();
        long strange = log.appendRows(List.of(new TestLog.Row("not-yet-known", 1, "{}", "r:10")));
        log.append(EventFixtures.issue(10, 9, 1, "after it"), EventFixtures.issue(11, 1, 1, "elsewhere"));
        node.await();
        until(() -> !node.status.deadLetters().isEmpty());
        assertThat(node.status.deadLetters()).singleElement().satisfies(s -> assertThat(s.position())
                .isEqualTo(strange));
        assertThat(table.find(Keys.conversation(ConversationKind.ISSUE, 10, 9))).isNull();
        assertThat(table.find(Keys.conversation(ConversationKind.ISSUE, 11, 1))).isNotNull();
        assertThat(table.find(Keys.repository(10)).has(Attr.QUARANTINED)).isTrue();
        assertThat(node.status.await(new Position(strange, Set.of("r:10")), Duration.ofSeconds(1)))
                .isFalse();
        node.close();

        EventCodec.Encoded readable = new EventCodec().encode(EventFixtures.issue(10, 8, 1, "now known"));
        log.rewrite(strange, readable.type(), readable.json());
        Node newer = opened(new Node());
        newer.await();
        until(() -> newer.status.isLeading() && newer.status.deadLetters().isEmpty());
        assertThat(table.find(Keys.conversation(ConversationKind.ISSUE, 10, 8))).isNotNull();
        assertThat(table.find(Keys.conversation(ConversationKind.ISSUE, 10, 9))).isNotNull();
        assertThat(table.find(Keys.repository(10)).has(Attr.QUARANTINED)).isFalse();
        assertThat(table.find(Keys.counters(10)).number(Attr.OPEN_ISSUES)).isEqualTo(3);
    }

    /** Longer than what DynamoDB takes as a sort key; nothing before the write notices. */
    private static final String TOO_LONG = "x".repeat(1_100);

    @Test
    void whatDynamoDbRefusesStopsItsSequenceAndNothingElse() throws Exception {
        log.append(forge());
        Node node = opened(new Node());
        node.await();
        until(() -> node.status.isBuilt());
        appendPoison();
        node.await();
        assertOnlyPoisonHasStopped(node);
    }

    @Test
    void whatDynamoDbRefusesWhileTheTableIsBuiltStopsItsSequenceAndNothingElse() throws Exception {
        log.append(forge());
        appendPoison();
        Node node = opened(new Node());
        node.await();
        assertOnlyPoisonHasStopped(node);
    }

    /** DynamoDB tells of some mistakes in the answer for one action of a cancelled transaction. */
    @Test
    void whatDynamoDbRefusesWithinATransactionStopsItsSequenceAndNothingElse() throws Exception {
        log.append(forge());
        Node node = opened(new Node(new ExecutionInterceptor() {
            @Override
            public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
                if (context.request() instanceof TransactWriteItemsRequest request
                        && request.transactItems().stream().anyMatch(this::isRefused)) {
                    throw TransactionCanceledException.builder()
                            .awsErrorDetails(AwsErrorDetails.builder()
                                    .errorCode("TransactionCanceledException")
                                    .build())
                            .cancellationReasons(request.transactItems().stream()
                                    .map(action -> CancellationReason.builder()
                                            .code(isRefused(action) ? "ValidationError" : "None")
                                            .build())
                                    .toList())
                            .build();
                }
            }

            private boolean isRefused(TransactWriteItem action) {
                return action.put() != null
                        && action.put().item().containsKey("gsi3sk")
                        && action.put().item().get("gsi3sk").s().contains(TOO_LONG);
            }
        }));
        node.await();
        until(() -> node.status.isBuilt());
        appendPoison();
        node.await();
        assertOnlyPoisonHasStopped(node);
    }

    /** The key of an item, an index key of one that is written by itself, and of one that is written with a count. */
    /** A refusal is heard of when all of a batch was tried; what later events wrote by then is taken back after that. */
    @Test
    void whatAnEngineThatIsKilledAfterARefusalHadWrittenBehindItIsTakenBackByTheNext() throws Exception {
        AtomicBoolean refused = new AtomicBoolean();
        AtomicBoolean dead = new AtomicBoolean();
        ExecutionInterceptor killedAfterARefusal = new ExecutionInterceptor() {
            @Override
            public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
                if (dead.get() || (refused.get() && context.request() instanceof GetItemRequest)) {
                    dead.set(true);
                    throw SdkClientException.create("killed");
                }
            }

            @Override
            public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
                if (String.valueOf(context.exception()).matches("(?s).*(ValidationE|exceeded).*")) {
                    refused.set(true);
                }
            }
        };
        log.append(forge());
        try (Node first = new Node(killedAfterARefusal)) {
            first.await();
            until(() -> first.status.isBuilt());
            appendPoison();
            until(dead::get);
        }
        assertThat(testTable.everything(key -> key.startsWith("R#0000000000000000012#I / 0000000000000000002")
                        || key.startsWith("R#0000000000000000011#I / 0000000000000000002")))
                .as("left by the engine that was killed")
                .isNotEmpty();
        Node heir = opened(new Node());
        heir.await();
        assertOnlyPoisonHasStopped(heir);
    }

    private void appendPoison() {
        log.append(
                EventFixtures.created(12, 2, "torvalds", "renamed"),
                EventFixtures.label(12, 81, "old"),
                EventFixtures.label(12, 82, "new"),
                EventFixtures.issue(12, 1, 2, "before it"),
                EventFixtures.labelled(12, 1, 81),
                EventFixtures.issue(11, 1, 1, "before it"),
                EventFixtures.label(11, 80, TOO_LONG),
                EventFixtures.issue(11, 2, 1, "after it"));
        log.append(
                EventFixtures.renamed(12, "torvalds", "renamed", TOO_LONG),
                EventFixtures.issue(12, 2, 2, "after it"),
                EventFixtures.labelled(12, 1, 82),
                EventFixtures.labelled(12, 2, 82),
                EventFixtures.created(13, 2, "torvalds", TOO_LONG),
                EventFixtures.created(14, 2, "torvalds", "beside it"),
                EventFixtures.issue(13, 1, 2, "in it"),
                EventFixtures.issue(10, 9, 1, "elsewhere"));
    }

    private void assertOnlyPoisonHasStopped(Node node) throws Exception {
        until(() -> node.status.deadLetters().size() == 3);
        assertThat(node.status.deadLetters().stream().map(DeadLetter::sequence))
                .containsExactly("r:11", "r:12", "r:13");
        assertThat(table.find(Keys.conversation(ConversationKind.ISSUE, 11, 1))).isNotNull();
        assertThat(table.find(Keys.conversation(ConversationKind.ISSUE, 11, 2))).isNull();
        assertThat(table.find(Keys.conversation(ConversationKind.ISSUE, 12, 2))).isNull();
        assertThat(table.find(Keys.conversation(ConversationKind.ISSUE, 13, 1))).isNull();
        assertThat(table.find(Keys.conversation(ConversationKind.ISSUE, 10, 9))).isNotNull();
        assertThat(table.find(Keys.repository(12)).has(Attr.QUARANTINED)).isTrue();
        assertThat(table.find(Keys.repository(14)).has(Attr.QUARANTINED)).isFalse();
        assertThat(table.find(Keys.accountCounts(2)).number(Attr.PUBLIC_REPOSITORIES))
                .isEqualTo(2);
        TableVerifier.Report report = IndependentFold.verifier(testTable.client(), log.reader(), new EventCodec())
                .verify(TestTable.NAME, null, p -> {});
        assertThat(report.examples()).isEmpty();
        assertThat(report.ok()).isTrue();
    }

    @Test
    void whatHungBelowADeletedRepositoryIsSweptAndItsSuccessorInheritsNothing() throws Exception {
        log.append(forge());
        Node node = opened(new Node());
        node.await();
        log.append(
                EventFixtures.deleted(10, 1, "octocat", "bye"),
                EventFixtures.created(12, 1, "octocat", "bye"),
                EventFixtures.issue(12, 1, 1, "of the successor"));
        node.await();
        until(() -> table.find(Keys.sweep(10)) == null);
        assertThat(testTable.everything(key -> key.contains("R#0000000000000000010#") || isEdge(key)))
                .isEmpty();
        assertThat(table.find(Keys.counters(10))).isNull();
        assertThat(table.find(Keys.star(2, 10))).isNull();
        assertThat(table.find(Keys.conversation(ConversationKind.ISSUE, 12, 1)).string(Attr.TITLE))
                .isEqualTo("of the successor");
        assertThat(table.find(Keys.counters(12)).number(Attr.STARS)).isZero();
        assertThat(table.find(Keys.repositoryName("octocat", "bye")).number(Attr.REPOSITORY_ID))
                .isEqualTo(12);
        assertThat(table.find(Keys.accountCounts(1)).number(Attr.PUBLIC_REPOSITORIES))
                .isEqualTo(1);
    }

    private static boolean isEdge(String pk) {
        return pk.matches("(LAB|MIL|ASG)#.*");
    }

    /** Labels and assignees by which issues are found, as the table tells: issue number, then the edge's partition. */
    private List<String> edges() {
        return testTable.everything(EngineTest::isEdge).values().stream()
                .map(Item::read)
                .filter(edge -> !edge.isTombstone())
                .map(edge -> edge.number(Attr.NUMBER) + " " + edge.key().pk().replaceAll("#0+", "#"))
                .sorted()
                .toList();
    }

    @Test
    void issuesAreNoLongerFoundByADeletedLabelEvenWhenTheyChangeLater() throws Exception {
        log.append(forge());
        Node node = opened(new Node());
        node.await();
        assertThat(edges()).containsExactly("1 LAB#70", "1 LAB#71", "2 ASG#2", "2 ASG#2#O", "2 LAB#71", "2 LAB#71#O");
        log.append(EventFixtures.labelDeleted(10, 71, "core"));
        node.await();
        until(() -> table.find(Keys.labelSweep(71)) == null);
        assertThat(edges()).containsExactly("1 LAB#70", "2 ASG#2", "2 ASG#2#O");
        log.append(EventFixtures.edited(10, 1, "changed", null), EventFixtures.closed(10, 2, 1));
        node.await();
        assertThat(edges()).containsExactly("1 LAB#70", "2 ASG#2");
    }

    @Test
    void issuesAreNoLongerFoundByADeletedMilestoneEvenWhenTheyChangeLater() throws Exception {
        log.append(forge());
        log.append(EventFixtures.milestone(10, 1, "v1"), EventFixtures.milestone(10, 2, "v2"));
        log.append(EventFixtures.milestoned(10, 1, 1), EventFixtures.milestoned(10, 2, 2));
        Node node = opened(new Node());
        node.await();
        assertThat(edges())
                .containsExactly(
                        "1 LAB#70",
                        "1 LAB#71",
                        "1 MIL#10#1",
                        "2 ASG#2",
                        "2 ASG#2#O",
                        "2 LAB#71",
                        "2 LAB#71#O",
                        "2 MIL#10#2",
                        "2 MIL#10#2#O");
        log.append(EventFixtures.milestoneDeleted(10, 2));
        node.await();
        until(() -> table.find(Keys.milestoneSweep(10, 2)) == null);
        log.append(EventFixtures.edited(10, 1, "changed", null), EventFixtures.closedIn(10, 2, 2));
        node.await();
        assertThat(edges()).containsExactly("1 LAB#70", "1 LAB#71", "1 MIL#10#1", "2 ASG#2", "2 LAB#71");
        assertThat(table.find(Keys.milestone(10, 1)).number(Attr.OPEN_ISSUES)).isEqualTo(1);
    }

    @Test
    void anEngineThatFallsDownBetweenEdgesAndTheirIssueIsFollowedWithoutATrace() throws Exception {
        AtomicInteger failures = new AtomicInteger();
        ExecutionInterceptor noIssues = new ExecutionInterceptor() {
            @Override
            public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
                if (context.request() instanceof PutItemRequest put
                        && put.item().get(Keys.PK).s().endsWith("#I")) {
                    failures.incrementAndGet();
                    throw SdkClientException.create("killed");
                }
            }
        };
        log.append(forge());
        try (Node first = new Node(noIssues)) {
            first.await();
            until(() -> first.status.isBuilt());
            log.append(
                    EventFixtures.unlabelled(10, 1, 70),
                    EventFixtures.assigned(10, 1, 1),
                    EventFixtures.closed(10, 2, 1));
            until(() -> failures.get() > 0);
        }
        assertThat(edges()).as("edges go first").contains("1 ASG#1");
        Node heir = opened(new Node());
        heir.await();
        assertThat(edges()).containsExactly("1 ASG#1", "1 LAB#71", "2 ASG#2", "2 LAB#71");
        Item issue = table.find(Keys.conversation(ConversationKind.ISSUE, 10, 2));
        assertThat(issue.flag(Attr.OPEN)).isFalse();
    }

    @Test
    void aStaleOwnersLateWriteLeavesNoEdgeBehind() throws Exception {
        log.append(forge());
        Node node = opened(new Node());
        node.await();
        ItemKey key = Keys.conversation(ConversationKind.ISSUE, 10, 2);
        Item stale = table.find(key);
        log.append(EventFixtures.labelled(10, 2, 70), EventFixtures.unlabelled(10, 2, 70, 71));
        node.await();
        PendingItem pending = new PendingItem(key);
        pending.add(
                log.reader().after(stale.pos(), 1).getFirst(),
                ItemMutation.edit(key, issue -> issue.withNumbers(Attr.LABELS, List.of(71L, 70L))));
        PendingItem.Write late = new PendingItem.Write(
                pending,
                stale,
                stale.withNumbers(Attr.LABELS, List.of(71L, 70L)).with(Attr.POS, stale.pos() + 1));
        try (WorkerPool workers = new WorkerPool(1, new Throttling(), new TableTracing(ObservationRegistry.NOOP))) {
            new BatchWriter(table, workers, new WriteBudget()).write(List.of(late), false);
        }
        assertThat(edges()).containsExactly("1 LAB#70", "1 LAB#71", "2 ASG#2", "2 ASG#2#O");
    }

    @Test
    void afterAReplayTheTableIsTheSameItemByItem() throws Exception {
        List<DomainEvent> events = new ArrayList<>(List.of(forge()));
        for (int i = 100; i < 400; i++) {
            events.add(EventFixtures.issue(10, i, 1 + i % 2, "issue " + i));
            if (i % 3 == 0) {
                events.add(EventFixtures.closed(10, i, 1));
            }
        }
        events.add(EventFixtures.created(13, 2, "torvalds", "gone"));
        events.add(EventFixtures.issue(13, 1, 1, "in it"));
        events.add(EventFixtures.deleted(13, 2, "torvalds", "gone"));
        Node node = opened(new Node());
        for (int i = 0; i < events.size(); i += 37) {
            log.append(events.subList(i, Math.min(events.size(), i + 37)));
        }
        node.await();
        until(() -> table.find(Keys.sweep(13)) == null);
        Map<String, Map<String, AttributeValue>> before = testTable.everything();

        assertThat(node.engine.requestReplay()).isTrue();
        until(() -> !node.status.isBuilt());
        node.await();
        until(() -> node.status.isReady() && table.find(Keys.sweep(13)) == null);
        assertThat(testTable.everything()).isEqualTo(before);
        assertThat(log.projected()).containsEntry(TestTable.NAME, log.reader().head());
    }

    /** As after a restore of an older backup of the log. */
    @Test
    void aTableThatIsAheadOfTheLogIsBuiltAgain() throws Exception {
        log.append(forge());
        try (Node node = new Node()) {
            node.await();
        }
        Map<String, Map<String, AttributeValue>> right = testTable.everything();
        testTable.client().putItem(b -> b.tableName(TestTable.NAME)
                .item(Map.of("pk", Item.text("R#77"), "sk", Item.text("R"), "type", Item.text("repository"))));
        testTable.setBack(log.reader().head() + 1_000);
        opened(new Node());
        until(() -> {
            try {
                return testTable.progress() == log.reader().head();
            } catch (ResourceNotFoundException e) {
                // Between the old one and the new one.
                return false;
            }
        });
        assertThat(testTable.everything()).isEqualTo(right);
    }

    @Test
    void aTableThatMustNotBeMadeIsNotMade() {
        TableSchema forbidden = new TableSchema(testTable.client(), TestTable.NAME, false);
        assertThatThrownBy(forbidden::ensure).isInstanceOf(IllegalStateException.class);
        assertThat(forbidden.exists()).isFalse();
        testTable.schema().ensure();
        forbidden.ensure();
        assertThatThrownBy(forbidden::delete).isInstanceOf(IllegalStateException.class);
        assertThat(forbidden.exists()).isTrue();
    }

    @Test
    void anotherNodeThanTheLeadingOneCanAskForAReplay() throws Exception {
        log.append(forge());
        Node leading = opened(new Node());
        leading.await();
        Node asking = opened(new Node());
        asking.await();
        testTable.forgetSent();
        assertThat(asking.engine.requestReplay()).isTrue();
        assertThat(asking.engine.isReplayDue()).isTrue();
        until(() -> !asking.status.isBuilt());
        asking.await();
        assertThat(asking.status.isLeading()).isFalse();
        until(() -> !asking.engine.isReplayDue());
    }
}
