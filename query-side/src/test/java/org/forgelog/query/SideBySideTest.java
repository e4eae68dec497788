package org.forgelog.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.forgelog.domain.DomainEvent;
import org.forgelog.eventlog.HashSlots;
import org.forgelog.query.QueryService.Answer;
import org.forgelog.query.projection.deployment.Projections;
import org.forgelog.query.projection.segment.TableProgress;
import org.forgelog.query.table.Table;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import tools.jackson.databind.JsonNode;

/** Replays beside the table that serves, on two nodes, while it is written and read. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SideBySideTest {

    private static final String SECOND = "forgelog-2";
    private static final int ISSUES = 100;
    /** One in each of two segments. */
    private static final List<Integer> REPOSITORIES = List.of(10, 12);

    private static final String MANY_NODES = "forgelog.projection.single-node=false";

    private static QueryService first;
    private static QueryService second;

    @BeforeAll
    static void start() {
        first = QueryService.start(MANY_NODES);
        List<DomainEvent> events = new ArrayList<>();
        events.add(EventFixtures.registered(1, "owner"));
        for (int repository : REPOSITORIES) {
            events.add(EventFixtures.created(repository, 1, "owner", "repo-" + repository));
            for (int n = 1; n <= ISSUES; n++) {
                events.add(EventFixtures.issue(repository, n, 1, "0"));
            }
        }
        first.log().append(events);
        second = first.beside(MANY_NODES);
        first.await();
        second.await();
    }

    @AfterAll
    static void stop() {
        second.close();
        first.close();
    }

    /** Waits as long as nodes, tables or their positions change. */
    private static void until(BooleanSupplier condition) throws InterruptedException {
        Eventually.until(condition, () -> first.get("/operator/projections", QueryService.ADMIN)
                .text());
    }

    private static Answer act(QueryService node, String action) {
        return node.send("POST", "/operator/replay/" + action, QueryService.ADMIN);
    }

    private static JsonNode table(QueryService node, String name) {
        JsonNode all = node.get("/operator/projections", QueryService.ADMIN).json();
        for (JsonNode table : all.path("tables")) {
            if (table.path("name").asString().equals(name)) {
                return table;
            }
        }
        return all.path("none");
    }

    private static String state(QueryService node, String name) {
        return table(node, name).path("state").asString("");
    }

    private static boolean bothReadFrom(String table) {
        return readFrom(second.get("/operator/projections", QueryService.ADMIN).json())
                .equals(List.of(table, table));
    }

    /** What each node reads from. */
    private static List<String> readFrom(JsonNode projections) {
        List<String> tables = new ArrayList<>();
        projections.path("nodes").forEach(node -> tables.add(node.path("serves").asString()));
        return tables;
    }

    /** Reads and writes that never stop: each read must see what was written last before it was sent. */
    private static final class HttpLoad extends Load {

        private record Written(long position, int value, int repository, int issue) {}

        private volatile int issues = 50;
        private volatile Written last = new Written(0, 0, 10, 1);

        HttpLoad() {
            start(this::write);
            for (QueryService node : List.of(first, second, first, second)) {
                start(() -> read(node));
            }
        }

        private void write() {
            for (int value = 1; !isEnded(); value++) {
                int issue = 1 + value % issues;
                int repository = REPOSITORIES.get(value / 50 % REPOSITORIES.size());
                long position =
                        first.log().append(EventFixtures.edited(repository, issue, Integer.toString(value), null));
                last = new Written(position, value, repository, issue);
                // As fast as it can be, the log would grow for the tests that follow.
                LockSupport.parkNanos(5_000_000);
            }
        }

        private void read(QueryService node) {
            while (!isEnded()) {
                Written seen = last;
                Answer answer = node.get(
                        "/repos/owner/repo-" + seen.repository + "/issues/" + seen.issue,
                        null,
                        "X-Forgelog-Position",
                        node.position(seen.position, "r:" + seen.repository));
                hasRead();
                if (answer.status() != 200
                        || Integer.parseInt(answer.json().path("title").asString()) < seen.value) {
                    isWrong(seen + " was answered " + answer.status() + " " + answer.text());
                }
            }
        }
    }

    @Test
    @Order(0)
    void bothNodesProjectTheTableThatServesAndAnswerReadsMeanwhile() throws Exception {
        until(() -> table(first, TestTable.NAME).path("segments").size() == 2);
        for (QueryService node : List.of(first, second)) {
            until(() -> node.bean(Projections.class).serving().status().isProjecting());
        }
        try (HttpLoad load = new HttpLoad()) {
            load.during(60);
        }
        long head = first.log().reader().head();
        first.await();
        second.await();
        until(() -> table(first, TestTable.NAME).path("lag").asLong() == 0);
        List<String> leaders = new ArrayList<>();
        for (JsonNode segment : table(second, TestTable.NAME).path("segments")) {
            assertThat(segment.path("position").asLong()).isEqualTo(head);
            assertThat(segment.path("slots").asInt()).isEqualTo(8);
            leaders.add(segment.path("leader").asString());
        }
        assertThat(leaders)
                .containsExactlyInAnyOrder(
                        first.bean(Projections.class).settings().node(),
                        second.bean(Projections.class).settings().node());
    }

    @Test
    @Order(1)
    void aTableIsBuiltPausedResumedAndSwitchedToAndBackWhileEverythingGoesOn() throws Exception {
        try (HttpLoad load = new HttpLoad()) {
            load.during(20);
            assertThat(act(first, "start?rate=400").status()).isEqualTo(200);
            assertThat(act(second, "start").status()).as("one at a time").isEqualTo(409);
            until(() -> table(first, SECOND).path("position").asLong() > 0);
            assertThat(act(second, "switch?force=true").status())
                    .as("not built")
                    .isEqualTo(409);

            assertThat(act(second, "pause").status()).isEqualTo(200);
            until(() -> state(second, SECOND).equals("paused"));
            assertThat(act(second, "resume?rate=1000000").status()).isEqualTo(200);
            String builder = table(first, SECOND).path("leader").asString();
            assertThat(table(second, SECOND).path("leader").asString()).isEqualTo(builder);
            boolean firstBuilds =
                    first.bean(Projections.class).settings().node().equals(builder);
            QueryService building = firstBuilds ? first : second;
            QueryService other = firstBuilds ? second : first;
            until(() -> state(building, SECOND).equals("ready"));
            assertThat(act(other, "switch").json().path("message").asString()).contains("not verified");
            assertThat(act(other, "drop?table=" + SECOND).status()).isEqualTo(409);
            // It was built a moment ago: this node has to look for itself.
            assertThat(act(other, "switch?force=true").text()).contains("\"nodes\"");
            until(() -> bothReadFrom(SECOND));
            load.during(60);
            assertThat(act(second, "abort?table=" + SECOND).status()).isEqualTo(409);

            assertThat(act(second, "rollback").status()).isEqualTo(200);
            until(() -> bothReadFrom(TestTable.NAME));
            load.during(60);
            // Now the table to be switched to is never as far as the one that serves, although it follows closely.
            load.issues = 1;
            first.table().slow(SECOND, Duration.ofMillis(30));
            load.during(20);
            JsonNode answer = act(second, "rollback").json();
            assertThat(readFrom(answer)).as("%s", answer).isEqualTo(List.of(SECOND, SECOND));
            first.table().slow(SECOND, Duration.ZERO);
            load.during(20);
        }
        aForcedRollbackToATableThatIsFarBehindSaysSoAtOnce();
        assertThat(unconditionalWrites(SECOND)).isZero();
    }

    private static void aForcedRollbackToATableThatIsFarBehindSaysSoAtOnce() throws Exception {
        assertThat(act(first, "pause?table=" + TestTable.NAME).status()).isEqualTo(200);
        until(() -> first.bean(Projections.class).find(TestTable.NAME).spec().paused()
                && second.bean(Projections.class).find(TestTable.NAME).spec().paused());
        for (int i = 0; i < 300; i++) {
            first.log().append(EventFixtures.edited(REPOSITORIES.getFirst(), 1, Integer.toString(i), null));
        }
        first.await();
        second.await();
        // Slow enough that it cannot have caught up by the time of the answer.
        first.table().slow(TestTable.NAME, Duration.ofMillis(300));
        JsonNode answer = act(second, "rollback?force=true").json();
        assertThat(answer.path("notice").asString()).contains(TestTable.NAME + " is ", " events behind");
        assertThat(readFrom(answer)).isEqualTo(List.of(SECOND, SECOND));
        first.table().slow(TestTable.NAME, Duration.ZERO);
        until(() -> bothReadFrom(TestTable.NAME));
        assertThat(act(second, "rollback").json().path("notice").asString("")).isEmpty();
        until(() -> bothReadFrom(SECOND));
    }

    /** Writes that a builder could make which was taken for dead, over those of its heir. */
    private static long unconditionalWrites(String table) {
        return first.table().sent().stream()
                .filter(s -> s.request() instanceof BatchWriteItemRequest batch
                        && batch.requestItems().getOrDefault(table, List.of()).stream()
                                .anyMatch(r -> r.putRequest() != null))
                .count();
    }

    @Test
    @Order(2)
    void bothTablesAreTheSameItemByItem() throws Exception {
        Predicate<String> which = key -> !key.startsWith("PROGRESS");
        long head = first.log().reader().head();
        until(() -> table(first, SECOND).path("position").asLong() == head
                && table(first, TestTable.NAME).path("position").asLong() == head);
        assertThat(first.table().everything(SECOND, which))
                .isEqualTo(first.table().everything(which));
    }

    @Test
    @Order(3)
    void theTableBeforeGoesWhenItIsDropped() throws Exception {
        assertThat(act(first, "drop").status()).isEqualTo(200);
        until(() -> table(first, TestTable.NAME).isMissingNode());
        assertThat(first.table().schema().exists()).isFalse();
        assertThat(act(second, "rollback").status()).isEqualTo(409);
    }

    @Test
    @Order(4)
    void aBuildThatIsAbortedLeavesNothingAndItsNameIsFree() throws Exception {
        assertThat(act(first, "start?table=other&rate=80").status()).isEqualTo(200);
        until(() -> table(second, "other").path("position").asLong() > 0);
        assertThat(act(second, "abort").status()).isEqualTo(200);
        until(() -> table(second, "other").isMissingNode());
        assertThat(act(second, "abort").status()).isEqualTo(409);
        assertThat(act(first, "start?table=" + SECOND).status())
                .as("a table that is there is not taken over")
                .isEqualTo(409);
        assertThat(act(first, "start?table=no%20name").status()).isEqualTo(409);
        assertThat(act(first, "start?rate=0").status()).isEqualTo(409);
    }

    @Test
    @Order(5)
    void aBuildGoesOnWhereItWasWhenItsBuilderDies() throws Exception {
        assertThat(act(first, "start?table=heirloom&rate=200").status()).isEqualTo(200);
        until(() -> table(first, "heirloom").path("position").asLong() > 50);
        String builder = table(first, "heirloom").path("leader").asString();
        boolean firstBuilds = first.bean(Projections.class).settings().node().equals(builder);
        long reached = table(first, "heirloom").path("position").asLong();
        QueryService dying = firstBuilds ? first : second;
        assertThat(reached).isLessThan(first.log().reader().head());
        // The other table's lease may be the survivor's or not: it takes over both.
        dying.bean(Projections.class).close();
        QueryService heir = firstBuilds ? second : first;
        until(() -> !table(heir, "heirloom").path("leader").asString(builder).equals(builder));
        assertThat(new TableProgress(new Table(first.table().client(), "heirloom"))
                        .readNow()
                        .least(HashSlots.ALL))
                .isGreaterThanOrEqualTo(reached);
        assertThat(act(heir, "resume?rate=1000000").status()).isEqualTo(200);
        until(() -> table(heir, "heirloom").path("state").asString("").equals("ready"));
        assertThat(first.table().everything("heirloom", key -> !key.startsWith("PROGRESS")))
                .isEqualTo(first.table().everything(SECOND, key -> !key.startsWith("PROGRESS")));
    }
}
