package org.forgelog.domain.conversation;

import org.forgelog.domain.Rejection;
import org.forgelog.domain.Rejection.Fault;

/** Why a conversation was locked. */
public enum LockReason {
    OFF_TOPIC("off-topic"),
    TOO_HEATED("too heated"),
    RESOLVED("resolved"),
    SPAM("spam");

    private final String word;

    LockReason(String word) {
        this.word = word;
    }

    /** The word that clients use. */
    public String word() {
        return word;
    }

    /** Reads a client's word, in whatever case. */
    public static LockReason of(String word) {
        for (LockReason reason : values()) {
            if (reason.word.equalsIgnoreCase(word)) {
                return reason;
            }
        }
        throw Rejection.invalid(
                "Issue",
                "lock_reason",
                Fault.INVALID,
                "lock_reason must be one of off-topic, too heated, resolved, spam");
    }
}
