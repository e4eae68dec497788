package org.forgelog.query.projection;

import java.util.List;
import java.util.function.Consumer;

/** Compares a table with the log, independently of what built it. Called on one node, for one table at a time. */
public interface TableVerifier {

    /**
     * How far a comparison is.
     *
     * @param done of {@code total}, in events
     */
    record Progress(long done, long total) {}

    /**
     * What a comparison found.
     *
     * @param position what was compared: the log up to there
     * @param items how many items were compared
     * @param differences how many of them differ; 0 when the table is what the log says
     * @param examples the first of the differing keys, as people read them
     */
    record Report(long position, long items, long differences, List<String> examples) {}

    /**
     * Compares, and changes nothing. The table may be written to meanwhile.
     *
     * @param table the name that DynamoDB knows the table by
     * @throws RuntimeException when it could not be compared
     */
    Report verify(String table, Consumer<Progress> progress);
}
