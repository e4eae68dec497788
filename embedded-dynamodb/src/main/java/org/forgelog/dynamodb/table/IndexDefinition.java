package org.forgelog.dynamodb.table;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.forgelog.dynamodb.item.AttributeValue;
import org.forgelog.dynamodb.item.KeyBytes;
import org.jspecify.annotations.Nullable;

/**
 * A secondary index. Its entries are references to items, so that an item is stored once; what an index of another
 * projection than {@code ALL} shows of an item is cut out when it is read.
 *
 * @param space number of its entries' space in the store
 * @param global whether it is a global index
 * @param projection {@code ALL}, {@code KEYS_ONLY} or {@code INCLUDE}
 * @param included attributes beside the keys, of {@code INCLUDE}
 * @param readUnits provisioned, 0 on demand
 * @param writeUnits provisioned, 0 on demand
 * @param backfilling whether it does not have all items yet
 */
public record IndexDefinition(
        String name,
        int space,
        boolean global,
        KeySchema key,
        String projection,
        List<String> included,
        long readUnits,
        long writeUnits,
        boolean backfilling) {

    IndexDefinition filled() {
        return new IndexDefinition(name, space, global, key, projection, included, readUnits, writeUnits, false);
    }

    public IndexDefinition withUnits(long read, long write) {
        return new IndexDefinition(name, space, global, key, projection, included, read, write, backfilling);
    }

    public boolean showsAll() {
        return projection.equals("ALL");
    }

    /** The attributes that it shows, unless it shows all. */
    Set<String> shown(KeySchema table) {
        Set<String> shown = new LinkedHashSet<>();
        table.names().forEach(shown::add);
        key.names().forEach(shown::add);
        shown.addAll(included);
        return shown;
    }

    /** Those of some attributes that it does not show. */
    public List<String> notShown(List<String> attributes, KeySchema table) {
        Set<String> shown = shown(table);
        return showsAll()
                ? List.of()
                : attributes.stream()
                        .filter(attribute -> !shown.contains(attribute))
                        .toList();
    }

    /** What it shows of an item. */
    public Map<String, AttributeValue> project(Map<String, AttributeValue> item, KeySchema table) {
        if (showsAll()) {
            return item;
        }
        Map<String, AttributeValue> projected = new LinkedHashMap<>(item);
        projected.keySet().retainAll(shown(table));
        return projected;
    }

    /** The key of an item's entry; null where the item lacks a key attribute and so has none. */
    public byte @Nullable [] entry(Map<String, AttributeValue> item, byte[] itemKey) {
        byte[] partition = components(key.partition(), item);
        byte[] sort = components(key.sort(), item);
        return partition == null || sort == null ? null : KeyBytes.entry(space, partition, sort, itemKey);
    }

    private static byte @Nullable [] components(List<KeyAttribute> attributes, Map<String, AttributeValue> item) {
        byte[] components = {};
        for (KeyAttribute attribute : attributes) {
            AttributeValue value = item.get(attribute.name());
            if (value == null || !attribute.accepts(value)) {
                return null;
            }
            components = KeyBytes.concat(components, KeyBytes.component(value));
        }
        return components;
    }
}
