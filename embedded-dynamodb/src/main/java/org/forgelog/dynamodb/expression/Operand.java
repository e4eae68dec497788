package org.forgelog.dynamodb.expression;

import java.util.Map;
import org.forgelog.dynamodb.item.AttributeValue;
import org.jspecify.annotations.Nullable;

/** A value in a condition: an attribute's, one that the request brings along, or the size of an attribute. */
sealed interface Operand {

    /** Its value for an item; null where the item has none. */
    @Nullable
    AttributeValue in(Map<String, AttributeValue> item);

    /** An attribute. */
    record OfPath(Path path) implements Operand {
        @Override
        public @Nullable AttributeValue in(Map<String, AttributeValue> item) {
            return path.in(item);
        }
    }

    /** A value of the request. */
    record Literal(AttributeValue value) implements Operand {
        @Override
        public AttributeValue in(Map<String, AttributeValue> item) {
            return value;
        }
    }

    /** {@code size(path)}: characters of a text, bytes of a byte string, members of a collection. */
    record Size(Path path) implements Operand {
        @Override
        public @Nullable AttributeValue in(Map<String, AttributeValue> item) {
            int size =
                    switch (path.in(item)) {
                        case AttributeValue.S s -> s.value().length();
                        case AttributeValue.B b -> b.value().length();
                        case AttributeValue.SS set -> set.value().size();
                        case AttributeValue.NS set -> set.value().size();
                        case AttributeValue.BS set -> set.value().size();
                        case AttributeValue.L list -> list.value().size();
                        case AttributeValue.M map -> map.value().size();
                        case null, default -> -1;
                    };
            return size < 0 ? null : new AttributeValue.N(Integer.toString(size));
        }
    }
}
