package org.forgelog.domain.issue;

import java.util.Locale;

/** Why an issue was closed. */
public enum CloseReason {
    COMPLETED,
    NOT_PLANNED,
    DUPLICATE;

    /** The word that clients use. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
