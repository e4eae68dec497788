package org.forgelog.api.http;

import java.sql.SQLException;
import org.apache.catalina.connector.ClientAbortException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;

/** Whose fault it is that a request failed, as far as what was thrown tells. */
public enum FailureCause {
    /** The client sent what stands for nothing: U+0000 in a text, percent-encoding of no characters. */
    BAD_VALUE,
    /** The client closed its connection, and nobody is left to be told. */
    CLIENT_GONE,
    /** The database is away, shuts down, or has no room; the same may well succeed later. */
    DATABASE_AWAY,
    /** Anything else is a mistake of ours. */
    OURS;

    private static final int MAX_DEPTH = 50;

    public static FailureCause of(Throwable failure) {
        if (failure instanceof InvalidParameterException) {
            return BAD_VALUE;
        }
        if (failure instanceof AsyncRequestNotUsableException || failure instanceof ClientAbortException) {
            return CLIENT_GONE;
        }
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
                ? DATABASE_AWAY
                : OURS;
    }

    private static FailureCause ofState(String state) {
        return switch (state.substring(0, Math.min(2, state.length()))) {
            case "22" -> BAD_VALUE;
            case "08", "25", "40", "53", "55", "57", "58" -> DATABASE_AWAY;
            default -> OURS;
        };
    }
}
