package org.forgelog.query.verify;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the log makes of one item, up to some event. */
interface FoldedItem {

    Key key();

    /** The stored type of the item. */
    String type();

    /** Whether it is there; otherwise it was deleted. */
    boolean isLive();

    /** An attribute as a plain value; {@code null} when it is absent. */
    @Nullable
    Object get(String name);

    /** A number; 0 when it is absent. */
    default long number(String name) {
        return get(name) instanceof Long number ? number : 0;
    }

    /** The item as it must lie in the table; {@code null} when there never was any. */
    @Nullable
    Map<String, Object> item();

    /** The edges that follow from the item, by key. */
    Map<Key, Map<String, Object>> edges();
}
