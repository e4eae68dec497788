package org.forgelog.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.forgelog.command.CommandNode.User;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What tokens may be used for: GitHub's classic scopes. */
class ScopesTest {

    private static final CommandNode node = CommandNode.shared();
    private User owner;
    private String open;
    private String secret;

    @BeforeEach
    void aPublicAndAPrivateRepository() {
        owner = node.newUser();
        open = owner.repository("open");
        secret = owner.repository("secret", ",\"private\":true");
    }

    private User with(String... scopes) {
        return new User(node, owner.login(), node.token(owner.login(), List.of(scopes)));
    }

    @Test
    void givenATokenForNothing_thenAPrivateRepositoryStays() {
        assertThat(with().delete(secret).status()).isEqualTo(403);
        assertThat(with("delete_repo").delete(secret).status()).isEqualTo(404);
        assertThat(with("repo").delete(secret).status()).isEqualTo(403);
        assertThat(with("repo", "delete_repo").delete(secret).status()).isEqualTo(204);
        assertThat(with("delete_repo").delete(open).status()).isEqualTo(204);
    }

    @Test
    void givenATokenForPublicRepositories_thenPrivateOnesAreNotThere() {
        User limited = with("public_repo");
        assertThat(limited.post(open + "/issues", "{\"title\":\"x\"}").status()).isEqualTo(201);
        Answered hidden = limited.post(secret + "/issues", "{\"title\":\"x\"}");
        Answered unknown = limited.post(open + "-not" + "/issues", "{\"title\":\"x\"}");
        assertThat(hidden.status()).isEqualTo(404);
        assertThat(hidden.text()).isEqualTo(unknown.text());
        assertThat(limited.put("/user/starred/" + owner.login() + "/secret", null)
                        .status())
                .isEqualTo(404);
        assertThat(limited.post("/user/repos", "{\"name\":\"new\",\"private\":true}")
                        .status())
                .isEqualTo(403);
        assertThat(limited.post("/user/repos", "{\"name\":\"new\"}").status()).isEqualTo(201);
        assertThat(limited.patch(open, "{\"private\":true}").status()).isEqualTo(403);
        assertThat(limited.patch(open, "{\"visibility\":\"private\"}").status()).isEqualTo(403);
        assertThat(with("repo").post(secret + "/issues", "{\"title\":\"x\"}").status())
                .isEqualTo(201);
    }

    @Test
    void givenABatch_thenEachCommandNeedsItsScope() {
        String batch =
                "{\"commands\":[{\"method\":\"POST\",\"path\":\"" + open + "/issues\",\"body\":{\"title\":\"x\"}},"
                        + "{\"method\":\"PATCH\",\"path\":\"/user\",\"body\":{\"name\":\"x\"}}]}";
        assertThat(with("repo").post("/batch", batch).status()).isEqualTo(403);
        assertThat(with("repo", "user").post("/batch", batch).status()).isEqualTo(200);
    }

    @Test
    void givenASiteAdministrator_thenOnlyATokenForThatMakesThemOne() {
        node.put("/users/" + owner.login() + "/site_admin", CommandNode.ADMIN, null);
        String login = "{\"login\":\"" + node.newLogin() + "-x\"}";
        assertThat(with("repo", "user", "admin:org").post("/admin/users", login).status())
                .isEqualTo(403);
        assertThat(with("repo").post("/admin/directory/verify", null).status()).isEqualTo(403);
        assertThat(with("site_admin").post("/admin/users", login).status()).isEqualTo(201);
        assertThat(with("site_admin").post("/admin/directory/verify", null).status())
                .isEqualTo(202);

        String org = node.newOrganization(node.newUser());
        assertThat(with("admin:org").patch("/orgs/" + org, "{\"name\":\"x\"}").status())
                .isEqualTo(403);
        assertThat(with("admin:org", "site_admin")
                        .patch("/orgs/" + org, "{\"name\":\"x\"}")
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"write:org, 403", "admin:org, 200", "read:org, 403"})
    void givenAnOrganization_thenItsAdministrationHasAScopeOfItsOwn(String scope, int status) {
        String org = node.newOrganization(owner);
        assertThat(with(scope).patch("/orgs/" + org, "{\"description\":\"x\"}").status())
                .isEqualTo(status);
    }

    @Test
    void givenWords_thenTheyAreToldAsTheyWereGranted() {
        Answered answer = with("repo", "gist").post(open + "/issues", "{\"title\":\"x\"}");
        assertThat(answer.header("X-OAuth-Scopes")).isEqualTo("repo, gist");
        assertThat(answer.header("X-Accepted-OAuth-Scopes")).isEqualTo("public_repo, repo");
    }
}
