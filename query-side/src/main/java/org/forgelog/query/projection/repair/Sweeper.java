package org.forgelog.query.projection.repair;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.forgelog.domain.conversation.ConversationKind;
import org.forgelog.query.projection.batch.Backoff;
import org.forgelog.query.projection.batch.EngineItemCache;
import org.forgelog.query.projection.batch.IssueEdges;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.ItemType;
import org.forgelog.query.table.Keys;
import org.forgelog.query.table.Span;
import org.forgelog.query.table.Spans;
import org.forgelog.query.table.Table;
import org.forgelog.query.table.Table.Queried;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Removes what hung below deleted repositories: issues, pull requests, comments, reactions, labels, milestones, stars, subscriptions, feeds, histories,
 * counters; the reactions to deleted comments, and the places where issues are found by deleted labels and milestones. Nobody sees any
 * of it any more, so it may take its time, stop anywhere and go on later.
 *
 * <p>An index may show late what was written, and late what was removed. So what it shows counts only as far as the table
 * still has it; and where it shows nothing it is asked again once it must have caught up, before the order is removed.
 */
public final class Sweeper {

    private static final int PAGE = 100;

    private final Table table;
    private final EngineItemCache loader;
    private final Duration lag;
    /** Sweeps for which indexes showed nothing any more, and from when on they may be believed. */
    private final Map<ItemKey, Long> believedFrom = new HashMap<>();

    private boolean pending = true;

    /** @param lag an index has by then what the table has */
    public Sweeper(Table table, EngineItemCache loader, Duration lag) {
        this.table = table;
        this.loader = loader;
        this.lag = lag;
    }

    /** Says that there may be something to do. */
    public void look() {
        pending = true;
    }

    /** Whether there is something to do now; what waits for an index is not. */
    public boolean isPending() {
        long now = System.nanoTime();
        return pending || believedFrom.values().stream().anyMatch(from -> now - from >= 0);
    }

    /**
     * Does a bit of work.
     *
     * @param position up to where the table has everything; what comes after a later order may still be written
     */
    public void step(long position) {
        List<Item> reached = table.all(Spans.allSweeps()).stream()
                .filter(order -> order.pos() <= position)
                .toList();
        believedFrom.keySet().retainAll(reached.stream().map(Item::key).collect(Collectors.toSet()));
        List<Item> orders =
                reached.stream().filter(order -> !waits(order)).limit(PAGE).toList();
        pending = !orders.isEmpty();
        for (Item order : orders) {
            Set<ItemKey> found = inOrder(order);
            if (!found.isEmpty()) {
                believedFrom.remove(order.key());
                delete(List.copyOf(found));
            } else if (asksIndexes(order) && !believedFrom.containsKey(order.key())) {
                believedFrom.put(order.key(), System.nanoTime() + lag.toNanos());
            } else {
                finish(order);
            }
        }
    }

    private boolean waits(Item order) {
        Long from = believedFrom.get(order.key());
        return from != null && System.nanoTime() - from < 0;
    }

    private static boolean asksIndexes(Item order) {
        return isOfRepository(order);
    }

    private static boolean isOfRepository(Item order) {
        return order.has(Attr.REPOSITORY_ID) && !order.has(Attr.MILESTONE);
    }

    private void finish(Item order) {
        if (isOfRepository(order)) {
            long repository = order.number(Attr.REPOSITORY_ID);
            delete(List.of(
                    Keys.counters(repository),
                    Keys.forkCounts(repository),
                    Keys.contributors(repository),
                    order.key()));
        } else {
            delete(List.of(order.key()));
        }
        believedFrom.remove(order.key());
    }

    private Set<ItemKey> inOrder(Item order) {
        if (order.has(Attr.MILESTONE)) {
            long repository = order.number(Attr.REPOSITORY_ID);
            long milestone = order.number(Attr.MILESTONE);
            return keys(Spans.planned(repository, milestone, false), Spans.planned(repository, milestone, true));
        }
        if (isOfRepository(order)) {
            return inRepository(order.number(Attr.REPOSITORY_ID));
        }
        if (order.has(Attr.LABEL_ID)) {
            long label = order.number(Attr.LABEL_ID);
            return keys(Spans.labelled(label, false), Spans.labelled(label, true));
        }
        if (order.has(Attr.ACCOUNT_ID)) {
            return keys(Spans.members(order.number(Attr.ACCOUNT_ID)));
        }
        return keys(Spans.allReactions(Keys.commentPlace(order.number(Attr.ID))));
    }

    /** Edges are removed before the issues that know of them. */
    private Set<ItemKey> inRepository(long repository) {
        Set<ItemKey> found = new HashSet<>();
        Set<ItemKey> edges = new HashSet<>();
        for (Span span : List.of(
                Spans.commentsByCreation(ConversationKind.ISSUE, repository),
                Spans.commentsByCreation(ConversationKind.PULL_REQUEST, repository),
                Spans.allConversations(ConversationKind.ISSUE, repository),
                Spans.allConversations(ConversationKind.PULL_REQUEST, repository),
                Spans.labels(repository),
                Spans.milestones(repository),
                Spans.labelNames(repository),
                Spans.stargazers(repository),
                Spans.watchers(repository),
                Spans.ignoring(repository),
                Spans.collaborators(repository),
                Spans.feedOfRepository(repository),
                Spans.historyOfAll(ConversationKind.ISSUE, repository),
                Spans.historyOfAll(ConversationKind.PULL_REQUEST, repository))) {
            for (Item item : items(span)) {
                found.addAll(removable(item));
                edges.addAll(IssueEdges.of(item).keySet());
            }
        }
        delete(List.copyOf(edges));
        return found;
    }

    /** The item with what lies beside it, or first what was said of it. */
    private Set<ItemKey> removable(Item item) {
        boolean isComment = item.is(ItemType.COMMENT);
        ItemKey target = isComment ? Keys.commentPlace(item.number(Attr.ID)) : item.key();
        Set<ItemKey> reactions = item.has(Attr.REACTIONS) ? keys(Spans.allReactions(target)) : Set.of();
        if (!reactions.isEmpty()) {
            return reactions;
        }
        return isComment ? Set.of(item.key(), target, Keys.commentBody(item.key())) : Set.of(item.key());
    }

    private Set<ItemKey> keys(Span... spans) {
        return Stream.of(spans)
                .flatMap(span -> items(span).stream())
                .map(Item::key)
                .collect(Collectors.toSet());
    }

    /** Some of what is there. */
    private List<Item> items(Span span) {
        if (span.index() == null) {
            return table.query(Table.Range.all(span, PAGE, true)).items();
        }
        Map<String, AttributeValue> after = null;
        do {
            Queried page = table.query(new Table.Range(span, span.low(), span.high(), false, PAGE, after, false));
            List<Item> there = loader.read(page.items().stream().map(Item::key).toList()).stream()
                    .filter(item -> !item.isTombstone())
                    .toList();
            if (!there.isEmpty()) {
                return there;
            }
            after = page.more();
        } while (after != null);
        return List.of();
    }

    private void delete(List<ItemKey> keys) {
        List<ItemKey> left = new ArrayList<>(keys);
        Backoff backoff = new Backoff();
        while (!left.isEmpty()) {
            List<ItemKey> some = List.copyOf(left.subList(0, Math.min(Table.DELETE_LIMIT, left.size())));
            Set<ItemKey> unprocessed = table.delete(some);
            left.removeAll(some);
            left.addAll(unprocessed);
            some.forEach(loader::forget);
            if (!unprocessed.isEmpty()) {
                backoff.pause();
            }
        }
    }
}
