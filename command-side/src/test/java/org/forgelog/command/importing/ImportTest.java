package org.forgelog.command.importing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.awaitility.Awaitility;
import org.forgelog.command.Answered;
import org.forgelog.command.CommandNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Files of other forges become events, once. */
class ImportTest {

    private static final CommandNode NODE = CommandNode.onFreshDatabase();
    private static final Importer IMPORTER = new Importer(NODE);
    private static final JsonMapper JSON = new JsonMapper();

    /** A name that no other test uses. */
    private String owner;

    @BeforeEach
    void anotherOwner() {
        owner = NODE.newLogin();
    }

    @AfterAll
    static void stop() {
        NODE.close();
    }

    /** The other forge's id of something of this test's. */
    private long id(String name) {
        return 1 + ((owner + "/" + name).hashCode() & 0xffffffffL);
    }

    private List<String> types() {
        return NODE.sql()
                .sql(
                        """
                        select type from domain_event
                        where sequence_key in (select 'r:' || r.id from repository r join account a on a.id = r.owner_id
                                               where a.login = ?)
                        order by global_index""")
                .param(owner)
                .query(String.class)
                .list();
    }

    private JsonNode payload(String type) {
        return JSON.readTree(NODE.sql()
                .sql(
                        """
                        select payload from domain_event
                        where type = ? and sequence_key in
                              (select 'r:' || r.id from repository r join account a on a.id = r.owner_id where a.login = ?)
                        order by global_index desc limit 1""")
                .param(type)
                .param(owner)
                .query(String.class)
                .single());
    }

    private String page(String path) {
        return "https://github.com/" + owner + path;
    }

    private ArchiveBuilder archive() {
        return new ArchiveBuilder()
                .with(
                        "users",
                        "{\"type\":\"user\",\"url\":\"" + page("") + "\",\"login\":\"" + owner
                                + "\",\"name\":\"Mona\",\"bio\":null,\"company\":\"Octo\",\"emails\":[{\"address\":\"mona@example.com\","
                                + "\"primary\":true}],\"created_at\":\"2011-01-02T03:04:05Z\"}")
                .with(
                        "repositories",
                        "{\"type\":\"repository\",\"url\":\"" + page("/hello") + "\",\"owner\":\"" + page("")
                                + "\",\"name\":\"hello\",\"description\":\"First\",\"private\":false,\"has_issues\":true,"
                                + "\"labels\":[{\"url\":\"" + page("/hello/labels/bug")
                                + "\",\"name\":\"bug\",\"color\":\"fc2929\"}],"
                                + "\"collaborators\":[{\"user\":\"https://github.com/" + owner
                                + "-friend\",\"permission\":\"write\"}],"
                                + "\"created_at\":\"2012-01-02T03:04:05Z\",\"default_branch\":\"trunk\"}")
                .with("issues", issue(3, "null"))
                .with("issues", issue(7, "\"2013-02-01T00:00:00Z\""))
                .with(
                        "pull_requests",
                        "{\"type\":\"pull_request\",\"url\":\"" + page("/hello/pull/5") + "\",\"user\":\""
                                + page("")
                                + "\",\"title\":\"Change\",\"body\":null,\"base\":{\"ref\":\"trunk\",\"repo\":\""
                                + page("/hello") + "\"},\"head\":{\"ref\":\"topic\",\"repo\":\"" + page("/hello")
                                + "\"},\"labels\":[],\"created_at\":\"2013-01-05T00:00:00Z\",\"merged_at\":\"2013-01-06T00:00:00Z\","
                                + "\"closed_at\":\"2013-01-06T00:00:00Z\"}")
                .with(
                        "issue_comments",
                        "{\"type\":\"issue_comment\",\"url\":\""
                                + page("/hello/issues/3#issuecomment-" + id("comment 1"))
                                + "\",\"issue\":\"" + page("/hello/issues/3") + "\",\"user\":\"https://github.com/"
                                + owner
                                + "-friend\",\"body\":\"Me too\",\"reactions\":[{\"user\":\"" + page("")
                                + "\",\"content\":\"+1\"}],\"created_at\":\"2013-01-04T00:00:00Z\"}")
                .with("issue_events", event(1, "labeled", "/hello/issues/3", ",\"label_name\":\"bug\""))
                .with("issue_events", event(2, "closed", "/hello/issues/7", ""))
                .with("issue_events", event(3, "merged", "/hello/pull/5", ""))
                .with("issue_events", event(4, "subscribed", "/hello/issues/7", ""))
                .with(
                        "milestones",
                        "{\"type\":\"milestone\",\"url\":\"" + page("/hello/milestones/1")
                                + "\",\"title\":\"v1\",\"user\":\"" + page("")
                                + "\",\"state\":\"open\",\"created_at\":\"2013-01-01T00:00:00Z\"}")
                .with("projects", "{\"type\":\"project\",\"url\":\"" + page("/hello/projects/1") + "\"}");
    }

