package org.forgelog.query.projection.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.forgelog.domain.DomainEvent;
import org.forgelog.query.EventFixtures;
import org.forgelog.query.projection.batch.EventCosts.Written;
import org.forgelog.query.table.WriteUnits;
import org.junit.jupiter.api.Test;

/** What events cost in write units, by the sizes of the items that they write. */
class EventCostsTest {

    private static final DomainEvent[] A_TRIAGED_ISSUE = {
        EventFixtures.registered(1, "octocat"),
        EventFixtures.created(10, 1, "octocat", "hello"),
        EventFixtures.label(10, 70, "bug"),
        EventFixtures.label(10, 71, "core"),
        EventFixtures.label(10, 72, "urgent"),
        EventFixtures.issue(10, 1, 1, "Issue number 1", "What is wrong. ".repeat(30)),
        EventFixtures.labelled(10, 1, 70, 71, 72),
        EventFixtures.assigned(10, 1, 1)
    };

    /** The units of the last event. */
    private static long units(DomainEvent... then) {
        DomainEvent[] all = new DomainEvent[A_TRIAGED_ISSUE.length + then.length];
        System.arraycopy(A_TRIAGED_ISSUE, 0, all, 0, A_TRIAGED_ISSUE.length);
        System.arraycopy(then, 0, all, A_TRIAGED_ISSUE.length, then.length);
        List<List<Written>> costs = List.copyOf(EventCosts.of(all).values());
        return costs.getLast().stream()
                .mapToLong(
                        write -> WriteUnits.of(write.before(), write.after(), write.counts() > 0) + 2L * write.counts())
                .sum();
    }

    @Test
    void anIssueWithThreeLabelsAndAnAssigneeIsClosedAndReopenedForTwentyUnits() {
        assertThat(units(EventFixtures.closed(10, 1, 1))).isLessThanOrEqualTo(20);
        assertThat(units(EventFixtures.closed(10, 1, 1), EventFixtures.reopened(10, 1, 1)))
                .isLessThanOrEqualTo(20);
    }

    @Test
    void aCommentCostsNothingForLabelsAndAssignees() {
        DomainEvent comment = EventFixtures.commented(10, 1, 7, 1, "I have seen that too. ".repeat(20));
        assertThat(units(comment)).isLessThanOrEqualTo(12);
    }
}
