package org.forgelog.query.moment;

import org.forgelog.domain.Rejection;
import org.forgelog.domain.Rejection.Fault;

/**
 * How many events an answer may still be made of.
 *
 * @param most how many it may be made of altogether
 * @param used how many it is made of already
 * @param large told when many are read for it
 */
record Allowance(int most, int used, Runnable large) {

    /** More than this are many; so are as many characters of them. */
    private static final int MANY = 2_000;

    private static final long MANY_CHARACTERS = 500_000;
    /** What all versions of an item may hold, in characters: they are in memory together. */
    private static final long MOST_OF_VERSIONS = 8 << 20;

    int left() {
        return Math.max(0, most - used);
    }

    /** Says how much text was read. */
    void checkText(long characters) {
        if (characters > MANY_CHARACTERS) {
            large.run();
        }
    }

    /** @throws Rejection when versions with so many characters are more than one answer may be made of */
    void checkVersions(long characters) {
        checkText(characters);
        if (characters > MOST_OF_VERSIONS) {
            throw Rejection.invalid(
                    "Moment", "history", Fault.CUSTOM, "its versions hold more text than one answer is made of");
        }
    }

    /** @throws Rejection when {@code events} are more than that */
    void check(int events) {
        if (events > MANY) {
            large.run();
        }
        if (events > left()) {
            throw Rejection.invalid(
                    "Moment",
                    "as_of",
                    Fault.CUSTOM,
                    "as_of would take more than " + most
                            + " events of the log, which is as many as are read for one answer");
        }
    }
}
