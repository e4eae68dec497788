package org.forgelog.api.http;

import java.sql.SQLException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.TransactionException;

/** Whose fault it is that a database did not do what it was asked for. */
public enum DatabaseFailure {
    /** What the client sent is no value for the database, U+0000 in a text for instance. */
    BAD_VALUE,
    /** The database is away, shuts down, or has no room; the same may well succeed later. */
    AWAY,
    /** Anything else is a mistake of ours. */
    OURS;

    private static final int MAX_DEPTH = 50;

    public static DatabaseFailure of(Throwable failure) {
        Throwable at = failure;
        for (int depth = 0; at != null && depth < MAX_DEPTH; depth++) {
            if (at instanceof SQLException sql && sql.getSQLState() != null) {
                return ofState(sql.getSQLState());
            }
            at = at.getCause();
        }
        return failure instanceof TransactionException
                        || failure instanceof TransientDataAccessException
                        || failure instanceof DataAccessResourceFailureException
                ? AWAY
                : OURS;
    }

    private static DatabaseFailure ofState(String state) {
        return switch (state.substring(0, Math.min(2, state.length()))) {
            case "22" -> BAD_VALUE;
            case "08", "25", "40", "53", "55", "57", "58" -> AWAY;
            default -> OURS;
        };
    }
}
