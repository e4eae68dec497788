package org.forgelog.domain.conversation;

import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.label.LabelId;
import org.jspecify.annotations.Nullable;

/** What can be asked of the labels, assignees, lock and milestone of an issue or of a pull request. */
public sealed interface TriageChange {

    /** Puts labels on and takes labels off; they exist in the repository. */
    record Labels(ListEdit<LabelId> edit) implements TriageChange {}

    /** Assigns it to users who may be assigned, or no longer. */
    record Assignees(ListEdit<AccountId> edit) implements TriageChange {}

    /** Locks the conversation, or locks it for another reason: from then on only those with push access comment. */
    record Lock(@Nullable LockReason reason) implements TriageChange {}

    record Unlock() implements TriageChange {}

    /** @param number of a milestone that is there; {@code null} for none */
    record Milestone(@Nullable Long number) implements TriageChange {}
}
