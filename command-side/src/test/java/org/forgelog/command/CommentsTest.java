package org.forgelog.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.forgelog.command.CommandNode.User;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Comments on issues and pull requests. */
@Isolated("counts the events of a node that others use, too")
class CommentsTest {

    private static final String BODY = "{\"body\":\"words\"}";
    private static final String COMMIT = "a".repeat(40);

    private final CommandNode node = CommandNode.shared();
    private User owner;
    private User author;
    private User stranger;
    private String repository;

    @BeforeEach
    void anIssueAndAPullRequest() {
        owner = node.newUser();
        author = node.newUser();
        stranger = node.newUser();
        repository = owner.repository("discussed");
        owner.post(repository + "/issues", "{\"title\":\"x\"}");
        owner.post(repository + "/pulls", "{\"title\":\"x\",\"head\":\"f\",\"base\":\"main\"}");
    }

    @Test
    void givenAComment_thenItsAnswerSaysWhatItIsOn() {
        Answered written = author.post(repository + "/issues/1/comments", BODY);

        assertThat(written.status()).isEqualTo(201);
        JsonNode comment = written.json();
        String url = node.url() + repository + "/issues/comments/"
                + comment.get("id").longValue();
        assertThat(written.header("Location")).isEqualTo(url);
        assertThat(comment.get("url").stringValue()).isEqualTo(url);
        assertThat(comment.get("issue_url").stringValue()).isEqualTo(node.url() + repository + "/issues/1");
        assertThat(comment.at("/user/login").stringValue()).isEqualTo(author.login());
        assertThat(comment.get("author_association").stringValue()).isEqualTo("NONE");
    }

    @Test
    void givenCommentsAndReactions_thenWriteAnswersTellHowManyThereAre() {
        JsonNode fresh = owner.post(repository + "/issues", "{\"title\":\"y\"}").json();
        assertThat(fresh.get("comments").longValue()).isZero();
        assertThat(fresh.at("/reactions/total_count").longValue()).isZero();
        author.post(repository + "/issues/1/comments", BODY);
        author.post(repository + "/issues/1/reactions", "{\"content\":\"heart\"}");
        stranger.post(repository + "/issues/1/reactions", "{\"content\":\"heart\"}");
        author.post(repository + "/pulls/1/comments", BODY);
        long line = author.post(
                        repository + "/pulls/1/comments",
                        "{\"body\":\"why\",\"commit_id\":\"" + COMMIT + "\",\"path\":\"src/a.c\",\"line\":7}")
                .json()
                .get("id")
                .longValue();
        author.post(repository + "/pulls/comments/" + line + "/reactions", "{\"content\":\"+1\"}");

        JsonNode issue =
                owner.patch(repository + "/issues/1", "{\"title\":\"z\"}").json();
        JsonNode pull =
                owner.patch(repository + "/pulls/1", "{\"title\":\"z\"}").json();
        JsonNode comment = author.patch(repository + "/pulls/comments/" + line, "{\"body\":\"edited\"}")
                .json();

        assertThat(issue.get("comments").longValue()).isEqualTo(1);
        assertThat(issue.at("/reactions/heart").longValue()).isEqualTo(2);
        assertThat(issue.at("/reactions/total_count").longValue()).isEqualTo(2);
        assertThat(pull.get("comments").longValue()).isEqualTo(1);
        assertThat(pull.get("review_comments").longValue()).isEqualTo(1);
        assertThat(comment.at("/reactions/+1").longValue()).isEqualTo(1);
    }

    @Test
    void givenAPath_thenACommentPointsIntoTheDiffAndRepliesFollowIt() {
        String comments = repository + "/pulls/1/comments";
        JsonNode first = author.post(
                        comments,
                        "{\"body\":\"why\",\"commit_id\":\"" + COMMIT
                                + "\",\"path\":\"src/a.c\",\"line\":7,\"start_line\":5,\"side\":\"LEFT\"}")
                .json();
        long id = first.get("id").longValue();
        assertThat(first.get("path").stringValue()).isEqualTo("src/a.c");
        assertThat(first.get("line").intValue()).isEqualTo(7);
        assertThat(first.get("start_side").stringValue()).isEqualTo("LEFT");
        assertThat(first.get("subject_type").stringValue()).isEqualTo("line");
        assertThat(first.has("in_reply_to_id")).isFalse();

        Answered reply = owner.post(comments + "/" + id + "/replies", BODY);
        assertThat(reply.status()).isEqualTo(201);
        JsonNode second = owner.post(
                        comments,
                        "{\"body\":\"so\",\"in_reply_to\":"
                                + reply.json().get("id").longValue() + "}")
                .json();

        assertThat(second.get("in_reply_to_id").longValue()).isEqualTo(id);
        assertThat(second.get("line").intValue()).isEqualTo(7);
        assertThat(second.get("commit_id").stringValue()).isEqualTo(COMMIT);
    }

