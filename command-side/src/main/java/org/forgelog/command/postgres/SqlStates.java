package org.forgelog.command.postgres;

import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds PostgreSQL's error codes, which libraries wrap in their own exceptions and drivers chain.
 *
 * @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">PostgreSQL Error Codes</a>
 */
public final class SqlStates {

    /** A unique constraint was violated. */
    public static final String UNIQUE_VIOLATION = "23505";

    /** Somebody else was quicker; the same again may well succeed: unique violation, deadlock, serialization. */
    private static final Set<String> CONFLICTS = Set.of(UNIQUE_VIOLATION, "40P01", "40001");

    /** Followed no further than this, should the causes go in circles. */
    private static final int MAX_DEPTH = 50;

    private SqlStates() {}

    public static boolean isUniqueViolation(Throwable failure) {
        return find(failure, UNIQUE_VIOLATION::equals).isPresent();
    }

    /** Whether doing the same again may well succeed. */
    public static boolean isConflict(Throwable failure) {
        return find(failure, CONFLICTS::contains).isPresent();
    }

    /**
     * Whether the database could not do it now: connection lost, shutting down, out of resources, or a lock not free in
     * time.
     */
    public static boolean isUnavailable(Throwable failure) {
        return find(
                        failure,
                        state -> state.startsWith("08")
                                || state.startsWith("53")
                                || state.startsWith("57")
                                || state.equals("55P03")
                                || state.equals("25P03"))
                .isPresent();
    }

    private static Optional<String> find(@Nullable Throwable failure, Predicate<String> wanted) {
        Throwable at = failure;
        for (int depth = 0; at != null && depth < MAX_DEPTH; depth++) {
            if (at instanceof SQLException sql) {
                for (SQLException next = sql; next != null; next = next.getNextException()) {
                    String state = next.getSQLState();
                    if (state != null && wanted.test(state)) {
                        return Optional.of(state);
                    }
                }
            }
            at = at.getCause();
        }
        return Optional.empty();
    }
}
