package org.forgelog.query.projection.batch;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.forgelog.domain.DomainEvent;
import org.forgelog.eventlog.EventCodec;
import org.forgelog.query.projection.batch.PendingItem.Write;
import org.forgelog.query.table.Item;

/** Folds a history event by event and tells what each kind of event makes the engine write. */
public final class EventCosts {

    /** One write: the item before and after, and the counts on other items that change with it. */
    public record Written(Item before, Item after, int counts) {}

    private EventCosts() {}

    /** By stored type, in the order of their first occurrence: what its last occurrence wrote. */
    public static Map<String, java.util.List<Written>> of(DomainEvent... history) {
        FoldedTable table = new FoldedTable();
        EventCodec codec = new EventCodec();
        Map<String, java.util.List<Written>> written = new LinkedHashMap<>();
        for (DomainEvent event : history) {
            java.util.List<Written> writes = table.happened(event).stream()
                    .flatMap(write -> Stream.concat(Stream.of(written(write)), edges(write)))
                    .toList();
            written.put(codec.encode(event).type(), writes);
        }
        return written;
    }

    private static Stream<Written> edges(Write write) {
        return IssueEdges.of(write).stream().map(edge -> new Written(edge.before(), edge.after(), 0));
    }

    private static Written written(Write write) {
        return new Written(write.before(), write.after(), write.counts().size());
    }
}
