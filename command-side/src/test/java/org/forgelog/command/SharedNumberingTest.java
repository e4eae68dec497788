package org.forgelog.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.forgelog.command.CommandNode.User;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Repositories as on GitHub, where a pull request is also an issue, and those where it is not. */
class SharedNumberingTest {

    private static final String PULL = """
            {"title":"Loops","head":"loops","base":"main"}""";

    private static final CommandNode node = CommandNode.shared();
    private User owner;
    private String repository;

    @BeforeEach
    void aRepository() {
        owner = node.newUser();
        repository = owner.sharingRepository("shared");
    }

    private JsonNode pull() {
        return owner.post(repository + "/pulls", PULL).json();
    }

    private JsonNode issue(String title) {
        return owner.post(repository + "/issues", "{\"title\":\"" + title + "\"}")
                .json();
    }

    @Test
    void givenIssuesAndPullRequests_thenTheyTakeFromOneSequence() {
        assertThat(issue("one").get("number").longValue()).isEqualTo(1);
        assertThat(pull().get("number").longValue()).isEqualTo(2);
        assertThat(owner.post(repository + "/pulls", "{}").status()).isEqualTo(422);
        assertThat(issue("three").get("number").longValue()).isEqualTo(3);
    }

    @Test
    void givenAWordThatIsNoNumbering_thenItIsRefused_andItNeverChanges() {
        assertThat(owner.post("/user/repos", "{\"name\":\"x\",\"numbering\":\"roman\"}")
                        .fieldError())
                .isEqualTo("numbering:invalid");
        assertThat(owner.patch(repository, "{\"numbering\":\"separate\"}")
                        .json()
                        .get("numbering")
                        .stringValue())
                .isEqualTo("shared");
    }

    @Test
    void givenAPullRequest_whenItIsEditedAsAnIssue_thenItIsThePullRequestThatChanges() {
        issue("one");
        pull();
        JsonNode edited = owner.patch(
                        repository + "/issues/2",
                        """
                        {"title":"Better loops","body":"As an issue","labels":["bug"],"assignees":["%s"],"state":"closed"}"""
                                .formatted(owner.login()))
                .json();
        assertThat(edited.get("title").stringValue()).isEqualTo("Better loops");
        assertThat(edited.get("state").stringValue()).isEqualTo("closed");
        assertThat(edited.at("/labels/0/name").stringValue()).isEqualTo("bug");
        assertThat(edited.at("/assignee/login").stringValue()).isEqualTo(owner.login());
        assertThat(edited.at("/pull_request/url").stringValue()).endsWith(repository + "/pulls/2");
        assertThat(edited.get("html_url").stringValue()).endsWith("/pull/2");
        JsonNode pull =
                owner.patch(repository + "/pulls/2", "{\"state\":\"open\"}").json();
        assertThat(pull.get("title").stringValue()).isEqualTo("Better loops");
        assertThat(pull.get("body").stringValue()).isEqualTo("As an issue");
        assertThat(pull.at("/labels/0/name").stringValue()).isEqualTo("bug");
        assertThat(pull.get("issue_url").stringValue()).endsWith(repository + "/issues/2");
    }

    @Test
    void givenAPullRequest_thenLabelsAssigneesLockAndReactionsOfIssuesAreIts() {
        pull();
        String issue = repository + "/issues/1";
        assertThat(owner.post(issue + "/labels", "[\"bug\"]").status()).isEqualTo(200);
        assertThat(owner.post(issue + "/assignees", "{\"assignees\":[\"" + owner.login() + "\"]}")
                        .json()
                        .has("pull_request"))
                .isTrue();
        assertThat(owner.put(issue + "/lock", "{\"lock_reason\":\"spam\"}").status())
                .isEqualTo(204);
        assertThat(owner.post(issue + "/reactions", "{\"content\":\"heart\"}").status())
                .isEqualTo(201);
        JsonNode pull = owner.patch(repository + "/pulls/1", "{}").json();
        assertThat(pull.at("/labels/0/name").stringValue()).isEqualTo("bug");
        assertThat(pull.at("/assignees/0/login").stringValue()).isEqualTo(owner.login());
        assertThat(pull.get("active_lock_reason").stringValue()).isEqualTo("spam");
        assertThat(pull.at("/reactions/heart").longValue()).isOne();
    }

    @Test
    void givenAPullRequest_thenCommentsOnTheWholeAreIssuesAndThoseInTheDiffAreNot() {
        pull();
        JsonNode said = owner.post(repository + "/issues/1/comments", "{\"body\":\"I see.\"}")
                .json();
        assertThat(said.get("issue_url").stringValue()).endsWith(repository + "/issues/1");
        assertThat(said.get("html_url").stringValue()).contains("/pull/1#issuecomment-");
        String comment = "/comments/" + said.get("id").longValue();
        assertThat(owner.patch(repository + "/pulls" + comment, "{\"body\":\"No\"}")
                        .status())
                .isEqualTo(404);
        assertThat(owner.patch(repository + "/issues" + comment, "{\"body\":\"Yes\"}")
                        .status())
                .isEqualTo(200);
        assertThat(owner.post(repository + "/issues" + comment + "/reactions", "{\"content\":\"eyes\"}")
                        .status())
                .isEqualTo(201);
        assertThat(owner.post(repository + "/pulls/1/comments", "{\"body\":\"Where?\"}")
                        .fieldError())
                .isEqualTo("path:missing_field");
        JsonNode review = owner.post(
                        repository + "/pulls/1/comments",
                        "{\"body\":\"Here\",\"path\":\"a.txt\",\"commit_id\":\"" + "a".repeat(40) + "\",\"line\":3}")
                .json();
        String reviewed = "/comments/" + review.get("id").longValue();
        assertThat(owner.patch(repository + "/issues" + reviewed, "{\"body\":\"No\"}")
                        .status())
                .isEqualTo(404);
        JsonNode pull = owner.patch(repository + "/pulls/1", "{}").json();
        assertThat(pull.get("comments").longValue()).isOne();
        assertThat(pull.get("review_comments").longValue()).isOne();
        assertThat(owner.delete(repository + "/issues" + comment).status()).isEqualTo(204);
    }

    @Test
    void givenIssuesAreSwitchedOff_thenPullRequestsAreStillReachedAsIssues() {
        issue("one");
        pull();
        owner.patch(repository, "{\"has_issues\":false}");
        assertThat(owner.post(repository + "/issues/1/comments", "{\"body\":\"x\"}")
                        .status())
                .isEqualTo(410);
        assertThat(owner.post(repository + "/issues/2/comments", "{\"body\":\"x\"}")
                        .status())
                .isEqualTo(201);
        assertThat(owner.patch(repository + "/issues/2", "{\"title\":\"x\"}").status())
                .isEqualTo(200);
    }

    @Test
    void givenSeparateNumbers_thenNoRouteOfIssuesReachesAPullRequest() {
        repository = owner.repository("apart");
        pull();
        for (String below : new String[] {"/comments", "/labels", "/assignees", "/reactions"}) {
            assertThat(owner.post(
                                    repository + "/issues/1" + below,
                                    """
                            {"body":"x","labels":["x"],"assignees":["x"],"content":"heart"}""")
                            .status())
                    .as(below)
                    .isEqualTo(404);
        }
        assertThat(owner.put(repository + "/issues/1/lock", "").status()).isEqualTo(404);
        assertThat(owner.patch(repository + "/issues/1", "{\"state\":\"closed\"}")
                        .status())
                .isEqualTo(404);
    }
}
