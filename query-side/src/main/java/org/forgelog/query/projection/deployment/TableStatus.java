package org.forgelog.query.projection.deployment;

import java.util.List;
import org.forgelog.eventlog.HashSlots;
import org.forgelog.query.projection.batch.DeadLetter;
import org.jspecify.annotations.Nullable;

/**
 * How a table is.
 *
 * @param lag events that it does not have yet
 * @param lagSeconds how old the oldest of them is; 0 when there is none
 * @param rate positions gained a second of late
 * @param secondsLeft until the head of the log is reached at that rate; {@code null} when there is no telling
 * @param leader the node that projects its first segment; {@code null} when none does
 * @param readBy nodes that answer reads from it
 */
public record TableStatus(
        TableSpec spec,
        Phase phase,
        boolean built,
        long position,
        long lag,
        long lagSeconds,
        double rate,
        @Nullable Long secondsLeft,
        @Nullable String leader,
        List<SegmentStatus> segments,
        List<String> readBy,
        List<DeadLetter> deadLetters) {

    /** What operators see of a table's way. */
    public enum Phase {
        BUILDING,
        PAUSED,
        /** Built beside the one that serves, and kept current. */
        READY,
        SERVING,
        RETIRED,
        DROPPING;

        static Phase of(TableSpec spec, boolean built) {
            return switch (spec.state()) {
                case SERVING -> SERVING;
                case RETIRED -> RETIRED;
                case DROPPING -> DROPPING;
                case CANDIDATE -> spec.paused() ? PAUSED : built ? READY : BUILDING;
            };
        }
    }

    /**
     * How the slots of one node are, or those that no node has.
     *
     * @param segment the lowest of them
     * @param slots how many they are of the {@value HashSlots#COUNT} that sequences fall into
     * @param lag events that come after its position, whosever they are
     * @param leader the node that projects it; {@code null} when none does
     */
    public record SegmentStatus(int segment, int slots, long position, long lag, @Nullable String leader) {}
}