    @Test
    void givenAClientOfOld_thenZeroIsNoLineAndAnIdMayBeAText() {
        String comments = repository + "/pulls/1/comments";
        JsonNode first = author.post(
                        comments,
                        """
                        {"body":"why","commit_id":"%s","path":"src/a.c","position":3,"line":0}"""
                                .formatted(COMMIT))
                .json();
        assertThat(first.get("position").intValue()).isEqualTo(3);
        assertThat(first.has("line")).isFalse();
        JsonNode second = author.post(
                        comments,
                        """
                        {"body":"so","in_reply_to":"%d"}"""
                                .formatted(first.get("id").longValue()))
                .json();
        assertThat(second.get("in_reply_to_id")).isEqualTo(first.get("id"));
    }

    @Test
    void givenNoPath_thenACommentIsPartOfThePullRequestsConversation() {
        JsonNode comment = author.post(repository + "/pulls/1/comments", BODY).json();

        assertThat(comment.get("path").stringValue()).isEmpty();
        assertThat(comment.has("line")).isFalse();
        assertThat(comment.has("subject_type")).isFalse();
        assertThat(comment.get("pull_request_url").stringValue()).isEqualTo(node.url() + repository + "/pulls/1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"issues", "pulls"})
    void givenAComment_thenItsAuthorAndTheOwnerEditAndDeleteIt(String kind) {
        String comment = comment(author, kind);

        assertThat(stranger.patch(comment, "{\"body\":\"x\"}").status()).isEqualTo(403);
        assertThat(stranger.delete(comment).status()).isEqualTo(403);
        assertThat(author.patch(comment, "{\"body\":\"mine\"}")
                        .json()
                        .get("body")
                        .stringValue())
                .isEqualTo("mine");
        JsonNode edited = owner.patch(comment, "{\"body\":\"ours\"}").json();
        assertThat(edited.get("body").stringValue()).isEqualTo("ours");
        assertThat(edited.at("/user/login").stringValue()).isEqualTo(author.login());
        assertThat(author.delete(comment).status()).isEqualTo(204);
        assertThat(author.delete(comment).status()).isEqualTo(404);
        assertThat(author.patch(comment, BODY).status()).isEqualTo(404);
        assertThat(owner.delete(comment(author, kind)).status()).isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"issues", "pulls"})
    void givenALock_thenOnlyThoseWithPushAccessGoOn(String kind) {
        String comment = comment(author, kind);
        owner.put(repository + "/" + kind + "/1/lock", null);
        long before = node.events();

        assertThat(author.post(repository + "/" + kind + "/1/comments", BODY).status())
                .isEqualTo(403);
        assertThat(author.patch(comment, "{\"body\":\"x\"}").status()).isEqualTo(403);
        assertThat(author.delete(comment).status()).isEqualTo(403);
        assertThat(node.events()).isEqualTo(before);
        assertThat(owner.post(repository + "/" + kind + "/1/comments", BODY).status())
                .isEqualTo(201);
        owner.delete(repository + "/" + kind + "/1/lock");
        assertThat(author.post(repository + "/" + kind + "/1/comments", BODY).status())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"issues", "pulls"})
    void givenAnArchivedOrHiddenRepository_thenNothingIsSaid(String kind) {
        String comment = comment(author, kind);
        String comments = repository + "/" + kind + "/1/comments";
        owner.patch(repository, "{\"archived\":true}");
        assertThat(owner.post(comments, BODY).status()).isEqualTo(403);
        assertThat(author.patch(comment, BODY).status()).isEqualTo(403);
        assertThat(author.delete(comment).status()).isEqualTo(403);

        owner.patch(repository, "{\"archived\":false,\"private\":true}");
        String unknown =
                author.post("/repos/no/where/" + kind + "/1/comments", BODY).text();
        assertThat(author.post(comments, BODY).text()).isEqualTo(unknown);
        assertThat(author.patch(comment, BODY).text()).isEqualTo(unknown);
        assertThat(author.delete(comment).text()).isEqualTo(unknown);
        assertThat(node.post(comments, null, BODY).status()).isEqualTo(401);
    }

    @Test
    void givenIssuesAreDisabled_thenTheirCommentsAreGoneAndThoseOnPullRequestsAreNot() {
        String comment = comment(author, "issues");
        owner.patch(repository, "{\"has_issues\":false}");

        assertThat(author.post(repository + "/issues/1/comments", BODY).status())
                .isEqualTo(410);
        assertThat(author.patch(comment, BODY).status()).isEqualTo(410);
        assertThat(author.post(repository + "/pulls/1/comments", BODY).status()).isEqualTo(201);
    }

