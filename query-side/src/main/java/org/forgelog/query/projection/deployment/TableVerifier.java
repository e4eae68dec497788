package org.forgelog.query.projection.deployment;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Compares a table with the log, independently of what built it. Called on one node, for one table at a time. */
public interface TableVerifier {

    /**
     * How far a comparison is.
     *
     * @param done of {@code total}, in events; the items of the table that are read first count as half of all of it
     */
    record Progress(long done, long total) {}

    /** How an item differs from what the log says. */
    enum Kind {
        /** Not there. */
        MISSING,
        /** There, and the log says nothing of it. */
        UNEXPECTED,
        /** In something else than counts. */
        DIFFERENT,
        /** In nothing but counts of what is elsewhere. */
        WRONG_COUNT
    }

    /**
     * An item that is wrong.
     *
     * @param attributes in which it differs, where it is there and should be
     * @param expected all that it should say; {@code null} when there should be none
     * @param actual all that it says; {@code null} when there is none
     */
    record Difference(
            Kind kind,
            String pk,
            String sk,
            List<String> attributes,
            @Nullable Map<String, Object> expected,
            @Nullable Map<String, Object> actual) {

        /** The difference as people read it. */
        public String text() {
            StringBuilder text = new StringBuilder(pk + " / " + sk + " ");
            switch (kind) {
                case MISSING -> text.append("is missing");
                case UNEXPECTED -> text.append("should not be there");
                case DIFFERENT -> text.append("differs");
                case WRONG_COUNT -> text.append("counts wrong");
            }
            if (expected != null && actual != null) {
                String separator = ": ";
                for (String name : attributes) {
                    text.append(separator)
                            .append(name)
                            .append(" is ")
                            .append(shown(actual.get(name)))
                            .append(", should be ")
                            .append(shown(expected.get(name)));
                    separator = "; ";
                }
            }
            return text.toString();
        }

        private static String shown(@Nullable Object value) {
            String text = value == null ? "absent" : value.toString();
            return text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
        }

        private static final int LONGEST = 100;
    }

    /**
     * What a comparison found.
     *
     * @param position what was compared: the log up to there
     * @param items how many items were compared
     * @param differences how many of them differ; 0 when the table is what the log says
     * @param complete whether those are all; when very many differ, the rest is not looked at
     * @param examples the first of them, as people read them
     * @param details the same with all that is to be known of them
     * @param buckets how many groups of items had a digest of their own
     * @param differingBuckets how many of these digests differed, be it for what changed meanwhile
     * @param stopped sequences that were compared up to where they stopped
     * @param readUnits what reading the table took
     */
    record Report(
            long position,
            long items,
            long differences,
            boolean complete,
            List<String> examples,
            List<Difference> details,
            int buckets,
            int differingBuckets,
            int stopped,
            double readUnits,
            Duration duration) {

        /** Whether the table is what the log says. */
        public boolean ok() {
            return differences == 0;
        }
    }

    /**
     * Compares, and changes nothing. The table may be written to meanwhile.
     *
     * @param table the name that DynamoDB knows the table by
     * @param rate read units that may be spent a second; {@code null} for no limit
     * @throws RuntimeException when it could not be compared
     */
    Report verify(String table, @Nullable Long rate, Consumer<Progress> progress);
}
