package org.forgelog.query.read;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.forgelog.api.http.HttpFailure;
import org.forgelog.eventlog.EventLogException;
import org.forgelog.eventlog.Position;
import org.forgelog.eventlog.SignedPositions;
import org.forgelog.query.projection.engine.ProjectionStatus;

/** Has reads wait for the position that they were sent with: a limited number of them, for a limited time. */
public final class PositionWait {

    private static final Duration SOON = Duration.ofSeconds(1);

    private final LogFollower follower;
    private final SignedPositions positions;
    private final Duration limit;
    private final Semaphore places;

    /**
     * @param limit how long a read waits
     * @param most how many wait at once
     */
    public PositionWait(LogFollower follower, SignedPositions positions, Duration limit, int most) {
        this.follower = follower;
        this.positions = positions;
        this.limit = limit;
        this.places = new Semaphore(most);
    }

    /**
     * Waits until the table holds a position.
     *
     * @return the position's index
     * @throws HttpFailure 400 where nobody can have been given it, 503 where the table does not get there in time
     */
    long await(ProjectionStatus table, String encoded) {
        return await(table, decode(encoded, "X-Forgelog-Position"));
    }

    /** Waits until the table holds everything up to {@code index}. */
    void await(ProjectionStatus table, long index) {
        if (table.position() < index) {
            await(table, new Position(index, Set.of()));
        }
    }

    /**
     * The index of a position.
     *
     * @param sentAs what it was sent as
     * @throws HttpFailure 400 where nobody can have been given it
     */
    long index(String encoded, String sentAs) {
        return decode(encoded, sentAs).index();
    }

    private long await(ProjectionStatus table, Position position) {
        if (!places.tryAcquire()) {
            throw HttpFailure.unavailable("Too many reads are waiting for the projection", SOON);
        }
        try {
            if (!table.await(position, limit)) {
                throw HttpFailure.unavailable("Projection has not reached the requested position", SOON);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw HttpFailure.unavailable("The service is shutting down", SOON);
        } finally {
            places.release();
        }
        return position.index();
    }

    private Position decode(String encoded, String sentAs) {
        try {
            Position position = positions.decode(encoded);
            // As it is with one of another log, which this one was restored from.
            if (isBeyondTheLog(position)) {
                throw HttpFailure.badRequest(sentAs + " is beyond the end of the log");
            }
            return position;
        } catch (IllegalArgumentException e) {
            throw HttpFailure.badRequest(sentAs + " is not one of ours");
        } catch (EventLogException e) {
            throw HttpFailure.unavailable("Service unavailable", SOON);
        }
    }

    /** Not while the line to the log is broken: it may well be there, and waiting for it has its limit. */
    private boolean isBeyondTheLog(Position position) {
        try {
            return position.index() > follower.head(position.index());
        } catch (EventLogException e) {
            return false;
        }
    }
}
