package org.forgelog.query.read;

/** DynamoDB did not answer in time, or did not of late, so that it was not asked. */
final class TableSilentException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TableSilentException() {
        super("the table does not answer", null, false, false);
    }
}
