package org.forgelog.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.forgelog.command.CommandNode.User;
import org.junit.jupiter.api.Test;

class RepositoryNamesTest {

    private static final String TITLE = "{\"title\":\"x\"}";

    private final CommandNode node = CommandNode.shared();
    private final User owner = node.newUser();

    @Test
    void givenADeletedRepository_whenItsNameIsUsedAgain_thenNothingIsInherited() {
        String path = owner.repository("phoenix", ",\"description\":\"first life\",\"private\":true");
        owner.post(path + "/issues", TITLE);
        owner.post(path + "/issues", TITLE);
        assertThat(owner.delete(path).status()).isEqualTo(204);
        assertThat(owner.post(path + "/issues", TITLE).status()).isEqualTo(404);

        Answered again = owner.post("/user/repos", "{\"name\":\"Phoenix\"}");

        assertThat(again.json().get("description").isNull()).isTrue();
        assertThat(again.json().get("private").booleanValue()).isFalse();
        assertThat(owner.patch(path + "/issues/1", "{}").status()).isEqualTo(404);
        assertThat(owner.post(path + "/issues", TITLE).number()).isEqualTo(1);
    }

    @Test
    void givenARenamedRepository_thenTheFormerNameLeadsToItsId() {
        String path = owner.repository("before");
        long id = owner.patch(path, "{}").json().get("id").longValue();
        owner.patch(path, "{\"name\":\"after\"}");

        Answered moved = owner.post(path + "/issues", TITLE);
        assertThat(moved.status()).isEqualTo(307);
        assertThat(moved.header("Location")).isEqualTo(node.url() + "/repositories/" + id + "/issues");
        String there = moved.header("Location").substring(node.url().length());
        assertThat(owner.post(there, TITLE).number()).isEqualTo(1);
        assertThat(owner.patch(there + "/1", "{\"body\":\"b\"}")
                        .json()
                        .get("url")
                        .stringValue())
                .endsWith("/after/issues/1");
        assertThat(owner.patch(path, "{}").header("Location")).endsWith("/repositories/" + id);
        assertThat(node.newUser()
                        .put("/user/starred/" + owner.login() + "/before", null)
                        .status())
                .isEqualTo(204);
    }

    @Test
    void givenAFormerName_whenAnotherRepositoryTakesIt_thenItIsThatOnes() {
        owner.repository("taken");
        owner.patch("/repos/" + owner.login() + "/taken", "{\"name\":\"moved\"}");
        String path = owner.repository("taken");

        assertThat(owner.post(path + "/issues", TITLE).status()).isEqualTo(201);
        owner.delete(path);
        assertThat(owner.post(path + "/issues", TITLE).status()).isEqualTo(404);
    }

    @Test
    void givenNamesThatDifferByCaseOnly_thenTheyAreTheSameName() {
        owner.repository("Case");

        assertThat(owner.post("/user/repos", "{\"name\":\"cASE\"}").fieldError())
                .isEqualTo("name:already_exists");
        assertThat(owner.post("/repos/" + owner.login().toUpperCase() + "/CASE/issues", TITLE)
                        .status())
                .isEqualTo(201);
        Answered respelled = owner.patch("/repos/" + owner.login() + "/case", "{\"name\":\"CASE\"}");
        assertThat(respelled.json().get("name").stringValue()).isEqualTo("CASE");
    }

    @Test
    void givenAnotherRepositoryHasTheName_thenARenameIsRefused() {
        owner.repository("left");
        String right = owner.repository("right");

        Answered answer = owner.patch(right, "{\"name\":\"LEFT\",\"description\":\"not stored\"}");

        assertThat(answer.fieldError()).isEqualTo("name:already_exists");
        assertThat(owner.patch(right, "{}").json().get("description").isNull()).isTrue();
    }

    @Test
    void givenARenamedAccount_thenItsRepositoriesAreAtItsNewLogin() {
        User mover = node.newUser();
        mover.repository("luggage");
        String login = node.newLogin();

        Answered renamed =
                node.patch("/admin/users/" + mover.login(), CommandNode.ADMIN, "{\"login\":\"" + login + "\"}");

        assertThat(renamed.status()).isEqualTo(202);
        assertThat(renamed.json().get("url").stringValue()).startsWith(node.url() + "/user/");
        assertThat(mover.post("/repos/" + login + "/luggage/issues", TITLE)
                        .json()
                        .get("url")
                        .stringValue())
                .isEqualTo(node.url() + "/repos/" + login + "/luggage/issues/1");
        assertThat(mover.post("/repos/" + mover.login() + "/luggage/issues", TITLE)
                        .status())
                .isEqualTo(404);
        assertThat(node.post("/admin/users", CommandNode.ADMIN, "{\"login\":\"" + login + "\"}")
                        .fieldError())
                .isEqualTo("login:already_exists");
    }

    @Test
    void givenADeletedAccount_thenAllOfItIsGoneAndItsLoginIsFree() {
        User leaver = node.newUser();
        leaver.repository("left-behind");
        String kept = owner.repository("kept");
        leaver.post(kept + "/issues", TITLE);
        leaver.put("/user/starred" + kept.substring("/repos".length()), null);

        assertThat(node.delete("/admin/users/" + leaver.login(), CommandNode.ADMIN)
                        .status())
                .isEqualTo(204);

        assertThat(leaver.patch("/user", "{}").status()).isEqualTo(401);
        assertThat(owner.patch(kept + "/issues/1", "{\"body\":\"orphan\"}")
                        .json()
                        .at("/user/login")
                        .stringValue())
                .isEqualTo("ghost");
        assertThat(node.sql()
                        .sql(
                                "select count(*) from domain_event where type = 'repository-unstarred' and payload->>'repository_id'"
                                        + " = (select id::text from repository where name = 'kept')")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
        String heir = node.user(leaver.login());
        assertThat(node.post("/repos/" + leaver.login() + "/left-behind/issues", heir, TITLE)
                        .status())
                .isEqualTo(404);
    }
}
