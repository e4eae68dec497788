package org.forgelog.dynamodb.item;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A value of one of DynamoDB's ten types. Numbers are kept in their canonical form, see {@link Numbers}; sets come back
 * sorted, as from DynamoDB.
 */
public sealed interface AttributeValue {

    /** Text. */
    record S(String value) implements AttributeValue {}

    /** A number in canonical form, so that equal numbers are equal strings. */
    record N(String value) implements AttributeValue {}

    /** Bytes. */
    record B(Bytes value) implements AttributeValue {}

    /** True or false. */
    record Bool(boolean value) implements AttributeValue {}

    /** The value null. */
    record Null() implements AttributeValue {
        static final Null INSTANCE = new Null();
    }

    /** A set of texts. */
    record SS(Set<String> value) implements AttributeValue {
        public SS {
            value = sorted(value, Comparator.naturalOrder());
        }
    }

    /** A set of numbers in canonical form. */
    record NS(Set<String> value) implements AttributeValue {
        public NS {
            value = sorted(value, Numbers::compare);
        }
    }

    /** A set of byte strings. */
    record BS(Set<Bytes> value) implements AttributeValue {
        public BS {
            value = sorted(value, Comparator.naturalOrder());
        }
    }

    /** A list. */
    record L(List<AttributeValue> value) implements AttributeValue {}

    /** A map. */
    record M(Map<String, AttributeValue> value) implements AttributeValue {}

    private static <T> Set<T> sorted(Set<T> members, Comparator<T> order) {
        return members.size() < 2
                ? members
                : members.stream().sorted(order).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The type's name on the wire: {@code S}, {@code N}, {@code BOOL} and so on. */
    default String typeName() {
        return switch (this) {
            case S s -> "S";
            case N n -> "N";
            case B b -> "B";
            case Bool bool -> "BOOL";
            case Null none -> "NULL";
            case SS set -> "SS";
            case NS set -> "NS";
            case BS set -> "BS";
            case L list -> "L";
            case M map -> "M";
        };
    }

    /** Whether {@code <}, {@code BETWEEN} and the like are defined for the type: text, numbers and bytes. */
    default boolean isOrdered() {
        return this instanceof S || this instanceof N || this instanceof B;
    }

    /**
     * Compares two values of the same ordered type; text by its UTF-8 bytes.
     *
     * @throws IllegalArgumentException when the types differ or are not ordered
     */
    static int compare(AttributeValue left, AttributeValue right) {
        if (left instanceof S a && right instanceof S b) {
            return Arrays.compareUnsigned(
                    a.value.getBytes(StandardCharsets.UTF_8), b.value.getBytes(StandardCharsets.UTF_8));
        }
        if (left instanceof N a && right instanceof N b) {
            return Numbers.compare(a.value, b.value);
        }
        if (left instanceof B a && right instanceof B b) {
            return a.value.compareTo(b.value);
        }
        throw new IllegalArgumentException(left.typeName() + " and " + right.typeName() + " have no order");
    }

    /** As AWS's messages show a value: {@code {S:text}}. */
    default String inMessages() {
        Object content =
                switch (this) {
                    case S s -> s.value;
                    case N n -> n.value;
                    case B b -> b.value;
                    case Bool bool -> bool.value;
                    case Null none -> true;
                    case SS set -> set.value;
                    case NS set -> set.value;
                    case BS set -> set.value;
                    case L list ->
                        list.value.stream().map(AttributeValue::inMessages).toList();
                    case M map -> map.value.keySet();
                };
        return "{" + typeName() + ":" + content + "}";
    }
}
