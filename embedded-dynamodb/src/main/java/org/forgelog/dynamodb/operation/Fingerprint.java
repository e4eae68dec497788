package org.forgelog.dynamodb.operation;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;
import org.forgelog.dynamodb.item.AttributeValue;
import org.forgelog.dynamodb.protocol.Attributes;
import org.jspecify.annotations.Nullable;

/** A hash of a request's parameters in 64 bits, the same in whatever order maps and sets were written. */
final class Fingerprint {

    private Fingerprint() {}

    static long of(@Nullable Object value) {
        return switch (value) {
            case null -> 1;
            case String text -> of(text);
            case Map<?, ?> map -> {
                long sum = 3;
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    sum += mix(of(entry.getKey()) * 31 + of(entry.getValue()));
                }
                yield mix(sum);
            }
            case Set<?> set -> {
                long sum = 5;
                for (Object member : set) {
                    sum += mix(of(member));
                }
                yield mix(sum);
            }
            case Collection<?> list -> {
                long sum = 7;
                for (Object member : list) {
                    sum = mix(sum * 31 + of(member));
                }
                yield sum;
            }
            case Attributes attributes -> mix(11 + of(attributes.values()));
            case AttributeValue attribute -> mix(of(attribute.typeName()) + ofContent(attribute));
            default -> mix(of(value.toString()));
        };
    }

    private static long ofContent(AttributeValue value) {
        return switch (value) {
            case AttributeValue.S s -> of(s.value());
            case AttributeValue.N n -> of(n.value());
            case AttributeValue.B b -> of(b.value().toString());
            case AttributeValue.Bool bool -> bool.value() ? 13 : 17;
            case AttributeValue.Null none -> 19;
            case AttributeValue.SS set -> of((Object) set.value());
            case AttributeValue.NS set -> of((Object) set.value());
            case AttributeValue.BS set -> of((Object) set.value());
            case AttributeValue.L(List<AttributeValue> list) -> of((Object) list);
            case AttributeValue.M(Map<String, AttributeValue> map) -> of((Object) map);
        };
    }

    /** Of two hashes that the JDK computes many characters at a time. */
    private static long of(String text) {
        CRC32C checksum = new CRC32C();
        checksum.update(text.getBytes(StandardCharsets.UTF_8));
        return mix((long) text.hashCode() << Integer.SIZE | checksum.getValue());
    }

    /** The finishing step of MurmurHash3. */
    private static long mix(long hash) {
        long mixed = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ mixed >>> 33;
    }
}
