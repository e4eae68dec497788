package org.forgelog.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.forgelog.command.CommandNode.User;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class IdempotencyTest {

    private static final String KEY = "Idempotency-Key";
    private static final String BODY = "{\"title\":\"once\"}";

    private static CommandNode node;

    @BeforeAll
    static void start() {
        node = CommandNode.onFreshDatabase();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void givenTheSameRequestAgain_thenTheSameAnswerAndNothingNew() {
        User owner = node.newUser();
        String issues = owner.repository("again") + "/issues";

        Answered first = owner.post(issues, BODY, KEY, "a");
        long events = node.events();
        Answered second = owner.post(issues, BODY, KEY, "a");

        assertThat(second.status()).isEqualTo(201);
        assertThat(second.text()).isEqualTo(first.text());
        assertThat(second.header("Location")).isEqualTo(first.header("Location"));
        assertThat(second.position()).isEqualTo(first.position());
        assertThat(node.events()).isEqualTo(events);
    }

    @Test
    void givenConcurrentRepeats_thenOneIsDoneAndTheOthersWaitForItsAnswer() throws Exception {
        User owner = node.newUser();
        String issues = owner.repository("crowd") + "/issues";

        List<Long> numbers =
                Together.run(8, i -> owner.post(issues, BODY, KEY, "b").number());

        assertThat(numbers).containsOnly(1L);
    }

    @Test
    void givenAnotherRequestUnderTheSameKey_thenItIsRefused() {
        User owner = node.newUser();
        String issues = owner.repository("other") + "/issues";
        owner.post(issues, BODY, KEY, "c");

        assertThat(owner.post(issues, "{\"title\":\"two\"}", KEY, "c").status()).isEqualTo(422);
    }

    @Test
    void givenAnotherOwnersKey_thenTheyHaveNothingToDoWithEachOther() {
        User owner = node.newUser();
        User stranger = node.newUser();
        String issues = owner.repository("mine") + "/issues";

        assertThat(owner.post(issues, BODY, KEY, "d").number()).isEqualTo(1);
        assertThat(stranger.post(issues, BODY, KEY, "d").number()).isEqualTo(2);
    }

    @Test
    void givenAFailure_thenItIsNotRemembered() {
        User owner = node.newUser();
        String path = "/repos/" + owner.login() + "/later/issues";

        assertThat(owner.post(path, BODY, KEY, "e").status()).isEqualTo(404);
        owner.repository("later");
        assertThat(owner.post(path, BODY, KEY, "e").status()).isEqualTo(201);
    }

    @Test
    void givenADayPassed_thenTheKeyIsFreeAgainAndOldRecordsArePurged() {
        User owner = node.newUser();
        String issues = owner.repository("expired") + "/issues";
        owner.post(issues, BODY, KEY, "f");

        node.clock().advance(Duration.ofHours(24).plusMillis(1));

        assertThat(owner.post(issues, BODY, KEY, "f").number()).isEqualTo(2);
        assertThat(node.sql()
                        .sql("select count(*) from idempotency_record")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void givenATokenIsIssued_thenTheHeaderIsRefused() {
        String login = node.newUser().login();
        String path = "/admin/users/" + login + "/authorizations";

        Answered answer = node.post(path, CommandNode.ADMIN, "{\"scopes\":[]}", KEY, "g");
        Answered inBatch = node.post(
                "/batch",
                CommandNode.ADMIN,
                "{\"commands\":[{\"method\":\"POST\",\"path\":\"" + path + "\",\"body\":{\"scopes\":[]}}]}",
                KEY,
                "g");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(inBatch.status()).isEqualTo(422);
    }

    @Test
    void givenAKeyThatIsTooLong_thenItIsRefused() {
        User owner = node.newUser();
        assertThat(owner.patch("/user", "{}", KEY, "k".repeat(255)).status()).isEqualTo(200);
        assertThat(owner.patch("/user", "{}", KEY, "k".repeat(256)).status()).isEqualTo(422);
    }

    @Test
    void givenARepeatBySomebodyWhoLostAccess_thenTheyAreToldNothing() {
        User owner = node.newUser();
        User other = node.newUser();
        String repository = owner.repository("hidden", ",\"private\":true");
        String collaborator = repository + "/collaborators/" + other.login();
        owner.put(collaborator, "{\"permission\":\"push\"}");
        assertThat(other.post(repository + "/issues", BODY, KEY, "lost").status())
                .isEqualTo(201);
        assertThat(other.post(repository + "/issues", BODY, KEY, "lost").status())
                .isEqualTo(201);

        owner.delete(collaborator);

        Answered repeated = other.post(repository + "/issues", BODY, KEY, "lost");
        assertThat(repeated.status()).isEqualTo(404);
        assertThat(repeated.text()).doesNotContain("once");
    }

    @Test
    void givenTenThousandKeysWithinADay_thenOneMoreIsRefused() {
        User owner = node.newUser();
        String issues = owner.repository("many") + "/issues";
        owner.post(issues, BODY, KEY, "first");
        node.sql()
                .sql(
                        """
                        insert into idempotency_record (owner, key, request_hash, created_at)
                        select owner, 'k' || n, request_hash, created_at
                        from idempotency_record, generate_series(1, 9998) n where key = 'first'
                        """)
                .update();
        assertThat(owner.post(issues, BODY, KEY, "last").status()).isEqualTo(201);
        assertThat(owner.post(issues, BODY, KEY, "more").status()).isEqualTo(422);
        assertThat(owner.post(issues, BODY, KEY, "first").status()).isEqualTo(201);
        assertThat(owner.post(issues, BODY).status()).isEqualTo(201);
    }
}