    private String issue(int number, String closedAt) {
        return "{\"type\":\"issue\",\"url\":\"" + page("/hello/issues/" + number) + "\",\"repository\":\""
                + page("/hello")
                + "\",\"user\":\"" + page("") + "\",\"title\":\"Issue " + number
                + "\",\"body\":\"Text\",\"assignee\":null,\"milestone\":\"" + page("/hello/milestones/1")
                + "\",\"labels\":[\"" + page("/hello/labels/bug") + "\"],\"closed_at\":" + closedAt
                + ",\"created_at\":\"2013-01-03T00:00:00Z\"}";
    }

    private String event(int id, String event, String on, String more) {
        return "{\"type\":\"issue_event\",\"url\":\"" + page(on + "#event-" + id) + "\",\""
                + (on.contains("pull") ? "pull_request" : "issue") + "\":\"" + page(on) + "\",\"actor\":\"" + page("")
                + "\",\"event\":\"" + event + "\"" + more + ",\"created_at\":\"2013-02-0" + id + "T00:00:00Z\"}";
    }

    private String timeline(String id, String type, String repository, String at, String payload) {
        return "{\"id\":\"" + owner + id + "\",\"type\":\"" + type + "\",\"actor\":{\"id\":1,\"login\":\"" + owner
                + "-reader\"},\"repo\":{\"id\":" + id(repository) + ",\"name\":\"" + owner + "/" + repository
                + "\"},\"payload\":" + payload + ",\"public\":true,\"created_at\":\"" + at + "\"}";
    }

    @Test
    void givenAnArchive_thenItBecomesEventsWithTheirTrueTimes_andNumbersAreKept() {
        JsonNode report = IMPORTER.report(archive().build());

        assertThat(types())
                .containsSubsequence(
                        "repository-created", "label-created", "issue-opened", "issue-opened", "comment-written");
        assertThat(types()).contains("pull-request-merged", "reaction-added", "issue-closed", "collaborator-added");
        assertThat(payload("issue-closed").get("closed_at").stringValue()).isEqualTo("2013-02-02T00:00:00Z");
        assertThat(payload("issue-closed").get("number").intValue()).isEqualTo(7);
        assertThat(payload("repository-created").get("created_at").stringValue())
                .isEqualTo("2012-01-02T03:04:05Z");
        assertThat(report.get("taken").get("issues").intValue()).isEqualTo(2);
        assertThat(report.get("left_out").get("projects").get("count").intValue())
                .isOne();
        assertThat(report.get("left_out")
                        .get("issue event subscribed")
                        .get("count")
                        .intValue())
                .isOne();
        assertThat(report.get("broken").intValue()).isZero();
        // The number after the greatest that was imported.
        CommandNode.User user = NODE.newUser();
        assertThat(user.post("/repos/" + owner + "/hello/issues", "{\"title\":\"Next\"}")
                        .number())
                .isEqualTo(8);
    }

    @Test
    void givenAnImport_thenEventsSayWhereTheyComeFrom_andTheDirectoryIsWhatTheLogSays() {
        IMPORTER.report(archive().build());

        String imported = NODE.sql()
                .sql(
                        "select metadata ->> 'imported' from domain_event where type = 'issue-opened' and payload ->> 'number' = '3'"
                                + " order by global_index desc limit 1")
                .query(String.class)
                .single();
        assertThat(imported).isEqualTo(page("/hello/issues/3"));
        JsonNode directory = NODE.job("/admin/directory/verify", "").json();
        assertThat(directory.get("differences").intValue())
                .as(directory.toString())
                .isZero();
    }

