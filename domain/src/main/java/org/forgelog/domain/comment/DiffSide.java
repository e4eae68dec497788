package org.forgelog.domain.comment;

import org.forgelog.domain.Rejection;
import org.forgelog.domain.Rejection.Fault;

/** A side of a diff: what goes, on the left; what comes or stays, on the right. */
public enum DiffSide {
    LEFT,
    RIGHT;

    /** Reads a client's word for the side in {@code field}. */
    public static DiffSide of(String field, String word) {
        for (DiffSide side : values()) {
            if (side.name().equals(word)) {
                return side;
            }
        }
        throw Rejection.invalid(
                "PullRequestReviewComment", field, Fault.INVALID, field + " must be one of LEFT, RIGHT");
    }
}
