package org.forgelog.domain.reaction;

import java.util.Locale;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.Rejection.Fault;
import org.jspecify.annotations.Nullable;

/** What a reaction says. */
public enum ReactionContent {
    PLUS_ONE("+1"),
    MINUS_ONE("-1"),
    LAUGH("laugh"),
    CONFUSED("confused"),
    HEART("heart"),
    HOORAY("hooray"),
    ROCKET("rocket"),
    EYES("eyes");

    private final String word;

    ReactionContent(String word) {
        this.word = word;
    }

    /** The word that clients use. */
    public String word() {
        return word;
    }

    /** A name without signs, for keys. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads a client's word. */
    public static ReactionContent of(@Nullable String word) {
        if (word == null) {
            throw Rejection.invalid("Reaction", "content", Fault.MISSING_FIELD, null);
        }
        for (ReactionContent content : values()) {
            if (content.word.equals(word)) {
                return content;
            }
        }
        throw Rejection.invalid(
                "Reaction",
                "content",
                Fault.INVALID,
                "content must be one of +1, -1, laugh, confused, heart, hooray, rocket, eyes");
    }
}
