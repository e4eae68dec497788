package org.forgelog.dynamodb.item;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Keys of the ordered store. A key is the number of a space (a table or an index), a hash of the partition key, and key
 * attributes, each so encoded that unsigned bytes sort as DynamoDB sorts the values and no value's encoding begins
 * another's. The hash spreads partitions over the space, as on AWS: so a scan can be divided.
 */
public final class KeyBytes {

    /** Of the space's number. */
    public static final int SPACE_LENGTH = 4;

    private static final int HASH_LENGTH = 2;
    private static final int PREFIX = SPACE_LENGTH + HASH_LENGTH;
    private static final int ESCAPED_ZERO = 0xff;

    private KeyBytes() {}

    /** One attribute, encoded. */
    public static byte[] component(AttributeValue value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        escape(raw(value), out);
        out.write(0);
        out.write(0);
        return out.toByteArray();
    }

    /** The beginning of all components whose text or bytes begin with the value. */
    public static byte[] componentPrefix(AttributeValue value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        escape(raw(value), out);
        return out.toByteArray();
    }

    private static byte[] raw(AttributeValue value) {
        return switch (value) {
            case AttributeValue.S s -> s.value().getBytes(StandardCharsets.UTF_8);
            case AttributeValue.B b -> b.value().content();
            case AttributeValue.N n -> {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                Numbers.writeSortable(n.value(), out);
                yield out.toByteArray();
            }
            default -> throw new IllegalArgumentException(value.typeName() + " cannot be a key");
        };
    }

    private static void escape(byte[] raw, ByteArrayOutputStream out) {
        for (byte b : raw) {
            out.write(b);
            if (b == 0) {
                out.write(ESCAPED_ZERO);
            }
        }
    }

    /** The beginning of all keys of one partition. */
    public static byte[] partition(int space, byte[] partitionKey) {
        byte[] key = new byte[PREFIX + partitionKey.length];
        putSpace(space, key);
        int hash = hash(partitionKey, 0, partitionKey.length);
        key[SPACE_LENGTH] = (byte) (hash >>> 8);
        key[SPACE_LENGTH + 1] = (byte) hash;
        System.arraycopy(partitionKey, 0, key, PREFIX, partitionKey.length);
        return key;
    }

    /** The key of one item; the sort key is empty where the table has none. */
    public static byte[] item(int space, byte[] partitionKey, byte[] sortKey) {
        return concat(partition(space, partitionKey), sortKey);
    }

    /** An entry of an index: its own key, then that of the item, of which there may be several for one index key. */
    public static byte[] entry(int space, byte[] partitionKey, byte[] sortKey, byte[] itemKey) {
        return concat(item(space, partitionKey, sortKey), Arrays.copyOfRange(itemKey, PREFIX, itemKey.length));
    }

    /** The key of the item that an entry of an index with so many key attributes stands for. */
    public static byte[] itemOfEntry(byte[] entry, int indexKeys, int tableSpace) {
        int start = PREFIX;
        for (int i = 0; i < indexKeys; i++) {
            start = endOfComponent(entry, start);
        }
        int end = endOfComponent(entry, start);
        byte[] key = new byte[PREFIX + entry.length - start];
        putSpace(tableSpace, key);
        int hash = hash(entry, start, end);
        key[SPACE_LENGTH] = (byte) (hash >>> 8);
        key[SPACE_LENGTH + 1] = (byte) hash;
        System.arraycopy(entry, start, key, PREFIX, entry.length - start);
        return key;
    }

    private static int endOfComponent(byte[] key, int start) {
        int i = start;
        while (key[i] != 0 || key[i + 1] != 0) {
            i++;
        }
        return i + 2;
    }

    /** The first key of a segment of a space that is scanned in so many segments. */
    public static byte[] segmentStart(int space, int segment, int segments) {
        long first = ((long) segment * 0x1_0000 + segments - 1) / segments;
        if (first > 0xffff) {
            return space(space + 1);
        }
        byte[] key = new byte[PREFIX];
        putSpace(space, key);
        key[SPACE_LENGTH] = (byte) (first >>> 8);
        key[SPACE_LENGTH + 1] = (byte) first;
        return key;
    }

    /** The beginning of all keys of a space. */
    public static byte[] space(int space) {
        byte[] key = new byte[SPACE_LENGTH];
        putSpace(space, key);
        return key;
    }

    /** The first key behind all those that begin so. */
    public static byte[] after(byte[] prefix) {
        byte[] end = prefix.clone();
        for (int i = end.length - 1; i >= 0; i--) {
            if (end[i] != (byte) 0xff) {
                end[i]++;
                return Arrays.copyOf(end, i + 1);
            }
        }
        throw new IllegalArgumentException("no key is behind all bytes 0xff");
    }

    /** The first key behind this very one. */
    public static byte[] next(byte[] key) {
        return Arrays.copyOf(key, key.length + 1);
    }

    /** Both, one after the other. */
    public static byte[] concat(byte[] first, byte[] second) {
        if (first.length == 0 || second.length == 0) {
            return first.length == 0 ? second : first;
        }
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static void putSpace(int space, byte[] key) {
        key[0] = (byte) (space >>> 24);
        key[1] = (byte) (space >>> 16);
        key[2] = (byte) (space >>> 8);
        key[3] = (byte) space;
    }

    /** FNV-1a with a final mix. It is stored: it must never change. */
    private static int hash(byte[] bytes, int start, int end) {
        int hash = 0x811c9dc5;
        for (int i = start; i < end; i++) {
            hash = (hash ^ (bytes[i] & 0xff)) * 0x01000193;
        }
        hash ^= hash >>> 16;
        hash *= 0x85ebca6b;
        return (hash ^ (hash >>> 13)) & 0xffff;
    }
}