    @Test
    void givenASecondImport_thenItChangesNothing_andNothingThatWasChangedHereSinceThen() {
        byte[] archive = archive().build();
        IMPORTER.report(archive);
        CommandNode.User owning = claimed(owner);
        assertThat(owning.patch("/repos/" + owner + "/hello/issues/3", "{\"state\":\"closed\",\"labels\":[]}")
                        .status())
                .isEqualTo(200);
        long before = NODE.events();

        JsonNode again = IMPORTER.report(archive);

        assertThat(NODE.events()).isEqualTo(before);
        assertThat(again.get("events").intValue()).isZero();
    }

    @Test
    void givenHalfOfAnArchive_whenAllOfItComes_thenItIsAsIfItHadComeAtOnce() {
        byte[] archive = archive().build();
        List<String> lines = List.of(watch("1"), issueEvent("2", "opened", 9, "open"), watch("3"));
        IMPORTER.report(Arrays.copyOf(archive, archive.length - 1));
        IMPORTER.report(archive);
        List<String> types = types();

        assertThat(types.stream().filter("issue-opened"::equals)).hasSize(2);
        IMPORTER.report(lines.get(0), lines.get(1));
        JsonNode rest = IMPORTER.report(lines.toArray(String[]::new));
        assertThat(rest.get("known").intValue()).isEqualTo(2);
    }

    private String watch(String id) {
        return timeline(id, "WatchEvent", "seen" + id, "2024-01-01T00:00:00Z", "{\"action\":\"started\"}");
    }

    private String issueEvent(String id, String action, int number, String state) {
        return timeline(
                id,
                "IssuesEvent",
                "thread",
                "2024-01-0" + id + "T00:00:00Z",
                "{\"action\":\"" + action + "\",\"issue\":" + issueJson(number, state, "2023-12-31T00:00:00Z") + "}");
    }

    private String issueJson(int number, String state, String createdAt) {
        return "{\"id\":9,\"number\":" + number + ",\"title\":\"Title\",\"user\":{\"login\":\"" + owner
                + "-author\"},\"state\":\"" + state
                + "\",\"labels\":[{\"name\":\"good first issue\",\"color\":\"7057ff\"}],"
                + "\"assignees\":[],\"locked\":false,\"created_at\":\"" + createdAt + "\",\"body\":\"Body\"}";
    }

    @Test
    void givenTimelineEventsOutOfOrder_thenWhatIsMetFirstMakesTheRest_andTheLatestStateStays() {
        JsonNode report = IMPORTER.report(
                issueEvent("5", "reopened", 4, "open"),
                issueEvent("3", "closed", 4, "closed"),
                timeline(
                        "6",
                        "IssueCommentEvent",
                        "thread",
                        "2024-01-06T00:00:00Z",
                        "{\"action\":\"created\",\"issue\":" + issueJson(11, "open", "2024-01-02T00:00:00Z")
                                + ",\"comment\":{\"id\":" + id("comment 2")
                                + ",\"user\":{\"login\":\"" + owner + "\"},\"body\":\"Yes\","
                                + "\"created_at\":\"2024-01-06T00:00:00Z\",\"updated_at\":\"2024-01-06T00:00:00Z\"}}"),
                timeline(
                        "7",
                        "MemberEvent",
                        "thread",
                        "2024-01-07T00:00:00Z",
                        "{\"action\":\"added\",\"member\":{\"login\":\"" + owner + "-member\"}}"),
                timeline("8", "PublicEvent", "thread", "2024-01-08T00:00:00Z", "{}"),
                timeline("9", "PushEvent", "thread", "2024-01-08T00:00:00Z", "{}"));

        assertThat(types()).contains("issue-labelled", "comment-written", "collaborator-added");
        assertThat(types()).doesNotContain("issue-closed");
        assertThat(report.get("left_out").get("PushEvent").get("count").intValue())
                .isOne();
        assertThat(report.get("left_out")
                        .get("changes older than what is known already")
                        .get("first")
                        .stringValue())
                .isEqualTo("line 2");
    }

