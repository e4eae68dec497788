package org.forgelog.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.forgelog.command.CommandNode.User;
import org.forgelog.eventlog.Position;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * That a log can be one of several, each with the sequences of some slots: what decision 27 relies on, on a log whose
 * positions and ids are given out as the fourth of sixteen would give them out.
 */
class LogSplitTest {

    private static final long FIRST_POSITION = 4L << 40;
    private static final int LOGS = 16;

    private static CommandNode node;
    private static Position ofBatch;

    @BeforeAll
    static void someOfEverything() {
        node = CommandNode.on(CommandNode.freshDatabase());
        node.sql()
                .sql("alter table domain_event alter column global_index restart with " + FIRST_POSITION)
                .update();
        node.sql()
                .sql("alter sequence forgelog_public_id increment by " + LOGS + " restart with 3")
                .update();
        User owner = node.newUser();
        User other = node.newUser();
        String organization = node.newOrganization(owner);
        String one = owner.repository("one");
        String two = owner.repository("two");
        for (String[] request : new String[][] {
            {one + "/labels", "{\"name\":\"bug\"}"},
            {one + "/issues", "{\"title\":\"Issue\",\"labels\":[\"bug\"]}"},
            {one + "/issues/1/comments", "{\"body\":\"Me too.\"}"},
            {one + "/issues/1/reactions", "{\"content\":\"heart\"}"},
            {one + "/pulls", "{\"title\":\"Pull\",\"head\":\"fix\",\"base\":\"main\"}"},
            {one + "/forks", "{\"organization\":\"" + organization + "\"}"},
            {two + "/transfer", "{\"new_owner\":\"" + other.login() + "\"}"},
        }) {
            done(owner.post(request[0], request[1]));
        }
        done(owner.put(one + "/collaborators/" + other.login(), "{}"));
        done(other.put("/user/starred" + one.substring("/repos".length()), null));
        done(owner.patch(one + "/issues/1", "{\"state\":\"closed\"}"));
        String three = owner.repository("three");
        Answered batch = owner.post(
                "/batch",
                """
                {"commands": [{"method": "POST", "path": "%s/issues", "body": {"title": "Both"}},
                              {"method": "POST", "path": "%s/issues", "body": {"title": "Both"}},
                              {"method": "PATCH", "path": "/user", "body": {"bio": "Both"}}]}"""
                        .formatted(one, three),
                "Idempotency-Key",
                "the-batch");
        done(batch);
        // Clients get it signed; here it is as it is.
        byte[] stored = Base64.getUrlDecoder()
                .decode(texts("select position from idempotency_record where key = 'the-batch'")
                        .getFirst());
        ofBatch = Position.parse(new String(stored, StandardCharsets.UTF_8));
    }

    private static void done(Answered answer) {
        assertThat(answer.status()).as(answer.text()).isBetween(200, 299);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void aStreamIsInOneSequence_soThatALogHasAllOfItOrNothing() {
        assertThat(texts("select aggregate_id from domain_event group by aggregate_id"
                        + " having count(distinct sequence_key) > 1"))
                .isEmpty();
    }

    @Test
    void aCommandKnowsTheSequenceOfItsEvents_soThatItCanBeSentToTheirLog() {
        assertThat(texts(
                        "select type from domain_event where metadata ->> 'sequenceKey' is distinct from sequence_key"))
                .isEmpty();
    }

    @Test
    void positionsMayBeginAnywhere_soThatTheyTellTheLogs() {
        assertThat(node.sql()
                        .sql("select min(global_index) from domain_event")
                        .query(Long.class)
                        .single())
                .isEqualTo(FIRST_POSITION);
        assertThat(ofBatch.index()).isGreaterThan(FIRST_POSITION);
        assertThat(Position.parse(ofBatch.text())).isEqualTo(ofBatch);
    }

    @Test
    void aPositionNamesItsSequences_soThatThereCanBeOneForEachLog() {
        assertThat(ofBatch.sequences())
                .isEqualTo(Set.copyOf(texts("select sequence_key from domain_event where metadata ->> 'requestId' ="
                        + " (select metadata ->> 'requestId' from domain_event order by global_index desc limit 1)")))
                .hasSize(3);
    }

    @Test
    void publicIdsHaveGaps_soThatEachLogCanGiveOutItsOwn() {
        assertThat(node.sql()
                        .sql("select count(*) from account where id % " + LOGS + " <> 3")
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(node.sql()
                        .sql("select count(*) from conversation where id % " + LOGS + " <> 3")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    private static List<String> texts(String sql) {
        return node.sql().sql(sql).query(String.class).list();
    }
}
