package org.forgelog.command.importing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.forgelog.command.CommandNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import tools.jackson.databind.JsonNode;

/** Milestones come with whatever names them: archives, lists, issues and what happened to those. */
@ResourceLock(Importer.LOCK)
class ImportedMilestonesTest {

    private static final Importer IMPORTER = Importer.shared();
    private static final CommandNode NODE = IMPORTER.node();

    private String owner;
    private String api;
    private String page;

    @BeforeEach
    void anotherOwner() {
        owner = NODE.newLogin();
        api = "https://api.github.com/repos/" + owner + "/planned";
        page = "https://github.com/" + owner + "/planned";
    }

    private String milestone(int number, String title, String state, String updatedAt) {
        return """
                {"url":"%s/milestones/%d","number":%d,"title":"%s","description":"All of it","state":"%s",\
                "creator":{"login":"%s-planner"},"due_on":"2022-01-01T08:00:00Z","created_at":"2020-01-01T00:00:00Z",\
                "updated_at":"%s","closed_at":%s}"""
                .formatted(
                        api,
                        number,
                        number,
                        title,
                        state,
                        owner,
                        updatedAt,
                        state.equals("closed") ? "\"" + updatedAt + "\"" : "null");
    }

    private String issue(int number, String milestone, String updatedAt) {
        return """
                {"url":"%s/issues/%d","number":%d,"title":"Issue","user":{"login":"%s"},"state":"open","milestone":%s,\
                "created_at":"2020-02-01T00:00:00Z","updated_at":"%s"}"""
                .formatted(api, number, number, owner, milestone, updatedAt);
    }

    private String happened(int id, String event, int issue, String title, String at) {
        return """
                {"id":%d,"event":"%s","actor":{"login":"%s"},"issue":{"url":"%s/issues/%d"},\
                "milestone":{"title":"%s"},"created_at":"%s"}"""
                .formatted(id + Math.abs((long) owner.hashCode()) * 100, event, owner, api, issue, title, at);
    }

    /** Number, title and state of each, as the directory has them. */
    private List<String> milestones() {
        return NODE.sql()
                .sql(
                        """
                        select m.number || ' ' || m.title || case when m.open then '' else ' closed' end
                        from milestone m join repository r on r.id = m.repository_id join account a on a.id = r.owner_id
                        where a.login = ? order by m.number""")
                .param(owner)
                .query(String.class)
                .list();
    }

    /** What each issue is planned for. */
    private List<String> plans() {
        return NODE.sql()
                .sql(
                        """
                        select c.number || ' ' || coalesce(m.title, '-')
                        from conversation c join repository r on r.id = c.repository_id join account a on a.id = r.owner_id
                        left join milestone m on m.repository_id = c.repository_id and m.number = c.milestone
                        where a.login = ? order by c.number""")
                .param(owner)
                .query(String.class)
                .list();
    }

    @Test
    void givenAnArchive_thenItsMilestonesKeepTheirNumbersAndTimes_andIssuesArePlanned() {
        String account = "https://github.com/" + owner;
        byte[] archive = new ArchiveBuilder()
                .with("users", "{\"url\":\"" + account + "\",\"login\":\"" + owner + "\"}")
                .with("repositories", "{\"url\":\"" + page + "\",\"owner\":\"" + account + "\",\"name\":\"planned\"}")
                .with("milestones", archived("milestones/4", "v4", "open"))
                .with("milestones", archived("milestones/2", "v2", "closed"))
                .with("issues", archivedIssue(1, "\"" + page + "/milestones/2\""))
                .with("issues", archivedIssue(2, "null"))
                .with("issues", archivedIssue(3, "\"" + page + "/milestones/4\""))
                .with(
                        "issue_events",
                        "{\"url\":\"" + page + "/issues/2#event-1\",\"issue\":\"" + page
                                + "/issues/2\",\"event\":\"milestoned\",\"milestone_title\":\"v4\",\"created_at\":\"2020-03-01T00:00:00Z\"}")
                .build();

        JsonNode report = IMPORTER.report(archive);

        assertThat(milestones()).containsExactly("2 v2 closed", "4 v4");
        assertThat(plans()).containsExactly("1 v2", "2 -", "3 v4");
        assertThat(report.get("taken").get("milestones").intValue()).isEqualTo(2);
        assertThat(report.get("taken").get("milestoned").intValue()).isOne();
        assertThat(report.get("left_out").properties()).as(report.toString()).isEmpty();
        assertThat(IMPORTER.report(archive).get("events").intValue()).isZero();
    }

    private String archived(String path, String title, String state) {
        return """
                {"type":"milestone","url":"%s/%s","repository":"%s","user":"https://github.com/%s","title":"%s",\
                "description":null,"state":"%s","due_on":null,"created_at":"2020-01-01T00:00:00Z",\
                "updated_at":"2020-04-01T00:00:00Z","closed_at":%s}"""
                .formatted(
                        page,
                        path,
                        page,
                        owner,
                        title,
                        state,
                        state.equals("closed") ? "\"2020-04-01T00:00:00Z\"" : null);
    }

