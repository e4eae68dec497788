package org.forgelog.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.forgelog.query.Eventually.until;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.forgelog.domain.DomainEvent;
import org.forgelog.domain.comment.CommentEvent.CommentWritten;
import org.forgelog.eventlog.EventCodec;
import org.forgelog.eventlog.LogClock;
import org.forgelog.query.QueryService.Answer;
import org.forgelog.query.projection.deployment.Projections;
import org.forgelog.query.projection.deployment.TableVerifier.Report;
import org.forgelog.query.projection.engine.ProjectionStatus;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.verify.IndependentFold;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Two nodes that answer and project, with clocks five minutes apart, and writers whose clocks differ as much. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClockSkewTest {

    private static final Duration SKEW = Duration.ofMinutes(5);
    private static final Duration QUIET = Duration.ofMillis(500);
    /** So many that each node has some to project. */
    private static final long REPOSITORIES = 32;

    private static final TestLog LOG = new TestLog();
    private static final TestTable TABLE = new TestTable();
    private static final String[] PROPERTIES = {
        "forgelog.settle-delay=" + QUIET.toMillis() + "ms", "forgelog.projection.single-node=false"
    };
    private static QueryService right;
    private static QueryService ahead;

    @BeforeAll
    static void start() {
        right = new QueryService(LOG, TABLE, PROPERTIES);
        List<DomainEvent> events = new ArrayList<>(List.of(EventFixtures.registered(1, "octocat")));
        LongStream.rangeClosed(1, REPOSITORIES).forEach(id -> {
            events.add(EventFixtures.created(id, 1, "octocat", "repo-" + id));
            events.add(EventFixtures.issue(id, 1, 1, "first"));
        });
        LOG.append(events);
        right.await();
        ahead = right.beside(
                context -> context.registerBean(Clock.class, () -> Clock.offset(Clock.systemUTC(), SKEW)), PROPERTIES);
    }

    @AfterAll
    static void stop() {
        ahead.close();
        right.close();
    }

    private static ProjectionStatus status(QueryService node) {
        return node.bean(Projections.class).serving().status();
    }

    private static void everywhere() {
        right.await();
        ahead.await();
    }

    private static void assertTableIsTheFoldedLog() {
        Report report = IndependentFold.verifier(TABLE.client(), LOG.reader(), new EventCodec())
                .verify(TestTable.NAME, null, done -> {});
        assertThat(report.differences()).as(report.examples().toString()).isZero();
    }

    /** Something happens to each repository, by a writer whose clock is so many times five minutes ahead. */
    private static void append(int times) {
        LOG.skew(SKEW.multipliedBy(times));
        LOG.append(LongStream.rangeClosed(1, REPOSITORIES)
                .mapToObj(id -> EventFixtures.edited(id, 1, "by " + times, null))
                .toList());
    }

    /** Unless a test gives it another one, as here. */
    @Test
    @Order(0)
    void aNodeHasTheClockOfTheLog() {
        assertThat(right.bean(Clock.class)).isInstanceOf(LogClock.class);
    }

    @Test
    @Order(1)
    void theNodesShareTheTable() throws InterruptedException {
        until(() -> status(ahead).isProjecting() && status(right).isProjecting());
        append(1);
        append(-1);
        everywhere();
        assertTableIsTheFoldedLog();
    }

    private static String path(int writer) {
        return "/repos/octocat/repo-" + (20 + writer) + "/issues/1";
    }

    private static String dated(QueryService node, String path) throws InterruptedException {
        AtomicReference<Optional<String>> date = new AtomicReference<>(Optional.empty());
        until(() -> {
            date.set(node.get(path).header("Last-Modified"));
            return date.get().isPresent();
        });
        return date.get().orElseThrow();
    }

    @Test
    @Order(2)
    void noDateHidesAChangeWhoeverWroteItAndWhoeverAnswers() throws InterruptedException {
        int[] writers = {0, 1, -1};
        Map<Integer, Long> wrote = new HashMap<>();
        for (int writer : writers) {
            LOG.skew(SKEW.multipliedBy(writer));
            wrote.put(writer, System.nanoTime());
            LOG.append(EventFixtures.edited(20 + writer, 1, "before", null));
        }
        everywhere();
        Map<Integer, String> dates = new HashMap<>();
        for (int writer : writers) {
            String date = dated(ahead, path(writer));
            assertThat(Duration.ofNanos(System.nanoTime() - wrote.get(writer)))
                    .as("nothing is dated that may still change in that second")
                    .isGreaterThanOrEqualTo(QUIET.multipliedBy(2));
            assertThat(dated(right, path(writer))).isEqualTo(date);
            dates.put(writer, date);
        }
        LOG.skew(SKEW.negated());
        for (int writer : writers) {
            LOG.append(EventFixtures.edited(20 + writer, 1, "after", null));
        }
        everywhere();
        for (int writer : writers) {
            for (QueryService node : List.of(ahead, right)) {
                Answer answer = node.get(path(writer), null, "If-Modified-Since", dates.get(writer));
                assertThat(answer.status()).as("written " + writer).isEqualTo(200);
                assertThat(answer.json().path("title").asString()).isEqualTo("after");
            }
            assertThat(dated(ahead, path(writer)))
                    .isNotEqualTo(dates.get(writer))
                    .isEqualTo(dated(right, path(writer)));
        }
    }

    @Test
    @Order(3)
    void cursorsOfOneNodeAreGoodOnTheOther() {
        String list = "/users/octocat/repos?per_page=12";
        for (List<QueryService> nodes : List.of(List.of(right, ahead), List.of(ahead, right))) {
            String next = nodes.getFirst().get(list).link("next").orElseThrow();
            Answer page =
                    nodes.getLast().get(next.substring(nodes.getFirst().base().length()));
            assertThat(page.status()).isEqualTo(200);
            assertThat(page.json().size()).isEqualTo(12);
        }
    }

    @Test
    @Order(4)
    void tombstonesOfALateWriterStayAsLongAsOthers() {
        LOG.skew(SKEW.negated());
        CommentWritten comment = EventFixtures.commented(5, 1, 500, 1, "soon gone");
        LOG.append(comment);
        Instant before = Instant.now();
        LOG.append(EventFixtures.deleted(comment));
        everywhere();
        List<Item> tombstones = TABLE.everything().values().stream()
                .map(Item::read)
                .filter(Item::isTombstone)
                .toList();
        assertThat(tombstones).isNotEmpty().allSatisfy(item -> assertThat(item.number(Attr.TTL))
                .isGreaterThanOrEqualTo(before.plus(Duration.ofDays(7)).getEpochSecond() - 1));
    }

    @Test
    @Order(5)
    void whoIsLeftTakesOver() throws InterruptedException {
        right.bean(Projections.class).close();
        append(1);
        append(-1);
        ahead.await();
        until(() -> status(ahead).isLeading() && status(ahead).slots().isAll());
        assertTableIsTheFoldedLog();
    }
}
