package org.forgelog.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.forgelog.query.Eventually.until;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.forgelog.domain.DomainEvent;
import org.forgelog.domain.Permission;
import org.forgelog.domain.account.OrganizationRole;
import org.forgelog.domain.comment.CommentEvent.CommentWritten;
import org.forgelog.domain.conversation.ConversationKind;
import org.forgelog.domain.issue.IssueEvent.IssueOpened;
import org.forgelog.domain.reaction.ReactionContent;
import org.forgelog.dynamodb.operation.Faults;
import org.forgelog.eventlog.EventCodec;
import org.forgelog.query.QueryService.Answer;
import org.forgelog.query.projection.deployment.TableVerifier.Report;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.Keys;
import org.forgelog.query.verify.IndependentFold;
import org.forgelog.query.verify.RandomForge;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * Indexes that trail their table, each entry by a time of its own: by up to a minute with {@code -Pfaults}, by moments
 * otherwise, which is still longer than what an answer must be past to be dated here.
 */
class IndexLagTest {

    private static final boolean ALL = Boolean.getBoolean("faults.all");
    private static final Duration LAG = ALL ? Duration.ofSeconds(60) : Duration.ofMillis(1_500);
    private static final Duration LOAD = ALL ? Duration.ofSeconds(150) : Duration.ofSeconds(3);
    /** Less than the lag; sweeps allow for a lag of twice as much. */
    private static final String QUIET = ALL ? "40s" : "1s";

    private static final Duration SWEPT = ALL ? LAG : Duration.ofSeconds(1);

    private static final long SEED =
            Long.getLong("faults.seed", 0) != 0 ? Long.getLong("faults.seed") : System.nanoTime() % 1_000_000;

    private static final String BASE = "/repos/octocat/base";
    /** Issues of the base repository that never change; as many others do all the time. */
    private static final int STILL = 20;

    private static final TestLog LOG = new TestLog();
    private static final TestTable TABLE = new TestTable();
    /** Sees indexes late. */
    private static QueryService service;
    /** Sees indexes at once. */
    private static QueryService prompt;

    /** Lists in which the repository 12 shows, by itself or by what is in it, to those who may see it. */
    private static final List<String> LISTS_OF_12 = List.of(
            "/users/octocat/repos?per_page=100&sort=created",
            "/users/octocat/repos?per_page=100&sort=updated",
            "/users/octocat/repos?per_page=100&sort=full_name",
            "/users/octocat/owned?per_page=100",
            "/users/hubot/starred?per_page=100",
            "/users/hubot/managed?per_page=100&state=all",
            "/users/hubot/events?per_page=100",
            "/users/hubot/events/public?per_page=100",
            "/networks/octocat/base/events?per_page=100",
            "/events?per_page=100",
            "/repositories?per_page=100",
            BASE + "/forks?per_page=100");

    private static final List<String> LISTS = List.of(
            "/users?per_page=100",
            "/organizations?per_page=100",
            BASE + "/issues?state=all&per_page=100",
            BASE + "/issues?state=open&sort=updated&per_page=100",
            BASE + "/issues?labels=bug&state=all&per_page=100",
            BASE + "/issues?assignee=hubot&state=all&per_page=100",
            BASE + "/issues?creator=hubot&state=all&sort=comments&per_page=100",
            BASE + "/activity?per_page=100",
            BASE + "/stargazers?per_page=100",
            BASE + "/labels?per_page=100",
            BASE + "/issues/comments?per_page=100",
            BASE + "/issues/1/comments?per_page=100",
            BASE + "/issues/events?per_page=100",
            BASE + "/events?per_page=100",
            "/orgs/club/members?per_page=100",
            "/users/hubot/orgs?per_page=100",
            "/orgs/club/repos?per_page=100");

    private static final List<String> ONES = List.of(
            BASE,
            BASE + "/issues/1",
            BASE + "/issues/21",
            BASE + "/labels/bug",
            "/users/octocat",
            "/users/hubot",
            "/orgs/club",
            "/repos/octocat/other");

