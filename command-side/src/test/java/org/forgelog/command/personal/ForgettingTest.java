package org.forgelog.command.personal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.forgelog.command.Answered;
import org.forgelog.command.CommandNode;
import org.forgelog.command.subscription.Hooks;
import org.forgelog.eventlog.MasterKeys;
import org.junit.jupiter.api.Test;

/** What PostgreSQL has of a person, be it from before there were keys or after, is gone; all else is what it was. */
class ForgettingTest {

    private static final String WITHOUT_MASTER_KEY = "";
    private static final String FORMER = "zuse-kon";
    private static final String LOGIN = "Konrad-Zuse";
    private static final List<String> HIS =
            List.of("zuse-kon", "konrad-zuse", "konrad@zuse.example", "hünfeld", "henschel");

    private static Map<String, Object> withKeys(String keys) {
        return Map.of("forgelog.personal-data.master-keys", keys);
    }

    private static void leaveTraces(CommandNode node, String login, String token, String bob) {
        ok(node.post("/user/repos", token, "{\"name\":\"z" + login.length() + "\"}"));
        ok(node.patch(
                "/repos/" + login + "/z" + login.length(), token, "{\"name\":\"plankalkuel" + login.length() + "\"}"));
        ok(node.patch("/user", token, "{\"location\":\"Hünfeld\",\"company\":\"Henschel\"}"));
        ok(node.post("/user/emails", token, "[\"konrad@zuse.example\"]"));
        ok(node.put("/repos/bob/loom/collaborators/" + login, bob, "{}"));
        Answered issue = node.post(
                "/repos/bob/loom/issues",
                bob,
                "{\"title\":\"Ask @" + login + "\",\"body\":\"Or konrad@zuse.example\",\"assignees\":[\"" + login
                        + "\"]}",
                "Idempotency-Key",
                "issue-" + login.length());
        ok(issue);
        ok(node.post("/repos/bob/loom/issues/1/comments", token, "{\"body\":\"Binary, then.\"}"));
    }

    private static Answered ok(Answered answer) {
        assertThat(answer.status()).as(answer.text()).isBetween(200, 299);
        return answer;
    }

    /** Every row of every table as text. */
    private static Map<String, List<String>> rows(CommandNode node) {
        Map<String, List<String>> rows = new TreeMap<>();
        for (String table : node.sql()
                .sql("select table_name from information_schema.tables where table_schema = current_schema()"
                        + " and table_type = 'BASE TABLE'")
                .query(String.class)
                .list()) {
            rows.put(
                    table,
                    node.sql()
                            .sql("select lower(t::text) from " + table + " t order by 1")
                            .query(String.class)
                            .list());
        }
        return rows;
    }

    private static List<String> tablesWith(Map<String, List<String>> rows) {
        return rows.entrySet().stream()
                .filter(table ->
                        table.getValue().stream().anyMatch(row -> HIS.stream().anyMatch(row::contains)))
                .map(Map.Entry::getKey)
                .toList();
    }

    @Test
    void givenSomebodyFromBeforeThereWereKeys_whenForgotten_thenNoTableTellsWhoItWas() {
        String database = CommandNode.freshDatabase();
        String token;
        String bob;
        try (CommandNode before = CommandNode.with(database, withKeys(WITHOUT_MASTER_KEY))) {
            bob = before.user("bob");
            ok(before.post("/user/repos", bob, "{\"name\":\"loom\"}"));
            token = before.user(FORMER);
            leaveTraces(before, FORMER, token, bob);
        }
        try (CommandNode node = CommandNode.with(database, withKeys(CommandNode.MASTER_KEY))) {
            ok(node.post(
                    "/repos/bob/loom/hooks",
                    bob,
                    "{\"config\":{\"url\":\"https://hooks.example/\"},\"events\":[\"*\"]}"));
            awaitKeys(node);
            ok(node.patch("/admin/users/" + FORMER, CommandNode.ADMIN, "{\"login\":\"" + LOGIN + "\"}"));
            leaveTraces(node, LOGIN, token, bob);
            awaitDeliveries(node);
            Map<String, List<String>> all = rows(node);
            assertThat(tablesWith(all)).contains("domain_event", "account", "idempotency_record", "hook_delivery");
            List<String> others = othersEvents(node);

            Answered begun = ok(node.delete("/admin/users/" + LOGIN + "/personal-data", CommandNode.ADMIN));
            assertThat(begun.status()).isEqualTo(202);
            Answered job = await(node, begun);
            assertThat(job.json().get("state").stringValue()).as(job.text()).isEqualTo("done");

            assertThat(tablesWith(rows(node))).isEmpty();
            assertThat(othersEvents(node)).isEqualTo(others);
            assertThat(rows(node).get("domain_event").toString()).contains("ask @ghost", "or ghost", "binary, then.");
            assertThat(node.job("/admin/directory/verify", null).text()).contains("\"differences\":0");
            assertThat(node.post("/user/repos", token, "{\"name\":\"again\"}").status())
                    .isEqualTo(401);
            // Once more, of nobody who is known by that name.
            assertThat(node.delete("/admin/users/" + LOGIN + "/personal-data", CommandNode.ADMIN)
                            .status())
                    .isEqualTo(404);
            // The login is free, and what is said of it now is said of somebody else.
            node.user(LOGIN);
            ok(node.post("/repos/bob/loom/issues", bob, "{\"title\":\"Welcome @" + LOGIN + "\"}"));
            assertThat(rows(node).get("domain_event").toString()).contains("welcome @konrad-zuse");
        }
    }