    @Test
    void givenACommentOfAnotherKindOrRepository_then404() {
        String onIssue = comment(author, "issues");
        String id = onIssue.substring(onIssue.lastIndexOf('/') + 1);
        String other = author.repository("other");
        author.post(other + "/pulls", "{\"title\":\"x\",\"head\":\"f\",\"base\":\"main\"}");
        String onPull = comment(author, "pulls");
        String pullId = onPull.substring(onPull.lastIndexOf('/') + 1);

        assertThat(author.patch(repository + "/pulls/comments/" + id, BODY).status())
                .isEqualTo(404);
        assertThat(author.delete(other + "/issues/comments/" + id).status()).isEqualTo(404);
        assertThat(author.post(other + "/pulls/1/comments/" + pullId + "/replies", BODY)
                        .status())
                .isEqualTo(404);
        assertThat(author.post(repository + "/issues/2/comments", BODY).status())
                .isEqualTo(404);
        assertThat(author.patch(repository + "/issues/comments/x", BODY).status())
                .isEqualTo(404);
    }

    @Test
    void givenSomebodyWhoCommented_thenTheyMayBeAssigned() {
        comment(author, "issues");

        Answered assigned =
                owner.post(repository + "/issues/1/assignees", "{\"assignees\":[\"" + author.login() + "\"]}");

        assertThat(assigned.json().at("/assignee/login").stringValue()).isEqualTo(author.login());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/issues/1 | {} | body:missing_field",
                "/issues/1 | {\"body\":\"  \"} | body:missing_field",
                "/issues/1 | {\"body\":[\"x\"]} | body:invalid",
                "/issues/1 | {\"body\":\"a\\u0000\"} | body:invalid",
                "/pulls/1 | {\"body\":null} | body:missing_field",
                "/pulls/1 | {\"body\":\"x\",\"line\":3} | path:missing_field",
                "/pulls/1 | {\"body\":\"x\",\"path\":\"a\",\"commit_id\":\"$\"} | line:missing_field",
                "/pulls/1 | {\"body\":\"x\",\"path\":\"a\",\"line\":3} | commit_id:missing_field",
                "/pulls/1 | {\"body\":\"x\",\"path\":\"a\",\"line\":3,\"commit_id\":\"main\"} | commit_id:invalid",
                "/pulls/1 | {\"body\":\"x\",\"path\":\"a\",\"line\":0,\"commit_id\":\"$\"} | line:invalid",
                "/pulls/1 | {\"body\":\"x\",\"path\":\"a\",\"line\":\"3\",\"commit_id\":\"$\"} | line:invalid",
                "/pulls/1 | {\"body\":\"x\",\"path\":\"a\",\"line\":3.5,\"commit_id\":\"$\",\"position\":1} | line:invalid",
                "/pulls/1 | {\"body\":\"x\",\"path\":\"a\",\"line\":3,\"start_line\":3,\"commit_id\":\"$\"} | start_line:invalid",
                "/pulls/1 | {\"body\":\"x\",\"path\":\"a\",\"line\":3,\"side\":\"left\",\"commit_id\":\"$\"} | side:invalid",
                "/pulls/1 | {\"body\":\"x\",\"path\":\"a\",\"subject_type\":\"dir\",\"line\":1,\"commit_id\":\"$\"} | subject_type:invalid",
                "/pulls/1 | {\"body\":\"x\",\"path\":\"a\\u0000\",\"line\":1,\"commit_id\":\"$\"} | path:invalid",
                "/pulls/1 | {\"body\":\"x\",\"in_reply_to\":99999999} | in_reply_to:invalid",
                "/pulls/1 | {\"body\":\"x\",\"in_reply_to\":\"1\"} | in_reply_to:invalid"
            })
    void givenAWrongField_then422NamesItAndNothingIsStored(String path, String body, String error) {
        long before = node.events();

        Answered answer = author.post(repository + path.strip() + "/comments", body.replace("$", COMMIT));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.fieldError()).isEqualTo(error);
        assertThat(node.events()).isEqualTo(before);
    }

    @Test
    void givenABodyOneOverTheLimit_then422() {
        assertThat(author.post(repository + "/issues/1/comments", "{\"body\":\"" + "é".repeat(65_537) + "\"}")
                        .fieldError())
                .isEqualTo("body:custom");
        assertThat(author.patch(comment(author, "pulls"), "{\"body\":\"\"}").fieldError())
                .isEqualTo("body:missing_field");
    }

    /** The path of a new comment on issue or pull request 1. */
    private String comment(User user, String kind) {
        Answered written = user.post(repository + "/" + kind + "/1/comments", BODY);
        assertThat(written.status()).isEqualTo(201);
        return repository + "/" + kind + "/comments/" + written.json().get("id").longValue();
    }
}
