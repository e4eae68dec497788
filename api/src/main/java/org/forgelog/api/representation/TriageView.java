package org.forgelog.api.representation;

import java.util.List;
import org.forgelog.domain.conversation.LockReason;
import org.jspecify.annotations.Nullable;

/**
 * What those with push access add to an issue or a pull request.
 *
 * @param labels in the order they came; those that still exist
 * @param assignees in the order they came; those whose accounts still exist
 * @param milestone what it is planned for, if that still exists
 */
public record TriageView(
        List<LabelJson> labels,
        List<SimpleUser> assignees,
        boolean locked,
        @Nullable LockReason lockReason,
        @Nullable MilestoneJson milestone) {

    /** As it is when nobody has touched it. */
    public static final TriageView NONE = new TriageView(List.of(), List.of(), false, null, null);

    @Nullable
    SimpleUser firstAssignee() {
        return assignees.isEmpty() ? null : assignees.getFirst();
    }

    @Nullable
    String activeLockReason() {
        return lockReason == null ? null : lockReason.word();
    }
}
