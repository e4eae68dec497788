package org.forgelog.query.verify;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
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
        MessageDigest digest = sha256();
        write(digest, hashed);
        return digest.digest();
    }

    static byte[] hash(Key key) {
        MessageDigest digest = sha256();
        text(digest, 'k', key.pk());
        text(digest, 'k', key.sk());
        return digest.digest();
    }

    private static void write(MessageDigest digest, @Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            text(digest, 'M', Integer.toString(map.size()));
            new TreeMap<>(map).forEach((name, each) -> {
                text(digest, 'k', String.valueOf(name));
                write(digest, each);
            });
        } else if (value instanceof List<?> list) {
            text(digest, 'L', Integer.toString(list.size()));
            list.forEach(each -> write(digest, each));
        } else if (value instanceof String string) {
            text(digest, 'S', string);
        } else if (value instanceof Boolean) {
            text(digest, 'B', value.toString());
        } else if (value instanceof Number) {
            text(digest, 'N', value.toString());
        } else {
            text(digest, '?', String.valueOf(value));
        }
    }

    /** Kind, length, text: so that no two values are written alike. */
    private static void text(MessageDigest digest, char kind, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update((byte) kind);
        for (int shift = 24; shift >= 0; shift -= 8) {
            digest.update((byte) (bytes.length >>> shift));
        }
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
