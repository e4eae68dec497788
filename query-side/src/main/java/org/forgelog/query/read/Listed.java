package org.forgelog.query.read;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list, as it is shown.
 *
 * @param page what its links are made from
 * @param total how many entries the whole list has; {@code null} where nothing counts them
 */
public record Listed<T>(List<T> entries, Page page, @Nullable Long total) {

    public Listed(List<T> entries, Page page) {
        this(entries, page, null);
    }

    public <R> Listed<R> map(Function<T, R> shown) {
        return new Listed<>(entries.stream().map(shown).toList(), page, total);
    }

    /** The same list, which is known to be so long. */
    Listed<T> of(@Nullable Long counted) {
        return new Listed<>(entries, page, counted);
    }
}
