package org.forgelog.dynamodb.expression;

import java.util.List;
import java.util.Map;
import org.forgelog.dynamodb.item.AttributeValue;
import org.jspecify.annotations.Nullable;

/**
 * A document path: {@code a.b[1]}.
 *
 * @param attribute the top-level attribute
 * @param steps from there on: a {@link String} into a map, an {@link Integer} into a list
 */
record Path(String attribute, List<Object> steps) {

    /** What is there in an item, or null. */
    @Nullable
    AttributeValue in(Map<String, AttributeValue> item) {
        AttributeValue value = item.get(attribute);
        for (Object step : steps) {
            value = step(value, step);
        }
        return value;
    }

    static @Nullable AttributeValue step(@Nullable AttributeValue value, Object step) {
        if (step instanceof Integer index) {
            return value instanceof AttributeValue.L list
                            && index < list.value().size()
                    ? list.value().get(index)
                    : null;
        }
        return value instanceof AttributeValue.M map ? map.value().get((String) step) : null;
    }

    /** Whether one of them is the other, or leads into it. */
    boolean overlaps(Path other) {
        int common = Math.min(steps.size(), other.steps.size());
        return attribute.equals(other.attribute) && steps.subList(0, common).equals(other.steps.subList(0, common));
    }

    /** Whether they part at a value that would have to be a list for the one and a map for the other. */
    boolean conflicts(Path other) {
        if (!attribute.equals(other.attribute)) {
            return false;
        }
        for (int i = 0; i < Math.min(steps.size(), other.steps.size()); i++) {
            if (!steps.get(i).equals(other.steps.get(i))) {
                return steps.get(i).getClass() != other.steps.get(i).getClass();
            }
        }
        return false;
    }

    /** As AWS's messages show a path: {@code [a, b, [1]]}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("[").append(attribute);
        for (Object step : steps) {
            text.append(", ").append(step instanceof Integer index ? "[" + index + "]" : step);
        }
        return text.append("]").toString();
    }
}
