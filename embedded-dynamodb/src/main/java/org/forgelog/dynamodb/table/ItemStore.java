package org.forgelog.dynamodb.table;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.forgelog.dynamodb.item.AttributeValue;
import org.forgelog.dynamodb.protocol.DynamoDbError;
import org.forgelog.dynamodb.store.OrderedStore;
import org.forgelog.dynamodb.store.OrderedStore.Change;
import org.jspecify.annotations.Nullable;

/** Reads items, and changes them together with their indexes: all of a change or nothing of it. */
public final class ItemStore {

    public static final String TOO_LARGE = "Item size has exceeded the maximum allowed size";
    public static final String TOO_LARGE_TO_UPDATE = "Item size to update has exceeded the maximum allowed size";

    private final OrderedStore store;
    private final Catalog catalog;
    private final ItemLocks locks = new ItemLocks();
    private final List<Consumer<ItemChange>> listeners = new CopyOnWriteArrayList<>();

    public ItemStore(OrderedStore store, Catalog catalog) {
        this.store = store;
        this.catalog = catalog;
    }

    /** An item of a table. */
    public record Address(Table table, byte[] key) {}

    /** Reads the item, null where there is none. */
    public @Nullable StoredItem get(byte[] key) {
        byte[] bytes = store.get(key);
        return bytes == null ? null : new StoredItem(bytes);
    }

    public OrderedStore.View view() {
        return store.view();
    }

    /** Is told of every change while nobody else can change that item. */
    public void onChange(Consumer<ItemChange> listener) {
        listeners.add(listener);
    }

    /**
     * Changes one item.
     *
     * @param change from the item as it is, null where there is none, to what it becomes
     */
    public Outcome change(
            Address address,
            Function<@Nullable Map<String, AttributeValue>, @Nullable Map<String, AttributeValue>> change,
            String tooLarge) {
        return changeAll(
                        List.of(address),
                        items -> {
                            Map<String, AttributeValue> after = change.apply(items.getFirst());
                            return new Plan(
                                    List.of(new ItemChange(address.table, address.key, items.getFirst(), after)),
                                    List.of());
                        },
                        tooLarge)
                .getFirst();
    }

    /** What became of one item. */
    public record Outcome(ItemChange change, Capacity capacity) {}

    /** Changes of items, and whatever else is to be stored with them. */
    public record Plan(List<ItemChange> changes, List<Change> also) {}

    /**
     * Changes several items together.
     *
     * @param plan from the items as they are, in the order of their addresses; may throw to change nothing
     */
    public List<Outcome> changeAll(
            List<Address> addresses,
            Function<List<@Nullable Map<String, AttributeValue>>, Plan> plan,
            String tooLarge) {
        try (ItemLocks.Held schemas = holdSchemas(addresses.stream().map(Address::table));
                ItemLocks.Held items =
                        locks.hold(addresses.stream().map(Address::key).toList())) {
            List<@Nullable Map<String, AttributeValue>> before = new ArrayList<>();
            for (byte @Nullable [] stored : stored(addresses)) {
                before.add(stored == null ? null : new StoredItem(stored).item());
            }
            Plan planned = plan.apply(before);
            planned.changes.forEach(change -> change.requireStorable(tooLarge));
            List<Change> changes = new ArrayList<>(planned.also);
            List<Outcome> outcomes = planned.changes.stream()
                    .map(change -> new Outcome(change, change.into(changes)))
                    .toList();
            if (!changes.isEmpty()) {
                store.write(changes);
            }
            for (Consumer<ItemChange> listener : listeners) {
                planned.changes.forEach(listener);
            }
            return outcomes;
        }
    }

    @SuppressWarnings("NullAway") // where there is none
    private List<byte @Nullable []> stored(List<Address> addresses) {
        return addresses.size() == 1
                ? Collections.singletonList(store.get(addresses.getFirst().key))
                : store.getAll(addresses.stream().map(Address::key).toList());
    }

    /** Keeps tables as they are, always in the same order. */
    private ItemLocks.Held holdSchemas(Stream<Table> tables) {
        Collection<Table> held = new TreeSet<>((a, b) -> a.name().compareTo(b.name()));
        tables.forEach(held::add);
        held.forEach(table -> table.schemaLock().readLock().lock());
        ItemLocks.Held release =
                () -> held.forEach(table -> table.schemaLock().readLock().unlock());
        if (held.stream().anyMatch(table -> catalog.find(table.name()) != table)) {
            release.close();
            throw DynamoDbError.resourceNotFound();
        }
        return release;
    }

    /** Gives an index the entry of an item that was there before the index. */
    void backfill(Table table, IndexDefinition index, byte[] key) {
        try (ItemLocks.Held schemas = holdSchemas(Stream.of(table));
                ItemLocks.Held held = locks.hold(key)) {
            StoredItem stored = get(key);
            byte[] entry = stored == null ? null : index.entry(stored.item(), key);
            if (entry != null) {
                store.write(List.of(new Change.Put(entry, new byte[0])));
            }
        }
    }
}
