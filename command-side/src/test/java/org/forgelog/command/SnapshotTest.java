package org.forgelog.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** A busy issue. That its snapshot was used shows when somebody has tampered with it. */
@Isolated("takes the newest repository of a node that others use, too")
class SnapshotTest {

    private static final int EVENTS = 100;
    private static final String TAMPERED =
            "update snapshot set payload = jsonb_set(payload, '{state,title}', '\"Kept\"')" + " where aggregate_id = ?";

    private final CommandNode node = CommandNode.shared();
    private final CommandNode.User owner = node.newUser();
    private String issue;
    private String aggregateId;

    @BeforeEach
    void aBusyIssue() {
        String repository = owner.repository("busy");
        issue = repository + "/issues/1";
        assertThat(owner.post(repository + "/issues", "{\"title\":\"Flaky\",\"body\":\"Sometimes.\"}")
                        .status())
                .isEqualTo(201);
        aggregateId = node.sql()
                .sql("select aggregate_id from domain_event where aggregate_type = 'issue' and sequence_key ="
                        + " (select 'r:' || max(id) from repository)")
                .query(String.class)
                .single();
        for (int i = 1; i < EVENTS; i++) {
            assertThat(title(i % 2 == 0 ? "open" : "closed")).isEqualTo("Flaky");
        }
    }

    private String title(String state) {
        return owner.patch(issue, "{\"state\":\"" + state + "\"}")
                .json()
                .get("title")
                .stringValue();
    }

    @Test
    void givenAsManyEventsAsASnapshotIsDueAfter_thenThereIsOneAndItIsUsed() {
        assertThat(node.sql()
                        .sql("select sequence_number from snapshot where aggregate_id = ?")
                        .param(aggregateId)
                        .query(Long.class)
                        .list())
                .containsExactly(EVENTS - 1L);
        assertThat(tampered()).isOne();

        assertThat(title("open")).isEqualTo("Kept");
    }

    @Test
    void givenASnapshotOfAnotherRevision_thenItIsPassedBy() {
        assertThat(tampered()).isOne();
        node.sql()
                .sql("update snapshot set revision = 'another' where aggregate_id = ?")
                .param(aggregateId)
                .update();

        assertThat(title("open")).isEqualTo("Flaky");
    }

    @Test
    void givenASnapshotThatCannotBeRead_thenTheEventsAre() {
        node.sql()
                .sql("update snapshot set payload = '{\"state\":[]}' where aggregate_id = ?")
                .param(aggregateId)
                .update();

        assertThat(title("open")).isEqualTo("Flaky");
    }

    @Test
    void givenAnEventWithinItWasDiscarded_thenItIsPassedBy() {
        assertThat(tampered()).isOne();
        node.sql()
                .sql("insert into discarded_event (global_index, sequence_key, type, reason, discarded_by)"
                        + " select global_index, sequence_key, type, 'test', 'test' from domain_event"
                        + " where aggregate_id = ? and sequence_number = 7")
                .param(aggregateId)
                .update();

        assertThat(title("open")).isEqualTo("Flaky");
    }

    private int tampered() {
        return node.sql().sql(TAMPERED).param(aggregateId).update();
    }
}
