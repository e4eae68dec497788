package org.forgelog.query.projection.projector;

import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.jspecify.annotations.Nullable;

/**
 * What one event makes of one item.
 *
 * @param expected what is expected to be there, which decides whether the item is loaded first; when it is otherwise, the
 *     conditional write says so
 * @param change pure: the item before (or none) to the item after (or none)
 */
public record ItemMutation(ItemKey key, Expected expected, Change change) {

    /** What is expected to be there before. */
    public enum Expected {
        /** Nothing. */
        ABSENT,
        /** Nothing, or what this engine wrote a moment ago. */
        MOSTLY_ABSENT,
        /** Anything. */
        ANY
    }

    /** From the item before to the item after; the very same item when nothing changes. */
    @FunctionalInterface
    public interface Change {
        @Nullable
        Item apply(@Nullable Item before);
    }

    /** A fold of an item that may be there; it is left out where there is none. */
    public static ItemMutation edit(ItemKey key, java.util.function.UnaryOperator<Item> change) {
        return new ItemMutation(key, Expected.ANY, before -> before == null ? null : change.apply(before));
    }

    /** A fold of an item that may or may not be there. */
    static ItemMutation of(ItemKey key, Change change) {
        return new ItemMutation(key, Expected.ANY, change);
    }

    /** The first fold of an item. */
    static ItemMutation create(Item item) {
        return new ItemMutation(item.key(), Expected.ABSENT, before -> before == null ? item : before);
    }
}
