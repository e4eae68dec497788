package org.forgelog.query.projection;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.forgelog.domain.DomainEvent;
import org.forgelog.eventlog.EventCodec;
import org.forgelog.eventlog.EventLogReader;
import org.forgelog.eventlog.StoredEvent;
import org.forgelog.eventlog.UnreadableEventException;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;

/** Finds the events that made an item what it is. */
public final class Explanation {

    private static final int BATCH = 500;
    /** Most events that are answered, the latest ones. */
    private static final int LIMIT = 1_000;

    private final EventLogReader log;
    private final EventCodec codec;

    public Explanation(EventLogReader log, EventCodec codec) {
        this.log = log;
        this.codec = codec;
    }

    /**
     * The events folded into {@code item}, of the sequence that wrote it last, in the log's order. Counts that other
     * sequences add to have none of their own.
     */
    public List<StoredEvent> of(Item item) {
        List<StoredEvent> last = item.pos() == 0 ? List.of() : log.after(item.pos() - 1, 1);
        if (last.isEmpty()) {
            return List.of();
        }
        List<StoredEvent> found = new ArrayList<>();
        long from = 0;
        while (true) {
            List<StoredEvent> events = log.ofSequence(last.getFirst().sequenceKey(), from, BATCH);
            events.stream()
                    .filter(event -> event.position() <= item.pos() && touches(event, item.key()))
                    .forEach(found::add);
            if (events.isEmpty() || events.getLast().position() >= item.pos()) {
                return found.subList(Math.max(0, found.size() - LIMIT), found.size());
            }
            from = events.getLast().position();
        }
    }

    private boolean touches(StoredEvent event, ItemKey key) {
        try {
            DomainEvent read = codec.decode(event.type(), event.revision(), event.payload());
            return Stream.of(
                            Projectors.folds(read),
                            FeedProjector.folds(event, read),
                            HistoryProjector.folds(event, read))
                    .flatMap(List::stream)
                    .anyMatch(fold -> fold.key().equals(key));
        } catch (UnreadableEventException | IllegalArgumentException e) {
            return false;
        }
    }
}
