package org.forgelog.query.read;

import org.jspecify.annotations.Nullable;

/**
 * Which page is wanted.
 *
 * @param size entries on a page
 * @param page number of the page, from 1; of no account with a cursor
 * @param cursor where it begins, {@code null} to count from the first page
 */
public record PageRequest(int size, int page, @Nullable Cursor cursor) {

    /** Most entries that are skipped to get to a page by its number. */
    public static final int MOST_SKIPPED = 1_000;

    /** How many entries lie before the page. */
    int skip() {
        return cursor == null ? (page - 1) * size : 0;
    }

    boolean backward() {
        return cursor != null && cursor.backward();
    }
}
