package org.forgelog.query.table;

import org.jspecify.annotations.Nullable;

/**
 * A run of neighbouring items: those of one partition whose sort keys begin with a prefix.
 *
 * @param index the index that is read, {@code null} for the table itself
 * @param prefix beginning of the sort keys; what follows it orders the items and is what cursors remember
 * @param floor what follows the prefix at least; empty for all
 */
public record Span(@Nullable Index index, String pk, String prefix, String floor) {

    /** Sorts after all ids, times and words of our own. */
    private static final String END = "~";
    /** The character after {@code #}. */
    private static final String AFTER_HASH = "$";

    public Span(@Nullable Index index, String pk, String prefix) {
        this(index, pk, prefix, "");
    }

    /** The lowest sort key of the span. */
    public String low() {
        String low = prefix + floor;
        return low.isEmpty() ? " " : low;
    }

    /** A sort key above all of the span; what follows a prefix that ends with {@code #} may be any text. */
    public String high() {
        return prefix.endsWith("#") ? prefix.substring(0, prefix.length() - 1) + AFTER_HASH : prefix + END;
    }

    /** A sort key after all that begin with {@code beginning}. */
    public static String after(String beginning) {
        return beginning + END;
    }

    /** The sort key of the entry with this suffix. */
    public String at(String suffix) {
        return prefix + suffix;
    }

    /** What orders {@code item} within the span. */
    public String suffix(Item item) {
        return (index == null ? item.key().sk() : item.string(index.sk())).substring(prefix.length());
    }

    public String pkAttribute() {
        return index == null ? Keys.PK : index.pk();
    }

    public String skAttribute() {
        return index == null ? Keys.SK : index.sk();
    }
}
