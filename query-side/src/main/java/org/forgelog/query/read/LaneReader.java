package org.forgelog.query.read;

import java.util.List;
import java.util.Map;
import org.forgelog.query.read.ReadSession.Answer;
import org.forgelog.query.read.ReadSession.Round;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.Span;
import org.forgelog.query.table.Table.Range;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads a span from a cursor on, query by query: one query ends at 1 MB, wherever the span ends. */
final class LaneReader {

    private final Span span;
    private final boolean descending;
    private final @Nullable String cursor;
    private @Nullable Answer pending;
    private @Nullable Map<String, AttributeValue> after;
    private boolean exhausted;

    LaneReader(Span span, boolean descending, @Nullable Cursor cursor) {
        this.span = span;
        this.descending = descending;
        this.cursor = cursor == null ? null : cursor.suffix();
    }

    void ask(Round round, int limit) {
        String bound = cursor == null ? null : span.at(cursor);
        String from = bound == null || descending ? span.low() : bound;
        String to = bound == null || !descending ? span.high() : bound;
        pending = round.query(
                new Range(span, from, to, descending, limit, after, span.index() == null && round.isConsistent()));
    }

    /** The entries of the last query, but for the one that the cursor itself names. */
    List<Item> take() {
        Answer answer = pending;
        if (answer == null) {
            return List.of();
        }
        pending = null;
        after = answer.more();
        exhausted = after == null;
        return answer.items().stream()
                .filter(item -> !span.suffix(item).equals(cursor))
                .toList();
    }

    Span span() {
        return span;
    }

    String suffix(Item item) {
        return span.suffix(item);
    }

    boolean isExhausted() {
        return exhausted;
    }
}
