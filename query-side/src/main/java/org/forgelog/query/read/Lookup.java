package org.forgelog.query.read;

import java.util.Collection;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.Table.Queried;
import org.forgelog.query.table.Table.Range;
import org.jspecify.annotations.Nullable;

/**
 * The table as a view sees it: asked for items and pages by key, one after the other, without a thought for requests. As it
 * is now, or as it was at a moment of the past; a view does not know which. Where nothing has to be fetched, hints are of no
 * use.
 */
interface Lookup {

    /** The item with this key; {@code null} when there is none, or none any more. */
    @Nullable
    Item item(ItemKey key);

    /** What is known of an item without asking for it, for what never changes of it and for guesses. */
    @Nullable
    Item peek(ItemKey key);

    /** Whether there is not even a guess at an item. */
    boolean isUnknown(ItemKey key);

    /** Whether there is not even a guess at what a query answers. */
    boolean isUnknown(Range range);

    /** What a query answers. If it is of the table itself, its items are not asked for one by one as well. */
    Queried page(Range range);

    /**
     * Has all of some small items of one partition asked for by one query, which costs no more than the first of them,
     * unless all are there.
     *
     * @param range all of them and nothing else
     */
    default void together(Range range, List<ItemKey> keys) {}

    /** Asks for items that are likely to be needed, along with whatever else is asked for. */
    default void prefetch(Collection<ItemKey> keys) {}

    /**
     * Has whatever answers about a repository needed of late, and its owner, asked for along with anything that this node
     * has never met: most likely it is by the same people.
     */
    default void expectAsUsualOf(ItemKey repository) {}

    /** Refuses, unless something that has been asked for is still to come: then the view goes on, to find out what more it needs. */
    void reject(RuntimeException rejection);

    /** Whether something holds, or may hold: what was never met counts in its favour until it is there. */
    boolean mayBe(BooleanSupplier condition);

    /** Whether this pass ran into something that this node has never met. */
    boolean isBlind();

    /** Whether an item is there without another read: the view has asked for it in this pass, or nothing is read singly. */
    default boolean isAskedFor(ItemKey key) {
        return true;
    }

    /** Says that the caller must not be told what the answer costs. */
    void keepCost();

    /** Says that the answer depends on something else than what is read. */
    void dependsOn(String what);
}