    private String archivedIssue(int number, String milestone) {
        return """
                {"url":"%s/issues/%d","repository":"%s","user":"https://github.com/%s","title":"Issue","body":null,\
                "milestone":%s,"created_at":"2020-02-01T00:00:00Z","closed_at":null}"""
                .formatted(page, number, page, owner, milestone);
    }

    @Test
    void givenAnArchiveThatNamesMilestonesByTheirTitles_thenTheyGetNumbers() {
        IMPORTER.report(new ArchiveBuilder()
                .with("repositories", "{\"url\":\"" + page + "\",\"name\":\"planned\"}")
                .with("milestones", archived("milestones/First%20one", "First one", "open"))
                .with("issues", archivedIssue(1, "\"" + page + "/milestones/First%20one\""))
                .build());

        assertThat(milestones()).containsExactly("1 First one");
        assertThat(plans()).containsExactly("1 First one");
    }

    @Test
    void givenListsOfTheRestApi_thenAnIssueBringsItsMilestone_andAListTellsTheRest() {
        IMPORTER.report(
                "[" + issue(1, milestone(3, "v3", "open", "2020-02-01T00:00:00Z"), "2020-02-02T00:00:00Z") + "]",
                issue(2, "null", "2020-02-02T00:00:00Z"),
                happened(1, "milestoned", 2, "v3", "2020-02-03T00:00:00Z"),
                happened(2, "milestoned", 2, "v9", "2020-02-04T00:00:00Z"),
                "[" + milestone(1, "v1", "closed", "2020-03-01T00:00:00Z") + "]");

        assertThat(milestones()).containsExactly("1 v1 closed", "3 v3");
        assertThat(plans()).containsExactly("1 v3", "2 v3");

        JsonNode later = IMPORTER.report(
                milestone(3, "v3.0", "closed", "2020-05-01T00:00:00Z"),
                milestone(1, "older", "open", "2020-02-01T00:00:00Z"),
                issue(1, "null", "2020-05-02T00:00:00Z"),
                happened(3, "demilestoned", 2, "v3", "2020-05-03T00:00:00Z"));

        assertThat(milestones()).containsExactly("1 v1 closed", "3 v3.0 closed");
        assertThat(plans()).containsExactly("1 -", "2 -");
        assertThat(later.get("taken").get("demilestoned").intValue()).isOne();
    }

    @Test
    void givenANumberOrATitleThatIsTakenHere_thenNothingIsOverwritten() {
        CommandNode.User user = NODE.newUser();
        owner = user.login();
        api = "https://api.github.com/repos/" + owner + "/planned";
        IMPORTER.report(issue(1, "null", "2020-02-02T00:00:00Z"));
        assertThat(user.post("/repos/" + owner + "/planned/milestones", "{\"title\":\"ours\"}")
                        .status())
                .isEqualTo(201);
        assertThat(user.post("/repos/" + owner + "/planned/milestones", "{\"title\":\"gone\"}")
                        .status())
                .isEqualTo(201);
        assertThat(user.delete("/repos/" + owner + "/planned/milestones/2").status())
                .isEqualTo(204);

        JsonNode report = IMPORTER.report(
                milestone(1, "theirs", "open", "2020-03-01T00:00:00Z"),
                milestone(2, "second", "open", "2020-03-01T00:00:00Z"),
                milestone(7, "ours", "closed", "2020-03-01T00:00:00Z"),
                issue(1, milestone(1, "theirs", "open", "2020-03-01T00:00:00Z"), "2020-04-01T00:00:00Z"));

        assertThat(milestones()).containsExactly("1 ours", "3 theirs", "4 second");
        assertThat(plans()).containsExactly("1 theirs");
        assertThat(report.get("mapped")
                        .get("milestones whose numbers are taken here, or not told")
                        .get("count")
                        .intValue())
                .isEqualTo(2);
    }

    @Test
    void givenARepositoryOfARestList_thenItsTopicsAndSwitchesComeWithIt() {
        IMPORTER.report(
                """
                {"full_name":"%s/planned","owner":{"login":"%s"},"created_at":"2020-01-01T00:00:00Z","has_wiki":false,\
                "topics":["event-sourcing","Not A Topic","axon"]}"""
                        .formatted(owner, owner));

        assertThat(NODE.sql()
                        .sql(
                                """
                                select type || ' ' || coalesce(payload #>> '{settings,flags,HAS_WIKI}', payload ->> 'topics')
                                from domain_event where sequence_key in
                                      (select 'r:' || r.id from repository r join account a on a.id = r.owner_id
                                       where a.login = ?)
                                order by global_index""")
                        .param(owner)
                        .query(String.class)
                        .list())
                .containsExactly("repository-created false", "topics-replaced [\"event-sourcing\", \"axon\"]");
    }
}
