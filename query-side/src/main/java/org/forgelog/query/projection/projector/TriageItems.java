package org.forgelog.query.projection.projector;

import java.util.ArrayList;
import java.util.List;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.conversation.LockReason;
import org.forgelog.domain.label.LabelId;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.jspecify.annotations.Nullable;

/** Labels, assignees, lock and milestone of an issue or a pull request, in its item. */
final class TriageItems {

    private TriageItems() {}

    static Item labelled(Item item, List<LabelId> labels) {
        return with(item, Attr.LABELS, labels.stream().map(LabelId::value).toList());
    }

    static Item unlabelled(Item item, List<LabelId> labels) {
        return without(item, Attr.LABELS, labels.stream().map(LabelId::value).toList());
    }

    static Item assigned(Item item, List<AccountId> assignees) {
        return with(
                item, Attr.ASSIGNEES, assignees.stream().map(AccountId::value).toList());
    }

    static Item unassigned(Item item, List<AccountId> assignees) {
        return without(
                item, Attr.ASSIGNEES, assignees.stream().map(AccountId::value).toList());
    }

    static Item locked(Item item, @Nullable LockReason reason) {
        return item.with(Attr.LOCKED, true).with(Attr.LOCK_REASON, reason == null ? null : reason.word());
    }

    static Item unlocked(Item item) {
        return item.without(Attr.LOCKED).without(Attr.LOCK_REASON);
    }

    /** @param milestone {@code null} for none */
    static Item plannedFor(Item item, @Nullable Long milestone) {
        return milestone == null ? item.without(Attr.MILESTONE) : item.with(Attr.MILESTONE, milestone);
    }

    private static Item with(Item item, String attribute, List<Long> added) {
        List<Long> after = new ArrayList<>(item.numbers(attribute));
        added.stream().filter(id -> !after.contains(id)).forEach(after::add);
        return item.withNumbers(attribute, after);
    }

    private static Item without(Item item, String attribute, List<Long> removed) {
        return item.withNumbers(
                attribute,
                item.numbers(attribute).stream()
                        .filter(id -> !removed.contains(id))
                        .toList());
    }
}
