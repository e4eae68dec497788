package org.forgelog.domain;

/** The rule that every id shown to clients keeps: JavaScript must be able to hold it. */
public final class PublicIds {

    /** The greatest public id, 2^53 - 1. */
    public static final long MAX = (1L << 53) - 1;

    private PublicIds() {}

    /** {@code value}, when it can be a public id. */
    public static long check(String what, long value) {
        if (value < 1 || value > MAX) {
            throw new IllegalArgumentException(what + " must lie between 1 and 2^53-1: " + value);
        }
        return value;
    }
}
