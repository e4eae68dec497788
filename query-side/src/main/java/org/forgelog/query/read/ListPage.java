package org.forgelog.query.read;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of a short list that was read as a whole. Its cursors count entries. */
public record ListPage<T>(List<T> entries, Page page) {

    /** The part of {@code all} that {@code request} asks for. */
    public static <T> ListPage<T> of(List<T> all, PageRequest request) {
        int begin = Math.min(all.size(), begin(request));
        int end = Math.min(all.size(), begin + request.size());
        return new ListPage<>(
                all.subList(begin, end),
                new Page(
                        List.of(),
                        end < all.size() ? at(end) : null,
                        begin > 0 && begin < all.size() ? at(Math.max(0, begin - request.size())) : null));
    }

    /** How many entries lie before the page. */
    static int begin(PageRequest request) {
        Cursor cursor = request.cursor();
        return cursor == null ? request.skip() : Integer.parseInt(cursor.suffix());
    }

    /** Whether {@code cursor} counts entries. */
    static boolean isPlace(Cursor cursor) {
        return cursor.suffix().matches("[0-9]{1,9}");
    }

    private static @Nullable Cursor at(int entry) {
        return new Cursor(false, Integer.toString(entry));
    }
}
