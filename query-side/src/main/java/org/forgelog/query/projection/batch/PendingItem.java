package org.forgelog.query.projection.batch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.forgelog.eventlog.StoredEvent;
import org.forgelog.query.projection.projector.CounterDelta;
import org.forgelog.query.projection.projector.CounterDelta.CountChange;
import org.forgelog.query.projection.projector.ItemMutation;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.ItemSize;
import org.jspecify.annotations.Nullable;

/** An item that a batch touches, with all the folds that the batch has for it, in the log's order. */
public final class PendingItem {

    /** Largest item that DynamoDB takes, in bytes. */
    static final long LARGEST_ITEM = 400L << 10;

    /** How long a deleted item keeps late writers out. */
    static final Duration TOMBSTONE_LIFE = Duration.ofDays(7);

    /** One event's fold. */
    private record Step(StoredEvent event, ItemMutation mutation) {}

    /**
     * What has to be written.
     *
     * @param before the item as it lies in the table; the write is conditional on its position
     * @param counts what it changes of counts elsewhere; each step counts by itself, so that it makes no difference how
     *     events came in batches, not even where one undoes another
     * @param edges those that came or went in any step, see {@link IssueEdges}
     */
    public record Write(
            PendingItem pending,
            @Nullable Item before,
            Item after,
            Map<ItemKey, CountChange> counts,
            Map<ItemKey, Item> edges) {

        /** A write that changes nothing elsewhere, but for what follows from before and after. */
        public Write(PendingItem pending, @Nullable Item before, Item after) {
            this(
                    pending,
                    before,
                    after,
                    CounterDelta.changes(before, after, after.number(Attr.CHANGED, 0)),
                    IssueEdges.changed(before, after));
        }

        /** This write and a later one of the same item as one. */
        Write then(Write later) {
            Map<ItemKey, Item> all = new LinkedHashMap<>(edges);
            all.putAll(later.edges);
            return new Write(
                    later.pending,
                    before,
                    later.after,
                    CounterDelta.changes(before, later.after, later.after.number(Attr.CHANGED, 0)),
                    all);
        }
    }

    /** A fold that cannot be done; its sequence is blocked at {@code event}. */
    public static final class ProjectionFailure extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient StoredEvent event;

        ProjectionFailure(StoredEvent event, String message, @Nullable Throwable cause) {
            super(message, cause);
            this.event = event;
        }

        StoredEvent event() {
            return event;
        }
    }

    private final ItemKey key;
    private final List<Step> steps = new ArrayList<>();

    public PendingItem(ItemKey key) {
        this.key = key;
    }

    public ItemKey key() {
        return key;
    }

    public void add(StoredEvent event, ItemMutation mutation) {
        steps.add(new Step(event, mutation));
    }

    /** Forgets the mutations of a blocked sequence from the dead letter on. */
    void forget(String sequence, long from) {
        steps.removeIf(step -> step.event.sequenceKey().equals(sequence) && step.event.position() >= from);
    }

    public boolean isEmpty() {
        return steps.isEmpty();
    }

    /**
     * Whether the item must be looked up before the batch, since it may be there.
     *
     * @param unconditional whether it is written without conditions, so that no write tells of what was overlooked
     */
    boolean mustBeLoaded(boolean unconditional) {
        return switch (steps.getFirst().mutation.expected()) {
            case ABSENT -> false;
            case MOSTLY_ABSENT -> unconditional;
            case ANY -> true;
        };
    }

    public StoredEvent last() {
        return steps.getLast().event;
    }

    /**
     * The item after all folds that it has not seen yet; {@code null} when there is nothing to write.
     *
     * @param stored the item as it lies in the table, a tombstone included
     * @throws ProjectionFailure when a fold fails or makes the item too large
     */
    @Nullable
    public Write after(@Nullable Item stored) {
        long pos = stored == null ? 0 : stored.pos();
        Item before = stored == null || stored.isTombstone() ? null : stored;
        Item current = before;
        Item lastSeen = before;
        StoredEvent last = null;
        long changedAt = stored == null ? 0 : stored.number(Attr.CHANGED, 0);
        Map<ItemKey, CountChange> counts = new HashMap<>();
        Map<ItemKey, Item> edges = new LinkedHashMap<>();
        for (Step step : steps) {
            if (step.event.position() <= pos) {
                continue;
            }
            Item next = apply(step, current);
            if (next != current) {
                long at = step.event.appendedAt().getEpochSecond();
                changedAt = Math.max(changedAt, at);
                // The last that changed it, not the last that was looked at: that would depend on how batches were cut.
                last = step.event;
                CounterDelta.changes(current, next, at)
                        .forEach((target, change) -> counts.merge(target, change, CountChange::plus));
                edges.putAll(IssueEdges.changed(current, next));
            }
            current = next;
            lastSeen = next == null ? lastSeen : next;
        }
        if (last == null || (current == null && lastSeen == null)) {
            return null;
        }
        Item after = current == null ? tombstone(lastSeen, last.appendedAt()) : current;
        return new Write(
                this, stored, after.with(Attr.POS, last.position()).with(Attr.CHANGED, changedAt), counts, edges);
    }

    private static Item tombstone(@Nullable Item gone, Instant at) {
        if (gone == null) {
            throw new IllegalArgumentException("nothing was there to be deleted");
        }
        return gone.tombstone(at.plus(TOMBSTONE_LIFE));
    }

    private static @Nullable Item apply(Step step, @Nullable Item before) {
        Item after;
        try {
            after = step.mutation.change().apply(before);
        } catch (RuntimeException e) {
            throw new ProjectionFailure(step.event, "cannot be folded into " + step.mutation.key() + ": " + e, e);
        }
        if (after != null && after != before && ItemSize.of(after) > LARGEST_ITEM) {
            throw new ProjectionFailure(step.event, step.mutation.key() + " becomes too large", null);
        }
        return after;
    }
}
