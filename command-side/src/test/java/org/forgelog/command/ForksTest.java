package org.forgelog.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.forgelog.command.CommandNode.User;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Forks and where they come from. */
@Isolated("counts the events of a node that others use, too")
class ForksTest {

    private final CommandNode node = CommandNode.shared();
    private User owner;
    private User forker;
    private String source;

    @BeforeEach
    void aRepository() {
        owner = node.newUser();
        forker = node.newUser();
        source = owner.repository("Source", ",\"description\":\"the first\",\"default_branch\":\"trunk\"");
    }

    @Test
    void givenARequestWithoutABody_thenTheForkSaysWhereItComesFrom() {
        Answered answer = forker.post(source + "/forks", null);

        assertThat(answer.status()).isEqualTo(202);
        JsonNode fork = answer.json();
        assertThat(fork.get("full_name").stringValue()).isEqualTo(forker.login() + "/Source");
        assertThat(fork.get("fork").booleanValue()).isTrue();
        assertThat(fork.get("description").stringValue()).isEqualTo("the first");
        assertThat(fork.get("has_issues").booleanValue()).isFalse();
        assertThat(fork.at("/parent/full_name").stringValue()).isEqualTo(owner.login() + "/Source");
        assertThat(fork.get("source")).isEqualTo(fork.get("parent"));
        assertThat(fork.at("/parent/fork").booleanValue()).isFalse();
        assertThat(owner.patch(source, "{}").json().has("parent")).isFalse();
    }

    @Test
    void givenAForkAlready_thenForkingAnythingOfTheNetworkAnswersIt() {
        User third = node.newUser();
        long first = id(forker.post(source + "/forks", "{\"name\":\"mine\"}"));
        String fork = "/repos/" + forker.login() + "/mine";
        Answered ofFork = third.post(fork + "/forks", null);
        long events = node.events();

        assertThat(ofFork.json().at("/parent/id").longValue()).isEqualTo(first);
        assertThat(ofFork.json().at("/parent/fork").booleanValue()).isTrue();
        assertThat(ofFork.json().at("/source/full_name").stringValue()).isEqualTo(owner.login() + "/Source");
        Answered again = forker.post(source + "/forks", "{\"name\":\"other\"}");
        assertThat(again.status()).isEqualTo(202);
        assertThat(id(again)).isEqualTo(first);
        assertThat(id(forker.post(fork + "/forks", null))).isEqualTo(first);
        assertThat(id(third.post(source + "/forks", null))).isEqualTo(id(ofFork));
        assertThat(owner.post(fork + "/forks", null).json().get("full_name").stringValue())
                .isEqualTo(owner.login() + "/Source");
        assertThat(owner.post(source + "/forks", null).status()).isEqualTo(202);
        assertThat(node.events()).isEqualTo(events);
        forker.delete(fork);
        assertThat(id(forker.post(source + "/forks", null))).isNotEqualTo(first);
    }

    @RepeatedTest(10)
    void givenManyAtOnce_thenThereIsOneFork() throws Exception {
        List<Answered> answers = Together.run(6, i -> forker.post(source + "/forks", null));

        assertThat(answers).allMatch(answer -> answer.status() == 202);
        assertThat(answers.stream().map(ForksTest::id).distinct()).hasSize(1);
    }

    @Test
    void givenTheNameIsTaken_thenTheForkGetsANumberUnlessItWasAskedFor() {
        forker.repository("source");
        assertThat(forker.post(source + "/forks", "{\"name\":\"SOURCE\"}").fieldError())
                .isEqualTo("name:already_exists");

        assertThat(forker.post(source + "/forks", null).json().get("name").stringValue())
                .isEqualTo("Source-1");
    }

    @Test
    void givenForkingIsOffOrTheRepositoryHidden_thenItIsRefused() {
        owner.patch(source, "{\"allow_forking\":false}");
        assertThat(forker.post(source + "/forks", null).status()).isEqualTo(403);

        owner.patch(source, "{\"allow_forking\":true,\"private\":true}");
        Answered hidden = forker.post(source + "/forks", null);
        assertThat(hidden.status()).isEqualTo(404);
        assertThat(hidden.text())
                .isEqualTo(forker.post("/repos/no/where/forks", null).text());
        assertThat(node.post(source + "/forks", null, null).status()).isEqualTo(401);
    }

