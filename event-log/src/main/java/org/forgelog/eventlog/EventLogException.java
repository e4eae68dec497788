package org.forgelog.eventlog;

import java.sql.SQLException;

/** The log could not be reached or read; trying again later may help. */
public final class EventLogException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public EventLogException(SQLException cause) {
        super(cause);
    }

    EventLogException(String message, SQLException cause) {
        super(message, cause);
    }
}
