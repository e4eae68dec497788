package org.forgelog.query.projection.batch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.forgelog.domain.conversation.ConversationKind;
import org.forgelog.query.projection.batch.PendingItem.Write;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.ItemType;
import org.forgelog.query.table.Keys;
import org.jspecify.annotations.Nullable;

/**
 * The items by which an issue or a pull request is found by its labels, milestone and assignees: copies of its item, so that a list of them
 * is read at once, with keys of their own. They follow from the issue's item alone. They are written before it: who
 * falls down in between finds the issue as it was, and does all of it again.
 */
public final class IssueEdges {

    /** What a write of an issue means for one of its edges. */
    enum Fate {
        /** Comes to be, unless something newer lies there. */
        NEW("attribute_not_exists(" + Keys.PK + ") or " + Attr.POS + " < :pos"),
        /** Is there already; where it is not, its label or milestone was deleted and it was swept away. */
        KEPT(Attr.POS + " < :pos"),
        /** Becomes a tombstone. */
        GONE(Attr.POS + " < :pos");

        private final String condition;

        Fate(String condition) {
            this.condition = condition;
        }

        /** On what condition the edge is written, given its position as {@code :pos}. */
        String condition() {
            return condition;
        }
    }

    /**
     * One edge to write.
     *
     * @param cause the write of the issue
     * @param before the edge as it was
     */
    public record Edge(Write cause, Fate fate, @Nullable Item before, Item after) {}

    private IssueEdges() {}

    public static boolean isEdge(Item item) {
        return item.is(ItemType.ISSUE_EDGE) || item.is(ItemType.PULL_EDGE);
    }

    /** What an edge leads to. */
    public static ConversationKind kind(Item edge) {
        return edge.is(ItemType.ISSUE_EDGE) ? ConversationKind.ISSUE : ConversationKind.PULL_REQUEST;
    }

    /** The edges of an item: none but for issues and pull requests. Lists alone show them, so they bear no date. */
    public static List<Item> of(@Nullable Item whole) {
        List<Item> edges = new ArrayList<>();
        if (whole == null || whole.isTombstone() || !(whole.is(ItemType.ISSUE) || whole.is(ItemType.PULL_REQUEST))) {
            return edges;
        }
        ItemType type = whole.is(ItemType.ISSUE) ? ItemType.ISSUE_EDGE : ItemType.PULL_EDGE;
        Item item = whole.without(Attr.CHANGED);
        for (long label : item.numbers(Attr.LABELS)) {
            edges.add(item.as(Keys.labelEdge(item.number(Attr.ID), label), type)
                    .in(Keys.labelEdgeIndexes(
                            label,
                            item.number(Attr.ID),
                            item.flag(Attr.OPEN),
                            item.instant(Attr.CREATED_AT),
                            item.instant(Attr.UPDATED_AT))));
        }
        if (item.has(Attr.MILESTONE)) {
            long repository = item.number(Attr.REPOSITORY_ID);
            long milestone = item.number(Attr.MILESTONE);
            edges.add(item.as(Keys.milestoneEdge(item.number(Attr.ID), milestone), type)
                    .in(Keys.milestoneEdgeIndexes(
                            repository,
                            milestone,
                            item.number(Attr.ID),
                            item.flag(Attr.OPEN),
                            item.instant(Attr.CREATED_AT),
                            item.instant(Attr.UPDATED_AT))));
        }
        for (long assignee : item.numbers(Attr.ASSIGNEES)) {
            edges.add(item.as(Keys.assigneeEdge(item.number(Attr.ID), assignee), type)
                    .in(Keys.assigneeEdgeIndexes(
                            assignee,
                            item.number(Attr.REPOSITORY_ID),
                            item.number(Attr.ID),
                            item.flag(Attr.OPEN),
                            item.instant(Attr.CREATED_AT),
                            item.instant(Attr.UPDATED_AT))));
        }
        return edges;
    }

    /** What {@code write} does to edges. */
    public static List<Edge> of(Write write) {
        return between(write, write.before(), write.after());
    }

    /** What sets edges right that {@code write} wrote, when {@code present} turns out to be newer. */
    static List<Edge> corrected(Write write, Item present) {
        return between(write, write.after(), present);
    }

    private static List<Edge> between(Write cause, @Nullable Item before, Item after) {
        Map<ItemKey, Item> old = new LinkedHashMap<>();
        of(before).forEach(edge -> old.put(edge.key(), edge));
        List<Edge> edges = new ArrayList<>();
        for (Item edge : of(after)) {
            Item was = old.remove(edge.key());
            edges.add(new Edge(cause, was == null ? Fate.NEW : Fate.KEPT, was, edge));
        }
        old.values().forEach(was -> edges.add(new Edge(cause, Fate.GONE, was, tombstone(was, cause, after))));
        return edges;
    }

    private static Item tombstone(Item edge, Write cause, Item issue) {
        return edge.tombstone(cause.pending().last().appendedAt().plus(PendingItem.TOMBSTONE_LIFE))
                .with(Attr.POS, issue.pos());
    }
}
