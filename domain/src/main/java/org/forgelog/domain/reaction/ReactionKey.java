package org.forgelog.domain.reaction;

import java.util.Locale;
import org.forgelog.domain.account.AccountId;

/** Whose reaction to what, saying what: the same whenever it is given, so that there is never a second one. */
public record ReactionKey(ReactionTarget.Kind kind, long targetId, AccountId accountId, ReactionContent content) {

    /** The identifier of the reaction's aggregate in the event log. */
    public String aggregateId() {
        return "reaction-" + kind.name().toLowerCase(Locale.ROOT) + "-" + targetId + "-" + accountId + "-"
                + content.key();
    }
}