    @Test
    void givenTheParentIsHiddenOrGone_thenTheForkIsStillOneAndSaysNoMore() {
        forker.post(source + "/forks", null);
        String fork = "/repos/" + forker.login() + "/Source";

        owner.patch(source, "{\"private\":true}");
        assertThat(forker.patch(fork, "{}").json().has("parent")).isFalse();
        owner.delete(source);
        JsonNode orphan = forker.patch(fork, "{}").json();
        assertThat(orphan.get("fork").booleanValue()).isTrue();
        assertThat(orphan.has("parent")).isFalse();
        assertThat(orphan.has("source")).isFalse();
    }

    @Test
    void givenAPullRequestFromAFork_thenItsHeadIsThere() {
        forker.post(source + "/forks", "{\"name\":\"mine\"}");

        JsonNode pull = forker.post(
                        source + "/pulls",
                        "{\"title\":\"x\",\"head\":\"" + forker.login() + ":trunk\",\"base\":\"trunk\"}")
                .json();

        assertThat(pull.at("/head/repo/full_name").stringValue()).isEqualTo(forker.login() + "/mine");
        assertThat(pull.at("/base/repo/full_name").stringValue()).isEqualTo(owner.login() + "/Source");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"name\":5} | name:invalid",
                "{\"name\":\"a b\"} | name:invalid",
                "{\"name\":\"\"} | name:invalid",
                "{\"organization\":\"no-such-org\"} | organization:invalid",
                "{\"default_branch_only\":\"yes\"} | default_branch_only:invalid"
            })
    void givenAWrongField_then422AndNothingIsStored(String body, String error) {
        long before = node.events();

        Answered answer = forker.post(source + "/forks", body);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.fieldError()).isEqualTo(error);
        assertThat(node.events()).isEqualTo(before);
    }

    private static long id(Answered answer) {
        return answer.json().get("id").longValue();
    }

    @Test
    void givenAPublicFork_thenItStaysPublic() {
        User author = node.newUser();
        User forker = node.newUser();
        String source = author.repository("forked-in-public");
        assertThat(forker.post(source + "/forks", null).status()).isEqualTo(202);
        String fork = "/repos/" + forker.login() + "/forked-in-public";
        for (String wish : new String[] {"{\"private\":true}", "{\"visibility\":\"private\"}"}) {
            Answered refused = forker.patch(fork, wish);
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.fieldError()).isEqualTo("private:custom");
        }
        assertThat(forker.patch(fork, "{\"private\":false}").status()).isEqualTo(200);
        assertThat(author.patch(source, "{\"private\":true}").status()).isEqualTo(200);
    }

    @Test
    void givenAFormerCollaborator_thenTheirPrivateForkIsGoneToo() {
        String hidden = owner.repository("hidden", ",\"private\":true");
        String collaborator = hidden + "/collaborators/" + forker.login();
        owner.put(collaborator, "{\"permission\":\"pull\"}");
        assertThat(forker.post(hidden + "/forks", null).status()).isEqualTo(202);
        String fork = "/repos/" + forker.login() + "/hidden";
        assertThat(forker.patch(fork, "{}").status()).isEqualTo(200);

        owner.delete(collaborator);

        assertThat(forker.patch(fork, "{}").status()).isEqualTo(404);
    }

    @Test
    void givenAFormerMember_thenTheirPrivateForksOfWhatTheySawThereAreGoneToo() {
        String org = node.newLogin();
        node.post(
                "/admin/organizations",
                CommandNode.ADMIN,
                "{\"login\":\"" + org + "\",\"admin\":\"" + owner.login() + "\"}");
        owner.put("/orgs/" + org + "/memberships/" + forker.login(), "{}");
        owner.patch("/orgs/" + org, "{\"members_can_fork_private_repositories\":true}");
        owner.post("/orgs/" + org + "/repos", "{\"name\":\"inside\",\"private\":true}");
        assertThat(forker.post("/repos/" + org + "/inside/forks", null).status())
                .isEqualTo(202);
        String fork = "/repos/" + forker.login() + "/inside";
        assertThat(forker.patch(fork, "{}").status()).isEqualTo(200);

        owner.delete("/orgs/" + org + "/members/" + forker.login());

        assertThat(forker.patch(fork, "{}").status()).isEqualTo(404);
    }
}
