package org.forgelog.query.projection.deployment;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The desired state of one table, as operators want it and as the control table stores it.
 *
 * @param version of the projection that built it
 * @param rate write units a second while it is built; {@code null} for no limit
 * @param retiredAt when it served last
 * @param verifiedPosition up to where it was compared with the log and found to be right
 */
public record TableSpec(
        String name,
        State state,
        int version,
        boolean paused,
        @Nullable Long rate,
        Instant createdAt,
        @Nullable Instant retiredAt,
        @Nullable Long verifiedPosition,
        @Nullable Instant verifiedAt) {

    /** What a table is for. */
    public enum State {
        /** Built, or kept current, beside the one that serves. */
        CANDIDATE("beside"),
        /** Reads are answered from it. */
        SERVING("serving"),
        /** Served before; kept current, so that it can serve again. */
        RETIRED("retired"),
        /** To be removed. */
        DROPPING("dropping");

        private final String stored;

        State(String stored) {
            this.stored = stored;
        }

        /** The word that the control table has for it. */
        String stored() {
            return stored;
        }

        static State of(String stored) {
            for (State state : values()) {
                if (state.stored.equals(stored)) {
                    return state;
                }
            }
            throw new IllegalArgumentException("no state of a table is called " + stored);
        }
    }
}
