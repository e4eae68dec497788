package org.forgelog.query.projection;

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
        public WriteBudget budget() {
            return budget;
        }

        @Override
        public void begun() {}
    };

    /** Whether the table is to be there at all; asked by whoever has just got the lease for it. */
    boolean isWanted();

    /** Whether nothing is to be written for the time being. */
    boolean isHeld();

    /** What may be written a second while the table is built. */
    WriteBudget budget();

    /** Told when the table is empty and this program begins to build it. */
    void begun();
}
