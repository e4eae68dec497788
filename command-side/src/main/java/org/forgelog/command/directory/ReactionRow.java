package org.forgelog.command.directory;

import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.reaction.ReactionContent;
import org.forgelog.domain.reaction.ReactionTarget;

/** A reaction that is there, as the directory knows it. */
public record ReactionRow(ReactionTarget.Kind kind, long targetId, AccountId accountId, ReactionContent content) {

    /** Whether it is a reaction to {@code target}. */
    public boolean isTo(ReactionTarget target) {
        return kind == target.kind() && targetId == target.id();
    }
}