    @BeforeAll
    static void start() throws InterruptedException {
        System.out.println("IndexLagTest: seed " + SEED);
        lag(Duration.ZERO, Duration.ZERO);
        service = new QueryService(
                LOG,
                TABLE,
                context -> context.registerBean(
                        DynamoDbClient.class, IndexLagTest::late, bean -> bean.setDestroyMethodName("")),
                "forgelog.settle-delay=" + QUIET,
                // Indexes trail for longer than is allowed for: what they say must not be remembered here.
                "forgelog.cache.bytes=0");
        List<DomainEvent> events = new ArrayList<>(List.of(
                EventFixtures.registered(1, "octocat"),
                EventFixtures.registered(2, "hubot"),
                EventFixtures.registered(3, "stranger"),
                EventFixtures.organization(4, "club"),
                EventFixtures.member(4, 2, OrganizationRole.MEMBER),
                EventFixtures.created(10, 1, "octocat", "base"),
                EventFixtures.created(11, 1, "octocat", "other"),
                EventFixtures.forked(12, 1, "octocat", "wavering", 10, 10),
                EventFixtures.starred(2, 12),
                EventFixtures.starred(1, 10),
                EventFixtures.issue(12, 1, 2, "in what wavers"),
                EventFixtures.assigned(12, 1, 3),
                EventFixtures.label(10, 70, "bug"),
                EventFixtures.created(13, 4, "club", "house")));
        for (int number = 1; number <= 2 * STILL; number++) {
            events.add(EventFixtures.issue(10, number, 2, "issue " + number));
            if (number % 3 == 0) {
                events.add(EventFixtures.closed(10, number, 1));
            }
        }
        events.add(EventFixtures.commented(10, 1, 39_000_000, 2, "a comment"));
        LOG.append(events);
        LOG.token(1, "octocat", "octo-token");
        LOG.token(2, "hubot", "hubot-token");
        LOG.token(3, "stranger", "strange-token");
        service.await();
        untilUpToDate();
        prompt = service.beside(
                "forgelog.projection.enabled=false", "forgelog.projection.single-node=false", "forgelog.cache.bytes=0");
    }

    @AfterAll
    static void stop() {
        prompt.close();
        service.close();
        TABLE.close();
    }

    private static void lag(Duration atLeast, Duration atMost) {
        TABLE.engine().indexLag().between(atLeast, atMost, SEED);
    }

    /** A client that sees indexes late. */
    private static DynamoDbClient late() {
        Faults trailing = new Faults();
        trailing.trailIndexes();
        return TABLE.client(TABLE.http(trailing), List.of());
    }

    private static void untilUpToDate() throws InterruptedException {
        until(TABLE.engine().indexLag()::isUpToDate);
    }

    private static String position(long index, String sequence) {
        return service.position(index, sequence);
    }

    /** Works at once, again and again, until it is ended. */
    private static final class Load implements AutoCloseable {

        private interface Work {
            void run(int round) throws Exception;
        }

        private final AtomicBoolean ended = new AtomicBoolean();
        private final List<CompletableFuture<Integer>> threads = new ArrayList<>();

        void add(Work work) {
            threads.add(CompletableFuture.supplyAsync(
                    () -> {
                        int round = 0;
                        while (!ended.get()) {
                            try {
                                work.run(++round);
                            } catch (Exception e) {
                                throw new IllegalStateException(e);
                            }
                        }
                        return round;
                    },
                    command -> Thread.ofPlatform().start(command)));
        }

        void during(Duration time) {
            long end = System.nanoTime() + time.toNanos();
            while (System.nanoTime() < end && threads.stream().noneMatch(CompletableFuture::isDone)) {
                LockSupport.parkNanos(20_000_000);
            }
        }

        @Override
        public void close() {
            ended.set(true);
            System.out.println("IndexLagTest: rounds "
                    + threads.stream().map(CompletableFuture::join).toList());
        }
    }

    /** A client that keeps its answers, and asks whether they still hold. */
    private static final class Caching {

        private final Map<String, Answer> kept = new HashMap<>();

        private Answer ask(String path, Answer has) {
            if (has == null) {
                return service.get(path, "strange-token");
            }
            String date = has.header("Last-Modified").orElse(null);
            return date == null
                    ? service.get(
                            path,
                            "strange-token",
                            "If-None-Match",
                            has.header("ETag").orElseThrow())
                    : service.get(path, "strange-token", "If-Modified-Since", date);
        }

