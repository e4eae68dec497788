package org.forgelog.query.console;

import java.util.List;

/**
 * A read of the API, and what the table was asked for it.
 *
 * @param pattern number and title of the access pattern; empty where the table was not asked
 * @param cost rounds, requests and read units, in words
 * @param findings why it is as it is, the most telling first
 */
record ReadView(
        String route,
        int status,
        String body,
        String pattern,
        String cost,
        List<Finding> findings,
        List<AskedItem> items,
        List<AskedRange> ranges) {

    /** @param tone {@code good}, {@code busy} for what explains it, {@code bad} for what is wrong */
    record Finding(String tone, String text) {}

    /** @param state what else is to be said of it, in words */
    record AskedItem(String key, String state, boolean there) {}

    /**
     * A query.
     *
     * @param where the table or index
     * @param entries that it answered
     * @param missing that the log says it should have answered
     * @param near what else lies in the same partition
     */
    record AskedRange(
            String where,
            String partition,
            String from,
            String to,
            long limit,
            boolean more,
            List<Entry> entries,
            List<Entry> missing,
            List<Entry> near) {}

    /**
     * An entry of a query.
     *
     * @param sort its sort key there
     * @param note what is to be said of it; empty for nothing
     */
    record Entry(String key, String sort, String note) {}
}
