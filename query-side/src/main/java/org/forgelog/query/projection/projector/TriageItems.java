package org.forgelog.query.projection.projector;

import java.util.function.UnaryOperator;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.conversation.LockReason;
import org.forgelog.domain.conversation.Triage;
import org.forgelog.domain.label.LabelId;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;

/** Labels, assignees, lock and milestone of an issue or a pull request, in its item. */
final class TriageItems {

    private TriageItems() {}

    /** The item with its triage changed as the domain says. */
    static Item changed(Item item, UnaryOperator<Triage> change) {
        Triage after = change.apply(of(item));
        LockReason reason = after.lockReason();
        return item.withNumbers(
                        Attr.LABELS,
                        after.labels().stream().map(LabelId::value).distinct().toList())
                .withNumbers(
                        Attr.ASSIGNEES,
                        after.assignees().stream()
                                .map(AccountId::value)
                                .distinct()
                                .toList())
                .with(Attr.LOCKED, after.locked() ? Boolean.TRUE : null)
                .with(Attr.LOCK_REASON, reason == null ? null : reason.word())
                .with(Attr.MILESTONE, after.milestone());
    }

    private static Triage of(Item item) {
        String reason = item.text(Attr.LOCK_REASON, null);
        return new Triage(
                item.numbers(Attr.LABELS).stream().map(LabelId::new).toList(),
                item.numbers(Attr.ASSIGNEES).stream().map(AccountId::new).toList(),
                item.flag(Attr.LOCKED),
                reason == null ? null : LockReason.of(reason),
                item.has(Attr.MILESTONE) ? Long.valueOf(item.number(Attr.MILESTONE)) : null);
    }
}
