package org.forgelog.query.projection;

import java.util.List;

/** What the engine of one table is to heed while it works. Asked often, so answers are at hand. */
interface Orders {

    /** A table that nobody has any wishes about: it is there, and is projected into as fast as can be. */
    Orders NONE = new Orders() {

        private final WriteBudget budget = new WriteBudget();

        @Override
        public boolean isWanted() {
            return true;
        }

        @Override
        public boolean isHeld() {
            return false;
        }

        @Override
        public boolean isShared() {
            return false;
        }

        @Override
        public WriteBudget budget() {
            return budget;
        }

        @Override
        public void begun() {}

        @Override
        public List<Retry> retries() {
            return List.of();
        }

        @Override
        public void retried(Retry retry, String outcome) {}

        @Override
        public Discards discards() {
            return Discards.NONE;
        }
    };

    /**
     * A sequence that somebody wants tried again.
     *
     * @param rebuild whether all of it, from the beginning; otherwise from where it stopped
     */
    record Retry(long id, String table, String sequence, boolean rebuild) {}

    /** Whether the table is to be there at all; asked by whoever has just got the lease for it. */
    boolean isWanted();

    /** Whether nothing is to be written for the time being. */
    boolean isHeld();

    /** Whether nodes that have nothing to do are to have a part of the table, once it is built. */
    boolean isShared();

    /** What may be written a second while the table is built. */
    WriteBudget budget();

    /** Told when the table is empty and this program begins to build it. */
    void begun();

    /** What is to be tried again now. */
    List<Retry> retries();

    /** Told what became of it. */
    void retried(Retry retry, String outcome);

    /** The events that are left out, as the database has them now. */
    Discards discards();
}
