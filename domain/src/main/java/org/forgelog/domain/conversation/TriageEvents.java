package org.forgelog.domain.conversation;

import java.util.List;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.label.LabelId;
import org.jspecify.annotations.Nullable;

/** The events by which one kind of conversation tells that its triage changed. */
public interface TriageEvents<E> {

    /** @param labels those it did not carry before */
    E labelled(List<LabelId> labels);

    /** @param labels those it carried */
    E unlabelled(List<LabelId> labels);

    /** @param assignees those it was not assigned to before */
    E assigned(List<AccountId> assignees);

    /** @param assignees those it was assigned to */
    E unassigned(List<AccountId> assignees);

    E locked(@Nullable LockReason reason);

    E unlocked();

    /** @param milestone the number of what it is planned for from now on; before, it was for nothing */
    E milestoned(long milestone);

    /** @param milestone the number of what it was planned for */
    E demilestoned(long milestone);
}
