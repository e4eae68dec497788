package org.forgelog.query.read;

/** DynamoDB did not answer in full within a sensible number of attempts; later it may. */
public final class TableBusyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TableBusyException() {
        super("the table is too busy", null, false, false);
    }
}
