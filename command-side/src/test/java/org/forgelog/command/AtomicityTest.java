package org.forgelog.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.forgelog.command.CommandNode.User;
import org.forgelog.command.log.PostgresEventStorageEngine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AtomicityTest {

    private static CommandNode node;

    @BeforeAll
    static void start() {
        node = CommandNode.onFreshDatabase();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"title\":\"\"}",
                "{\"title\":5}",
                "{\"title\":\"a\\u0000b\"}",
                "{\"title\":\"x\",\"body\":[]}"
            })
    void givenARefusedCreation_thenNothingIsStoredAndNoNumberIsBurnt(String body) {
        User owner = node.newUser();
        String issues = owner.repository("strict") + "/issues";
        long before = node.events();

        assertThat(owner.post(issues, body).status()).isEqualTo(422);

        assertThat(node.events()).isEqualTo(before);
        assertThat(owner.post(issues, "{\"title\":\"fine\"}").number()).isEqualTo(1);
    }

    @Test
    void givenABatchWhoseLastCommandFails_thenNothingOfItIsStored() {
        User owner = node.newUser();
        String repository = owner.repository("batched");
        long before = node.events();

        Answered answer = owner.post(
                "/batch",
                """
                {"commands":[
                  {"method":"POST","path":"/user/repos","body":{"name":"second"}},
                  {"method":"POST","path":"%1$s/issues","body":{"title":"Bug"}},
                  {"method":"POST","path":"%1$s/pulls","body":{"title":"Fix","head":"fix","base":"main"}},
                  {"method":"PATCH","path":"%1$s/issues/7","body":{"title":"missing"}}]}"""
                        .formatted(repository));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().get("command").intValue()).isEqualTo(3);
        assertThat(node.events()).isEqualTo(before);
        assertThat(owner.post(repository + "/issues", "{\"title\":\"first\"}").number())
                .isEqualTo(1);
        assertThat(owner.post("/user/repos", "{\"name\":\"second\"}").status()).isEqualTo(201);
    }

    @Test
    void givenABatchAcrossAggregates_thenLaterCommandsSeeEarlierOnesAndAllIsStored() {
        User owner = node.newUser();
        String repository = "/repos/" + owner.login() + "/fresh";

        Answered answer = owner.post(
                "/batch",
                """
                {"commands":[
                  {"method":"POST","path":"/user/repos","body":{"name":"fresh","numbering":"separate"}},
                  {"method":"POST","path":"%1$s/issues","body":{"title":"Bug"}},
                  {"method":"POST","path":"%1$s/pulls","body":{"title":"Fix","head":"fix","base":"main"}},
                  {"method":"PUT","path":"%1$s/pulls/1/merge"},
                  {"method":"PATCH","path":"%1$s/issues/1","body":{"state":"closed"}},
                  {"method":"PATCH","path":"%1$s","body":{"name":"renamed"}},
                  {"method":"POST","path":"%1$s/issues","body":{"title":"under the former name"}}]}"""
                        .formatted(repository));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("answers").valueStream().map(a -> a.get("status")
                        .intValue()))
                .containsExactly(201, 201, 201, 200, 200, 200, 201);
        assertThat(answer.json().at("/answers/4/body/state").stringValue()).isEqualTo("closed");
        assertThat(answer.json().at("/answers/6/body/number").longValue()).isEqualTo(2);
        assertThat(answer.position().sequences()).hasSize(1);
    }

    @Test
    void givenTheDatabaseDropsTheConnectionMidTransaction_thenNothingIsLeftOfIt() throws SQLException {
        User owner = node.newUser();
        String issues = owner.repository("killed") + "/issues";
        long before = node.events();
        CompletableFuture<Answered> answer;
        try (Connection other = node.bean(DataSource.class).getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute(PostgresEventStorageEngine.APPEND_LOCK);
            answer = CompletableFuture.supplyAsync(() -> owner.post(issues, "{\"title\":\"lost\"}"));
            // Its number is taken, its directory rows are written, its events are about to be.
            await().atMost(Duration.ofMinutes(5)).until(() -> killWhoWaitsToAppend() == 1 || answer.isDone());
            assertThat(answer.join().status()).isEqualTo(503);
            other.rollback();
        }

        assertThat(answer.join().header("Retry-After")).isNotNull();
        assertThat(node.events()).isEqualTo(before);
        assertThat(owner.post(issues, "{\"title\":\"kept\"}").number()).isEqualTo(1);
    }

    @Test
    void givenTheConnectionDiesInCommit_thenItIsSaidToBeAwayAndNothingIsLeft() {
        try (CommandNode alone = CommandNode.onFreshDatabase()) {
            User owner = alone.newUser();
            String issues = owner.repository("dying") + "/issues";
            long before = alone.events();
            alone.sql()
                    .sql(
                            """
                            create function die() returns trigger language plpgsql as
                            $$ begin perform pg_terminate_backend(pg_backend_pid()); return null; end $$""")
                    .update();
            alone.sql()
                    .sql("create constraint trigger die after insert on domain_event deferrable initially deferred"
                            + " for each row execute function die()")
                    .update();

            Answered answer = owner.post(issues, "{\"title\":\"lost\"}");

            assertThat(answer.status()).as(answer.text()).isEqualTo(503);
            assertThat(answer.header("Retry-After")).isNotNull();
            assertThat(alone.events()).isEqualTo(before);
            alone.sql().sql("drop trigger die on domain_event").update();
            assertThat(owner.post(issues, "{\"title\":\"kept\"}").number()).isEqualTo(1);
        }
    }

    private static long killWhoWaitsToAppend() {
        return node.sql()
                .sql(
                        """
                        select count(pg_terminate_backend(pid)) from pg_locks
                        where locktype = 'advisory' and not granted and objsubid = 2
                          and database = (select oid from pg_database where datname = current_database())""")
                .query(Long.class)
                .single();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"commands\":{}}",
                "{\"commands\":[]}",
                "{\"commands\":[5]}",
                "{\"commands\":[{\"path\":\"/user\"}]}",
                "{\"commands\":[{\"method\":\"PATCH\",\"path\":7}]}",
                "{\"commands\":[{\"method\":\"PATCH\",\"path\":\"/%zz\"}]}",
                "{\"commands\":[{\"method\":\"PATCH\",\"path\":\"/repos/a/%\"}]}",
                "{\"commands\":[{\"method\":\"PATCH\",\"path\":\"/user\",\"body\":[]}]}"
            })
    void givenWhatIsNoBatch_thenItIsRefused(String body) {
        assertThat(node.newUser().post("/batch", body).status()).isEqualTo(422);
    }

    @Test
    void given21Commands_thenTheBatchIsRefusedAnd20AreTaken() {
        User owner = node.newUser();
        String command = "{\"method\":\"POST\",\"path\":\"" + owner.repository("limit")
                + "/issues\",\"body\":{\"title\":\"x\"}},";

        assertThat(owner.post("/batch", batchOf(21, command)).status()).isEqualTo(422);
        assertThat(owner.post("/batch", batchOf(20, command)).status()).isEqualTo(200);
    }

    private static String batchOf(int count, String command) {
        String commands = command.repeat(count);
        return "{\"commands\":[" + commands.substring(0, commands.length() - 1) + "]}";
    }

    @Test
    void givenABatchInABatch_thenItIsUnknown() {
        assertThat(node.newUser()
                        .post("/batch", "{\"commands\":[{\"method\":\"POST\",\"path\":\"/batch\",\"body\":{}}]}")
                        .status())
                .isEqualTo(404);
    }
}