    @Test
    void givenAListOfThoseWhoAreForgottenElsewhere_thenTheyAreFoundByTheirIds() {
        try (CommandNode node = CommandNode.onFreshDatabase()) {
            node.user("ada");
            long id = node.sql()
                    .sql("select id from account where login = 'ada'")
                    .query(Long.class)
                    .single();
            String path = "/admin/users/ghost~" + id + "/personal-data";
            Answered job = await(node, ok(node.delete(path, CommandNode.ADMIN)));
            assertThat(job.json().get("state").stringValue()).as(job.text()).isEqualTo("done");
            assertThat(rows(node).get("account").toString()).doesNotContain("ada");
            assertThat(node.delete(path, CommandNode.ADMIN).status()).isEqualTo(404);
        }
    }

    @Test
    void givenANewMasterKey_thenKeysAreEncryptedWithItAndTheOldOneMayGo() {
        String database = CommandNode.freshDatabase();
        String next = "//79/Pv6+fj39vX08/Lx8O/u7ezr6uno5+bl5OPi4eA=";
        long hook;
        try (CommandNode node = CommandNode.with(database, withKeys(CommandNode.MASTER_KEY))) {
            node.user("ada");
            String bob = node.user("bob");
            ok(node.post("/user/repos", bob, "{\"name\":\"loom\"}"));
            hook = ok(node.post(
                            "/repos/bob/loom/hooks",
                            bob,
                            "{\"config\":{\"url\":\"https://hooks.example/\",\"secret\":\"open-sesame\"}}"))
                    .json()
                    .get("id")
                    .longValue();
            assertThat(rows(node).get("hook").toString()).doesNotContain("open-sesame");
        }
        try (CommandNode node = CommandNode.with(database, withKeys(next + "," + CommandNode.MASTER_KEY))) {
            assertThat(node.job("/admin/master-key/rotation", null).text()).contains("\"keys\":2,\"secrets\":1");
            assertThat(node.job("/admin/master-key/rotation", null).text()).contains("\"keys\":0,\"secrets\":0");
        }
        assertThatThrownBy(() -> CommandNode.with(database, withKeys(CommandNode.MASTER_KEY)))
                .rootCause()
                .hasMessageContaining("not configured");
        try (CommandNode node = CommandNode.with(database, withKeys(next))) {
            ok(node.patch("/admin/users/ada", CommandNode.ADMIN, "{\"login\":\"countess\"}"));
            assertThat(new Hooks(node.sql(), node.bean(MasterKeys.class))
                            .find(hook)
                            .orElseThrow()
                            .config()
                            .secret())
                    .isEqualTo("open-sesame");
            assertThat(node.job("/admin/directory/verify", null).text()).contains("\"differences\":0");
        }
    }

    private static void awaitKeys(CommandNode node) {
        while (node.sql()
                        .sql("select count(*) from person_key")
                        .query(Long.class)
                        .single()
                < 2) {
            LockSupport.parkNanos(10_000_000);
        }
    }

    private static void awaitDeliveries(CommandNode node) {
        while (node.sql()
                        .sql("select count(*) from hook_delivery where event = 'issue_comment'")
                        .query(Long.class)
                        .single()
                == 0) {
            LockSupport.parkNanos(10_000_000);
        }
    }

    private static List<String> othersEvents(CommandNode node) {
        return node.sql()
                .sql(
                        """
                        select e.global_index || e.payload::text || e.metadata::text from domain_event e
                        where (e.sequence_key = 'a:' || (select id from account where login = 'bob')
                           or e.type in ('comment-written', 'repository-created') and e.metadata->>'actor' =
                              'a:' || (select id from account where login = 'bob'))
                        order by e.global_index""")
                .query(String.class)
                .list();
    }

    private static Answered await(CommandNode node, Answered begun) {
        Answered now = begun;
        while (now.json().get("state").stringValue().equals("running")) {
            LockSupport.parkNanos(10_000_000);
            now = node.call("GET", "/admin/jobs/" + begun.json().get("id").stringValue(), CommandNode.ADMIN, null);
        }
        return now;
    }
}
