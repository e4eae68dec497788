package org.forgelog.query.verify;

import static org.forgelog.query.verify.Key.digits;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.forgelog.domain.DomainEvent;
import org.forgelog.domain.account.AccountEvent;
import org.forgelog.domain.comment.CommentEvent;
import org.forgelog.domain.label.LabelEvent;
import org.forgelog.domain.milestone.MilestoneEvent;
import org.forgelog.domain.repository.RepositoryEvent;
import org.forgelog.eventlog.StoredEvent;
import org.jspecify.annotations.Nullable;

/** What one sequence of events makes: all its items, up to some event. */
final class SequenceFold {

    /** The types of items that are found through edges. */
    private static final Set<String> HAVE_EDGES = Set.of("issue", "pull_request");

    private final String sequence;
    private final TableState state;
    private final @Nullable Long quarantinedFrom;
    private final ObservedItems observed;
    private final ItemFold items;
    private final Counts.Part counts = new Counts.Part();
    private final Set<String> deleted = new HashSet<>();
    private final Set<ObservedItem> met = new HashSet<>();
    /** The observed edges that are there after what was folded. */
    private final Set<ObservedItem> there = new HashSet<>();

    private @Nullable Long deletedRepository;
    private boolean accountDeleted;

    /** @param wanted which items to keep: where a sequence makes very many, some at a time */
    SequenceFold(
            ItemFold.Factory folds, String sequence, TableState state, ObservedItems observed, Predicate<Key> wanted) {
        this.sequence = sequence;
        this.state = state;
        this.observed = observed;
        this.quarantinedFrom = state.quarantinedFrom(sequence);
        this.items = folds.ofSequence(wanted, this::changed);
    }

    int size() {
        return items.all().size();
    }

    Counts.Part counts() {
        return counts;
    }

    /** The repository that this is the sequence of, when it is deleted. */
    @Nullable
    Long deletedRepository() {
        return deletedRepository;
    }

    void apply(StoredEvent stored, DomainEvent event) {
        items.apply(stored, event);
        switch (event) {
            case RepositoryEvent.RepositoryDeleted e ->
                deletedRepository = e.repositoryId().value();
            case AccountEvent.AccountDeleted e -> accountDeleted = true;
            case CommentEvent.CommentDeleted e ->
                deleted.add("X#CI#" + digits(e.commentId().value()) + "#C");
            case MilestoneEvent.MilestoneDeleted e -> {
                String planned = "MIL#" + digits(e.repositoryId().value()) + "#" + digits(e.number());
                deleted.addAll(Set.of(planned, planned + "#O"));
            }
            case LabelEvent.LabelDeleted e ->
                deleted.addAll(Set.of(
                        "LAB#" + digits(e.labelId().value()),
                        "LAB#" + digits(e.labelId().value()) + "#O"));
            default -> {
                // Nothing hung below it.
            }
        }
    }

    private void changed(FoldedItem row, StoredEvent by) {
        if (row.type().equals("repository")) {
            counts.changed(row, by);
        }
        if (observed.isEmpty()) {
            return;
        }
        boolean must = by.position() <= state.limit(sequence);
        ObservedItem item = observed.of(row.key());
        if (item != null) {
            met.add(item);
            item.changed(by.position(), marked(row.key(), row.item()), must);
        }
        if (HAVE_EDGES.contains(row.type()) && row.get("id") != null) {
            Map<Key, Map<String, Object>> edges = null;
            for (ObservedItem edge : observed.ofEdges(digits(row.number("id")))) {
                edges = edges == null ? row.edges() : edges;
                met.add(edge);
                Map<String, Object> now = edges.get(edge.key());
                // What an edge says never changes: it comes and goes.
                if (now == null ? there.remove(edge) : there.add(edge)) {
                    edge.changed(by.position(), now, must);
                }
            }
        }
    }

    /** Tells the observed what may be gone. */
    void end() {
        for (ObservedItem item : met) {
            if (mayBeGone(item.key())) {
                item.mayBeGone();
            }
        }
    }

    /** All items as they are now. */
    void tell(Expected to) {
        for (FoldedItem row : items.all()) {
            Map<String, Object> item = marked(row.key(), row.item());
            if (item != null) {
                to.item(row.key(), item, sequence, mayBeGone(row.key()));
            }
            row.edges().forEach((key, edge) -> to.item(key, edge, sequence, mayBeGone(key)));
        }
    }

    /** What hung below something deleted is removed in time; what it was itself stays for as long as tombstones do. */
    private boolean mayBeGone(Key key) {
        if (key.pk().equals("SWEEP")) {
            return true;
        }
        if (key.pk().startsWith("A#") && key.sk().startsWith("M#")) {
            return accountDeleted;
        }
        if (deletedRepository != null) {
            boolean stays = key.equals(new Key("R#" + digits(deletedRepository), "R"))
                    || key.equals(new Key("REPOS", digits(deletedRepository)))
                    || (key.pk().startsWith("F#") && !key.pk().equals("F#" + digits(deletedRepository)));
            return !stays;
        }
        return deleted.contains(key.pk());
    }

    /** The item that a sequence is about tells of its stop. */
    private @Nullable Map<String, Object> marked(Key key, @Nullable Map<String, Object> item) {
        Long blocked = quarantinedFrom;
        boolean subject =
                sequence.startsWith("r:") ? key.sk().equals("R") : key.sk().equals("A");
        if (item == null || blocked == null || !subject) {
            return item;
        }
        Map<String, Object> marked = new TreeMap<>(item);
        marked.put("stopped", blocked);
        return marked;
    }
}
