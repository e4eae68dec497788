package org.forgelog.query.projection.projector;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.forgelog.domain.DomainEvent;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.issue.IssueEvent;
import org.forgelog.domain.issue.IssueEvent.IssueAssigned;
import org.forgelog.domain.issue.IssueEvent.IssueCloseReasonChanged;
import org.forgelog.domain.issue.IssueEvent.IssueClosed;
import org.forgelog.domain.issue.IssueEvent.IssueEdited;
import org.forgelog.domain.issue.IssueEvent.IssueLabelled;
import org.forgelog.domain.issue.IssueEvent.IssueLocked;
import org.forgelog.domain.issue.IssueEvent.IssueOpened;
import org.forgelog.domain.issue.IssueEvent.IssueReopened;
import org.forgelog.domain.issue.IssueEvent.IssueUnassigned;
import org.forgelog.domain.issue.IssueEvent.IssueUnlabelled;
import org.forgelog.domain.issue.IssueEvent.IssueUnlocked;
import org.forgelog.domain.label.LabelId;
import org.forgelog.eventlog.StoredEvent;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.ItemType;
import org.forgelog.query.table.Keys;
import org.forgelog.query.table.Keys.ThreadKind;

/** What happened to issues, one entry for each label and each assignee. An entry is never changed. */
public final class HistoryProjector {

    /** Most entries that one event makes; an entry's id is the event's position times this, and its place. */
    private static final int MOST = 128;

    private HistoryProjector() {}

    public static List<ItemMutation> folds(StoredEvent stored, DomainEvent event) {
        return event instanceof IssueEvent e
                ? entries(stored.position() * MOST, e).stream()
                        .map(ItemMutation::create)
                        .toList()
                : List.of();
    }

    private static List<Item> entries(long firstId, IssueEvent event) {
        return switch (event) {
            case IssueClosed e ->
                List.of(entry(firstId, e, "closed", e.closedBy(), e.closedAt())
                        .with(Attr.STATE_REASON, e.reason().word()));
            case IssueReopened e -> List.of(entry(firstId, e, "reopened", e.reopenedBy(), e.reopenedAt()));
            case IssueLabelled e -> labels(firstId, e, "labeled", e.labelIds(), e.labelledBy(), e.labelledAt());
            case IssueUnlabelled e -> labels(firstId, e, "unlabeled", e.labelIds(), e.unlabelledBy(), e.unlabelledAt());
            case IssueAssigned e -> assignees(firstId, e, "assigned", e.assigneeIds(), e.assignedBy(), e.assignedAt());
            case IssueUnassigned e ->
                assignees(firstId, e, "unassigned", e.assigneeIds(), e.unassignedBy(), e.unassignedAt());
            case IssueLocked e ->
                List.of(entry(firstId, e, "locked", e.lockedBy(), e.lockedAt())
                        .with(
                                Attr.LOCK_REASON,
                                e.reason() == null ? null : e.reason().word()));
            case IssueUnlocked e -> List.of(entry(firstId, e, "unlocked", e.unlockedBy(), e.unlockedAt()));
            case IssueEdited e ->
                e.title() == null || e.oldTitle() == null
                        ? List.of()
                        : List.of(entry(firstId, e, "renamed", e.editedBy(), e.editedAt())
                                .with(Attr.OLD_TITLE, e.oldTitle())
                                .with(Attr.TITLE, e.title()));
            // That it was opened is its own.
            case IssueOpened e -> List.of();
            case IssueCloseReasonChanged e -> List.of();
        };
    }

    private static List<Item> labels(
            long firstId, IssueEvent event, String word, List<LabelId> labels, AccountId actor, Instant at) {
        List<Item> entries = new ArrayList<>();
        for (LabelId label : labels) {
            entries.add(entry(firstId + entries.size(), event, word, actor, at)
                    .withNumbers(Attr.LABELS, List.of(label.value())));
        }
        return entries;
    }

    private static List<Item> assignees(
            long firstId, IssueEvent event, String word, List<AccountId> assignees, AccountId actor, Instant at) {
        List<Item> entries = new ArrayList<>();
        for (AccountId assignee : assignees) {
            entries.add(entry(firstId + entries.size(), event, word, actor, at).with(Attr.MEMBER_ID, assignee.value()));
        }
        return entries;
    }

    private static Item entry(long id, IssueEvent event, String word, AccountId actor, Instant at) {
        long repository = event.repositoryId().value();
        ItemKey issue = Keys.thread(ThreadKind.ISSUE, repository, event.number());
        return Item.of(Keys.history(issue, at, id), ItemType.HISTORY)
                .with(Attr.ID, id)
                .with(Attr.EVENT, word)
                .with(Attr.REPOSITORY_ID, repository)
                .with(Attr.NUMBER, event.number())
                .with(Attr.ACCOUNT_ID, actor.value())
                .with(Attr.CREATED_AT, at)
                .with(Attr.UPDATED_AT, at)
                .in(Keys.historyIndexes(repository, at, id));
    }
}