    @Test
    void givenAThinPullRequest_thenItIsMadeOfWhatIsSaid() {
        String thin = "{\"url\":\"https://api.github.com/repos/" + owner + "/thread/pulls/6\",\"id\":1,\"number\":6,"
                + "\"head\":{\"ref\":\"fix\",\"sha\":\"" + "a".repeat(40) + "\",\"repo\":{\"id\":3,\"url\":"
                + "\"https://api.github.com/repos/" + owner
                + "-author/thread\",\"name\":\"thread\"}},\"base\":{\"ref\":\"main\","
                + "\"repo\":{\"id\":4,\"url\":\"https://api.github.com/repos/" + owner
                + "/thread\",\"name\":\"thread\"}}}";
        JsonNode report = IMPORTER.report(timeline(
                "1",
                "PullRequestEvent",
                "thread",
                "2026-01-01T00:00:00Z",
                "{\"action\":\"merged\",\"number\":6,\"pull_request\":" + thin + "}"));

        assertThat(types()).containsSubsequence("pull-request-opened", "pull-request-merged");
        assertThat(payload("pull-request-opened").get("head").get("ref").stringValue())
                .isEqualTo("fix");
        assertThat(payload("pull-request-opened").get("title").stringValue()).isEqualTo("Pull request #6");
        assertThat(report.get("mapped").has("titles that are not told")).isTrue();
    }

    @Test
    void givenAFork_thenItBelongsToTheNetwork() {
        IMPORTER.report(timeline(
                "1",
                "ForkEvent",
                "source",
                "2024-01-01T00:00:00Z",
                "{\"forkee\":{\"id\":" + id("fork") + ",\"full_name\":\"" + owner
                        + "-reader/source\",\"owner\":{\"login\":\"" + owner
                        + "-reader\"},\"private\":false,\"created_at\":\"2024-01-01T00:00:00Z\"}}"));
        assertThat(NODE.sql()
                        .sql(
                                """
                                select count(*) from repository f join repository r on r.id = f.parent_id
                                join account a on a.id = r.owner_id where a.login = ?""")
                        .param(owner)
                        .query(Long.class)
                        .single())
                .isOne();
    }

    @Test
    void givenABrokenLine_thenItIsNamed_andTheRestIsTakenOrNotAsAsked() {
        String broken = watch("2").substring(0, 40);
        JsonNode stopped = IMPORTER.job((watch("1") + "\n" + broken + "\n" + watch("3")).getBytes(UTF_8), "stop");
        assertThat(stopped.get("state").stringValue()).isEqualTo("failed");
        assertThat(stopped.get("failure").get("message").stringValue()).startsWith("Stopped at line 2: column ");
        assertThat(types()).hasSize(2);

        JsonNode report = IMPORTER.report(watch("1"), broken, watch("3"));
        assertThat(report.get("broken").intValue()).isOne();
        assertThat(report.get("faults").get(0).get("where").stringValue()).isEqualTo("line 2");
        assertThat(report.get("known").intValue()).isOne();
        assertThat(types()).hasSize(4);
    }

