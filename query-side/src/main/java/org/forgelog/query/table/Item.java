package org.forgelog.query.table;

import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** An item of the table. Immutable: every change answers another item. */
public final class Item {

    /** The shape of the items that this program writes. */
    public static final int VERSION = 1;

    private final Map<String, AttributeValue> attributes;
    /** Made when it is asked for; the same whoever makes it. */
    private volatile byte @Nullable [] digest;
    /** In bytes; 0 until somebody asks. The same whoever counts. */
    private int size;

    private Item(Map<String, AttributeValue> attributes) {
        this.attributes = Collections.unmodifiableMap(attributes);
    }

    public static Item of(ItemKey key, ItemType type) {
        return new Item(Map.of(
                Keys.PK, text(key.pk()),
                Keys.SK, text(key.sk()),
                Attr.TYPE, text(type.word()),
                Attr.VERSION, whole(VERSION)));
    }

    /** What this item says, as an item of its own, in no index. */
    public Item as(ItemKey key, ItemType type) {
        Map<String, AttributeValue> copied = new HashMap<>(attributes);
        for (Index index : Index.values()) {
            copied.remove(index.pk());
            copied.remove(index.sk());
        }
        copied.putAll(of(key, type).attributes);
        return new Item(copied);
    }

    /** An item as DynamoDB answered it. */
    public static Item read(Map<String, AttributeValue> attributes) {
        return new Item(attributes);
    }

    /**
     * What stays of a deleted item: it is found by nothing but its key, and keeps late writers out.
     *
     * @param forgetAt when DynamoDB may drop it
     */
    public Item tombstone(Instant forgetAt) {
        Map<String, AttributeValue> left = new HashMap<>();
        for (String name : List.of(Keys.PK, Keys.SK, Attr.TYPE, Attr.VERSION)) {
            left.put(name, required(name));
        }
        left.put(Attr.TOMBSTONE, AttributeValue.fromBool(true));
        left.put(Attr.TTL, whole(forgetAt.getEpochSecond()));
        return new Item(left);
    }

    public Map<String, AttributeValue> attributes() {
        return attributes;
    }

    /** A digest of all attributes, made once; not to be changed. */
    byte[] digest() {
        byte[] made = digest;
        if (made == null) {
            made = new ItemDigest().add(attributes).done();
            digest = made;
        }
        return made;
    }

    /** See {@link ItemSize}. */
    long size() {
        int counted = size;
        if (counted == 0) {
            counted = Math.toIntExact(ItemSize.of(attributes));
            size = counted;
        }
        return counted;
    }

    public ItemKey key() {
        return new ItemKey(string(Keys.PK), string(Keys.SK));
    }

    /** Position of the last event folded into it; 0 when none was. */
    public long pos() {
        return number(Attr.POS, 0);
    }

    public boolean isTombstone() {
        return attributes.containsKey(Attr.TOMBSTONE);
    }

    public boolean is(ItemType type) {
        return type.word().equals(string(Attr.TYPE));
    }

    /** The item with a text, or without one when {@code value} is {@code null}. */
    public Item with(String name, @Nullable String value) {
        return put(name, value == null ? null : text(value));
    }

    public Item with(String name, long value) {
        return put(name, whole(value));
    }

    public Item with(String name, @Nullable Long value) {
        return put(name, value == null ? null : whole(value));
    }

    public Item with(String name, boolean value) {
        return put(name, AttributeValue.fromBool(value));
    }

    public Item with(String name, @Nullable Boolean value) {
        return put(name, value == null ? null : AttributeValue.fromBool(value));
    }

    public Item with(String name, @Nullable Instant value) {
        return put(name, value == null ? null : text(value.toString()));
    }

    /** The item with a map of texts, numbers (as text) and switches; an empty map is left out. */
    public Item with(String name, Map<String, AttributeValue> value) {
        return put(name, value.isEmpty() ? null : AttributeValue.fromM(value));
    }

    /** The item with whole numbers in an order; none at all are left out. */
    public Item withNumbers(String name, List<Long> values) {
        return list(name, values.stream().map(Item::whole).toList());
    }

    /** The item with texts in an order; none at all are left out. */
    public Item withTexts(String name, List<String> values) {
        return list(name, values.stream().map(Item::text).toList());
    }

    private Item list(String name, List<AttributeValue> values) {
        return put(name, values.isEmpty() ? null : AttributeValue.fromL(values));
    }

    public Item without(String name) {
        return put(name, null);
    }

    /** The item, found in these indexes. */
    public Item in(List<IndexKey> keys) {
        Map<String, AttributeValue> changed = new HashMap<>(attributes);
        for (IndexKey key : keys) {
            changed.put(key.index().pk(), text(key.pk()));
            changed.put(key.index().sk(), text(key.sk()));
        }
        return new Item(changed);
    }

    private Item put(String name, @Nullable AttributeValue value) {
        Map<String, AttributeValue> changed = new HashMap<>(attributes);
        AttributeValue before = value == null ? changed.remove(name) : changed.put(name, value);
        Item after = new Item(changed);
        int counted = size;
        if (counted != 0) {
            after.size = Math.toIntExact(counted - ItemSize.of(name, before) + ItemSize.of(name, value));
        }
        return after;
    }

    public String string(String name) {
        return required(name).s();
    }

    public @Nullable String text(String name, @Nullable String otherwise) {
        AttributeValue value = attributes.get(name);
        return value == null ? otherwise : value.s();
    }

    public long number(String name) {
        return Long.parseLong(required(name).n());
    }

    public long number(String name, long otherwise) {
        AttributeValue value = attributes.get(name);
        return value == null ? otherwise : Long.parseLong(value.n());
    }

    /** Whether a switch is there and on. */
    public boolean flag(String name) {
        AttributeValue value = attributes.get(name);
        return value != null && Boolean.TRUE.equals(value.bool());
    }

    public @Nullable Boolean maybe(String name) {
        AttributeValue value = attributes.get(name);
        return value == null ? null : value.bool();
    }

    public Instant instant(String name) {
        return Instant.parse(string(name));
    }

    public @Nullable Instant instantOrNull(String name) {
        AttributeValue value = attributes.get(name);
        return value == null ? null : Instant.parse(value.s());
    }

    public Map<String, AttributeValue> map(String name) {
        AttributeValue value = attributes.get(name);
        return value == null ? Map.of() : value.m();
    }

    public List<Long> numbers(String name) {
        return list(name).stream().map(value -> Long.valueOf(value.n())).toList();
    }

    public List<String> texts(String name) {
        return list(name).stream().map(AttributeValue::s).toList();
    }

    private List<AttributeValue> list(String name) {
        AttributeValue value = attributes.get(name);
        return value == null ? List.of() : value.l();
    }

    public boolean has(String name) {
        return attributes.containsKey(name);
    }

    private AttributeValue required(String name) {
        AttributeValue value = attributes.get(name);
        if (value == null) {
            throw new IllegalStateException("no " + name + " in " + attributes.get(Keys.PK));
        }
        return value;
    }

    /** A text value. */
    public static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }

    /** A whole number. */
    public static AttributeValue whole(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Item item && item.attributes.equals(attributes);
    }

    @Override
    public int hashCode() {
        return attributes.hashCode();
    }

    @Override
    public String toString() {
        return attributes.toString();
    }
}
