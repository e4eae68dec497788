package org.forgelog.domain.conversation;

import java.util.List;

/** How a list without repetition is to change. What is there already, or is not there to be removed, makes no change. */
public record ListEdit<T>(Kind kind, List<T> values) {

    /** What is to be done with the values. */
    public enum Kind {
        ADD,
        REMOVE,
        REPLACE
    }

    public ListEdit {
        values = values.stream().distinct().toList();
    }

    public static <T> ListEdit<T> add(List<T> values) {
        return new ListEdit<>(Kind.ADD, values);
    }

    public static <T> ListEdit<T> remove(List<T> values) {
        return new ListEdit<>(Kind.REMOVE, values);
    }

    public static <T> ListEdit<T> replace(List<T> values) {
        return new ListEdit<>(Kind.REPLACE, values);
    }

    /** What would come to {@code before}. */
    public List<T> added(List<T> before) {
        return kind == Kind.REMOVE
                ? List.of()
                : values.stream().filter(value -> !before.contains(value)).toList();
    }

    /** What would go from {@code before}. */
    public List<T> removed(List<T> before) {
        return switch (kind) {
            case ADD -> List.of();
            case REMOVE -> before.stream().filter(values::contains).toList();
            case REPLACE ->
                before.stream().filter(value -> !values.contains(value)).toList();
        };
    }
}
