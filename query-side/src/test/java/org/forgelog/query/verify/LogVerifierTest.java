package org.forgelog.query.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.forgelog.query.Eventually.until;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.forgelog.domain.DomainEvent;
import org.forgelog.domain.account.OrganizationRole;
import org.forgelog.eventlog.EventCodec;
import org.forgelog.eventlog.LogSignals;
import org.forgelog.query.EventFixtures;
import org.forgelog.query.TestLog;
import org.forgelog.query.TestTable;
import org.forgelog.query.projection.deployment.TableVerifier.Difference;
import org.forgelog.query.projection.deployment.TableVerifier.Kind;
import org.forgelog.query.projection.deployment.TableVerifier.Progress;
import org.forgelog.query.projection.deployment.TableVerifier.Report;
import org.forgelog.query.projection.engine.ProjectionEngine;
import org.forgelog.query.projection.engine.ProjectionStatus;
import org.forgelog.query.projection.engine.RebuiltInPlace;
import org.forgelog.query.table.Table;
import org.forgelog.query.table.TableSchema;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Two folds of one log, written apart, agree; and what is not as the log says is found, and nothing else. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LogVerifierTest {

    private static final String FOLLOWING = "following";
    private static final String REBUILT = "rebuilt";
    private static final int EVENTS = 1_000;
    private static final Set<Class<?>> KINDS = kinds();
    private static final long SEED = seed(Long.getLong("verify.seed", new Random().nextInt(1_000_000)));

    private static final TestLog LOG = new TestLog();
    private static final TestTable TABLES = new TestTable();
    private static final Random RANDOM = new Random(SEED);
    private static final RandomForge FORGE = new RandomForge(SEED);
    private static final Set<Class<?>> HAPPENED = new HashSet<>();
    private static final List<AutoCloseable> OPEN = new ArrayList<>();
    private static ProjectionStatus following;
    private static ProjectionStatus rebuilt;

    private static Set<Class<?>> kinds() {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("org.forgelog.domain").stream()
                        .filter(c -> c.isAssignableTo(DomainEvent.class) && c.isRecord())
                        .map(JavaClass::reflect)
                        .collect(Collectors.toSet());
    }

    /** The next seed with a history in which everything happens that can: about one in two hundred and fifty has. */
    private static long seed(long from) {
        for (long seed = from; seed < from + 5_000; seed++) {
            Set<Class<?>> kinds = new HashSet<>();
            new RandomForge(seed).happens(EVENTS).forEach(event -> kinds.add(event.getClass()));
            if (kinds.containsAll(KINDS)) {
                return seed;
            }
        }
        return from;
    }

    /** One table follows the log in steps of any size; the other one is built of all of it at once. */
    @BeforeAll
    static void build() throws Exception {
        System.out.println("verify.seed=" + SEED);
        following = project(FOLLOWING);
        until(() -> following.isBuilt());
        for (int appended = 0; appended < EVENTS; ) {
            int some = RANDOM.nextInt(3) == 0 ? 1 : 1 + RANDOM.nextInt(60);
            append(some);
            appended += some;
            if (RANDOM.nextInt(4) == 0) {
                await(following);
            }
        }
        // In a short history it can be that all members of organizations are gone again.
        LOG.append(
                List.of(
                        EventFixtures.registered(900_001, "the-last-member"),
                        EventFixtures.organization(900_002, "the-last-organization"),
                        EventFixtures.member(900_002, 900_001, OrganizationRole.MEMBER)),
                "{\"actor\": \"a:100\"}");
        await(following);
        rebuilt = project(REBUILT);
        await(rebuilt);
        for (String table : List.of(FOLLOWING, REBUILT)) {
            until(() -> TABLES.everything(table, key -> key.startsWith("SWEEP")).isEmpty());
        }
    }

    @AfterAll
    static void close() throws Exception {
        for (AutoCloseable each : OPEN.reversed()) {
            each.close();
        }
        TABLES.close();
        LOG.close();
    }

    private static ProjectionStatus project(String name) {
        LogSignals signals = new LogSignals(LOG.dataSource());
        Table table = new Table(TABLES.client(), name);
        ProjectionStatus status = new ProjectionStatus(table, LOG.reader(), signals, Duration.ofMillis(100));
        ProjectionEngine engine = new ProjectionEngine(
                LOG.dataSource(),
                new EventCodec(),
                signals,
                table,
                new TableSchema(TABLES.client(), name, true),
                status,
                4);
        OPEN.addAll(List.of(signals, status, engine));
        status.start();
        engine.start();
        return status;
    }

    private static void append(int some) {
        List<DomainEvent> events = FORGE.happens(some);
        events.forEach(event -> HAPPENED.add(event.getClass()));
        if (!events.isEmpty()) {
            LOG.append(events, "{\"actor\": \"a:100\"}");
        }
    }

    private static void await(ProjectionStatus status) throws InterruptedException {
        long head = LOG.reader().head();
        until(() -> status.position() >= head, status::position);
    }

    private static Report verify(String table) {
        return IndependentFold.verifier(TABLES.client(), LOG.reader(), new EventCodec())
                .verify(table, null, p -> {});
    }

    /** What a running system says, which folds with the projectors. */
    private static Report verifyWithProjectors(String table) {
        return new LogVerifier(TABLES.client(), LOG.reader(), new EventCodec()).verify(table, null, p -> {});
    }

    private static void assertClean(Report report) {
        assertThat(report.examples()).as("seed " + SEED).isEmpty();
        assertThat(report.ok()).isTrue();
        assertThat(report.items()).isGreaterThan(EVENTS / 2);
    }

    @Test
    @Order(1)
    void everyKindOfEventHappened() {
        assertThat(KINDS).hasSizeGreaterThan(50);
        assertThat(HAPPENED).as("seed " + SEED).containsAll(KINDS);
    }

    @Test
    @Order(2)
    void whatTheEngineMadeIsWhatTheLogSaysInWhateverBatchesItCame() {
        assertClean(verify(FOLLOWING));
        assertClean(verify(REBUILT));
        assertClean(verifyWithProjectors(FOLLOWING));
        assertClean(verifyWithProjectors(REBUILT));
    }

    @Test
    @Order(3)
    void aLongSequenceIsFoldedInParts() {
        assertClean(IndependentFold.verifier(TABLES.client(), LOG.reader(), new EventCodec(), 40)
                .verify(REBUILT, null, p -> {}));
    }

    @Test
    @Order(4)
    void readsNoFasterThanItMayAndTellsHowFarItIs() {
        List<Progress> told = new ArrayList<>();
        Report unlimited = verify(REBUILT);
        long rate = (long) Math.ceil(unlimited.readUnits());
        Report report = new LogVerifier(TABLES.client(), LOG.reader(), new EventCodec())
                .verify(REBUILT, rate, progress -> {
                    synchronized (told) {
                        told.add(progress);
                    }
                });
        assertClean(report);
        assertThat(report.readUnits()).isGreaterThanOrEqualTo(unlimited.readUnits());
        assertThat(report.duration()).isGreaterThan(Duration.ofMillis(900));
        assertThat(told.getLast().done()).isEqualTo(told.getLast().total());
        assertThat(told).hasSizeGreaterThan(8);
    }

    @Test
    @Order(4)
    void aTableThatDoesNotAnswerNowAndThenEndsNoComparison() {
        AtomicInteger sent = new AtomicInteger();
        AtomicInteger unanswered = new AtomicInteger();
        ExecutionInterceptor unsteady = new ExecutionInterceptor() {
            @Override
            public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
                if (sent.incrementAndGet() % 4 == 0) {
                    unanswered.incrementAndGet();
                    throw ApiCallTimeoutException.create(1);
                }
            }
        };
        Report report = new LogVerifier(TABLES.client(List.of(unsteady)), LOG.reader(), new EventCodec())
                .verify(REBUILT, null, p -> {});
        assertClean(report);
        assertThat(unanswered).hasPositiveValue();
    }

    /** One item of the table as somebody made it who should not have. */
    private record Wrong(Key key, Map<String, AttributeValue> before, Map<String, AttributeValue> after, String what) {}

    @Test
    @Order(5)
    void whateverIsChangedByHandIsNamedAndNothingElse() {
        List<Wrong> all = wrongs();
        assertThat(all).hasSizeGreaterThan(200);
        for (int from = 0; from < all.size(); from += 90) {
            List<Wrong> some = all.subList(from, Math.min(all.size(), from + 90));
            some.forEach(wrong -> put(wrong.key, wrong.after));
            Report report = verify(REBUILT);
            assertThat(verifyWithProjectors(REBUILT).details()).isEqualTo(report.details());
            Map<String, String> expected = new HashMap<>();
            some.forEach(wrong -> expected.put(wrong.key.toString(), wrong.what));
            Set<String> found = report.details().stream()
                    .map(d -> new Key(d.pk(), d.sk()).toString())
                    .collect(Collectors.toSet());
            assertThat(expected.keySet())
                    .as("not found, seed " + SEED)
                    .allSatisfy(key -> assertThat(found).as(expected.get(key)).contains(key));
            assertThat(found).hasSameSizeAs(expected.keySet());
            assertThat(report.differences()).isEqualTo(some.size());
            for (Difference difference : report.details()) {
                String what = expected.get(new Key(difference.pk(), difference.sk()).toString());
                assertThat(what.split(" ")[0]).as(difference.text()).isEqualTo(word(difference));
                assertThat(difference.attributes()).isSubsetOf(List.of(what.split(" ")));
            }
            some.forEach(wrong -> put(wrong.key, wrong.before));
        }
        assertClean(verify(REBUILT));
    }

    private static String word(Difference difference) {
        return difference.kind() == Kind.WRONG_COUNT
                ? "DIFFERENT"
                : difference.kind().name();
    }

    /** Of every type of item, one that is gone, one that is too many, and for each attribute one where it is changed. */
    private static List<Wrong> wrongs() {
        Map<String, List<Map<String, AttributeValue>>> byType = new LinkedHashMap<>();
        Set<String> deleted = new TreeSet<>();
        Map<String, Map<String, AttributeValue>> items = TABLES.everything(REBUILT, key -> !key.startsWith("PROGRESS"));
        items.forEach((key, item) -> {
            if (key.endsWith(" / R") && item.containsKey("tombstone")) {
                deleted.add(item.get("pk").s().substring(2));
            }
        });
        items.values().forEach(item -> {
            Key key = Key.of(item);
            boolean tombstone = item.containsKey("tombstone");
            boolean certain =
                    deleted.stream().noneMatch(id -> key.toString().contains(id)) && (!tombstone || key.isName());
            if (certain) {
                byType.computeIfAbsent(item.get("type").s() + (tombstone ? " gone" : ""), t -> new ArrayList<>())
                        .add(item);
            }
        });
        assertThat(byType.keySet())
                .contains("login", "repository_name", "account", "member", "collaborator", "repository", "listing")
                .contains(
                        "counters",
                        "counts",
                        "issue",
                        "pull_request",
                        "body",
                        "issue_edge",
                        "label",
                        "label_name",
                        "milestone",
                        "subscription",
                        "emails",
                        "contributors")
                .contains("star", "comment", "comment_place", "reaction", "feed", "history", "login gone");
        List<Wrong> wrongs = new ArrayList<>();
        byType.forEach((type, some) -> {
            Set<String> names = new TreeSet<>();
            some.forEach(item -> names.addAll(item.keySet()));
            names.removeAll(Set.of("pk", "sk"));
            if (type.endsWith("_edge")) {
                // That depends on how events came in batches.
                names.remove("pos");
            }
            List<Map<String, AttributeValue>> left = new ArrayList<>(some);
            for (String name : names) {
                left.stream().filter(item -> item.containsKey(name)).findFirst().ifPresent(item -> {
                    left.remove(item);
                    Map<String, AttributeValue> after = new HashMap<>(item);
                    AttributeValue value = changed(item.get(name));
                    if (value == null) {
                        after.remove(name);
                    } else {
                        after.put(name, value);
                    }
                    wrongs.add(new Wrong(Key.of(item), item, after, "DIFFERENT " + name + " of " + type));
                });
            }
            if (!left.isEmpty()) {
                Map<String, AttributeValue> item = left.removeFirst();
                wrongs.add(new Wrong(Key.of(item), item, null, "MISSING " + type));
                Key other = new Key(Key.of(item).pk(), Key.of(item).sk() + "9");
                Map<String, AttributeValue> more = new HashMap<>(item);
                more.putAll(other.attributes());
                wrongs.add(new Wrong(other, null, more, "UNEXPECTED " + type));
            }
        });
        return wrongs;
    }

    private static AttributeValue changed(AttributeValue value) {
        return switch (value.type()) {
            case S -> AttributeValue.fromS(value.s() + "x");
            case N -> AttributeValue.fromN(Long.toString(Long.parseLong(value.n()) - 1));
            case BOOL -> AttributeValue.fromBool(!value.bool());
            default -> null;
        };
    }

    private static void put(Key key, Map<String, AttributeValue> item) {
        if (item == null) {
            TABLES.client().deleteItem(b -> b.tableName(REBUILT).key(key.attributes()));
        } else {
            TABLES.client().putItem(b -> b.tableName(REBUILT).item(item));
        }
    }

    @Test
    @Order(6)
    void wrongCountsAreCalledThat() {
        Map<String, AttributeValue> counts = TABLES.everything(REBUILT, key -> true).values().stream()
                .filter(item -> item.get("type").s().equals("counts") && item.containsKey("public_repositories"))
                .findFirst()
                .orElseThrow();
        Map<String, AttributeValue> more = new HashMap<>(counts);
        more.put("public_repositories", AttributeValue.fromN("99"));
        put(Key.of(counts), more);
        assertThat(verify(REBUILT).details()).singleElement().satisfies(difference -> {
            assertThat(difference.kind()).isEqualTo(Kind.WRONG_COUNT);
            assertThat(difference.text()).contains("counts wrong: public_repositories is 99, should be ");
        });
        put(Key.of(counts), counts);
    }

    @Test
    @Order(7)
    void whatIsWrongInARepositoryIsMendedInPlaceAndNothingElseIsTouched() {
        Set<String> there = repositories(true);
        assertThat(rebuilt(there)).isNotEmpty().allSatisfy((sequence, outcome) -> assertThat(outcome)
                .as("seed " + SEED)
                .endsWith(" 0 repaired, 0 removed"));
        assertThat(rebuilt(repositories(false))).isNotEmpty().allSatisfy((sequence, outcome) -> assertThat(outcome)
                .isEqualTo("deleted; nothing was changed"));
        // What lies too many among the items of other repositories cannot be told from theirs.
        List<Wrong> some = wrongs().stream()
                .filter(wrong -> OF_REPOSITORIES.stream().anyMatch(type -> wrong.what.endsWith(" " + type))
                        && isOf(there, wrong.before == null ? wrong.after : wrong.before)
                        && !(wrong.what.startsWith("UNEXPECTED")
                                && AMONG_OTHERS.stream().anyMatch(type -> wrong.what.endsWith(" " + type))))
                .toList();
        assertThat(some).hasSizeGreaterThan(150);
        some.forEach(wrong -> put(wrong.key, wrong.after));
        assertThat(verify(REBUILT).differences()).isEqualTo(some.size());
        assertThat(rebuilt(there))
                .anySatisfy((sequence, outcome) -> assertThat(outcome).doesNotContain(" 0 repaired"));
        assertClean(verify(REBUILT));
        assertThat(rebuilt(there))
                .allSatisfy((sequence, outcome) -> assertThat(outcome).endsWith(" 0 repaired, 0 removed"));
    }

    private static final Set<String> AMONG_OTHERS =
            Set.of("repository_name", "collaborator", "listing", "star", "subscription", "feed");
    private static final Set<String> OF_REPOSITORIES = Set.of(
            "repository_name",
            "collaborator",
            "listing",
            "star",
            "subscription",
            "repository",
            "counters",
            "issue",
            "pull_request",
            "body",
            "issue_edge",
            "label",
            "label_name",
            "milestone",
            "contributors",
            "comment",
            "comment_place",
            "reaction",
            "feed",
            "history");

    /** Whether an item follows from one of these sequences; a page that tells of a fork does from the fork's. */
    private static boolean isOf(Set<String> repositories, Map<String, AttributeValue> item) {
        String[] parts = item.get("sk").s().split("#", -1);
        boolean fork = item.get("type").s().equals("feed") && parts.length == 3;
        AttributeValue repository = item.get("repository_id");
        return repository == null
                || repositories.contains("r:" + (fork ? Long.toString(Long.parseLong(parts[2])) : repository.n()));
    }

    /** Sequences of the repositories that are there, or of those that are deleted. */
    private static Set<String> repositories(boolean there) {
        return TABLES.everything(REBUILT, key -> key.endsWith(" / R")).values().stream()
                .filter(item -> item.containsKey("tombstone") != there)
                .map(item -> "r:" + Long.parseLong(item.get("pk").s().substring(2)))
                .collect(Collectors.toSet());
    }

    /** Rebuilds them in place; answers what became of each. */
    private static Map<String, String> rebuilt(Set<String> sequences) {
        return RebuiltInPlace.all(sequences, LOG.reader(), new Table(TABLES.client(), REBUILT));
    }

    @Test
    @Order(8)
    void aTableThatGoesOnMeanwhileIsNeverCalledWrongAndAWrongItemIsFoundAllTheSame() throws Exception {
        AtomicBoolean ended = new AtomicBoolean();
        Thread writer = Thread.ofPlatform().start(() -> {
            while (!ended.get()) {
                append(5);
                // More than the engines take would only make them lag.
                LockSupport.parkNanos(50_000_000);
            }
        });
        try {
            for (int i = 0; i < 3; i++) {
                assertClean(verify(i % 2 == 0 ? REBUILT : FOLLOWING));
                assertClean(verifyWithProjectors(i % 2 == 0 ? FOLLOWING : REBUILT));
            }
            Key extra = new Key("L#nobody-has-this", "L");
            Map<String, AttributeValue> login = new HashMap<>(extra.attributes());
            login.put("type", AttributeValue.fromS("login"));
            login.put("pos", AttributeValue.fromN("7"));
            put(extra, login);
            assertThat(verify(REBUILT).details()).singleElement().satisfies(difference -> assertThat(difference.pk())
                    .isEqualTo(extra.pk()));
            put(extra, null);
        } finally {
            ended.set(true);
            writer.join();
        }
        await(rebuilt);
        await(following);
        assertClean(verify(REBUILT));
        assertClean(verify(FOLLOWING));
    }

    @Test
    @Order(9)
    void aSequenceThatStoppedIsComparedUpToThere() throws Exception {
        String repository = TABLES.everything(REBUILT, key -> key.startsWith("REPOS")).values().stream()
                .filter(item -> !item.containsKey("tombstone"))
                .map(item -> "r:" + Long.parseLong(item.get("sk").s()))
                .findFirst()
                .orElseThrow();
        LOG.appendRows(List.of(new TestLog.Row("not-yet-known", 1, "{}", repository)));
        append(200);
        await(rebuilt);
        until(() -> !rebuilt.deadLetters().isEmpty());
        Report report = verify(REBUILT);
        assertClean(report);
        assertThat(report.stopped()).isEqualTo(1);
        assertClean(verifyWithProjectors(REBUILT));
        Key subject = RepositoryFold.repository(Long.parseLong(repository.substring(2)));
        TABLES.client()
                .updateItem(b -> b.tableName(REBUILT).key(subject.attributes()).updateExpression("REMOVE stopped"));
        assertThat(verify(REBUILT).details())
                .singleElement()
                .satisfies(difference -> assertThat(difference.attributes()).containsExactly("stopped"));
    }
}
