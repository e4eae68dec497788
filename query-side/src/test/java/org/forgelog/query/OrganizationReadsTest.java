package org.forgelog.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.forgelog.domain.Permission;
import org.forgelog.domain.account.OrganizationRole;
import org.forgelog.query.QueryService.Answer;
import org.forgelog.query.read.ItemCache;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Organizations, members and collaborators, as they are answered. */
class OrganizationReadsTest {

    private static final String BOSS = "boss-token";
    private static final String MIA = "mia-token";
    private static final String CARL = "carl-token";

    private static QueryService service;

    @BeforeAll
    static void start() {
        service = QueryService.start();
        service.log()
                .append(
                        EventFixtures.registered(1, "boss"),
                        EventFixtures.registered(2, "mia"),
                        EventFixtures.registered(3, "carl"),
                        EventFixtures.organization(50, "Acme"),
                        EventFixtures.member(50, 1, OrganizationRole.ADMIN),
                        EventFixtures.member(50, 2, OrganizationRole.MEMBER),
                        EventFixtures.organization(51, "other"),
                        EventFixtures.member(51, 1, OrganizationRole.ADMIN),
                        EventFixtures.member(51, 2, OrganizationRole.ADMIN),
                        EventFixtures.memberLeft(51, 2),
                        EventFixtures.organization(52, "gone"),
                        EventFixtures.member(52, 1, OrganizationRole.ADMIN),
                        EventFixtures.accountDeleted(52, "gone"),
                        EventFixtures.created(10, 50, "Acme", "beta"),
                        EventFixtures.created(11, 50, "Acme", "Alpha", true),
                        EventFixtures.created(12, 2, "mia", "beta"),
                        EventFixtures.created(13, 1, "boss", "zeta", true),
                        EventFixtures.created(14, 1, "boss", "open"),
                        EventFixtures.collaborator(10, 3, Permission.READ),
                        EventFixtures.collaborator(13, 3, Permission.READ),
                        EventFixtures.collaboratorMay(13, 3, Permission.TRIAGE),
                        EventFixtures.collaborator(14, 3, Permission.MAINTAIN),
                        EventFixtures.collaborator(11, 2, Permission.WRITE));
        service.log().token(1, "boss", BOSS);
        service.log().token(2, "mia", MIA);
        service.log().token(3, "carl", CARL);
        service.await();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static List<String> names(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return values(answer, "full_name");
    }

    private static List<String> values(Answer answer, String field) {
        return answer.json()
                .valueStream()
                .map(node -> node.path(field).asString())
                .toList();
    }

    @Test
    void anOrganizationIsAnAccountOfItsOwnKind() {
        JsonNode user = service.get("/users/acme").json();
        assertThat(user.path("type").asString()).isEqualTo("Organization");
        assertThat(user.path("public_repos").asLong()).isEqualTo(1);
        JsonNode stranger = service.get("/orgs/ACME").json();
        assertThat(stranger.path("login").asString()).isEqualTo("Acme");
        assertThat(stranger.path("public_repos").asLong()).isEqualTo(1);
        assertThat(stranger.has("total_private_repos")).isFalse();
        assertThat(stranger.has("billing_email")).isFalse();
        JsonNode member = service.get("/orgs/acme", MIA).json();
        assertThat(member.path("total_private_repos").asLong()).isEqualTo(1);
        assertThat(member.path("owned_private_repos").asLong()).isEqualTo(1);
        assertThat(member.path("default_repository_permission").asString()).isEqualTo("read");
        assertThat(member.has("billing_email")).isFalse();
        assertThat(service.get("/orgs/acme", BOSS).json().has("billing_email")).isTrue();
        assertThat(service.get("/organizations/50").json().path("login").asString())
                .isEqualTo("Acme");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/orgs/boss",
                "/orgs/gone",
                "/orgs/nobody",
                "/orgs/a_b",
                "/organizations/1",
                "/organizations/x",
                "/orgs/boss/members",
                "/orgs/boss/repos",
                "/orgs/gone/members",
                "/orgs/acme/public_members/nobody",
                "/orgs/acme/public_members/carl"
            })
    void whatIsNoOrganizationIsNotFound(String route) {
        assertThat(service.get(route).status()).isEqualTo(404);
    }

