package org.forgelog.query.verify;

import java.util.Map;

/** Takes what must lie in the table. */
@FunctionalInterface
interface Expected {

    /** Where nobody asks. */
    Expected NOBODY = (key, item, sequence, mayBeGone) -> {};

    /** Stands for a sequence where an item is made by many. */
    String MANY = "";

    /**
     * One item; each once.
     *
     * @param sequence that it follows from, or {@link #MANY}
     * @param mayBeGone whether it was part of something that is deleted, and may have been removed with it
     */
    void item(Key key, Map<String, Object> item, String sequence, boolean mayBeGone);
}
