package org.forgelog.domain;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A field's new value, possibly "cleared". Where a {@code Change} itself is {@code null}, the field stays as it was;
 * that difference is what lets two concurrent edits of different fields both survive.
 *
 * @param value the new value, {@code null} when the field was cleared
 */
public record Change<T>(@Nullable T value) {

    public static <T> Change<T> to(@Nullable T value) {
        return new Change<>(value);
    }

    /** The value after {@code change} was applied to {@code before}. */
    public static <T> @Nullable T apply(@Nullable Change<T> change, @Nullable T before) {
        return change == null ? before : change.value();
    }

    /** {@code change}, or {@code null} when it would leave {@code before} as it is. */
    public static <T> @Nullable Change<T> unlessSame(@Nullable Change<T> change, @Nullable T before) {
        return change == null || Objects.equals(change.value(), before) ? null : change;
    }
}
