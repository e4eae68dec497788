package org.forgelog.domain.repository;

import org.forgelog.domain.Rejection;
import org.forgelog.domain.Rejection.Fault;

/** How a repository numbers its issues and pull requests; fixed at its creation. */
public enum Numbering {
    /** One sequence for both, as on GitHub: a pull request is also an issue. */
    SHARED("shared"),
    /** A sequence for each: issue 1 and pull request 1 are two things. */
    SEPARATE("separate");

    private final String word;

    Numbering(String word) {
        this.word = word;
    }

    /** As clients know it. */
    public String word() {
        return word;
    }

    /** @throws Rejection when {@code word} is none */
    public static Numbering of(String word) {
        for (Numbering numbering : values()) {
            if (numbering.word.equals(word)) {
                return numbering;
            }
        }
        throw Rejection.invalid("Repository", "numbering", Fault.INVALID, "numbering is shared or separate");
    }
}
