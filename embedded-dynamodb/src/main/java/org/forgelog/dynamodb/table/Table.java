package org.forgelog.dynamodb.table;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.forgelog.dynamodb.item.AttributeValue;
import org.forgelog.dynamodb.item.ItemSize;
import org.forgelog.dynamodb.item.KeyBytes;
import org.forgelog.dynamodb.protocol.DynamoDbError;

/** A table that is in use. */
public final class Table {

    private static final int LONGEST_PARTITION_KEY = 2_048;
    private static final int LONGEST_SORT_KEY = 1_024;

    private volatile TableDefinition definition;

    /** Writers of items share it; whoever changes the definition has it alone. */
    private final ReadWriteLock schemaLock = new ReentrantReadWriteLock();

    private final AtomicLong items = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();

    Table(TableDefinition definition) {
        this.definition = definition;
    }

    public TableDefinition definition() {
        return definition;
    }

    void become(TableDefinition changed) {
        definition = changed;
    }

    public String name() {
        return definition.name();
    }

    public KeySchema key() {
        return definition.key();
    }

    public ReadWriteLock schemaLock() {
        return schemaLock;
    }

    /** Items as of the last count and what was written since. */
    public long items() {
        return Math.max(0, items.get());
    }

    /** Bytes of these items. */
    public long bytes() {
        return Math.max(0, bytes.get());
    }

    void count(long moreItems, long moreBytes) {
        items.addAndGet(moreItems);
        bytes.addAndGet(moreBytes);
    }

    /** The key attributes of an item. */
    public Map<String, AttributeValue> keyOf(Map<String, AttributeValue> item) {
        Map<String, AttributeValue> values = new LinkedHashMap<>();
        key().names().forEach(name -> {
            AttributeValue value = item.get(name);
            if (value != null) {
                values.put(name, value);
            }
        });
        return values;
    }

    /**
     * The store's key of the item of which a request names the key.
     *
     * @throws DynamoDbError when it is no key of this table
     */
    public byte[] storeKey(Map<String, AttributeValue> values) {
        List<KeyAttribute> attributes = key().attributes();
        if (values.size() != attributes.size()) {
            throw keyMismatch();
        }
        for (KeyAttribute attribute : attributes) {
            AttributeValue value = values.get(attribute.name());
            if (value == null || !attribute.accepts(value)) {
                throw keyMismatch();
            }
        }
        return encode(values);
    }

    private static DynamoDbError keyMismatch() {
        return DynamoDbError.validation("The provided key element does not match the schema");
    }

    /**
     * The store's key of an item that a request puts.
     *
     * @throws DynamoDbError when it lacks a key attribute, or has one of another type
     */
    public byte[] storeKeyOfItem(Map<String, AttributeValue> item) {
        for (KeyAttribute attribute : key().attributes()) {
            AttributeValue value = item.get(attribute.name());
            if (value == null) {
                throw DynamoDbError.invalidParameter("Missing the key " + attribute.name() + " in the item");
            }
            if (!attribute.accepts(value)) {
                throw DynamoDbError.invalidParameter("Type mismatch for key " + attribute.name() + " expected: "
                        + attribute.type() + " actual: " + value.typeName());
            }
        }
        return encode(item);
    }

    private byte[] encode(Map<String, AttributeValue> values) {
        KeySchema key = key();
        byte[] partition = components(key.partition(), values, LONGEST_PARTITION_KEY);
        return KeyBytes.item(definition.space(), partition, components(key.sort(), values, LONGEST_SORT_KEY));
    }

    private static byte[] components(List<KeyAttribute> attributes, Map<String, AttributeValue> values, int longest) {
        byte[] components = {};
        for (KeyAttribute attribute : attributes) {
            components = KeyBytes.concat(components, component(attribute, values, longest));
        }
        return components;
    }

    private static byte[] component(KeyAttribute attribute, Map<String, AttributeValue> values, int longest) {
        AttributeValue value = values.get(attribute.name());
        if (value == null) {
            throw keyMismatch();
        }
        int size = ItemSize.of(value);
        if (size == 0) {
            throw DynamoDbError.validation(
                    "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an"
                            + " empty " + (value instanceof AttributeValue.S ? "string" : "binary") + " value. Key: "
                            + attribute.name());
        }
        if (size > longest) {
            throw tooLong(longest);
        }
        return KeyBytes.component(value);
    }

    private static DynamoDbError tooLong(int limit) {
        // AWS's messages have no space there.
        return limit == LONGEST_PARTITION_KEY
                ? DynamoDbError.invalidParameter("Size of hashkey has exceeded the maximum size limit of2048 bytes")
                : DynamoDbError.invalidParameter(
                        "Aggregated size of all range keys has exceeded the size limit of 1024" + " bytes");
    }

    /**
     * Whether an item can be in the table and its indexes.
     *
     * @throws DynamoDbError when it is too large, or an index cannot take a value that it has
     */
    void requireStorable(Map<String, AttributeValue> item, int size, String tooLarge) {
        if (size > ItemSize.LIMIT) {
            throw DynamoDbError.validation(tooLarge);
        }
        for (IndexDefinition index : definition.indexes()) {
            for (KeyAttribute attribute : index.key().attributes()) {
                AttributeValue value = item.get(attribute.name());
                if (value != null && !definition.key().attributes().contains(attribute)) {
                    requireIndexKey(index, attribute, value);
                }
            }
        }
    }

    private static void requireIndexKey(IndexDefinition index, KeyAttribute attribute, AttributeValue value) {
        if (!attribute.accepts(value)) {
            throw DynamoDbError.invalidParameter("Type mismatch for Index Key " + attribute.name() + " Expected: "
                    + attribute.type() + " Actual: " + value.typeName() + " IndexName: " + index.name());
        }
        int size = ItemSize.of(value);
        if (size == 0) {
            throw DynamoDbError.validation(
                    "One or more parameter values are not valid. A value specified for a secondary index key is not"
                            + " supported. The AttributeValue for a key attribute cannot contain an empty "
                            + (value instanceof AttributeValue.S ? "string" : "binary") + " value. IndexName: "
                            + index.name() + ", IndexKey: " + attribute.name());
        }
        int longest = index.key().partition().contains(attribute) ? LONGEST_PARTITION_KEY : LONGEST_SORT_KEY;
        if (size > longest) {
            throw tooLong(longest);
        }
    }
}