        void look(String path) {
            Answer answer = ask(path, kept.get(path));
            assertThat(answer.status()).as(path).isIn(200, 304);
            if (answer.status() == 200) {
                kept.put(path, answer);
            }
        }

        void assertNothingIsHidden(List<String> paths) {
            for (String path : paths) {
                look(path);
                assertThat(kept.get(path).json())
                        .as(path)
                        .isEqualTo(service.get(path, "strange-token").json());
            }
        }
    }

    @Test
    void whatIndexesTellLateMisleadsNobody() throws Exception {
        lag(Duration.ZERO, LAG);
        RandomForge forge = new RandomForge(SEED);
        Random random = new Random(SEED);
        AtomicInteger comments = new AtomicInteger(40_000_000);
        Caching caching = new Caching();
        try (Load load = new Load()) {
            load.add(round -> {
                int issue = STILL + 1 + random.nextInt(STILL);
                long position = LOG.append(changes(round, issue, comments));
                LOG.append(forge.happens(3), "{\"actor\": \"a:100\"}");
                Answer answer =
                        service.get(BASE + "/issues/" + issue, null, "X-Forgelog-Position", position(position, "r:10"));
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.json().path("title").asString())
                        .as("what was written at the position")
                        .isEqualTo("title " + round);
            });
            load.add(IndexLagTest::wavers);
            load.add(round -> assertStillIssuesAreListedOnce(round % 2 == 0));
            load.add(round -> {
                caching.look(LISTS.get(round % LISTS.size()));
                caching.look(ONES.get(round % ONES.size()));
            });
            load.during(LOAD);
        }
        service.await();
        // Lists change until the indexes are there; what asks none is right by now.
        caching.assertNothingIsHidden(ONES);
        untilUpToDate();
        caching.assertNothingIsHidden(LISTS);
        prompt.await();
        for (String path : LISTS) {
            Answer answer = service.get(path, "octo-token");
            assertThat(answer.json().size()).as(path).isPositive();
            String base = Pattern.quote(service.base());
            assertThat(answer.text().replaceAll(base, ""))
                    .as(path)
                    .isEqualTo(prompt.get(path, "octo-token").text().replaceAll(Pattern.quote(prompt.base()), ""));
        }
        assertTableIsTheFoldedLog();
    }

    private static List<DomainEvent> changes(int round, int issue, AtomicInteger comments) {
        CommentWritten comment = EventFixtures.commented(10, issue, comments.incrementAndGet(), 2, "comment " + round);
        List<DomainEvent> events = new ArrayList<>(List.of(
                EventFixtures.edited(10, issue, "title " + round, null),
                issue % 2 == 0 ? EventFixtures.closed(10, issue, 1) : EventFixtures.reopened(10, issue, 1),
                EventFixtures.labelled(10, issue, 70),
                EventFixtures.assigned(10, issue, 2),
                comment,
                round % 2 == 0 ? EventFixtures.starred(3, 10) : EventFixtures.unstarred(3, 10)));
        if (round % 3 == 0) {
            events.add(EventFixtures.unlabelled(10, issue, 70));
            events.add(EventFixtures.unassigned(10, issue, 2));
        }
        return events;
    }

    /** A repository is made private, and nobody who must not sees a trace of it; then public again. */
    private static void wavers(int round) {
        long closed = LOG.append(EventFixtures.madePrivate(12, true));
        int third = round % 3 * 4;
        for (String path : LISTS_OF_12.subList(third, third + 4)) {
            for (String token : new String[] {null, "strange-token"}) {
                Answer answer = service.get(path, token, "X-Forgelog-Position", position(closed, "r:12"));
                assertThat(answer.status()).as(path + ": " + answer.text()).isEqualTo(200);
                assertThat(answer.text()).as(path).doesNotContain("waver");
            }
        }
        Answer assigned = service.get(
                "/issues?filter=assigned&state=all", "strange-token", "X-Forgelog-Position", position(closed, "r:12"));
        assertThat(assigned.text()).doesNotContain("waver");
        long opened = LOG.append(EventFixtures.madePrivate(12, false));
        assertThat(service.get("/repos/octocat/wavering", null, "X-Forgelog-Position", position(opened, "r:12"))
                        .status())
                .isEqualTo(200);
    }

    private static void assertStillIssuesAreListedOnce(boolean descending) {
        List<Long> seen = new ArrayList<>();
        String next = BASE + "/issues?state=all&sort=created&per_page=7&direction=" + (descending ? "desc" : "asc");
        while (next != null) {
            Answer page = service.get(next);
            assertThat(page.status()).as(next).isEqualTo(200);
            page.json()
                    .valueStream()
                    .map(issue -> issue.path("number").asLong())
                    .forEach(seen::add);
            next = page.link("next").orElse(null);
        }
        List<Long> still = IntStream.rangeClosed(1, STILL)
                .mapToObj(n -> (long) (descending ? STILL + 1 - n : n))
                .toList();
        assertThat(seen.stream().filter(number -> number <= STILL).toList()).isEqualTo(still);
    }

    private static void assertTableIsTheFoldedLog() {
        Report report = IndependentFold.verifier(late(), LOG.reader(), new EventCodec())
                .verify(TestTable.NAME, null, done -> {});
        assertThat(report.differences()).as(report.examples().toString()).isZero();
    }

    /** What is left of a repository in which everything is found by indexes, after it was swept. */
    private static Set<String> leftOf(long repository, long ids) throws InterruptedException {
        IssueOpened issue = EventFixtures.issue(repository, 1, 2, "soon gone");
        CommentWritten comment = EventFixtures.commented(repository, 1, ids, 2, "soon gone, too");
        CommentWritten reacted = EventFixtures.commented(repository, 1, ids + 1, 2, "and this, " + "x".repeat(5_000));
        String name = "gone-" + repository;
        LOG.append(
                EventFixtures.created(repository, 1, "octocat", name),
                EventFixtures.label(repository, ids + 2, "short-lived"),
                issue,
                EventFixtures.labelled(repository, 1, ids + 2),
                EventFixtures.assigned(repository, 1, 2),
                comment,
                reacted);
        LOG.append(
                EventFixtures.starred(2, repository),
                EventFixtures.collaborator(repository, 3, Permission.WRITE),
                EventFixtures.reacted(reacted, ids + 3, 3, ReactionContent.HEART),
                EventFixtures.closed(repository, 1, 1));
        service.await();
        ItemKey swept = Keys.conversation(ConversationKind.ISSUE, repository, 1);
        assertThat(TABLE.table().find(swept)).isNotNull();
        LOG.append(EventFixtures.deleted(repository, 1, "octocat", name));
        service.await();
        until(() -> TABLE.table().find(Keys.sweep(repository)) == null);
        assertThat(TABLE.table().find(swept)).isNull();
        untilUpToDate();
        Set<String> left = new TreeSet<>();
        String of = String.format("%016d", repository);
        TABLE.everything().forEach((key, item) -> {
            if ((key + item).contains(of) || (key + item).contains(String.format("%016d", ids + 1))) {
                left.add(key.replaceAll("[0-9]+", "") + (Item.read(item).isTombstone() ? " (tombstone)" : ""));
            }
        });
        return left;
    }

    @Test
    void whatIndexesTellLateIsSweptAllTheSame() throws InterruptedException {
        lag(Duration.ZERO, Duration.ZERO);
        Set<String> usual = leftOf(900_001, 910_001);
        // All of them at first show nothing of what is to be swept, and then all of it after it was.
        lag(SWEPT, SWEPT);
        assertThat(leftOf(900_002, 920_001)).isEqualTo(usual);
    }

    @Test
    void answersWithADateAskNoIndex() {
        // This node does nothing but read, and nobody else asks the table's own indexes.
        TABLE.forgetSent();
        for (String path : ONES) {
            assertThat(prompt.get(path, "octo-token").status()).as(path).isEqualTo(200);
        }
        assertThat(indexesAsked()).isZero();
        assertThat(prompt.get("/users", "octo-token").status()).isEqualTo(200);
        assertThat(indexesAsked()).isPositive();
    }

    private static long indexesAsked() {
        return TABLE.sent().stream()
                .filter(sent -> sent.request() instanceof QueryRequest query && query.indexName() != null)
                .count();
    }
}