    @Test
    void organizationsAreListedByIdAfterTheOneGiven() {
        assertThat(values(service.get("/organizations"), "login")).containsExactly("Acme", "other");
        assertThat(values(service.get("/organizations?since=50"), "login")).containsExactly("other");
        Answer first = service.get("/organizations?per_page=1");
        assertThat(values(service.get(first.link("next").orElseThrow()), "login"))
                .containsExactly("other");
        assertThat(service.get("/organizations?since=51").text()).isEqualTo("[]");
    }

    @Test
    void usersAndOrganizationsAreListedTogetherById() {
        assertThat(values(service.get("/users"), "login")).containsExactly("boss", "mia", "carl", "Acme", "other");
        assertThat(values(service.get("/users?since=2"), "login")).containsExactly("carl", "Acme", "other");
        Answer first = service.get("/users?per_page=3&since=1");
        assertThat(values(first, "type")).containsExactly("User", "User", "Organization");
        assertThat(values(service.get(first.link("next").orElseThrow()), "login"))
                .containsExactly("other");
    }

    @Test
    void publicRepositoriesAreListedByIdWhoeverAsks() {
        for (String token : new String[] {null, BOSS, CARL}) {
            assertThat(values(service.get("/repositories", token), "full_name"))
                    .containsExactly("Acme/beta", "mia/beta", "boss/open");
        }
        assertThat(names(service.get("/repositories?since=12"))).containsExactly("boss/open");
        Answer first = service.get("/repositories?per_page=2");
        assertThat(names(service.get(first.link("next").orElseThrow()))).containsExactly("boss/open");
    }

    @Test
    void membersAreListedByRole() {
        assertThat(values(service.get("/orgs/acme/members"), "login")).containsExactly("boss", "mia");
        assertThat(values(service.get("/orgs/acme/members?role=admin"), "login"))
                .containsExactly("boss");
        assertThat(values(service.get("/orgs/acme/members?role=member"), "login"))
                .containsExactly("mia");
        assertThat(values(service.get("/orgs/other/members"), "login")).containsExactly("boss");
        Answer first = service.get("/orgs/acme/members?per_page=1");
        assertThat(values(service.get(first.link("next").orElseThrow()), "login"))
                .containsExactly("mia");
        assertThat(service.get("/orgs/acme/members?role=owner").status()).isEqualTo(422);
    }

    @ParameterizedTest
    @CsvSource({
        "mia, mia-token, 204",
        "carl, mia-token, 404",
        "nobody, mia-token, 404",
        "mia, carl-token, 302",
        "mia, , 302"
    })
    void aMembershipIsCheckedByMembers(String user, String token, int status) {
        Answer answer = service.get("/orgs/acme/members/" + user, token);
        assertThat(answer.status()).isEqualTo(status);
        if (status == 302) {
            assertThat(service.get(answer.header("Location").orElseThrow()).status())
                    .isEqualTo(204);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/orgs/acme/memberships/mia, boss-token, 200",
        "/orgs/acme/memberships/mia, mia-token, 200",
        "/orgs/acme/memberships/mia, carl-token, 403",
        "/orgs/acme/memberships/carl, boss-token, 404",
        "/orgs/acme/memberships/carl, carl-token, 404",
        "/orgs/acme/memberships/mia, , 401",
        "/user/memberships/orgs/acme, mia-token, 200",
        "/user/memberships/orgs/acme, carl-token, 404",
        "/user/memberships/orgs/acme, , 401",
        "/user/memberships/orgs, , 401",
        "/user/memberships/orgs?state=odd, mia-token, 422",
        "/user/orgs, , 401"
    })
    void aMembershipIsShownToThoseItConcerns(String route, String token, int status) {
        Answer answer = service.get(route, token);
        assertThat(answer.status()).isEqualTo(status);
        if (status == 200) {
            assertThat(answer.json().path("role").asString()).isEqualTo("member");
            assertThat(answer.json().path("state").asString()).isEqualTo("active");
            assertThat(answer.json().at("/organization/login").asString()).isEqualTo("Acme");
            assertThat(answer.json().at("/user/login").asString()).isEqualTo("mia");
        }
    }

