package org.forgelog.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.forgelog.command.CommandNode.User;
import org.forgelog.domain.Digests;
import org.forgelog.eventlog.EventLogReader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class OperationsTest {

    private static CommandNode node;
    private User owner;
    private String repository;

    @BeforeAll
    static void start() {
        node = CommandNode.onFreshDatabase();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @BeforeEach
    void aRepository() {
        owner = node.newUser();
        repository = owner.repository("hello-world");
    }

    @Test
    void givenProfileFields_thenGivenOnesChangeNullClearsAndMissingOnesStay() {
        owner.patch("/user", "{\"name\":\"The Octocat\",\"bio\":\"cat\",\"hireable\":true,\"unknown\":[1]}");

        JsonNode user =
                owner.patch("/user", "{\"bio\":null,\"location\":\"SF\"}").json();

        assertThat(user.get("name").stringValue()).isEqualTo("The Octocat");
        assertThat(user.get("bio").isNull()).isTrue();
        assertThat(user.get("location").stringValue()).isEqualTo("SF");
        assertThat(user.get("hireable").booleanValue()).isTrue();
        assertThat(user.get("public_repos").longValue()).isOne();
    }

    @Test
    void givenClientsThatCannotPatch_thenTheyPost() {
        owner.post(repository + "/issues", "{\"title\":\"One\"}");
        assertThat(owner.post(repository + "/issues/1", "{\"title\":\"Uno\"}")
                        .json()
                        .get("title")
                        .stringValue())
                .isEqualTo("Uno");
        assertThat(owner.post(repository, "{\"description\":\"Posted\"}")
                        .json()
                        .get("description")
                        .stringValue())
                .isEqualTo("Posted");
    }

    @Test
    void givenAClosedIssue_whenItIsClosedAgain_thenItIsCompletedUnlessSaidOtherwise() {
        owner.post(repository + "/issues", "{\"title\":\"One\"}");
        String issue = repository + "/issues/1";
        owner.patch(issue, "{\"state\":\"closed\",\"state_reason\":\"not_planned\"}");
        assertThat(owner.patch(issue, "{\"title\":\"Uno\"}")
                        .json()
                        .get("state_reason")
                        .stringValue())
                .isEqualTo("not_planned");
        assertThat(owner.patch(issue, "{\"state\":\"closed\"}")
                        .json()
                        .get("state_reason")
                        .stringValue())
                .isEqualTo("completed");
    }

    @Test
    void givenAnAssigneeWhoCannotBe_whenOneIsNamedWithAnIssue_thenItIsRefused() {
        for (String field : List.of("\"assignee\":\"nobody-at-all\"", "\"assignees\":[\"nobody-at-all\"]")) {
            assertThat(owner.post(repository + "/issues", "{\"title\":\"One\"," + field + "}")
                            .fieldError())
                    .isEqualTo("assignees:invalid");
        }
        owner.post(repository + "/issues", "{\"title\":\"One\"}");
        assertThat(owner.patch(repository + "/issues/1", "{\"assignees\":[\"nobody-at-all\"]}")
                        .fieldError())
                .isEqualTo("assignees:invalid");
        assertThat(owner.post(repository + "/issues/1/assignees", "{\"assignees\":[\"nobody-at-all\"]}")
                        .status())
                .isEqualTo(201);
    }

    @Test
    void givenALabelThatIsNotThere_whenItIsTakenOff_thenItIsSaidWhatIsMissing() {
        owner.post(repository + "/issues", "{\"title\":\"One\",\"labels\":[\"area/core\"]}");
        owner.post(repository + "/labels", "{\"name\":\"bug\"}");
        String labels = repository + "/issues/1/labels";
        for (String name : List.of("bug", "none-such")) {
            Answered missing = owner.delete(labels + "/" + name);
            assertThat(missing.status()).isEqualTo(404);
            assertThat(missing.json().get("message").stringValue()).isEqualTo("Label does not exist");
        }
        assertThat(owner.delete(labels + "/area/core").status()).isEqualTo(200);
        assertThat(owner.patch(repository + "/labels/area/core", "{\"color\":\"ff0000\"}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void givenStarsIssuesAndForks_thenAnswersToWritesCountThem() {
        User other = node.newUser();
        other.put("/user/starred/" + repository.substring("/repos/".length()), "");
        other.post(repository + "/issues", "{\"title\":\"One\"}");
        other.post(repository + "/issues", "{\"title\":\"Two\"}");
        owner.patch(repository + "/issues/1", "{\"state\":\"closed\"}");
        JsonNode fork = other.post(repository + "/forks", "").json();
        JsonNode pull = owner.post(repository + "/pulls", "{\"title\":\"Three\",\"head\":\"a\",\"base\":\"main\"}")
                .json();

        JsonNode edited = owner.patch(repository, "{\"homepage\":\"x\"}").json();

        for (JsonNode counted : List.of(edited, pull.at("/base/repo"), pull.at("/head/repo"))) {
            assertThat(counted.get("stargazers_count").longValue()).isOne();
            assertThat(counted.get("open_issues_count").longValue()).isEqualTo(2);
            assertThat(counted.get("forks_count").longValue()).isOne();
            assertThat(counted.get("network_count").longValue()).isOne();
        }
        assertThat(fork.get("forks_count").longValue()).isZero();
        assertThat(fork.at("/parent/forks_count").longValue()).isOne();
        assertThat(fork.at("/parent/stargazers_count").longValue()).isOne();
    }

    @Test
    void givenANewRepository_thenItsAnswerSaysWhereItIs() {
        Answered created =
                owner.post("/user/repos", "{\"name\":\"Fresh\",\"visibility\":\"private\",\"has_wiki\":false}");

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.header("Location")).isEqualTo(node.url() + "/repos/" + owner.login() + "/Fresh");
        assertThat(created.json().get("private").booleanValue()).isTrue();
        assertThat(created.json().get("has_wiki").booleanValue()).isFalse();
        assertThat(created.json().get("full_name").stringValue()).isEqualTo(owner.login() + "/Fresh");
        assertThat(created.header("content-type")).startsWith("application/json");
    }

    @Test
    void givenAnIssue_whenClosedAndReopened_thenStateAndReasonFollow() {
        owner.post(repository + "/issues", "{\"title\":\"Bug\"}");
        String issue = repository + "/issues/1";

        assertThat(state(owner.patch(issue, "{\"state\":\"closed\"}"))).isEqualTo("closed/completed");
        assertThat(state(owner.patch(issue, "{\"state_reason\":\"not_planned\"}")))
                .isEqualTo("closed/not_planned");
        assertThat(state(owner.patch(issue, "{\"state\":\"closed\"}"))).isEqualTo("closed/completed");
        assertThat(state(owner.patch(issue, "{\"state\":\"open\"}"))).isEqualTo("open/reopened");
        assertThat(owner.patch(issue, "{\"state\":\"closed\",\"state_reason\":\"bored\"}")
                        .fieldError())
                .isEqualTo("state_reason:invalid");
        assertThat(owner.patch(issue, "{\"state\":\"open\",\"state_reason\":\"completed\"}")
                        .fieldError())
                .isEqualTo("state_reason:invalid");
    }

    private static String state(Answered issue) {
        return issue.json().get("state").stringValue() + "/"
                + issue.json().get("state_reason").stringValue();
    }

    @Test
    void givenIssuesAndPullRequests_thenTheyAreNumberedApart() {
        owner.post(repository + "/issues", "{\"title\":\"Bug\"}");

        Answered pull = owner.post(repository + "/pulls", "{\"title\":\"Fix\",\"head\":\"fix\",\"base\":\"main\"}");

        assertThat(pull.number()).isEqualTo(1);
        assertThat(pull.json().at("/base/repo/full_name").stringValue()).isEqualTo(owner.login() + "/hello-world");
        assertThat(pull.json().at("/head/label").stringValue()).isEqualTo(owner.login() + ":fix");
    }

    @Test
    void givenAPullRequest_thenItMergesOnceAndOnlyTheHeadThatWasMeant() {
        JsonNode pull = owner.post(repository + "/pulls", "{\"title\":\"Fix\",\"head\":\"fix\",\"base\":\"main\"}")
                .json();
        String merge = repository + "/pulls/1/merge";

        assertThat(owner.put(merge, "{\"sha\":\"0000\"}").status()).isEqualTo(409);
        Answered merged = owner.put(
                merge,
                "{\"sha\":\"" + pull.at("/head/sha").stringValue() + "\",\"merge_method\":\"squash\"}",
                "Content-Type",
                "text/plain;charset=UTF-8");
        assertThat(merged.status()).isEqualTo(200);
        assertThat(merged.json().get("merged").booleanValue()).isTrue();
        assertThat(owner.put(merge, null).status()).isEqualTo(405);
        Answered after = owner.patch(repository + "/pulls/1", "{\"title\":\"Fixed\"}");
        assertThat(after.json().get("state").stringValue()).isEqualTo("closed");
        assertThat(after.json().get("merged").booleanValue()).isTrue();
        assertThat(after.json().get("merge_commit_sha")).isEqualTo(merged.json().get("sha"));
        assertThat(owner.patch(repository + "/pulls/1", "{\"state\":\"open\"}").status())
                .isEqualTo(422);
    }

    @Test
    void givenAnOpenPullRequest_thenThereIsNoSecondOneBetweenTheSameBranches() {
        String fix = "{\"title\":\"Fix\",\"head\":\"fix\",\"base\":\"%s\"}";
        String pulls = repository + "/pulls";
        assertThat(owner.post(pulls, fix.formatted("main")).status()).isEqualTo(201);

        Answered again = owner.post(pulls, fix.formatted("main"));

        assertThat(again.fieldError()).isEqualTo("head:custom");
        assertThat(again.json().at("/errors/0/message").stringValue())
                .isEqualTo("A pull request already exists for " + owner.login() + ":fix.");
        assertThat(owner.post(pulls, fix.formatted("dev")).number())
                .as("another base, and no number was burnt")
                .isEqualTo(2);
        assertThat(owner.patch(pulls + "/2", "{\"base\":\"main\"}").fieldError())
                .isEqualTo("base:custom");
        owner.patch(pulls + "/1", "{\"state\":\"closed\"}");
        assertThat(owner.post(pulls, fix.formatted("main")).number()).isEqualTo(3);
        assertThat(owner.patch(pulls + "/1", "{\"state\":\"open\"}").fieldError())
                .isEqualTo("state:custom");
        assertThat(owner.put(pulls + "/3/merge", null).status()).isEqualTo(200);
        assertThat(owner.patch(pulls + "/1", "{\"state\":\"open\"}").status()).isEqualTo(200);
    }

    @Test
    void givenTwoWhoOpenTheSamePullRequestAtOnce_thenOneOfThemDoes() throws Exception {
        String fix = "{\"title\":\"Fix\",\"head\":\"fix\",\"base\":\"main\"}";
        List<Integer> statuses =
                Together.run(4, n -> owner.post(repository + "/pulls", fix).status());
        assertThat(statuses).containsExactlyInAnyOrder(201, 422, 422, 422);
    }

    @Test
    void givenARepositoryThatTakesNoPullRequests_thenNobodyOpensOne() {
        User other = node.newUser();
        String fix = "{\"title\":\"Fix\",\"head\":\"%s\",\"base\":\"main\"}";
        String pulls = repository + "/pulls";
        owner.patch(repository, "{\"has_pull_requests\":false}");
        assertThat(owner.post(pulls, fix.formatted("a")).status()).isEqualTo(403);
        owner.patch(repository, "{\"has_pull_requests\":true,\"pull_request_creation_policy\":\"collaborators_only\"}");
        assertThat(other.post(pulls, fix.formatted("b")).status()).isEqualTo(403);
        assertThat(owner.post(pulls, fix.formatted("c")).status()).isEqualTo(201);
        owner.put("/repos/" + owner.login() + "/hello-world/collaborators/" + other.login(), null);
        assertThat(other.post(pulls, fix.formatted("d")).status()).isEqualTo(201);
        owner.patch(repository, "{\"pull_request_creation_policy\":\"all\"}");
        assertThat(node.newUser().post(pulls, fix.formatted("e")).status()).isEqualTo(201);
    }

    @Test
    void givenADraft_thenItCannotBeMerged() {
        owner.post(repository + "/pulls", "{\"title\":\"Fix\",\"head\":\"fix\",\"base\":\"main\",\"draft\":true}");
        assertThat(owner.put(repository + "/pulls/1/merge", null).status()).isEqualTo(405);
    }

    @Test
    void givenAClosedPullRequest_whenReopenedWithAnotherBase_thenBothHappen() {
        owner.post(repository + "/pulls", "{\"title\":\"Fix\",\"head\":\"fix\",\"base\":\"main\"}");
        assertThat(owner.patch(repository + "/pulls/1", "{\"base\":\"dev\",\"state\":\"closed\"}")
                        .json()
                        .at("/base/ref")
                        .stringValue())
                .isEqualTo("dev");

        JsonNode reopened = owner.patch(repository + "/pulls/1", "{\"base\":\"next\",\"state\":\"open\"}")
                .json();

        assertThat(reopened.get("state").stringValue()).isEqualTo("open");
        assertThat(reopened.at("/base/ref").stringValue()).isEqualTo("next");
    }

    @Test
    void givenAHeadOfAnotherAccount_thenThatAccountMustExist() {
        User other = node.newUser();
        String body = "{\"title\":\"Fix\",\"head\":\"%s:fix\",\"base\":\"main\"}";

        assertThat(owner.post(repository + "/pulls", body.formatted(other.login()))
                        .json()
                        .at("/head/user/login")
                        .stringValue())
                .isEqualTo(other.login());
        assertThat(owner.post(repository + "/pulls", body.formatted("no-such-account"))
                        .fieldError())
                .isEqualTo("head:invalid");
        assertThat(owner.post(repository + "/pulls", body.formatted("#")).fieldError())
                .isEqualTo("head:invalid");
    }

    @Test
    void givenAStar_thenTwiceIsOnceInEitherDirection() {
        String star = "/user/starred/" + owner.login() + "/hello-world";
        assertThat(owner.delete(star).status()).isEqualTo(204);
        long before = node.events();

        assertThat(owner.put(star, null).status()).isEqualTo(204);
        Answered again = owner.put(star, null);

        assertThat(again.status()).isEqualTo(204);
        assertThat(node.events()).isEqualTo(before + 1);
        assertThat(owner.delete(star).status()).isEqualTo(204);
        assertThat(owner.delete(star).status()).isEqualTo(204);
        assertThat(node.events()).isEqualTo(before + 2);
    }

    @Test
    void givenACommandWithoutEffect_thenItAnswersItsAggregatesLastPosition() {
        Answered created = owner.post(repository + "/issues", "{\"title\":\"Bug\"}");
        owner.post(repository + "/issues", "{\"title\":\"Another\"}");

        Answered same = owner.patch(repository + "/issues/1", "{\"title\":\"Bug\"}");

        assertThat(same.position()).isEqualTo(created.position());
        assertThat(created.position().sequences()).hasSize(1);
    }

    @Test
    void givenAToken_thenItIsShownOnceKeptAsAHashAndRevocable() {
        Answered issued = node.post(
                "/admin/users/" + owner.login() + "/authorizations",
                CommandNode.ADMIN,
                "{\"scopes\":[\"repo\",\"user\"],\"note\":\"laptop\"}");
        String token = issued.json().get("token").stringValue();

        assertThat(token).matches("fl_[0-9a-f]{40}");
        assertThat(issued.json().get("hashed_token").stringValue()).isEqualTo(Digests.sha256(token));
        assertThat(new EventLogReader(node.bean(javax.sql.DataSource.class)).after(0, 1000))
                .noneMatch(event -> event.payload().contains(token));
        assertThat(node.patch("/user", token, "{}").status()).isEqualTo(200);
        String path = "/admin/users/" + owner.login() + "/authorizations";
        long id = issued.json().get("id").longValue();
        assertThat(node.delete(path + "/" + id, CommandNode.ADMIN).status()).isEqualTo(204);
        assertThat(node.delete(path + "/" + id, CommandNode.ADMIN).status()).isEqualTo(404);
        assertThat(node.delete(path, CommandNode.ADMIN).status()).isEqualTo(204);
        assertThat(node.sql()
                        .sql("select count(*) from token t join account a on a.id = t.account_id where a.login = ?")
                        .param(owner.login())
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void givenTimePasses_thenUpdatedAtMovesAndCreatedAtStays() {
        owner.post(repository + "/issues", "{\"title\":\"Bug\"}");
        node.clock().advance(Duration.ofMinutes(5));

        JsonNode issue =
                owner.patch(repository + "/issues/1", "{\"body\":\"more\"}").json();

        assertThat(issue.get("updated_at").stringValue())
                .isNotEqualTo(issue.get("created_at").stringValue());
    }

    @Test
    void givenAsyncIsPreferred_thenTheAnswerSaysSo() {
        Answered answer = owner.patch("/user", "{}", "Prefer", "respond-async, wait=5");

        assertThat(answer.header("Preference-Applied")).isEqualTo("respond-async");
        assertThat(answer.position()).isNotNull();
    }
}
