package org.forgelog.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.forgelog.command.CommandNode.User;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Organizations, their members, and what belongs to them. */
@Isolated("counts the events of a node that others use, too")
class OrganizationsTest {

    private static final String TITLE = "{\"title\":\"x\"}";

    private final CommandNode node = CommandNode.shared();
    private User admin;
    private User member;
    private User stranger;
    private String org;

    @BeforeEach
    void anOrganization() {
        admin = node.newUser();
        member = node.newUser();
        stranger = node.newUser();
        org = node.newOrganization(admin);
        admin.put("/orgs/" + org + "/memberships/" + member.login(), null);
    }

    @Test
    void givenALoginAndAnAdmin_thenTheOrganizationIsThere() {
        String login = "Org-" + node.newLogin();
        Answered answer = node.post(
                "/admin/organizations",
                CommandNode.ADMIN,
                "{\"login\":\"" + login + "\",\"admin\":\"" + admin.login() + "\",\"profile_name\":\"The Org\"}");

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().get("login").stringValue()).isEqualTo(login);
        assertThat(answer.json().get("members_url").stringValue()).endsWith("/orgs/" + login + "/members{/member}");
        assertThat(answer.header("Location")).endsWith("/orgs/" + login);
        JsonNode full = admin.patch("/orgs/" + login.toLowerCase(), "{}").json();
        assertThat(full.get("name").stringValue()).isEqualTo("The Org");
        assertThat(full.get("type").stringValue()).isEqualTo("Organization");
        assertThat(full.get("default_repository_permission").stringValue()).isEqualTo("read");
        assertThat(node.post("/admin/users", CommandNode.ADMIN, "{\"login\":\"" + login + "\"}")
                        .fieldError())
                .isEqualTo("login:already_exists");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | login:missing_field",
                "{\"login\":5,\"admin\":\"$\"} | login:invalid",
                "{\"login\":\"a_b\",\"admin\":\"$\"} | login:invalid",
                "{\"login\":\"$\",\"admin\":\"$\"} | login:already_exists",
                "{\"login\":\"fresh-org\"} | admin:missing_field",
                "{\"login\":\"fresh-org\",\"admin\":\"no-such-user\"} | admin:invalid",
                "{\"login\":\"fresh-org\",\"admin\":\"%\"} | admin:invalid",
                "{\"login\":\"fresh-org\",\"admin\":\"$\",\"profile_name\":\"a\\u0000\"} | name:invalid"
            })
    void givenAWrongOrganization_then422AndNothingIsStored(String body, String error) {
        long before = node.events();
        Answered answer = node.post(
                "/admin/organizations",
                CommandNode.ADMIN,
                body.replace("$", admin.login()).replace("%", org));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.fieldError()).isEqualTo(error);
        assertThat(node.events()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "PATCH | /orgs/% | {\"default_repository_permission\":\"pull\"} | default_repository_permission:invalid",
                "PATCH | /orgs/% | {\"billing_email\":\"x\"} | billing_email:invalid",
                "PATCH | /orgs/% | {\"members_can_create_repositories\":1} | members_can_create_repositories:invalid",
                "PATCH | /orgs/% | {\"members_allowed_repository_creation_type\":\"x\"}"
                        + " | members_allowed_repository_creation_type:invalid",
                "PATCH | /orgs/% | {\"description\":7} | description:invalid",
                "PUT | /orgs/%/memberships/$ | {\"role\":\"owner\"} | role:invalid",
                "PUT | /orgs/%/memberships/$ | {\"role\":[]} | role:invalid",
                "PATCH | /user/memberships/orgs/% | {} | state:missing_field",
                "PATCH | /user/memberships/orgs/% | {\"state\":\"pending\"} | state:invalid",
                "POST | /orgs/%/repos | {} | name:missing_field",
                "POST | /orgs/%/repos | {\"name\":\"a b\"} | name:invalid"
            })
    void givenAWrongField_then422NamesIt(String method, String path, String body, String error) {
        long before = node.events();
        Answered answer = node.call(
                method.strip(), path.strip().replace("%", org).replace("$", stranger.login()), admin.token(), body);
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.fieldError()).isEqualTo(error);
        assertThat(node.events()).isEqualTo(before);
    }

    @Test
    void givenSettings_thenTheyAreKept() {
        JsonNode json = admin.patch(
                        "/orgs/" + org,
                        "{\"description\":\"we\",\"billing_email\":\"a@b.org\",\"default_repository_permission\":\"none\","
                                + "\"members_allowed_repository_creation_type\":\"private\",\"company\":\"c\"}")
                .json();
        assertThat(json.get("description").stringValue()).isEqualTo("we");
        assertThat(json.get("billing_email").stringValue()).isEqualTo("a@b.org");
        assertThat(json.get("default_repository_permission").stringValue()).isEqualTo("none");
        assertThat(json.get("members_can_create_public_repositories").booleanValue())
                .isFalse();
        assertThat(json.get("members_can_create_private_repositories").booleanValue())
                .isTrue();
        assertThat(json.get("company").stringValue()).isEqualTo("c");
    }

    @Test
    void givenMembers_thenTheyComeGoAndChangeRolesAndTheLastAdminStays() {
        Answered added = admin.put("/orgs/" + org + "/memberships/" + stranger.login(), "{\"role\":\"admin\"}");
        assertThat(added.status()).isEqualTo(200);
        assertThat(added.json().get("state").stringValue()).isEqualTo("active");
        assertThat(added.json().get("role").stringValue()).isEqualTo("admin");
        assertThat(added.json().at("/organization/login").stringValue()).isEqualTo(org);
        assertThat(added.json().at("/user/login").stringValue()).isEqualTo(stranger.login());
        assertThat(member.patch("/user/memberships/orgs/" + org, "{\"state\":\"active\"}")
                        .json()
                        .get("role")
                        .stringValue())
                .isEqualTo("member");

        assertThat(stranger.delete("/orgs/" + org + "/members/" + admin.login()).status())
                .isEqualTo(204);
        assertThat(stranger.delete("/orgs/" + org + "/memberships/" + stranger.login())
                        .status())
                .isEqualTo(403);
        assertThat(stranger.put("/orgs/" + org + "/memberships/" + stranger.login(), "{}")
                        .status())
                .isEqualTo(403);
        assertThat(node.delete("/admin/users/" + stranger.login(), CommandNode.ADMIN)
                        .status())
                .isEqualTo(403);
        assertThat(member.delete("/orgs/" + org + "/memberships/" + member.login())
                        .status())
                .isEqualTo(204);
        assertThat(stranger.delete("/orgs/" + org + "/members/" + member.login())
                        .status())
                .isEqualTo(404);
        assertThat(stranger.put("/orgs/" + org + "/memberships/" + org, null).status())
                .isEqualTo(404);
        assertThat(stranger.put("/orgs/" + org + "/memberships/no-such-user", null)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void givenTwoAdminsWhoRemoveEachOtherAtOnce_thenOneStays() throws Exception {
        admin.put("/orgs/" + org + "/memberships/" + member.login(), "{\"role\":\"admin\"}");
        List<User> both = List.of(admin, member);

        List<Answered> answers = Together.run(2, i -> both.get(i)
                .delete("/orgs/" + org + "/members/" + both.get(1 - i).login()));

        assertThat(answers.stream().map(Answered::status)).containsExactlyInAnyOrder(204, 403);
    }

    @Test
    void givenTheSiteAdministrator_thenTheyMayDoWhatAdminsMay() {
        String membership = "/orgs/" + org + "/memberships/" + stranger.login();
        assertThat(node.put(membership, CommandNode.ADMIN, null).status()).isEqualTo(200);
        assertThat(node.delete(membership, CommandNode.ADMIN).status()).isEqualTo(204);
        assertThat(node.patch("/orgs/" + org, CommandNode.ADMIN, "{}").status()).isEqualTo(200);
        assertThat(node.delete("/orgs/" + org, CommandNode.ADMIN).status()).isEqualTo(202);
    }

    @Test
    void givenARepositoryOfTheOrganization_thenItsCreatorIsAdminOfIt() {
        Answered created = member.post("/orgs/" + org + "/repos", "{\"name\":\"ours\",\"private\":true}");
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.json().get("full_name").stringValue()).isEqualTo(org + "/ours");
        assertThat(created.json().at("/owner/type").stringValue()).isEqualTo("Organization");
        assertThat(created.json().at("/organization/login").stringValue()).isEqualTo(org);
        assertThat(created.json().at("/permissions/admin").booleanValue()).isTrue();
        String path = "/repos/" + org + "/ours";
        assertThat(member.patch(path, "{\"description\":\"d\"}").status()).isEqualTo(200);
        assertThat(admin.patch(path, "{\"description\":\"e\"}").status()).isEqualTo(200);

        admin.delete("/orgs/" + org + "/members/" + member.login());
        assertThat(member.patch(path, "{}").status()).isEqualTo(404);
    }

    @Test
    void givenMembersMayCreateSomeOnly_thenTheOthersAreRefused() {
        String repos = "/orgs/" + org + "/repos";
        admin.patch("/orgs/" + org, "{\"members_can_create_public_repositories\":false}");
        assertThat(member.post(repos, "{\"name\":\"a\"}").status()).isEqualTo(403);
        assertThat(member.post(repos, "{\"name\":\"a\",\"private\":true}").status())
                .isEqualTo(201);
        admin.patch("/orgs/" + org, "{\"members_can_create_repositories\":false}");
        assertThat(member.post(repos, "{\"name\":\"b\",\"private\":true}").status())
                .isEqualTo(403);
        assertThat(admin.post(repos, "{\"name\":\"b\"}").status()).isEqualTo(201);
        assertThat(stranger.post(repos, "{\"name\":\"c\"}").status()).isEqualTo(403);
        assertThat(stranger.post("/orgs/" + stranger.login() + "/repos", "{\"name\":\"c\"}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void givenTheDefaultPermission_thenMembersMayWhatItSays() {
        admin.post("/orgs/" + org + "/repos", "{\"name\":\"ours\",\"private\":true}");
        String path = "/repos/" + org + "/ours";
        admin.post(path + "/issues", TITLE);

        assertThat(member.patch(path + "/issues/1", TITLE).status()).isEqualTo(403);
        admin.patch("/orgs/" + org, "{\"default_repository_permission\":\"write\"}");
        assertThat(member.patch(path + "/issues/1", TITLE).status()).isEqualTo(200);
        admin.patch("/orgs/" + org, "{\"default_repository_permission\":\"none\"}");
        assertThat(member.patch(path + "/issues/1", TITLE).status()).isEqualTo(404);
        assertThat(stranger.patch(path + "/issues/1", TITLE).status()).isEqualTo(404);
    }

    @Test
    void givenCollaborators_thenTheyMayWhatTheyWereGiven() {
        String path = admin.repository("shared", ",\"private\":true");
        String collaborator = path + "/collaborators/" + stranger.login();
        admin.post(path + "/issues", TITLE);
        assertThat(stranger.post(path + "/issues", TITLE).status()).isEqualTo(404);

        assertThat(admin.put(collaborator, "{\"permission\":\"pull\"}").status())
                .isEqualTo(204);
        assertThat(stranger.post(path + "/issues", TITLE).status()).isEqualTo(201);
        assertThat(stranger.patch(path + "/issues/1", TITLE).status()).isEqualTo(403);
        admin.put(collaborator, "{\"permission\":\"triage\"}");
        assertThat(stranger.patch(path + "/issues/1", TITLE).status()).isEqualTo(403);
        assertThat(stranger.patch(path + "/issues/1", "{\"state\":\"closed\"}").status())
                .isEqualTo(200);
        assertThat(stranger.post(path + "/issues/1/labels", "{\"labels\":[\"new\"]}")
                        .status())
                .isEqualTo(403);
        admin.put(collaborator, null);
        assertThat(stranger.post(path + "/issues/1/labels", "{\"labels\":[\"new\"]}")
                        .status())
                .isEqualTo(200);
        assertThat(stranger.patch(path, "{}").status()).isEqualTo(403);

        assertThat(stranger.delete(collaborator).status()).isEqualTo(204);
        assertThat(stranger.post(path + "/issues", TITLE).status()).isEqualTo(404);
        assertThat(admin.put(path + "/collaborators/" + admin.login(), null).fieldError())
                .isEqualTo("collaborator:invalid");
        assertThat(admin.put(collaborator, "{\"permission\":\"none\"}").fieldError())
                .isEqualTo("permission:invalid");
        assertThat(admin.put(collaborator, "{\"permission\":3}").fieldError()).isEqualTo("permission:invalid");
        assertThat(admin.put(path + "/collaborators/no-such-user", null).status())
                .isEqualTo(404);
        assertThat(admin.put(path + "/collaborators/" + org, null).status()).isEqualTo(404);
    }

    @Test
    void givenAssignees_thenMembersAndCollaboratorsMayBe() {
        admin.post("/orgs/" + org + "/repos", "{\"name\":\"ours\"}");
        String issues = "/repos/" + org + "/ours/issues";
        User collaborator = node.newUser();
        admin.put("/repos/" + org + "/ours/collaborators/" + collaborator.login(), "{\"permission\":\"push\"}");

        assertThat(admin.post(issues, "{\"title\":\"x\",\"assignees\":[\"" + stranger.login() + "\"]}")
                        .fieldError())
                .isEqualTo("assignees:invalid");

        JsonNode issue = admin.post(
                        issues,
                        "{\"title\":\"x\",\"assignees\":[\"" + member.login() + "\",\"" + collaborator.login() + "\"]}")
                .json();

        assertThat(issue.get("assignees").valueStream().map(a -> a.get("login").stringValue()))
                .containsExactly(member.login(), collaborator.login());
    }

    @Test
    void givenATransfer_thenTheRepositoryIsTheOthersAndTheOldAddressLeadsThere() {
        String path = member.repository("mobile", ",\"private\":true");
        member.post(path + "/issues", TITLE);

        Answered answer = member.post(path + "/transfer", "{\"new_owner\":\"" + org + "\",\"new_name\":\"Moved\"}");

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.json().get("full_name").stringValue()).isEqualTo(org + "/Moved");
        assertThat(answer.json().at("/permissions/admin").booleanValue()).isTrue();
        assertThat(member.post(path + "/issues", TITLE).status()).isEqualTo(307);
        assertThat(stranger.post(path + "/issues", TITLE).status()).isEqualTo(404);
        assertThat(admin.post("/repos/" + org + "/moved/issues", TITLE).number())
                .isEqualTo(2);
        member.repository("mobile");
        assertThat(member.post(path + "/issues", TITLE).number()).isEqualTo(1);
    }

    @Test
    void givenATransferToAUser_thenTheFormerOwnerKeepsPushAccess() {
        String path = admin.repository("gift", ",\"private\":true");
        admin.put(path + "/collaborators/" + stranger.login(), null);

        assertThat(admin.post(path + "/transfer", "{\"new_owner\":\"" + stranger.login() + "\"}")
                        .status())
                .isEqualTo(202);

        String moved = "/repos/" + stranger.login() + "/gift";
        assertThat(stranger.patch(moved, "{}").status()).isEqualTo(200);
        assertThat(admin.patch(moved, "{}").status()).isEqualTo(403);
        assertThat(admin.post(moved + "/labels", "{\"name\":\"l\"}").status()).isEqualTo(201);
        assertThat(stranger.delete(moved + "/collaborators/" + admin.login()).status())
                .isEqualTo(204);
        assertThat(admin.patch(moved, "{}").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | new_owner:missing_field",
                "{\"new_owner\":\"no-such-account\"} | new_owner:invalid",
                "{\"new_owner\":\"a b\"} | new_owner:invalid",
                "{\"new_owner\":7} | new_owner:invalid",
                "{\"new_owner\":\"$\",\"new_name\":\"a b\"} | name:invalid",
                "{\"new_owner\":\"$\",\"new_name\":\"taken\"} | name:already_exists"
            })
    void givenAWrongTransfer_then422AndNothingIsStored(String body, String error) {
        String path = admin.repository("source");
        member.repository("taken");
        long before = node.events();
        Answered answer = admin.post(path + "/transfer", body.replace("$", member.login()));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.fieldError()).isEqualTo(error);
        assertThat(node.events()).isEqualTo(before);
    }

    @Test
    void givenTheNewOwnerHasAForkOrIsNotForTheCallerToFill_thenTheTransferIsRefused() {
        String path = admin.repository("source");
        stranger.post(path + "/forks", null);
        assertThat(admin.post(path + "/transfer", "{\"new_owner\":\"" + stranger.login() + "\"}")
                        .fieldError())
                .isEqualTo("new_owner:custom");
        String own = stranger.repository("own");
        assertThat(stranger.post(own + "/transfer", "{\"new_owner\":\"" + org + "\"}")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void givenAForkIntoTheOrganization_thenItIsTheOrganizationsOnlyOne() {
        String source = stranger.repository("source");
        String body = "{\"organization\":\"" + org + "\"}";

        Answered fork = member.post(source + "/forks", body);

        assertThat(fork.status()).isEqualTo(202);
        assertThat(fork.json().get("full_name").stringValue()).isEqualTo(org + "/source");
        assertThat(admin.post(source + "/forks", body).json().get("id"))
                .isEqualTo(fork.json().get("id"));
        assertThat(stranger.post(source + "/forks", body).status()).isEqualTo(403);
        assertThat(member.post(source + "/forks", "{\"organization\":\"" + stranger.login() + "\"}")
                        .fieldError())
                .isEqualTo("organization:invalid");
        admin.patch("/orgs/" + org, "{\"members_can_create_repositories\":false}");
        assertThat(member.post(stranger.repository("other") + "/forks", body).status())
                .isEqualTo(403);
    }

    @Test
    void givenAPrivateRepositoryOfAnOrganization_thenMembersForkItOnlyIfTheyMay() {
        admin.post("/orgs/" + org + "/repos", "{\"name\":\"secret\",\"private\":true}");
        String forks = "/repos/" + org + "/secret/forks";
        assertThat(member.post(forks, null).status()).isEqualTo(403);
        admin.patch("/orgs/" + org, "{\"members_can_fork_private_repositories\":true}");
        Answered fork = member.post(forks, null);
        assertThat(fork.status()).isEqualTo(202);
        assertThat(fork.json().get("private").booleanValue()).isTrue();
    }

    @Test
    void givenARenamedOrDeletedOrganization_thenItsRepositoriesFollow() {
        admin.post("/orgs/" + org + "/repos", "{\"name\":\"ours\"}");
        String renamed = "renamed-" + org;
        assertThat(node.patch("/admin/users/" + org, CommandNode.ADMIN, "{\"login\":\"x\"}")
                        .status())
                .isEqualTo(404);
        Answered answer =
                node.patch("/admin/organizations/" + org, CommandNode.ADMIN, "{\"login\":\"" + renamed + "\"}");
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.json().get("url").stringValue()).contains("/organizations/");
        assertThat(member.post("/repos/" + renamed + "/ours/issues", TITLE).status())
                .isEqualTo(201);

        assertThat(admin.delete("/orgs/" + renamed).status()).isEqualTo(202);
        assertThat(member.post("/repos/" + renamed + "/ours/issues", TITLE).status())
                .isEqualTo(404);
        assertThat(admin.patch("/orgs/" + renamed, "{}").status()).isEqualTo(404);
        node.user(renamed);
    }

    @Test
    void givenADeletedUser_thenTheirRightsAreGoneWithThem() {
        String path = admin.repository("shared");
        admin.put(path + "/collaborators/" + member.login(), null);
        assertThat(node.delete("/admin/users/" + member.login(), CommandNode.ADMIN)
                        .status())
                .isEqualTo(204);
        for (String type : List.of("member-removed", "collaborator-removed")) {
            assertThat(node.sql()
                            .sql("select count(*) from domain_event where type = ? and payload::text like ?")
                            .param(type)
                            .param("%" + idOf(member) + "%")
                            .query(Long.class)
                            .single())
                    .isEqualTo(1);
        }
    }

    private long idOf(User user) {
        return node.sql()
                .sql("select id from account where login = ?")
                .param(user.login())
                .query(Long.class)
                .single();
    }
}
