package org.forgelog.query.projection.repair;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.forgelog.domain.DomainEvent;
import org.forgelog.domain.repository.RepositoryEvent;
import org.forgelog.domain.repository.RepositoryEvent.RepositoryCreated;
import org.forgelog.domain.repository.RepositoryEvent.RepositoryTransferred;
import org.forgelog.domain.repository.RepositoryId;
import org.forgelog.eventlog.EventCodec;
import org.forgelog.eventlog.EventLogReader;
import org.forgelog.eventlog.StoredEvent;
import org.forgelog.eventlog.UnreadableEventException;
import org.forgelog.query.projection.projector.CounterDelta;
import org.forgelog.query.projection.projector.ItemMutation;
import org.forgelog.query.projection.projector.Projectors;
import org.forgelog.query.projection.projector.RepositoryProjector;
import org.forgelog.query.table.Edge;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.Keys;
import org.jspecify.annotations.Nullable;

/** Finds the events that made an item what it is. */
public final class ItemExplanation {

    private static final int BATCH = 500;
    /** Most events that are answered, the latest ones. */
    private static final int LIMIT = 1_000;
    /** The events that may change what a repository adds to counts of others. */
    private static final List<String> COUNTED =
            List.of("repository-created", "repository-edited", "repository-transferred", "repository-deleted");

    private final EventLogReader log;
    private final EventCodec codec;

    public ItemExplanation(EventLogReader log, EventCodec codec) {
        this.log = log;
        this.codec = codec;
    }

    /**
     * The events that made {@code item}, in the log's order. Of what is folded from one sequence after the other, those of
     * the last one; of an edge, those of its issue; of counts that several sequences add to, those that changed a count.
     */
    public List<StoredEvent> of(Item item) {
        List<StoredEvent> found = Keys.isSharedCounts(item.key()) ? counted(item.key()) : folded(item);
        return found.subList(Math.max(0, found.size() - LIMIT), found.size());
    }

    private List<StoredEvent> folded(Item item) {
        List<StoredEvent> last = item.pos() == 0 ? List.of() : log.after(item.pos() - 1, 1);
        if (last.isEmpty()) {
            return List.of();
        }
        ItemKey key = Edge.isEdge(item) && !item.isTombstone() ? Edge.target(item) : item.key();
        List<StoredEvent> found = new ArrayList<>();
        long from = 0;
        while (true) {
            List<StoredEvent> events = log.ofSequence(last.getFirst().sequenceKey(), from, BATCH);
            events.stream()
                    .filter(event -> event.position() <= item.pos() && touches(event, key))
                    .forEach(found::add);
            if (events.isEmpty() || events.getLast().position() >= item.pos()) {
                return found;
            }
            from = events.getLast().position();
        }
    }

    /** Reads twice, so that only the repositories are held in memory that may ever have counted. */
    private List<StoredEvent> counted(ItemKey counts) {
        Set<RepositoryId> members = new HashSet<>();
        eachOfRepositories((stored, event) -> {
            if (mayCount(event, counts)) {
                members.add(event.repositoryId());
            }
        });
        List<StoredEvent> found = new ArrayList<>();
        Map<ItemKey, Item> items = new HashMap<>();
        eachOfRepositories((stored, event) -> {
            if (!members.contains(event.repositoryId())) {
                return;
            }
            ItemKey key = Keys.repository(event.repositoryId().value());
            Item before = items.get(key);
            Item after = before;
            for (ItemMutation mutation : RepositoryProjector.mutations(event)) {
                after = mutation.key().equals(key) ? mutation.change().apply(after) : after;
            }
            if (CounterDelta.difference(before, after).containsKey(counts)) {
                found.add(stored);
            }
            if (after == null) {
                items.remove(key);
            } else {
                items.put(key, after);
            }
        });
        return found;
    }

    /** Whether the repository may be among what {@code counts} count from this event on. */
    private static boolean mayCount(RepositoryEvent event, ItemKey counts) {
        return switch (event) {
            case RepositoryCreated e ->
                Keys.accountCounts(e.ownerId().value()).equals(counts)
                        || e.fork() != null
                                && (Keys.forkCounts(e.fork().parentId().value()).equals(counts)
                                        || Keys.forkCounts(e.fork().sourceId().value())
                                                .equals(counts));
            case RepositoryTransferred e ->
                Keys.accountCounts(e.ownerId().value()).equals(counts);
            default -> false;
        };
    }

    private void eachOfRepositories(BiConsumer<StoredEvent, RepositoryEvent> told) {
        long head = log.head();
        long from = 0;
        while (true) {
            List<StoredEvent> events = log.ofTypes(COUNTED, from, head, BATCH);
            for (StoredEvent stored : events) {
                if (decoded(stored) instanceof RepositoryEvent event) {
                    told.accept(stored, event);
                }
            }
            if (events.isEmpty()) {
                return;
            }
            from = events.getLast().position();
        }
    }

    private @Nullable DomainEvent decoded(StoredEvent event) {
        try {
            return codec.decode(event.type(), event.revision(), event.payload());
        } catch (UnreadableEventException e) {
            return null;
        }
    }

    private boolean touches(StoredEvent event, ItemKey key) {
        DomainEvent read = decoded(event);
        if (read == null) {
            return false;
        }
        try {
            return Projectors.all(event, read).stream()
                    .anyMatch(mutation -> mutation.key().equals(key));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
