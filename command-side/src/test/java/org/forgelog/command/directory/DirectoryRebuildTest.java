package org.forgelog.command.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.forgelog.command.Answered;
import org.forgelog.command.CommandNode;
import org.forgelog.command.CommandNode.User;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirectoryRebuildTest {

    private static CommandNode node;
    private User owner;
    private String repository;

    @BeforeAll
    static void start() {
        node = CommandNode.onFreshDatabase();
        muchHappens();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @BeforeEach
    void someHistory() {
        owner = node.newUser();
        repository = owner.repository("lasting");
        owner.post(repository + "/issues", "{\"title\":\"one\"}");
        owner.post(repository + "/issues", "{\"title\":\"two\"}");
    }

    /** Whatever the directory knows of. */
    private static void muchHappens() {
        User owner = node.newUser();
        String repository = owner.repository("Lasting");
        owner.post(repository + "/issues", "{\"title\":\"one\"}");
        owner.post(repository + "/issues", "{\"title\":\"two\"}");
        owner.post(repository + "/pulls", "{\"title\":\"p\",\"head\":\"f\",\"base\":\"main\"}");
        owner.post(repository + "/labels", "{\"name\":\"Bug\",\"description\":\"broken\"}");
        owner.patch(repository + "/labels/bug", "{\"new_name\":\"defect\",\"color\":\"00ff00\",\"description\":null}");
        owner.put(repository + "/issues/2/labels", "{\"labels\":[\"defect\",\"passing\"]}");
        owner.delete(repository + "/labels/passing");
        owner.post(repository + "/milestones", "{\"title\":\"v1\",\"due_on\":\"2027-01-01T00:00:00Z\"}");
        owner.post(repository + "/milestones", "{\"title\":\"v2\",\"state\":\"closed\"}");
        owner.post(repository + "/milestones", "{\"title\":\"v3\"}");
        owner.patch(repository + "/milestones/1", "{\"description\":\"All of it.\",\"due_on\":null}");
        owner.patch(repository + "/milestones/2", "{\"state\":\"open\"}");
        owner.patch(repository + "/issues/1", "{\"milestone\":2}");
        owner.patch(repository + "/issues/2", "{\"milestone\":3}");
        owner.delete(repository + "/milestones/3");
        owner.put(repository + "/subscription", "{\"subscribed\":true}");
        owner.put(repository + "/subscription", "{\"ignored\":true}");
        owner.post("/user/emails", "[\"a@example.org\"]");
        owner.put(repository + "/issues/1/lock", "{\"lock_reason\":\"spam\"}");
        owner.put(repository + "/pulls/1/lock", null);
        owner.delete(repository + "/pulls/1/lock");
        User forker = node.newUser();
        forker.post(repository + "/forks", null);
        node.newUser().post("/repos/" + forker.login() + "/lasting/forks", null);
        owner.patch(repository, "{\"allow_forking\":false}");
        owner.post(repository + "/issues/2/comments", "{\"body\":\"first\"}");
        long passing = owner.post(repository + "/issues/2/comments", "{\"body\":\"second\"}")
                .json()
                .get("id")
                .longValue();
        owner.post(repository + "/issues/comments/" + passing + "/reactions", "{\"content\":\"eyes\"}");
        owner.delete(repository + "/issues/comments/" + passing);
        owner.post(repository + "/pulls/1/reactions", "{\"content\":\"rocket\"}");
        long taken = owner.post(repository + "/issues/1/reactions", "{\"content\":\"-1\"}")
                .json()
                .get("id")
                .longValue();
        owner.delete(repository + "/issues/1/reactions/" + taken);
        owner.post(
                repository + "/pulls/1/comments",
                "{\"body\":\"why\",\"path\":\"a.txt\",\"commit_id\":\"" + "a".repeat(40)
                        + "\",\"line\":3,\"start_line\":1}");
        String former = owner.repository("former");
        owner.patch(former, "{\"name\":\"latter\",\"private\":true,\"has_issues\":false,\"archived\":true}");
        owner.delete(owner.repository("gone"));
        organizationsAndRights(owner);
        User suspended = node.newUser();
        node.put("/users/" + suspended.login() + "/suspended", CommandNode.ADMIN, null);
        node.delete("/admin/users/" + suspended.login() + "/authorizations", CommandNode.ADMIN);
        User leaver = node.newUser();
        leaver.repository("leftover");
        leaver.put("/user/starred/" + owner.login() + "/lasting", null);
        node.patch(
                "/admin/users/" + leaver.login(), CommandNode.ADMIN, "{\"login\":\"leaver-" + leaver.login() + "\"}");
        node.delete("/admin/users/leaver-" + leaver.login(), CommandNode.ADMIN);
    }

    private static void organizationsAndRights(User owner) {
        User member = node.newUser();
        User leaver = node.newUser();
        String org = node.newOrganization(owner);
        String memberships = "/orgs/" + org + "/memberships/";
        owner.put(memberships + member.login(), null);
        owner.put(memberships + member.login(), "{\"role\":\"admin\"}");
        owner.put(memberships + leaver.login(), null);
        owner.patch(
                "/orgs/" + org,
                "{\"default_repository_permission\":\"write\",\"members_can_create_public_repositories\":false,"
                        + "\"members_can_fork_private_repositories\":true}");
        leaver.post("/orgs/" + org + "/repos", "{\"name\":\"inside\",\"private\":true}");
        owner.put("/repos/" + org + "/inside/collaborators/" + member.login(), "{\"permission\":\"triage\"}");
        owner.put("/repos/" + org + "/inside/collaborators/" + member.login(), null);
        leaver.delete(memberships + leaver.login());
        String moving = owner.repository("moving");
        owner.put(moving + "/collaborators/" + member.login(), null);
        owner.post(moving + "/transfer", "{\"new_owner\":\"" + member.login() + "\",\"new_name\":\"Latter\"}");
        String passing = node.newOrganization(member);
        member.post("/orgs/" + passing + "/repos", "{\"name\":\"inside\"}");
        member.post("/repos/" + passing + "/inside/transfer", "{\"new_owner\":\"" + org + "\",\"new_name\":\"b\"}");
        member.delete("/orgs/" + passing);
    }

    @AfterEach
    void mend() {
        rebuild();
    }

    @Test
    void givenNoDamage_thenDirectoryAndLogAgree() {
        Answered report = verify();

        assertThat(report.status()).isEqualTo(200);
        assertThat(report.json().get("differences").longValue()).isZero();
        assertThat(report.json().get("events").longValue()).isEqualTo(node.events());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update repository_number set last_issue = 0",
                "update repository set private = false, archived = false",
                "update account set login = 'x', login_key = id::text",
                "delete from repository_redirect",
                "delete from token",
                "delete from membership",
                "update organization set of_members = 'ADMIN'",
                "update collaborator set permission = 'ADMIN'",
                "truncate account cascade",
                "insert into account values (4711, 'ghostly', 'ghostly', 'USER', false, false)"
            })
    void givenDamage_thenItIsReportedAndARebuildMendsIt(String damage) {
        node.sql().sql(damage).update();

        assertThat(differences(verify())).isPositive();
        assertThat(differences(verify())).as("verifying changes nothing").isPositive();
        assertThat(differences(rebuild())).isPositive();

        assertThat(differences(verify())).isZero();
        assertThat(owner.post(repository + "/issues", "{\"title\":\"next\"}").number())
                .isEqualTo(3);
    }

    @Test
    void givenNumbersWereLost_thenACreationFailsWithoutHarmUntilTheyAreRebuilt() {
        node.sql().sql("update repository_number set last_issue = 0").update();
        long before = node.events();

        assertThat(owner.post(repository + "/issues", "{\"title\":\"again 1\"}").status())
                .isEqualTo(503);
        assertThat(node.events()).isEqualTo(before);
        rebuild();
        assertThat(owner.post(repository + "/issues", "{\"title\":\"next\"}").number())
                .isEqualTo(3);
    }

    @Test
    void givenARebuildIsKilled_thenTheDirectoryIsAsItWas() throws SQLException {
        node.sql().sql("delete from repository_redirect").update();
        try (Connection other = node.bean(DataSource.class).getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("lock table domain_event in share mode");
            CompletableFuture<Answered> answer = CompletableFuture.supplyAsync(this::rebuild);
            // It holds the directory's tables by then.
            await().atMost(Duration.ofMinutes(5)).until(() -> killWhoWaitsForATable() == 1 || answer.isDone());
            assertThat(answer.join().status()).isEqualTo(503);
            other.rollback();
        }

        assertThat(differences(verify())).isPositive();
        assertThat(differences(rebuild())).isPositive();
        assertThat(differences(verify())).isZero();
    }

    private long killWhoWaitsForATable() {
        return node.sql()
                .sql(
                        """
                        select count(pg_terminate_backend(pid)) from pg_locks
                        where locktype = 'relation' and not granted
                          and database = (select oid from pg_database where datname = current_database())""")
                .query(Long.class)
                .single();
    }

    @Test
    void givenTheLogHoldsAnUnknownEvent_thenNothingIsRebuiltWithoutIt() {
        node.sql()
                .sql("update domain_event set type = 'from-the-future' where type = 'repository-unstarred'")
                .update();

        assertThat(rebuild().status()).isEqualTo(409);

        assertThat(owner.post(repository + "/issues", "{\"title\":\"next\"}").number())
                .isEqualTo(3);
        node.sql()
                .sql("update domain_event set type = 'repository-unstarred' where type = 'from-the-future'")
                .update();
    }

    @Test
    void givenTheSequenceOfIdsLagsBehindTheLog_thenARebuildMovesItOn() {
        node.sql()
                .sql("select setval('forgelog_public_id', 1)")
                .query(Long.class)
                .single();

        rebuild();

        assertThat(owner.post("/user/repos", "{\"name\":\"fresh-id\"}").status())
                .isEqualTo(201);
    }

    @Test
    void givenSomebodyElseThanTheAdministrator_thenTheyMayNot() {
        assertThat(node.post("/admin/directory/rebuild", owner.token(), null).status())
                .isEqualTo(403);
        assertThat(node.post("/admin/directory/verify", null, null).status()).isEqualTo(401);
    }

    private Answered verify() {
        return node.job("/admin/directory/verify", null);
    }

    private Answered rebuild() {
        return node.job("/admin/directory/rebuild", null);
    }

    private static long differences(Answered report) {
        return report.json().get("differences").longValue();
    }
}
