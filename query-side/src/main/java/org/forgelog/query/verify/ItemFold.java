package org.forgelog.query.verify;

import java.util.Collection;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.forgelog.domain.DomainEvent;
import org.forgelog.eventlog.StoredEvent;

/**
 * Folds events into items in memory. A running system folds with its projectors; tests fold with code that shares nothing
 * with them.
 */
interface ItemFold {

    void apply(StoredEvent stored, DomainEvent event);

    /** All items that the events so far have made, deleted ones included. */
    Collection<? extends FoldedItem> all();

    /** Makes folds. */
    interface Factory {

        /**
         * A fold of one sequence into its items, but for names.
         *
         * @param wanted which items to keep
         * @param changed told after each change
         */
        ItemFold ofSequence(Predicate<Key> wanted, BiConsumer<FoldedItem, StoredEvent> changed);

        /** A fold of many sequences into names of accounts and repositories, which pass from one to another. */
        ItemFold ofNames(BiConsumer<FoldedItem, StoredEvent> changed);
    }
}
