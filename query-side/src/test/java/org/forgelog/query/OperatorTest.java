package org.forgelog.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.forgelog.query.Eventually.until;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.forgelog.domain.DomainEvent;
import org.forgelog.domain.conversation.ConversationKind;
import org.forgelog.domain.issue.IssueEvent.IssueOpened;
import org.forgelog.eventlog.EventCodec;
import org.forgelog.query.QueryService.Answer;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.Keys;
import org.forgelog.query.table.Table;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The operators' endpoints, and what readers see while the table is built. */
class OperatorTest {

    private static QueryService service;

    @BeforeAll
    static void start() {
        service = QueryService.start("forgelog.position-wait=300ms");
        List<DomainEvent> events = new ArrayList<>();
        events.add(EventFixtures.registered(1, "owner"));
        events.add(EventFixtures.created(10, 1, "owner", "repo"));
        for (int n = 1; n <= 2_000; n++) {
            events.add(EventFixtures.issue(10, n, 1, "issue " + n));
        }
        service.log().append(events);
        service.log().token(1, "owner", "owner-token");
        service.log().name(10, 1, "repo");
        service.await();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void onlyOperatorsAreLetIn() {
        assertThat(service.get("/operator/projection").status()).isEqualTo(401);
        assertThat(service.get("/operator/projection", "owner-token").status()).isEqualTo(403);
        assertThat(service.send("POST", "/operator/replay", "owner-token").status())
                .isEqualTo(403);
        assertThat(service.get("/operator/projection", null, "X-Forgelog-Operator-Token", "wrong")
                        .status())
                .isEqualTo(401);
        assertThat(service.get("/operator/projection", null, "X-Forgelog-Operator-Token", "operators")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void theProjectionTellsHowFarItIs() {
        service.await();
        var json = service.get("/operator/projection", QueryService.ADMIN).json();
        assertThat(json.path("position").asLong()).isEqualTo(json.path("head").asLong());
        assertThat(json.path("lag").asLong()).isZero();
        assertThat(json.path("events_done").asLong())
                .isEqualTo(json.path("events_total").asLong());
        assertThat(json.path("ready").asBoolean()).isTrue();
        assertThat(json.path("leading").asBoolean()).isTrue();
        assertThat(json.path("stopped").isArray()).isTrue();
    }

    @Test
    void whatItDidIsCountedForPrometheus() throws InterruptedException {
        service.log().append(EventFixtures.starred(1, 10));
        service.await();
        service.get("/repos/owner/repo/issues/1");
        assertThat(metrics())
                .contains("forgelog_projection_events_total{kind=\"repository-starred\",table=\"forgelog\"} 1.0")
                // The star, its two indexes, the repository's counters; and the page of the feed in its two.
                .contains("forgelog_projection_write_units_total{kind=\"repository-starred\",table=\"forgelog\"} 7.0")
                .contains("forgelog_projection_lag_events{phase=\"serving\",table=\"forgelog\"}")
                .contains("forgelog_projection_lag_seconds{phase=\"serving\",table=\"forgelog\"}")
                .contains("forgelog_projection_dead_letters{phase=\"serving\",table=\"forgelog\"}")
                .contains("forgelog_projection_errors_total{table=\"forgelog\"} 0.0")
                .contains("forgelog_read_units_total{pattern=\"5\"}");
        // Who projects is looked up every few seconds, the first time before anybody did.
        Pattern segment = Pattern.compile(
                "forgelog_projection_segment_lag_events\\{leader=\"[^\"]+\",segment=\"0\",table=\"forgelog\"}");
        until(() -> segment.matcher(metrics()).find());
        assertThat(service.get("/actuator/health/readiness", QueryService.ADMIN).text())
                .contains("UP");
    }

    @Test
    void aGaugeOfATableStaysWhileItsValueChanges() throws InterruptedException {
        until(() -> metrics().contains("forgelog_projection_position{phase=\"serving\",table=\"forgelog\"}"));
        Gauge before = position();
        service.log().append(EventFixtures.edited(10, 9, "ninth", null));
        service.await();
        long head = service.log().reader().head();
        until(() -> position().value() >= head);
        assertThat(position()).as("who scrapes meanwhile sees it once").isSameAs(before);
    }

    private static Gauge position() {
        return service.bean(MeterRegistry.class)
                .get("forgelog.projection.position")
                .tags("table", "forgelog", "phase", "serving")
                .gauge();
    }

    private static String metrics() {
        return service.get("/actuator/prometheus", null, "Accept", "text/plain").text();
    }

    @Test
    void whileTheTableIsBuiltReadsAnswer503AndNeverAnEmptyList() throws InterruptedException {
        service.table().holdWrites(true);
        assertThat(service.send("POST", "/operator/replay", QueryService.ADMIN).status())
                .isEqualTo(202);
        until(() -> service.get("/repos/owner/repo/issues").status() == 503);
        until(() -> service.get("/actuator/health/readiness").status() == 503);
        service.table().holdWrites(false);
        while (!service.get("/operator/replay", QueryService.ADMIN)
                .json()
                .path("state")
                .asString()
                .equals("done")) {
            Answer answer = service.get("/repos/owner/repo/issues");
            if (answer.status() == 503) {
                assertThat(answer.header("Retry-After")).isPresent();
            } else {
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.json().size()).isEqualTo(30);
            }
        }
        assertThat(service.get("/repos/owner/repo")
                        .json()
                        .path("open_issues_count")
                        .asLong())
                .isEqualTo(2_000);
        assertThat(service.get("/actuator/health/readiness").status()).isEqualTo(200);
    }

    @Test
    void aMalformedParameterIs400() {
        for (String query : new String[] {"after=x", "limit=x", "after=99999999999999999999"}) {
            Answer answer = service.get("/operator/events?" + query, QueryService.ADMIN);
            assertThat(answer.status()).as(query).isEqualTo(400);
            assertThat(answer.json().path("message").asString()).contains(query.split("=")[0]);
        }
    }

    @Test
    void whatIsNoPositionOfThisLogIs400AtOnce() {
        String beyond = service.position(1_000_000, "r:10");
        String unsigned =
                Base64.getUrlEncoder().withoutPadding().encodeToString("p1 1".getBytes(StandardCharsets.UTF_8));
        for (String bad : new String[] {"x", "7", "!!!", unsigned, beyond, beyond.replace(beyond.charAt(3), '_')}) {
            assertThat(service.get("/repos/owner/repo", null, "X-Forgelog-Position", bad)
                            .status())
                    .isEqualTo(400);
        }
    }

    private static JsonNode operator(String method, String path) {
        Answer answer = service.send(method, path, QueryService.ADMIN);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    /** A repository with an event that blocks it, and an issue behind that; answers the position of the event. */
    private static long stopped(long repository, String type) throws InterruptedException {
        service.log().append(EventFixtures.created(repository, 1, "owner", "r" + repository));
        long strange = service.log().appendRows(List.of(new TestLog.Row(type, 1, "{}", "r:" + repository)));
        service.log().append(EventFixtures.issue(repository, 2, 1, "behind it"));
        until(() -> operator("GET", "/operator/dead-letters/r:" + repository)
                        .path("stopped")
                        .size()
                == 1);
        assertThat(service.get("/repos/owner/r" + repository).status()).isEqualTo(404);
        return strange;
    }

    private static int issue(long repository, String token) {
        return service.get("/repos/owner/r" + repository + "/issues/2", token).status();
    }

    @Test
    void aRepositoryIsRebuiltInPlaceByWhicheverNodeProjects() throws Exception {
        service.log().append(EventFixtures.created(19, 1, "owner", "r19"), EventFixtures.issue(19, 2, 1, "as it was"));
        service.log().name(19, 1, "r19");
        service.await();
        service.table().client().deleteItem(b -> b.tableName(TestTable.NAME)
                .key(Table.attributes(Keys.conversation(ConversationKind.ISSUE, 19, 2))));
        assertThat(issue(19, null)).isEqualTo(404);
        String path = "/operator/replay/repository?repository=Owner/R19";
        Answer asked = service.send("POST", path, QueryService.ADMIN);
        assertThat(asked.status()).isEqualTo(202);
        assertThat(asked.json().path("tables").has(TestTable.NAME)).isTrue();
        until(() -> operator("GET", path).path("tables").path(TestTable.NAME).isString());
        assertThat(operator("GET", path).path("tables").path(TestTable.NAME).asString())
                .startsWith("rebuilt: ")
                .endsWith(" 1 repaired, 0 removed");
        assertThat(issue(19, null)).isEqualTo(200);
        assertThat(service.send("POST", path.replace("R19", "nothing"), QueryService.ADMIN)
                        .status())
                .isEqualTo(404);
        assertThat(service.send("POST", "/operator/replay/repository", QueryService.ADMIN)
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aMendedEventIsTriedAgainWithoutARestart() throws Exception {
        long strange = stopped(20, "not-yet-known");
        JsonNode letter = operator("GET", "/operator/dead-letters/r:20");
        assertThat(letter.path("stopped").path(0).path("position").asLong()).isEqualTo(strange);
        assertThat(letter.path("stopped").path(0).path("waiting").asLong()).isEqualTo(2);
        assertThat(letter.path("events").path(0).path("type").asString()).isEqualTo("not-yet-known");
        assertThat(operator("POST", "/operator/dead-letters/r:20/retry").toString())
                .contains("blocked at " + strange);

        EventCodec.Encoded mended = new EventCodec().encode(EventFixtures.issue(20, 1, 1, "mended"));
        service.log().rewrite(strange, mended.type(), mended.json());
        assertThat(operator("POST", "/operator/dead-letters/r:20/retry")
                        .path("tables")
                        .path(TestTable.NAME)
                        .asString())
                .isEqualTo("resumed");
        assertThat(issue(20, null)).isEqualTo(200);
        assertThat(service.get("/repos/owner/r20/issues/1").status()).isEqualTo(200);
    }

    @Test
    void withoutAnEventThatHasNothingToDoWithRightsEverythingIsAsBefore() throws Exception {
        long broken = stopped(21, "issue-opened");
        assertThat(service.send(
                                "POST",
                                "/operator/dead-letters/r:21/discard?position=" + (broken + 1),
                                QueryService.ADMIN)
                        .status())
                .isEqualTo(409);
        operator("POST", "/operator/dead-letters/r:21/discard?reason=broken&position=" + broken);
        assertThat(issue(21, null)).isEqualTo(200);
        assertThat(operator("GET", "/operator/events?limit=1&after=" + (broken - 1))
                        .toString())
                .as("for exports")
                .contains("\"discarded\":{\"reason\":\"broken\",\"by\":\"site administrator\"");
        assertThat(operator("GET", "/operator/dead-letters").path("discarded").toString())
                .contains("\"position\":" + broken, "\"reason\":\"broken\"", "site administrator");
    }

    @Test
    void withoutAnEventThatMayHaveTakenARightAwayOnlyTheOwnerIsLetInAlsoInANewTable() throws Exception {
        // What it begins with says nothing of what it means.
        long unknown = stopped(22, "issue-visibility-changed");
        operator("POST", "/operator/dead-letters/r:22/discard?position=" + unknown);
        assertThat(operator("GET", "/operator/dead-letters/r:22").path("stopped"))
                .isEmpty();
        assertThat(issue(22, "owner-token")).isEqualTo(200);
        assertThat(issue(22, null)).isEqualTo(404);

        operator("POST", "/operator/replay/start?table=another");
        until(() -> operator("GET", "/operator/projections").toString().contains("\"ready\""));
        assertThat(new Table(service.table().client(), "another")
                        .find(Keys.repository(22))
                        .number(Attr.QUARANTINED))
                .isEqualTo(unknown);
        operator("POST", "/operator/replay/abort");
    }

    @Test
    void theLogIsReadInPartsAndAnItemIsExplainedByItsEvents() {
        JsonNode page = operator("GET", "/operator/events?after=2&limit=3");
        assertThat(page.path("events")).hasSize(3);
        assertThat(page.path("events").path(0).path("position").asLong()).isEqualTo(3);
        assertThat(operator("GET", "/operator/events?repository=OWNER/repo&limit=2")
                        .path("events")
                        .path(0)
                        .path("payload")
                        .path("repository_id")
                        .asLong())
                .isEqualTo(10);
        assertThat(operator("GET", "/operator/events?aggregate=nobody").path("events"))
                .isEmpty();
        assertThat(service.get("/operator/events?repository=owner/none", QueryService.ADMIN)
                        .status())
                .isEqualTo(404);

        service.log().append(EventFixtures.edited(10, 7, "seventh", null));
        service.await();
        String key = Keys.conversation(ConversationKind.ISSUE, 10, 7).toString();
        JsonNode explained = operator("GET", "/operator/explain?key=" + encoded(key));
        assertThat(explained.path("item").path("title").asString()).isEqualTo("seventh");
        assertThat(explained.path("events").valueStream().map(e -> e.path("type")
                        .asString()))
                .containsExactly("issue-opened", "issue-edited");
        assertThat(service.get("/operator/explain", QueryService.ADMIN).status())
                .isEqualTo(400);
        assertThat(service.get("/operator/explain?key=nothing", QueryService.ADMIN)
                        .status())
                .isEqualTo(404);
        assertThat(service.get("/operator/explain?key=a%20/%20b", QueryService.ADMIN)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void anItemIsCalledByWhatPeopleKnowOfIt() {
        for (String name : List.of(
                "owner/repo#7",
                "http://127.0.0.1:8080/repos/Owner/repo/issues/7?x=y#issuecomment-1",
                "https://forge.example/api/v3/repos/owner/repo/issues/7/comments",
                "/repos/owner/repo/issues/7",
                "https://forge.example/owner/repo/issues/7",
                "R#10#I / 7")) {
            JsonNode explained = operator("GET", "/operator/explain?key=" + encoded(name));
            assertThat(explained.path("item").path("number").asLong()).as(name).isEqualTo(7);
            assertThat(explained.path("names").path("r:10").asString()).isEqualTo("owner/repo");
        }
        assertThat(operator("GET", "/operator/explain?key=" + encoded("owner/repo"))
                        .path("item")
                        .path("type")
                        .asString())
                .isEqualTo("repository");
        for (String login : List.of("owner", "@owner", "/users/owner", "http://127.0.0.1/users/OWNER")) {
            assertThat(operator("GET", "/operator/explain?key=" + encoded(login))
                            .path("item")
                            .path("login")
                            .asString())
                    .as(login)
                    .isEqualTo("owner");
        }
    }

    @Test
    void blockedSequencesBearTheNamesOfTheirRepositories() throws Exception {
        service.log().name(24, 1, "r24");
        stopped(24, "never-known");
        assertThat(operator("GET", "/operator/dead-letters")
                        .path("names")
                        .path("r:24")
                        .asString())
                .isEqualTo("owner/r24");
        assertThat(operator("GET", "/operator/projections")
                        .path("names")
                        .path("r:24")
                        .asString())
                .isEqualTo("owner/r24");
    }

    @Test
    void whatNoTextCanHoldIsABadRequest() {
        for (String parameter : new String[] {"aggregate", "sequence"}) {
            assertThat(service.get("/operator/events?" + parameter + "=%00", QueryService.ADMIN)
                            .status())
                    .as(parameter)
                    .isEqualTo(400);
        }
        assertThat(service.get("/operator/dead-letters/%00", QueryService.ADMIN).status())
                .isBetween(400, 499);
        assertThat(service.get("/actuator/health", null, "Content-Type", "garbage")
                        .status())
                .isIn(200, 415);
    }

    @Test
    void explainsCountsByWhateverChangedThem() {
        service.log()
                .append(
                        EventFixtures.registered(80, "giver"),
                        EventFixtures.registered(81, "taker"),
                        EventFixtures.created(82, 80, "giver", "given"),
                        EventFixtures.forked(83, 81, "taker", "given-too", 82, 82),
                        EventFixtures.issue(82, 1, 80, "counts nothing of the account's"),
                        EventFixtures.transferred(82, 80, "giver", 81, "taker", "given"));
        service.await();
        assertThat(makers(Keys.accountCounts(80))).containsExactly("repository-created", "repository-transferred");
        assertThat(makers(Keys.accountCounts(81))).containsExactly("repository-created", "repository-transferred");
        assertThat(makers(Keys.forkCounts(82))).containsExactly("repository-created");
    }

    @Test
    void explainsTheEdgeOfAnIssueByTheIssue() {
        IssueOpened issue = EventFixtures.issue(86, 1, 85, "labelled");
        service.log()
                .append(
                        EventFixtures.registered(85, "sorter"),
                        EventFixtures.created(86, 85, "sorter", "sorted"),
                        EventFixtures.label(86, 870, "bug"),
                        issue,
                        EventFixtures.labelled(86, 1, 870),
                        EventFixtures.issue(86, 2, 85, "another one"));
        service.await();
        assertThat(makers(Keys.labelEdge(870, issue.openedAt(), issue.issueId(), true)))
                .containsExactly("issue-opened", "issue-labelled");
    }

    /** The types of the events that are said to have made an item. */
    private static List<String> makers(ItemKey key) {
        return operator("GET", "/operator/explain?key=" + encoded(key.toString()))
                .path("events")
                .valueStream()
                .map(event -> event.path("type").asString())
                .toList();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
