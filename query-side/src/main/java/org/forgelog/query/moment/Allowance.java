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

    /** More than this are many. */
    private static final int MANY = 2_000;

    int left() {
        return Math.max(0, most - used);
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