    @Test
    void givenAFileThatEndsTooEarly_thenThatIsSaid() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            for (int i = 0; i < 2000; i++) {
                gzip.write((watch("1") + "\n").getBytes(UTF_8));
            }
        }
        byte[] cut = Arrays.copyOf(packed.toByteArray(), packed.size() / 2);
        JsonNode report = IMPORTER.report(cut);
        assertThat(report.get("faults").get(0).get("why").stringValue()).contains("ends too early");
    }

    @Test
    void givenListsOfTheRestApi_alsoPagedOnes_thenTheyAreTaken() {
        String repository = "{\"full_name\":\"" + owner + "/listed\",\"name\":\"listed\",\"owner\":{\"login\":\""
                + owner + "\"},\"description\":\"D\",\"created_at\":\"2020-01-01T00:00:00Z\"}";
        String issue = "{\"url\":\"https://api.github.com/repos/" + owner + "/listed/issues/2\",\"html_url\":\""
                + page("/listed/issues/2")
                + "\",\"closed_at\":\"2020-03-01T00:00:00Z\",\"updated_at\":\"2020-03-02T00:00:00Z\","
                + issueJson(2, "closed", "2020-02-01T00:00:00Z").substring(1);
        String comment = "{\"id\":" + id("comment 3") + ",\"issue_url\":\"https://api.github.com/repos/"
                + owner + "/listed/issues/2\",\"body\":\"Hm\",\"user\":{\"login\":\"" + owner
                + "\"},\"created_at\":\"2020-02-02T00:00:00Z\",\"updated_at\":\"2020-02-02T00:00:00Z\"}";
        IMPORTER.report("[" + repository + "]", "[" + issue + "]", "[[" + comment + "],[]]");

        assertThat(types())
                .containsExactly(
                        "repository-created",
                        "issue-opened",
                        "label-created",
                        "issue-labelled",
                        "issue-closed",
                        "comment-written");
    }

    @Test
    void givenAnIssueWithASnapshot_thenItIsReadFromThere() {
        String issue = "{\"url\":\"https://api.github.com/repos/" + owner + "/long/issues/1\","
                + issueJson(1, "open", "2020-01-01T00:00:00Z").substring(1);
        List<String> lines = new ArrayList<>(List.of(issue));
        for (int i = 0; i < 120; i++) {
            lines.add(happened(i, i % 2 == 0 ? "labeled" : "unlabeled"));
        }
        IMPORTER.report(lines.toArray(String[]::new));
        String stream =
                "select max(aggregate_id) from domain_event where type = 'issue-opened' and payload ->> 'repository_id' ="
                        + " (select r.id::text from repository r join account a on a.id = r.owner_id where a.login = ?)";
        String id = NODE.sql().sql(stream).param(owner).query(String.class).single();
        Awaitility.await().atMost(Duration.ofMinutes(5)).untilAsserted(() -> assertThat(NODE.sql()
                        .sql("select count(*) from snapshot where aggregate_id = ?")
                        .param(id)
                        .query(Long.class)
                        .single())
                .isOne());

        IMPORTER.report(happened(120, "closed"));

        assertThat(NODE.sql()
                        .sql("select type || ' ' || sequence_number from domain_event where aggregate_id = ?"
                                + " order by sequence_number desc limit 1")
                        .param(id)
                        .query(String.class)
                        .single())
                .isEqualTo("issue-closed 122");
    }

    private String happened(int number, String event) {
        return """
                {"id":%d,"event":"%s","actor":{"login":"%s"},"issue":{"url":"https://api.github.com/repos/%s/long/issues/1"},\
                "label":{"name":"on and off"},"created_at":"2024-01-01T%02d:%02d:00Z"}"""
                .formatted(id("event " + number), event, owner, owner, number / 60, number % 60);
    }

    @Test
    void givenPeopleWhoAreHere_thenTheyAreThemselves_andOthersGetPlaceholdersThatNobodyCanUseYet() {
        CommandNode.User known = NODE.newUser();
        JsonNode report = IMPORTER.report(timeline("1", "WatchEvent", "stars", "2024-01-01T00:00:00Z", "{}")
                .replace(owner + "-reader", known.login()));
        assertThat(report.get("mapped")
                        .get("people who have an account here")
                        .get("count")
                        .intValue())
                .isOne();
        assertThat(report.get("taken").get("placeholder accounts").intValue()).isOne();
        Answered token = NODE.post("/admin/users/" + owner + "/authorizations", CommandNode.ADMIN, "{\"scopes\":[]}");
        CommandNode.User placeholder =
                new CommandNode.User(NODE, owner, token.json().get("token").stringValue());
        assertThat(placeholder.post("/user/repos", "{\"name\":\"mine\"}").status())
                .isEqualTo(403);
        assertThat(claimed(owner).post("/user/repos", "{\"name\":\"mine\"}").status())
                .isEqualTo(201);
    }

    /** The administrator gives somebody the account that was held for them. */
    private static CommandNode.User claimed(String login) {
        assertThat(NODE.delete("/users/" + login + "/suspended", CommandNode.ADMIN)
                        .status())
                .isEqualTo(204);
        return new CommandNode.User(NODE, login, NODE.token(login));
    }

    @Test
    void givenARepositoryThatWasNotImported_thenNothingIsMixedIntoIt() {
        CommandNode.User user = NODE.newUser();
        user.repository("mine");
        long before = NODE.events();
        JsonNode report = IMPORTER.report(timeline("1", "WatchEvent", "mine", "2024-01-01T00:00:00Z", "{}")
                .replace(owner + "/mine", user.login() + "/mine"));
        assertThat(NODE.events()).isEqualTo(before);
        assertThat(report.get("left_out").has("repository whose name is taken here by one that was not imported"))
                .isTrue();
    }

    @Test
    void givenSomebodyElse_thenNothingIsImported() {
        assertThat(NODE.newUser().post("/admin/imports", "{}").status()).isEqualTo(403);
        assertThat(NODE.post("/admin/imports", null, "{}").status()).isEqualTo(401);
        JsonNode nothing = IMPORTER.job("plain text".getBytes(UTF_8), "stop");
        assertThat(nothing.get("failure").get("status").intValue()).isEqualTo(400);
    }
}