    @Test
    void aUsersOrganizationsAreThoseOfNow() {
        assertThat(values(service.get("/users/mia/orgs"), "login")).containsExactly("Acme");
        assertThat(values(service.get("/users/boss/orgs"), "login")).containsExactly("Acme", "other");
        assertThat(values(service.get("/user/orgs", MIA), "login")).containsExactly("Acme");
        assertThat(service.get("/users/carl/orgs").text()).isEqualTo("[]");
        assertThat(values(service.get("/user/memberships/orgs", BOSS), "role")).containsExactly("admin", "admin");
        assertThat(service.get("/user/memberships/orgs?state=pending", BOSS).text())
                .isEqualTo("[]");
    }

    @Test
    void anOrganizationsRepositoriesAreListed() {
        assertThat(names(service.get("/orgs/acme/repos", MIA))).containsExactly("Acme/Alpha", "Acme/beta");
        assertThat(names(service.get("/orgs/acme/repos?sort=full_name", MIA)))
                .containsExactly("Acme/Alpha", "Acme/beta");
        assertThat(names(service.get("/orgs/acme/repos?direction=asc", MIA)))
                .containsExactly("Acme/beta", "Acme/Alpha");
        assertThat(names(service.get("/orgs/acme/repos?type=private", MIA))).containsExactly("Acme/Alpha");
        assertThat(names(service.get("/orgs/acme/repos", CARL))).containsExactly("Acme/beta");
        assertThat(names(service.get("/orgs/acme/repos?type=member", CARL))).containsExactly("Acme/beta");
        assertThat(names(service.get("/orgs/acme/repos?type=member"))).isEmpty();
        assertThat(names(service.get("/orgs/acme/repos"))).containsExactly("Acme/beta");
        assertThat(service.get("/orgs/acme/repos?type=odd").status()).isEqualTo(422);
    }

    @Test
    void ownRepositoriesAreThoseThatOneHasRightsOn() {
        for (int i = 0; i < 2; i++) {
            assertThat(names(service.get("/user/repos", MIA))).containsExactly("Acme/Alpha", "Acme/beta", "mia/beta");
            assertThat(names(service.get("/user/repos?affiliation=owner", MIA))).containsExactly("mia/beta");
            assertThat(names(service.get("/user/repos?affiliation=collaborator", MIA)))
                    .containsExactly("Acme/Alpha");
            assertThat(names(service.get("/user/repos?affiliation=owner,organization_member&sort=created", MIA)))
                    .containsExactly("mia/beta", "Acme/Alpha", "Acme/beta");
            assertThat(names(service.get("/user/repos?visibility=private", MIA)))
                    .containsExactly("Acme/Alpha");
            assertThat(names(service.get("/user/repos?type=member", CARL)))
                    .containsExactly("Acme/beta", "boss/open", "boss/zeta");
            assertThat(names(service.get("/user/repos?sort=updated&direction=asc", CARL)))
                    .containsExactly("Acme/beta", "boss/zeta", "boss/open");
        }
        assertThat(service.get("/user/repos", MIA).rounds()).isEqualTo(1);
        assertThat(service.get("/user/repos?affiliation=friend", MIA).status()).isEqualTo(422);
    }

    @Test
    void ownRepositoriesArePaged() {
        List<String> all = Stream.iterate(
                        service.get("/user/repos?per_page=1", MIA), answer -> answer != null, answer -> answer.link(
                                        "next")
                                .map(next -> service.get(next, MIA))
                                .orElse(null))
                .flatMap(answer -> names(answer).stream())
                .toList();
        assertThat(all).containsExactly("Acme/Alpha", "Acme/beta", "mia/beta");
    }

    @Test
    void whereSomebodyHasRightsOthersSeeAsFarAsItIsPublic() {
        assertThat(names(service.get("/users/carl/repos?type=member"))).containsExactly("Acme/beta", "boss/open");
        assertThat(names(service.get("/users/carl/repos?type=member", MIA))).containsExactly("Acme/beta", "boss/open");
        assertThat(names(service.get("/users/mia/repos?type=all"))).containsExactly("Acme/beta", "mia/beta");
        assertThat(names(service.get("/users/mia/repos"))).containsExactly("mia/beta");
        assertThat(names(service.get("/users/acme/repos"))).containsExactly("Acme/beta");
    }

