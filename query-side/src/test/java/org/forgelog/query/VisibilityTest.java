package org.forgelog.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.forgelog.domain.DomainEvent;
import org.forgelog.domain.Permission;
import org.forgelog.domain.account.OrganizationRole;
import org.forgelog.query.QueryService.Answer;
import org.forgelog.query.table.Keys;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A change of rights holds for every read whose position lies after it, wherever the repository would be shown. */
class VisibilityTest {

    private static final String ROUTES_OF = "mallory-token";

    private static QueryService service;
    private static long ids = 1_000;

    private long owner;
    private long organization;
    private long repository;
    private String name;

    @BeforeAll
    static void start() {
        service = QueryService.start();
        service.log().append(EventFixtures.registered(9, "mallory"));
        service.log().token(9, "mallory", ROUTES_OF);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @BeforeEach
    void aPrivateRepositoryOfAnOrganization() {
        owner = ids++;
        organization = ids++;
        repository = ids++;
        name = "repository-" + repository;
        happened(
                EventFixtures.registered(owner, "owner-" + owner),
                EventFixtures.organization(organization, "org-" + organization),
                EventFixtures.member(organization, owner, OrganizationRole.ADMIN),
                EventFixtures.created(repository, organization, "org-" + organization, name, true),
                EventFixtures.issue(repository, 1, 9, "an issue in " + name),
                EventFixtures.starred(9, repository));
    }

    private void happened(DomainEvent... events) {
        service.log().append(List.of(events));
    }

    /** Asks everywhere with a position after all that happened. */
    private void assertSeen(boolean seen) {
        assertSeen(seen, Set.of("r:" + repository, "a:" + organization, "a:9"));
    }

    /** @param sequences those that the position waits for: one that stopped never gets there */
    private void assertSeen(boolean seen, Set<String> sequences) {
        String position = service.position(service.log().reader().head(), sequences.toArray(String[]::new));
        for (String route : List.of(
                "/repos/org-" + organization + "/" + name,
                "/repositories/" + repository + "/issues/1",
                "/repos/org-" + organization + "/" + name + "/stargazers",
                "/user/starred/org-" + organization + "/" + name)) {
            assertThat(service.get(route, ROUTES_OF, "X-Forgelog-Position", position)
                            .status())
                    .as(route)
                    .isIn(seen ? List.of(200, 204) : List.of(404));
        }
        for (String route : List.of(
                "/user/starred?per_page=100",
                "/users/mallory/managed?per_page=100",
                "/orgs/org-" + organization + "/repos",
                "/users/org-" + organization + "/owned")) {
            assertThat(service.get(route, ROUTES_OF, "X-Forgelog-Position", position)
                            .text()
                            .contains(name))
                    .as(route)
                    .isEqualTo(seen);
        }
    }

    @Test
    void aMemberSeesItWhileTheyAreOneAndTheOrganizationLetsThem() {
        assertSeen(false);
        happened(EventFixtures.member(organization, 9, OrganizationRole.MEMBER));
        assertSeen(true);
        happened(EventFixtures.ofMembers(organization, Permission.NONE));
        assertSeen(false);
        happened(EventFixtures.memberIs(organization, 9, OrganizationRole.ADMIN));
        assertSeen(true);
        happened(EventFixtures.memberLeft(organization, 9));
        assertSeen(false);
    }

    @Test
    void aCollaboratorSeesItWhileTheyAreOne() {
        happened(EventFixtures.collaborator(repository, 9, Permission.READ));
        assertSeen(true);
        happened(EventFixtures.collaboratorLeft(repository, 9));
        assertSeen(false);
    }

    @Test
    void everybodySeesItWhileItIsPublic() {
        happened(EventFixtures.madePrivate(repository, false));
        assertSeen(true);
        happened(EventFixtures.madePrivate(repository, true));
        assertSeen(false);
    }

    @Test
    void whatIsTransferredIsForWhoeverHasRightsThere() {
        happened(
                EventFixtures.member(organization, 9, OrganizationRole.ADMIN),
                EventFixtures.transferred(
                        repository, organization, "org-" + organization, owner, "owner-" + owner, name));
        String path = "/repos/org-" + organization + "/" + name;
        service.await();
        assertThat(service.get(path, ROUTES_OF).status()).isEqualTo(404);
        assertThat(service.get("/users/owner-" + owner + "/repos", ROUTES_OF).text())
                .isEqualTo("[]");
        happened(
                EventFixtures.collaborator(repository, 9, Permission.READ),
                EventFixtures.pull(repository, 1, 9, organization, organization, "p"));
        service.await();
        String moved = "/repos/owner-" + owner + "/" + name;
        assertThat(service.get(moved + "/pulls/1", ROUTES_OF)
                        .json()
                        .at("/base/user/login")
                        .asString())
                .isEqualTo("owner-" + owner);
        assertThat(service.get(moved + "/pulls?head=owner-" + owner + ":fix-1", ROUTES_OF)
                        .json())
                .hasSize(1);
        assertThat(service.get(path, ROUTES_OF).status()).isEqualTo(301);
        assertThat(service.get("/repos/owner-" + owner + "/" + name + "/issues/1", ROUTES_OF)
                        .status())
                .isEqualTo(200);
        assertThat(service.get("/users/owner-" + owner + "/repos", ROUTES_OF).text())
                .contains("owner-" + owner + "/" + name);
    }

    @Test
    void anOrganizationWhoseSequenceStoppedLetsNobodyIn() {
        happened(EventFixtures.member(organization, 9, OrganizationRole.ADMIN));
        assertSeen(true);
        service.log().appendRows(List.of(new TestLog.Row("from-the-future", 1, "{}", "a:" + organization)));
        service.await();
        assertSeen(false, Set.of("r:" + repository));
    }

    @Test
    void aStoppedRepositoryIsForItsOwnersAdminsAlone() {
        happened(
                EventFixtures.madePrivate(repository, false),
                EventFixtures.member(organization, 9, OrganizationRole.MEMBER),
                EventFixtures.collaborator(repository, 9, Permission.ADMIN));
        service.log().appendRows(List.of(new TestLog.Row("from-the-future", 1, "{}", "r:" + repository)));
        service.await();
        assertSeen(false, Set.of("a:" + organization));
        happened(EventFixtures.memberIs(organization, 9, OrganizationRole.ADMIN));
        assertSeen(true, Set.of("a:" + organization));
    }

    @Test
    void aDeletedOrganizationsMembersAreSwept() throws InterruptedException {
        happened(
                EventFixtures.deleted(repository, organization, "org-" + organization, name),
                EventFixtures.accountDeleted(organization, "org-" + organization));
        assertSeenNowhere();
        Eventually.until(() -> service.table().table().find(Keys.member(organization, owner)) == null);
    }

    private void assertSeenNowhere() {
        service.await();
        assertThat(service.get("/users/owner-" + owner + "/orgs").text()).isEqualTo("[]");
        assertThat(service.get("/orgs/org-" + organization).status()).isEqualTo(404);
    }

    @Test
    void ownRepositoriesAreListedByTheTimeOfTheirLastChange() {
        service.log()
                .append(
                        EventFixtures.registered(920, "dated"),
                        EventFixtures.created(921, 920, "dated", "older"),
                        EventFixtures.created(922, 920, "dated", "newer"));
        service.log().token(920, "dated", "dated-token");
        service.await();
        String newer =
                service.get("/repos/dated/newer").json().path("updated_at").asString();
        Function<String, List<String>> names = query -> service.get("/user/repos?" + query, "dated-token")
                .json()
                .valueStream()
                .map(e -> e.path("name").asString())
                .toList();
        assertThat(names.apply("since=" + newer)).containsExactly("newer");
        assertThat(names.apply("before=" + newer)).containsExactly("older");
        assertThat(names.apply("since=2000-01-01T00:00:00Z&before=2100-01-01T00:00:00Z"))
                .containsExactly("newer", "older");
        assertThat(service.get("/user/repos?before=then", "dated-token").status())
                .isEqualTo(422);
    }

    private static String association(String path) {
        Answer answer = service.get(path);
        assertThat(answer.status()).as(path + answer.text()).isEqualTo(200);
        return answer.json().path("author_association").asString();
    }

    @Test
    void whosePullRequestWasMergedIsAContributorFromThenOnUnlessTheyAreMore() throws InterruptedException {
        service.log()
                .append(
                        EventFixtures.registered(960, "maker"),
                        EventFixtures.registered(961, "giver"),
                        EventFixtures.registered(962, "other"),
                        EventFixtures.created(950, 960, "maker", "given"),
                        EventFixtures.pull(950, 1, 961, "first"),
                        EventFixtures.pull(950, 2, 961, "second"),
                        EventFixtures.pull(950, 3, 962, "third"),
                        EventFixtures.issue(950, 1, 961, "an issue"),
                        EventFixtures.merged(950, 3, 960));
        service.await();
        assertThat(association("/repos/maker/given/issues/1")).isEqualTo("NONE");
        service.log().append(EventFixtures.mergedOf(950, 1, 961), EventFixtures.mergedOf(950, 2, 961));
        service.await();
        assertThat(association("/repos/maker/given/issues/1")).isEqualTo("CONTRIBUTOR");
        assertThat(association("/repos/maker/given/pulls/2")).isEqualTo("CONTRIBUTOR");
        assertThat(association("/repos/maker/given/pulls/3"))
                .as("an event of old does not say whose it was")
                .isEqualTo("NONE");
        service.log().append(EventFixtures.collaborator(950, 961, Permission.READ));
        service.await();
        assertThat(association("/repos/maker/given/issues/1")).isEqualTo("COLLABORATOR");
    }

    @Test
    void authorsStandToARepositoryAsItsOwnerSaysAndAsItIsNow() throws InterruptedException {
        List<DomainEvent> events = new ArrayList<>(List.of(
                EventFixtures.organization(900, "standing"),
                EventFixtures.created(901, 900, "standing", "ours"),
                EventFixtures.registered(910, "chief"),
                EventFixtures.registered(911, "fellow"),
                EventFixtures.registered(912, "helper"),
                EventFixtures.registered(913, "passer-by"),
                EventFixtures.created(902, 910, "chief", "own"),
                EventFixtures.member(900, 910, OrganizationRole.ADMIN),
                EventFixtures.member(900, 911, OrganizationRole.MEMBER),
                EventFixtures.collaborator(901, 912, Permission.READ),
                EventFixtures.collaborator(902, 912, Permission.READ)));
        for (long repository : new long[] {901, 902}) {
            for (int n = 0; n < 4; n++) {
                events.add(EventFixtures.issue(repository, 1 + n, 910 + n, "an issue"));
                events.add(EventFixtures.pull(repository, 1 + n, 910 + n, "a pull request"));
                events.add(EventFixtures.commented(repository, 1, 90_000 + repository * 10 + n, 910 + n, "a comment"));
                events.add(EventFixtures.reviewed(repository, 1, 95_000 + repository * 10 + n, 910 + n, "a review"));
            }
        }
        service.log().append(events);
        service.await();
        String[][] wanted = {
            {"MEMBER", "MEMBER", "COLLABORATOR", "NONE"},
            {"OWNER", "NONE", "COLLABORATOR", "NONE"}
        };
        String[] paths = {"/repos/standing/ours", "/repos/chief/own"};
        for (int r = 0; r < 2; r++) {
            for (String list : List.of(
                    "/issues?direction=asc",
                    "/pulls?direction=asc",
                    "/issues/1/comments",
                    "/pulls/1/comments",
                    "/issues/comments")) {
                assertThat(service.get(paths[r] + list).json().valueStream().map(e -> e.path("author_association")
                                .asString()))
                        .as(paths[r] + list)
                        .containsExactly(wanted[r]);
            }
            for (int n = 0; n < 4; n++) {
                assertThat(association(paths[r] + "/issues/" + (1 + n))).isEqualTo(wanted[r][n]);
                assertThat(association(paths[r] + "/pulls/" + (1 + n))).isEqualTo(wanted[r][n]);
                long id = 90_000 + (901 + r) * 10 + n;
                assertThat(association(paths[r] + "/issues/comments/" + id)).isEqualTo(wanted[r][n]);
            }
        }
        long head = service.log().append(EventFixtures.memberLeft(900, 911));
        String position = service.position(head, "a:900");
        assertThat(service.get(paths[0] + "/issues/2", null, "X-Forgelog-Position", position)
                        .json()
                        .path("author_association")
                        .asString())
                .as("no memory counts for who asks for what was just written")
                .isEqualTo("NONE");
    }
}
