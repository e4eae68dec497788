package org.forgelog.query.projection.repair;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.forgelog.query.projection.batch.EngineItemCache;
import org.forgelog.query.projection.batch.IssueEdges;
import org.forgelog.query.projection.batch.WorkerPool;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Edge;
import org.forgelog.query.table.Index;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.ItemType;
import org.forgelog.query.table.Keys;
import org.forgelog.query.table.Span;
import org.forgelog.query.table.Spans;
import org.forgelog.query.table.Table;

/** Where the items of one repository lie: partitions of its own, and places among the items of others. */
final class RepositoryPartitions {

    /** Of these the repository's are among others' in one partition, so what does not belong there cannot be told. */
    private static final Set<ItemType> SHARED = Set.of(
            ItemType.REPOSITORY_NAME,
            ItemType.COLLABORATOR,
            ItemType.LISTING,
            ItemType.STAR,
            ItemType.SUBSCRIPTION,
            ItemType.SWEEP);

    private final Table table;
    private final EngineItemCache cache;
    private final WorkerPool workers;

    RepositoryPartitions(Table table, EngineItemCache cache, WorkerPool workers) {
        this.table = table;
        this.cache = cache;
        this.workers = workers;
    }

    /** The partitions of what carries a label. */
    private static Set<String> labelled(long label) {
        return Set.of(
                Spans.labelled(label, false).pk(), Spans.labelled(label, true).pk());
    }

    /** The partitions of what is planned for a milestone. */
    private static Set<String> planned(long repository, long milestone) {
        return Set.of(
                Spans.planned(repository, milestone, false).pk(),
                Spans.planned(repository, milestone, true).pk());
    }

    /** Places of issues, but not by labels and milestones that are deleted: those are swept away. */
    static void withEdges(Map<ItemKey, Item> items) {
        for (Item issue : List.copyOf(items.values())) {
            Map<ItemKey, Item> edges = IssueEdges.of(issue);
            for (long label : edges.isEmpty() ? List.<Long>of() : issue.numbers(Attr.LABELS)) {
                Item carried = items.get(Keys.label(issue.number(Attr.REPOSITORY_ID), label));
                if (carried == null || carried.isTombstone()) {
                    edges.keySet().removeIf(key -> labelled(label).contains(key.pk()));
                }
            }
            if (!edges.isEmpty() && issue.has(Attr.MILESTONE)) {
                long repository = issue.number(Attr.REPOSITORY_ID);
                long milestone = issue.number(Attr.MILESTONE);
                Item planned = items.get(Keys.milestone(repository, milestone));
                if (planned == null || planned.isTombstone()) {
                    edges.keySet()
                            .removeIf(key -> planned(repository, milestone).contains(key.pk()));
                }
            }
            items.putAll(edges);
        }
    }

    /** Where nothing need be any more: reactions to deleted comments, and feeds of deleted repositories. */
    Set<String> swept(Collection<Item> items) {
        Set<String> swept = new HashSet<>();
        Map<ItemKey, String> feeds = new HashMap<>();
        for (Item item : items) {
            if (item.isTombstone() && item.is(ItemType.COMMENT_PLACE)) {
                swept.add(Spans.allReactions(item.key()).pk());
            } else if (item.is(ItemType.FEED)) {
                feeds.put(
                        Keys.repository(item.number(Attr.REPOSITORY_ID)),
                        item.key().pk());
            }
        }
        Map<ItemKey, Item> repositories = cache.load(feeds.keySet());
        feeds.forEach((repository, feed) -> {
            Item found = repositories.get(repository);
            if (found == null || found.isTombstone()) {
                swept.add(feed);
            }
        });
        return swept;
    }

    /**
     * What lies there: in partitions of the repository's own all there is, elsewhere what should be.
     *
     * @param feed the repository's own; forks of it are told of there too, and it is told of in that of its parent
     */
    Map<ItemKey, Item> stored(Collection<Item> items, String feed) {
        Set<String> own = new HashSet<>();
        Set<ItemKey> among = new HashSet<>();
        Set<Span> assigned = new HashSet<>();
        for (Item item : items) {
            boolean elsewhere = item.is(ItemType.FEED) && !item.key().pk().equals(feed)
                    || Edge.isEdge(item) && item.has(Index.GSI1.pk());
            if (Edge.isEdge(item) && item.has(Index.GSI1.pk())) {
                assigned.add(new Span(Index.GSI1, item.string(Index.GSI1.pk()), ""));
            }
            if (item.is(ItemType.LABEL)) {
                own.addAll(labelled(Long.parseLong(item.key().sk())));
            }
            if (item.is(ItemType.MILESTONE)) {
                own.addAll(planned(
                        Long.parseLong(feed.substring(feed.indexOf('#') + 1)),
                        Long.parseLong(item.key().sk())));
            }
            if (elsewhere || SHARED.stream().anyMatch(item::is)) {
                among.add(item.key());
            } else {
                own.add(item.key().pk());
            }
        }
        assigned.forEach(span -> table.all(span).forEach(edge -> among.add(edge.key())));
        Map<ItemKey, Item> stored = new HashMap<>(cache.load(among));
        workers.each(own, pk -> table.all(new Span(null, pk, "")))
                .forEach(found -> found.forEach(item -> stored.put(item.key(), item)));
        return stored;
    }
}
