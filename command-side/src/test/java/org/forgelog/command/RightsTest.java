package org.forgelog.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.forgelog.command.CommandNode.User;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RightsTest {

    private static final String TITLE = "{\"title\":\"x\"}";
    private static final String PULL = "{\"title\":\"x\",\"head\":\"f\",\"base\":\"main\"}";

    private final CommandNode node = CommandNode.shared();
    private User owner;
    private User author;
    private User stranger;
    private String repository;

    @BeforeEach
    void people() {
        owner = node.newUser();
        author = node.newUser();
        stranger = node.newUser();
        repository = owner.repository("open");
        author.post(repository + "/issues", TITLE);
        author.post(repository + "/pulls", PULL);
    }

    @ParameterizedTest
    @CsvSource({
        "PATCH, /issues/1, 200, 200, 403",
        "PATCH, /pulls/1, 200, 200, 403",
        "PUT, /pulls/1/merge, 200, 403, 403",
        "POST, /issues, 422, 422, 422",
        "PATCH, '', 200, 403, 403",
        "DELETE, '', 204, 403, 403"
    })
    void whoMayDoWhat(String method, String path, int byOwner, int byAuthor, int byStranger) {
        assertThat(node.call(method, repository + path, stranger.token(), "{}").status())
                .isEqualTo(byStranger);
        assertThat(node.call(method, repository + path, author.token(), "{}").status())
                .isEqualTo(byAuthor);
        assertThat(node.call(method, repository + path, owner.token(), "{}").status())
                .isEqualTo(byOwner);
    }

    @Test
    void whatSomebodyWroteTellsHowTheyStandToTheRepository() {
        User member = node.newUser();
        String organization = node.newOrganization(owner);
        owner.put("/orgs/" + organization + "/memberships/" + member.login(), null);
        owner.post("/orgs/" + organization + "/repos", "{\"name\":\"ours\"}");
        String ours = "/repos/" + organization + "/ours";
        owner.put(ours + "/collaborators/" + author.login(), null);
        owner.put(repository + "/collaborators/" + author.login(), null);

        assertThat(association(owner, repository)).isEqualTo("OWNER");
        assertThat(association(owner, ours)).isEqualTo("MEMBER");
        assertThat(association(member, ours)).isEqualTo("MEMBER");
        assertThat(association(author, ours)).isEqualTo("COLLABORATOR");
        assertThat(association(author, repository)).isEqualTo("COLLABORATOR");
        assertThat(association(stranger, ours)).isEqualTo("NONE");
        int pull = (int) stranger.post(ours + "/pulls", "{\"title\":\"x\",\"head\":\"f\",\"base\":\"main\"}")
                .number();
        owner.put(ours + "/pulls/" + pull + "/merge", "{}");
        assertThat(association(stranger, ours)).isEqualTo("CONTRIBUTOR");
    }

    private static String association(User user, String repository) {
        Answered issue = user.post(repository + "/issues", TITLE);
        String said = issue.json().get("author_association").stringValue();
        assertThat(user.post(repository + "/issues/" + issue.number() + "/comments", "{\"body\":\"x\"}")
                        .json()
                        .get("author_association")
                        .stringValue())
                .isEqualTo(said);
        return said;
    }

    @Test
    void givenAUserWhoWasPromoted_thenTheyAreASiteAdministratorUntilSomebodyElseDemotesThem() {
        String admins = "/users/%s/site_admin";
        String another = "/users/" + stranger.login() + "/suspended";
        assertThat(author.put(another, null).status()).isEqualTo(403);
        assertThat(node.put(admins.formatted(author.login()), CommandNode.ADMIN, null)
                        .status())
                .isEqualTo(204);
        assertThat(author.put(another, null).status()).isEqualTo(204);
        assertThat(author.delete(another).status()).isEqualTo(204);
        assertThat(author.patch("/user", "{\"bio\":\"root\"}")
                        .json()
                        .get("site_admin")
                        .booleanValue())
                .isTrue();
        assertThat(author.delete(admins.formatted(author.login())).status()).isEqualTo(403);
        assertThat(author.put(admins.formatted(owner.login()), null).status()).isEqualTo(204);
        assertThat(owner.delete(admins.formatted(author.login())).status()).isEqualTo(204);
        assertThat(author.put(another, null).status()).isEqualTo(403);
        assertThat(node.delete(admins.formatted(owner.login()), CommandNode.ADMIN)
                        .status())
                .isEqualTo(204);
        assertThat(node.put(admins.formatted("nobody-at-all"), CommandNode.ADMIN, null)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void givenAnAuthor_thenTheyReopenWhatTheyClosedButNotWhatTheOwnerClosed() {
        String issue = repository + "/issues/1";
        author.patch(issue, "{\"state\":\"closed\"}");
        assertThat(author.patch(issue, "{\"state\":\"open\"}")
                        .json()
                        .get("state_reason")
                        .stringValue())
                .isEqualTo("reopened");
        owner.patch(issue, "{\"state\":\"closed\",\"state_reason\":\"not_planned\"}");

        assertThat(author.patch(issue, "{\"state\":\"open\"}").status()).isEqualTo(403);
    }

    @Test
    void givenAPrivateRepository_thenOthersGetTheBodyOfOneThatDoesNotExist() {
        String hidden = owner.repository("hidden", ",\"private\":true");
        String unknown = "/repos/" + owner.login() + "/unknown";
        owner.post(hidden + "/issues", TITLE);

        for (String rest : new String[] {"/issues", "/pulls"}) {
            assertSame(stranger.post(hidden + rest, PULL), stranger.post(unknown + rest, PULL));
        }
        assertSame(stranger.patch(hidden + "/issues/1", "{}"), stranger.patch(unknown + "/issues/1", "{}"));
        assertSame(stranger.patch(hidden, "{}"), stranger.patch(unknown, "{}"));
        assertSame(stranger.delete(hidden), stranger.delete(unknown));
        String star = "/user/starred/" + owner.login();
        assertSame(stranger.put(star + "/hidden", null), stranger.put(star + "/unknown", null));
        owner.patch(hidden, "{\"name\":\"hidden-too\"}");
        assertSame(stranger.patch(hidden, "{}"), stranger.patch(unknown, "{}"));
    }

    private static void assertSame(Answered hidden, Answered unknown) {
        assertThat(hidden.status()).isEqualTo(404);
        assertThat(hidden.text()).isEqualTo(unknown.text());
    }

    @Test
    void givenAnArchivedRepository_thenWritesAreRefusedUntilItIsTakenOut() {
        owner.patch(repository, "{\"description\":\"last words\",\"archived\":true}");

        assertThat(owner.post(repository + "/issues", TITLE).status()).isEqualTo(403);
        assertThat(owner.patch(repository + "/issues/1", "{}").status()).isEqualTo(403);
        assertThat(owner.put(repository + "/pulls/1/merge", null).status()).isEqualTo(403);
        assertThat(owner.patch(repository, "{\"name\":\"other\"}").status()).isEqualTo(403);
        assertThat(stranger.put("/user/starred/" + owner.login() + "/open", null)
                        .status())
                .isEqualTo(204);
        Answered back = owner.patch(repository, "{\"archived\":false,\"name\":\"other\"}");
        assertThat(back.json().get("name").stringValue()).isEqualTo("other");
        assertThat(back.json().get("archived").booleanValue()).isFalse();
    }

    @Test
    void givenIssuesAreDisabled_thenTheyAreGone() {
        owner.patch(repository, "{\"has_issues\":false}");

        assertThat(author.post(repository + "/issues", TITLE).status()).isEqualTo(410);
        assertThat(author.patch(repository + "/issues/1", "{}").status()).isEqualTo(410);
        assertThat(author.post(repository + "/pulls", PULL.replace("\"f\"", "\"g\""))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void givenASuspendedAccount_thenItMayNotWriteUntilItIsLetBackIn() {
        node.put("/users/" + author.login() + "/suspended", CommandNode.ADMIN, null);
        assertThat(author.post(repository + "/issues", TITLE).status()).isEqualTo(403);

        node.delete("/users/" + author.login() + "/suspended", CommandNode.ADMIN);
        assertThat(author.post(repository + "/issues", TITLE).status()).isEqualTo(201);
    }

    @Test
    void givenNobodyOrAStrangeToken_thenAuthenticationIsAskedFor() {
        assertThat(node.post(repository + "/issues", null, TITLE).status()).isEqualTo(401);
        assertThat(node.post("/repos/no/where/issues", null, TITLE).status()).isEqualTo(401);
        assertThat(node.post(repository + "/issues", "fl_unknown", TITLE).status())
                .isEqualTo(401);
        assertThat(node.post("/batch", null, "{}").status()).isEqualTo(401);
    }

    @Test
    void givenUsersAndTheAdministrator_thenNeitherDoesWhatIsTheOthers() {
        assertThat(node.post("/admin/users", owner.token(), "{\"login\":\"intruder\"}")
                        .status())
                .isEqualTo(403);
        assertThat(node.post(repository + "/issues", CommandNode.ADMIN, TITLE).status())
                .isEqualTo(403);
    }
}
