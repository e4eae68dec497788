package org.forgelog.command.job;

/** Hears how far long work is. */
@FunctionalInterface
public interface Progress {

    Progress NOBODY = (done, total) -> {};

    /**
     * @param done events that are done with
     * @param total of so many; may change
     */
    void at(long done, long total);
}
