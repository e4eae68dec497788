package org.forgelog.query.table;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Sizes of items, and the capacity units that reading and writing them takes, by AWS's published rules: names and texts
 * count their UTF-8 bytes, numbers half a byte per digit, structures three bytes and one per element. Figures of our
 * own, so that they do not depend on what an engine says of itself.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html">AWS</a>
 */
public final class ItemSize {

    private static final int READ_UNIT = 4096;
    private static final int WRITE_UNIT = 1024;

    private ItemSize() {}

    /** Bytes of an item. */
    public static long of(Item item) {
        return item.size();
    }

    /** Bytes of a map of attributes. */
    public static long of(Map<String, AttributeValue> attributes) {
        long size = 0;
        for (Map.Entry<String, AttributeValue> entry : attributes.entrySet()) {
            size += of(entry.getKey(), entry.getValue());
        }
        return size;
    }

    /** Bytes of an attribute; none when it is not there. */
    static long of(String name, @Nullable AttributeValue value) {
        return value == null ? 0 : utf8(name) + of(value);
    }

    private static long of(AttributeValue value) {
        return switch (value.type()) {
            case S -> utf8(value.s());
            case N -> number(value.n());
            case B -> value.b().asByteArrayUnsafe().length;
            case BOOL, NUL -> 1;
            case SS -> value.ss().stream().mapToLong(ItemSize::utf8).sum();
            case NS -> value.ns().stream().mapToLong(ItemSize::number).sum();
            case BS ->
                value.bs().stream().mapToLong(b -> b.asByteArrayUnsafe().length).sum();
            case L -> 3 + value.l().stream().mapToLong(v -> 1 + of(v)).sum();
            case M -> 3 + value.m().size() + of(value.m());
            case UNKNOWN_TO_SDK_VERSION -> throw new IllegalArgumentException("unknown type of " + value);
        };
    }

    private static long number(String digits) {
        long significant = digits.chars().filter(Character::isDigit).count();
        return (significant + 1) / 2 + 1;
    }

    /** Counted, since encoding it only to count takes most of the time. */
    static long utf8(String text) {
        long bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // Both halves of a pair make four bytes.
            bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return bytes;
    }

    /** Read units of {@code bytes} read in one go; what is not there costs as much as the smallest item. */
    public static double readUnits(long bytes, boolean consistent) {
        long units = Math.max(1, (bytes + READ_UNIT - 1) / READ_UNIT);
        return consistent ? units : units / 2.0;
    }

    /** Write units of one write of {@code bytes} to the table or to one index. */
    public static long writeUnits(long bytes) {
        return Math.max(1, (bytes + WRITE_UNIT - 1) / WRITE_UNIT);
    }
}
