package org.forgelog.dynamodb.item;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The size of items in bytes, by AWS's rules.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html">Item sizes
 *     and formats</a>
 */
public final class ItemSize {

    /** The most that an item may have. */
    public static final int LIMIT = 400 * 1024;

    private static final int COLLECTION = 3;
    private static final int MEMBER = 1;

    private ItemSize() {}

    /** Names and values of all attributes. */
    public static int of(Map<String, AttributeValue> item) {
        int size = 0;
        for (Map.Entry<String, AttributeValue> attribute : item.entrySet()) {
            size += utf8(attribute.getKey()) + of(attribute.getValue());
        }
        return size;
    }

    /** One value, without its name. */
    public static int of(AttributeValue value) {
        return switch (value) {
            case AttributeValue.S s -> utf8(s.value());
            case AttributeValue.N n -> Numbers.size(n.value());
            case AttributeValue.B b -> b.value().length();
            case AttributeValue.Bool bool -> 1;
            case AttributeValue.Null none -> 1;
            case AttributeValue.SS set ->
                set.value().stream().mapToInt(ItemSize::utf8).sum();
            case AttributeValue.NS set ->
                set.value().stream().mapToInt(Numbers::size).sum();
            case AttributeValue.BS set ->
                set.value().stream().mapToInt(Bytes::length).sum();
            case AttributeValue.L list ->
                COLLECTION + list.value().stream().mapToInt(v -> of(v) + MEMBER).sum();
            case AttributeValue.M map ->
                COLLECTION + of(map.value()) + MEMBER * map.value().size();
        };
    }

    /** Bytes of a text in UTF-8. The JDK's encoder is several times as fast as counting characters. */
    public static int utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