    @Test
    void permissionsAreToldToThoseWhoHaveAnAccount() {
        JsonNode asCarl = service.get("/repos/boss/zeta", CARL).json().path("permissions");
        assertThat(asCarl.path("triage").asBoolean()).isTrue();
        assertThat(asCarl.path("push").asBoolean()).isFalse();
        JsonNode asMia = service.get("/repos/acme/beta", MIA).json();
        assertThat(asMia.at("/permissions/pull").asBoolean()).isTrue();
        assertThat(asMia.at("/permissions/push").asBoolean()).isFalse();
        assertThat(asMia.at("/organization/login").asString()).isEqualTo("Acme");
        assertThat(service.get("/repos/acme/beta", BOSS)
                        .json()
                        .at("/permissions/admin")
                        .asBoolean())
                .isTrue();
        assertThat(service.get("/repos/acme/beta").json().has("permissions")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "/repos/acme/beta/collaborators, boss mia carl",
        "/repos/acme/beta/collaborators?affiliation=direct, carl",
        "/repos/acme/beta/collaborators?affiliation=outside, carl",
        "/repos/acme/Alpha/collaborators?affiliation=outside, ''",
        "/repos/acme/Alpha/collaborators?affiliation=direct, mia",
        "/repos/acme/Alpha/collaborators?permission=push, boss mia",
        "/repos/acme/Alpha/collaborators?permission=admin, boss",
        "/repos/boss/zeta/collaborators, boss carl",
        "/repos/boss/zeta/collaborators?affiliation=direct, boss carl",
        "/repositories/10/collaborators?page=2&per_page=2, carl"
    })
    void collaboratorsAreListed(String route, String logins) {
        for (int i = 0; i < 2; i++) {
            Answer answer = service.get(route, BOSS);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(String.join(" ", values(answer, "login"))).isEqualTo(logins);
        }
        // As on a node that has met nothing.
        service.bean(ItemCache.class).clear();
        assertThat(String.join(" ", values(service.get(route, BOSS), "login"))).isEqualTo(logins);
    }

    @Test
    void aCollaboratorIsListedWithRoleAndPermissions() {
        JsonNode carl = service.get("/repos/boss/zeta/collaborators?per_page=1&page=2", BOSS)
                .json()
                .get(0);
        assertThat(carl.path("role_name").asString()).isEqualTo("triage");
        assertThat(carl.path("type").asString()).isEqualTo("User");
        assertThat(carl.at("/permissions/triage").asBoolean()).isTrue();
        assertThat(carl.at("/permissions/push").asBoolean()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "boss/zeta/collaborators/carl, boss-token, 204",
        "boss/zeta/collaborators/boss, boss-token, 204",
        "boss/zeta/collaborators/mia, boss-token, 404",
        "boss/zeta/collaborators/nobody, boss-token, 404",
        "boss/zeta/collaborators/carl, carl-token, 403",
        "boss/zeta/collaborators/carl, mia-token, 404",
        "boss/zeta/collaborators, carl-token, 403",
        "boss/open/collaborators, , 401",
        "boss/open/collaborators, carl-token, 200",
        "boss/open/collaborators?affiliation=odd, carl-token, 422",
        "acme/beta/collaborators/mia, boss-token, 204",
        "acme/beta/collaborators/acme, boss-token, 404",
        "acme/beta/collaborators/mia/permission, carl-token, 403",
        "acme/beta/collaborators/carl/permission, carl-token, 200",
        "boss/zeta/collaborators/carl/permission, , 404"
    })
    void collaboratorsAreForThoseWithPushAccess(String route, String token, int status) {
        assertThat(service.get("/repos/" + route, token).status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "boss/zeta, carl, read, triage",
        "boss/zeta, boss, admin, admin",
        "boss/zeta, mia, none, none",
        "boss/open, mia, read, read",
        "boss/open, carl, write, maintain",
        "acme/Alpha, mia, write, write",
        "acme/Alpha, boss, admin, admin"
    })
    void aPermissionLevelIsTold(String repository, String user, String permission, String role) {
        JsonNode json = service.get("/repos/" + repository + "/collaborators/" + user + "/permission", BOSS)
                .json();
        assertThat(json.path("permission").asString()).isEqualTo(permission);
        assertThat(json.path("role_name").asString()).isEqualTo(role);
        assertThat(json.at("/user/login").asString()).isEqualTo(user);
    }
}
