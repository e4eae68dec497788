package org.forgelog.query.projection.deployment;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What the log says of items: folded anew, as far as a table has got. */
public interface LoggedItems {

    /** Takes what the log says of one item. */
    @FunctionalInterface
    interface Told {

        /** @param item all that it should say, also of one that was deleted */
        void item(String pk, String sk, Map<String, Object> item);
    }

    /**
     * Tells of every item that some sequences make, but for counts that several of them add to.
     *
     * @param table the name that DynamoDB knows the table by
     * @param position that the table is known to have, which it may not have noted yet
     * @param alsoNames whether to tell of all names of accounts and repositories, too
     */
    void each(String table, long position, Collection<String> sequences, boolean alsoNames, Told told);

    /** The attributes in which an item is not what it should be. */
    List<String> differing(Map<String, Object> expected, Map<String, Object> actual);
}
