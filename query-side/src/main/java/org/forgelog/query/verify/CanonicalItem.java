package org.forgelog.query.verify;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.forgelog.query.table.ItemDigest;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Items in plain values (texts, whole numbers, switches, lists, maps), and one canonical form of each to be hashed. */
final class CanonicalItem {

    private CanonicalItem() {}

    static Map<String, Object> item(Map<String, AttributeValue> attributes) {
        Map<String, Object> item = new TreeMap<>();
        attributes.forEach((name, value) -> item.put(name, of(value)));
        return item;
    }

    /** An attribute as a plain value. */
    static Object of(AttributeValue value) {
        return switch (value.type()) {
            case S -> value.s();
            case N -> number(value.n());
            case BOOL -> value.bool();
            case L -> {
                List<Object> list = new ArrayList<>();
                value.l().forEach(each -> list.add(of(each)));
                yield list;
            }
            case M -> item(value.m());
            default -> value;
        };
    }

    private static Object number(String digits) {
        try {
            return Long.valueOf(digits);
        } catch (NumberFormatException e) {
            BigDecimal number = new BigDecimal(digits).stripTrailingZeros();
            return number.scale() <= 0 && number.precision() < 19 ? (Object) number.longValueExact() : number;
        }
    }

    static long number(Map<String, Object> item, String name) {
        return item.get(name) instanceof Long number ? number : 0;
    }

    /** Whether it is an edge, whose position depends on how events came in batches. */
    static boolean isEdge(Map<String, Object> item) {
        return item.get("type") instanceof String type && type.endsWith("_edge");
    }

    /** A hash of everything that the item says, but for what may differ. */
    static byte[] hash(Map<String, Object> item) {
        Map<String, Object> hashed = item;
        if (isEdge(item)) {
            hashed = new TreeMap<>(item);
            hashed.remove("pos");
        }
        return new ItemDigest().addPlain(hashed).done();
    }

    static byte[] hash(Key key) {
        return new ItemDigest().add(key.pk()).add(key.sk()).done();
    }
}
