package org.forgelog.query.projection.projector;

import java.util.ArrayList;
import java.util.List;
import org.forgelog.domain.milestone.MilestoneEvent;
import org.forgelog.domain.milestone.MilestoneEvent.MilestoneClosed;
import org.forgelog.domain.milestone.MilestoneEvent.MilestoneCreated;
import org.forgelog.domain.milestone.MilestoneEvent.MilestoneDeleted;
import org.forgelog.domain.milestone.MilestoneEvent.MilestoneEdited;
import org.forgelog.domain.milestone.MilestoneEvent.MilestoneReopened;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.ItemType;
import org.forgelog.query.table.Keys;
import org.jspecify.annotations.Nullable;

/** Milestones, with how much of what is planned for them is open and how much is closed. They are in no index. */
final class MilestoneProjector {

    private MilestoneProjector() {}

    static List<ItemMutation> mutations(MilestoneEvent event) {
        long repository = event.repositoryId().value();
        ItemKey key = Keys.milestone(repository, event.number());
        return switch (event) {
            case MilestoneCreated e -> List.of(ItemMutation.create(created(key, e)));
            case MilestoneEdited e -> List.of(ItemMutation.edit(key, item -> edited(item, e)));
            case MilestoneClosed e ->
                List.of(ItemMutation.edit(
                        key, item -> item.with(Attr.CLOSED_AT, e.closedAt()).with(Attr.UPDATED_AT, e.closedAt())));
            case MilestoneReopened e ->
                List.of(ItemMutation.edit(
                        key, item -> item.without(Attr.CLOSED_AT).with(Attr.UPDATED_AT, e.reopenedAt())));
            case MilestoneDeleted e ->
                List.of(
                        ItemMutation.of(key, item -> null),
                        ItemMutation.of(Keys.milestoneSweep(repository, e.number()), item -> Item.of(
                                        Keys.milestoneSweep(repository, e.number()), ItemType.SWEEP)
                                .with(Attr.REPOSITORY_ID, repository)
                                .with(Attr.MILESTONE, e.number())));
        };
    }

    private static Item created(ItemKey key, MilestoneCreated e) {
        return Item.of(key, ItemType.MILESTONE)
                .with(Attr.ID, e.milestoneId())
                .with(Attr.REPOSITORY_ID, e.repositoryId().value())
                .with(Attr.NUMBER, e.number())
                .with(Attr.TITLE, e.title())
                .with(Attr.DESCRIPTION, e.description())
                .with(Attr.DUE_ON, e.dueOn())
                .with(Attr.CREATOR_ID, e.createdBy().value())
                .with(Attr.OPEN_ISSUES, 0)
                .with(Attr.CLOSED_ISSUES, 0)
                .with(Attr.CREATED_AT, e.createdAt())
                .with(Attr.UPDATED_AT, e.createdAt());
    }

    private static Item edited(Item item, MilestoneEdited e) {
        Item after = AccountProjector.text(item, Attr.DESCRIPTION, e.description());
        if (e.title() != null) {
            after = after.with(Attr.TITLE, e.title());
        }
        if (e.dueOn() != null) {
            after = after.with(Attr.DUE_ON, e.dueOn().value());
        }
        return after.with(Attr.UPDATED_AT, e.editedAt());
    }

    /** Something comes to be planned for a milestone, or no longer is. */
    static ItemMutation planned(long repository, long milestone, boolean open, int by) {
        return ItemMutation.edit(
                Keys.milestone(repository, milestone),
                item -> count(item, open ? Attr.OPEN_ISSUES : Attr.CLOSED_ISSUES, by));
    }

    /**
     * What is planned for a milestone was closed, or is open again.
     *
     * @param milestone {@code null} when it is planned for none
     * @param others what else that makes
     */
    static List<ItemMutation> turned(long repository, @Nullable Long milestone, boolean open, ItemMutation... others) {
        List<ItemMutation> all = new ArrayList<>(List.of(others));
        if (milestone != null) {
            all.add(ItemMutation.edit(
                    Keys.milestone(repository, milestone),
                    item -> count(count(item, Attr.OPEN_ISSUES, open ? 1 : -1), Attr.CLOSED_ISSUES, open ? -1 : 1)));
        }
        return all;
    }

    private static Item count(Item item, String counter, int by) {
        return item.with(counter, item.number(counter) + by);
    }
}
