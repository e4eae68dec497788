package org.forgelog.dynamodb.table;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.forgelog.dynamodb.item.AttributeValue;
import org.forgelog.dynamodb.item.ItemSize;
import org.forgelog.dynamodb.store.OrderedStore.Change;
import org.jspecify.annotations.Nullable;

/** What one item was and what it becomes, with all that follows for the indexes. */
public final class ItemChange {

    private static final byte[] REFERENCE = {};

    private final Table table;
    private final byte[] key;
    private final @Nullable Map<String, AttributeValue> before;
    private final @Nullable Map<String, AttributeValue> after;
    private final int sizeBefore;
    private final @Nullable StoredItem stored;

    /**
     * A change.
     *
     * @param key the item's key in the store
     * @param before null where there was no item
     * @param after null where there is none any more
     */
    public ItemChange(
            Table table,
            byte[] key,
            @Nullable Map<String, AttributeValue> before,
            @Nullable Map<String, AttributeValue> after) {
        this.table = table;
        this.key = key;
        this.before = before;
        this.after = after;
        this.sizeBefore = before == null ? 0 : ItemSize.of(before);
        this.stored = after == null ? null : StoredItem.of(after);
    }

    public Table table() {
        return table;
    }

    byte[] key() {
        return key;
    }

    public @Nullable Map<String, AttributeValue> before() {
        return before;
    }

    public @Nullable Map<String, AttributeValue> after() {
        return after;
    }

    /** Bytes of what it becomes. */
    public int size() {
        return stored == null ? 0 : stored.size();
    }

    /**
     * Whether table and indexes can have the item that it becomes.
     *
     * @param tooLarge AWS's message for an item that becomes too large
     * @throws org.forgelog.dynamodb.protocol.DynamoDbError when they cannot
     */
    public void requireStorable(String tooLarge) {
        if (after != null) {
            table.requireStorable(after, size(), tooLarge);
        }
    }

    /**
     * Adds the changes of the store, unless nothing changes.
     *
     * @return units of table and indexes
     */
    Capacity into(List<Change> changes) {
        Capacity capacity = new Capacity();
        capacity.addTable(Capacity.write(Math.max(size(), sizeBefore)));
        if (before == null ? after == null : before.equals(after)) {
            return capacity;
        }
        changes.add(stored == null ? new Change.Delete(key) : new Change.Put(key, stored.bytes()));
        for (IndexDefinition index : table.definition().indexes()) {
            addEntry(index, changes, capacity);
        }
        table.count((after == null ? 0 : 1) - (before == null ? 0 : 1), size() - sizeBefore);
        return capacity;
    }

    private void addEntry(IndexDefinition index, List<Change> changes, Capacity capacity) {
        byte[] old = before == null ? null : index.entry(before, key);
        byte[] entry = after == null ? null : index.entry(after, key);
        if (Arrays.equals(old, entry)) {
            if (before != null && after != null && entry != null) {
                capacity.addIndex(index, unitsOfUpdate(index, before, after));
            }
            return;
        }
        if (old != null && before != null) {
            changes.add(new Change.Delete(old));
            capacity.addIndex(index, Capacity.write(size(index, before, sizeBefore)));
        }
        if (entry != null && after != null) {
            changes.add(new Change.Put(entry, REFERENCE));
            capacity.addIndex(index, Capacity.write(size(index, after, size())));
        }
    }

    private double unitsOfUpdate(
            IndexDefinition index, Map<String, AttributeValue> was, Map<String, AttributeValue> is) {
        if (!index.showsAll() && index.project(was, table.key()).equals(index.project(is, table.key()))) {
            return 0;
        }
        return Capacity.write(Math.max(size(index, was, sizeBefore), size(index, is, size())));
    }

    private int size(IndexDefinition index, Map<String, AttributeValue> item, int whole) {
        return index.showsAll() ? whole : ItemSize.of(index.project(item, table.key()));
    }
}
