package org.forgelog.query.read;

import java.util.List;
import java.util.function.Function;

/**
 * A page of a list, as it is shown.
 *
 * @param page what its links are made from
 */
public record Listed<T>(List<T> entries, Page page) {

    public <R> Listed<R> map(Function<T, R> shown) {
        return new Listed<>(entries.stream().map(shown).toList(), page);
    }
}
