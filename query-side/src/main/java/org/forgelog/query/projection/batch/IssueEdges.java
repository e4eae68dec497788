package org.forgelog.query.projection.batch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.forgelog.query.projection.batch.PendingItem.Write;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.IndexKey;
import org.forgelog.query.table.IndexKeys;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.ItemType;
import org.forgelog.query.table.Keys;
import org.jspecify.annotations.Nullable;

/**
 * The items by which an issue or a pull request is found by its labels, milestone and assignees: for each of them one among all and,
 * while it is open, one among those that are open. They hold keys alone, so they are written when one of them or
 * the state changes, and by no other change. They follow from the issue's item and are written before it: who falls down in
 * between finds the issue as it was, and does all of it again. Each bears the position of the write that made it.
 */
public final class IssueEdges {

    /** On what condition an edge, or the tombstone of one, is written, given its position as {@code :pos}. */
    static final String CONDITION = "attribute_not_exists(" + Keys.PK + ") or " + Attr.POS + " < :pos";

    /**
     * One edge to write.
     *
     * @param cause the write of the issue
     * @param before the edge as it was; {@code null} when there was none
     */
    public record EdgeWrite(Write cause, @Nullable Item before, Item after) {}

    /** All that edges follow from and that may change. */
    private static final List<String> FOLLOWED =
            List.of(Attr.TOMBSTONE, Attr.OPEN, Attr.LABELS, Attr.MILESTONE, Attr.ASSIGNEES);

    private IssueEdges() {}

    private static boolean isAlike(String name, Item one, Item other) {
        return Objects.equals(one.attributes().get(name), other.attributes().get(name));
    }

    /** The edges of an item, by key: none but for issues and pull requests. Lists alone show them, so they bear no date. */
    public static Map<ItemKey, Item> of(@Nullable Item item) {
        Map<ItemKey, Item> edges = new LinkedHashMap<>();
        if (item == null || item.isTombstone() || !mayFollow(item)) {
            return edges;
        }
        long id = item.number(Attr.ID);
        Instant created = item.instant(Attr.CREATED_AT);
        for (boolean amongOpen : item.flag(Attr.OPEN) ? new boolean[] {false, true} : new boolean[] {false}) {
            for (long label : item.numbers(Attr.LABELS)) {
                add(edges, item, Keys.labelEdge(label, created, id, amongOpen), List.of());
            }
            if (item.has(Attr.MILESTONE)) {
                long milestone = item.number(Attr.MILESTONE);
                long repository = item.number(Attr.REPOSITORY_ID);
                add(edges, item, Keys.milestoneEdge(repository, milestone, created, id, amongOpen), List.of());
            }
            for (long assignee : item.numbers(Attr.ASSIGNEES)) {
                add(
                        edges,
                        item,
                        Keys.assigneeEdge(assignee, created, id, amongOpen),
                        IndexKeys.assigneeEdge(item.number(Attr.REPOSITORY_ID), assignee, created, id, amongOpen));
            }
        }
        return edges;
    }

    /** Whether there may be edges that follow from what is now, or was before, {@code item}. */
    static boolean mayFollow(@Nullable Item item) {
        return item != null && (item.is(ItemType.ISSUE) || item.is(ItemType.PULL_REQUEST));
    }

    private static void add(Map<ItemKey, Item> edges, Item item, ItemKey key, List<IndexKey> indexes) {
        Item edge = Item.of(key, item.is(ItemType.ISSUE) ? ItemType.ISSUE_EDGE : ItemType.PULL_EDGE)
                .with(Attr.REPOSITORY_ID, item.number(Attr.REPOSITORY_ID))
                .with(Attr.NUMBER, item.number(Attr.NUMBER))
                .with(Attr.POS, item.pos());
        edges.put(key, edge.in(indexes));
    }

    /**
     * The edges that come or go when {@code before} becomes {@code after}, as they were or will be. One that comes and goes
     * within a batch is among those of its steps: an earlier attempt at a part of the batch may have left it.
     */
    static Map<ItemKey, Item> changed(@Nullable Item before, @Nullable Item after) {
        if (before != null && after != null && FOLLOWED.stream().allMatch(name -> isAlike(name, before, after))) {
            return new LinkedHashMap<>();
        }
        Map<ItemKey, Item> old = of(before);
        Map<ItemKey, Item> now = of(after);
        Map<ItemKey, Item> changed = new LinkedHashMap<>(old);
        changed.keySet().removeAll(now.keySet());
        now.keySet().removeAll(old.keySet());
        changed.putAll(now);
        return changed;
    }

    /** What {@code write} does to edges. */
    public static List<EdgeWrite> of(Write write) {
        if (write.edges().isEmpty()) {
            return List.of();
        }
        Map<ItemKey, Item> old = of(write.before());
        Map<ItemKey, Item> now = of(write.after());
        List<EdgeWrite> writes = new ArrayList<>();
        write.edges().forEach((key, edge) -> {
            Item after = now.get(key);
            writes.add(new EdgeWrite(write, old.get(key), after == null ? tombstone(edge, write) : after));
        });
        return writes;
    }

    private static Item tombstone(Item edge, Write cause) {
        return edge.tombstone(cause.pending().last().appendedAt().plus(PendingItem.TOMBSTONE_LIFE))
                .with(Attr.POS, cause.after().pos());
    }
}
