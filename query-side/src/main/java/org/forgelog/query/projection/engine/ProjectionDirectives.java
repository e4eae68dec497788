package org.forgelog.query.projection.engine;

import java.util.List;
import org.forgelog.query.projection.batch.SkippedEvents;
import org.forgelog.query.projection.batch.WriteBudget;
import org.forgelog.query.projection.repair.RepairRequest;

/** What the engine of one table is to heed while it works. Asked often, so answers are at hand. */
public interface ProjectionDirectives {

    /** A table that nobody has any wishes about: it is there, and is projected into as fast as can be. */
    ProjectionDirectives NONE = new ProjectionDirectives() {

        private final WriteBudget budget = new WriteBudget();

        @Override
        public boolean isDesired() {
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
        public List<RepairRequest> repairs() {
            return List.of();
        }

        @Override
        public void repaired(RepairRequest request, String outcome) {}

        @Override
        public SkippedEvents skippedEvents() {
            return SkippedEvents.NONE;
        }
    };

    /** Whether the table is to be there at all; asked by whoever has just got the lease for it. */
    boolean isDesired();

    /** Whether nothing is to be written for the time being. */
    boolean isHeld();

    /** Whether nodes that have nothing to do are to have a part of the table, once it is built. */
    boolean isShared();

    /** What may be written a second while the table is built. */
    WriteBudget budget();

    /** Told when the table is empty and this program begins to build it. */
    void begun();

    /** What is to be tried again now. */
    List<RepairRequest> repairs();

    /** Told what became of it. */
    void repaired(RepairRequest request, String outcome);

    /** The events that are left out, as the database has them now. */
    SkippedEvents skippedEvents();
}
