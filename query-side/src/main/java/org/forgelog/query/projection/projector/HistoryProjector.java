package org.forgelog.query.projection.projector;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.forgelog.domain.DomainEvent;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.conversation.ConversationKind;
import org.forgelog.domain.conversation.LockReason;
import org.forgelog.domain.issue.IssueEvent;
import org.forgelog.domain.issue.IssueEvent.IssueAssigned;
import org.forgelog.domain.issue.IssueEvent.IssueCloseReasonChanged;
import org.forgelog.domain.issue.IssueEvent.IssueClosed;
import org.forgelog.domain.issue.IssueEvent.IssueDemilestoned;
import org.forgelog.domain.issue.IssueEvent.IssueEdited;
import org.forgelog.domain.issue.IssueEvent.IssueLabelled;
import org.forgelog.domain.issue.IssueEvent.IssueLocked;
import org.forgelog.domain.issue.IssueEvent.IssueMilestoned;
import org.forgelog.domain.issue.IssueEvent.IssueOpened;
import org.forgelog.domain.issue.IssueEvent.IssueReopened;
import org.forgelog.domain.issue.IssueEvent.IssueUnassigned;
import org.forgelog.domain.issue.IssueEvent.IssueUnlabelled;
import org.forgelog.domain.issue.IssueEvent.IssueUnlocked;
import org.forgelog.domain.label.LabelId;
import org.forgelog.domain.pullrequest.PullRequestEvent;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestAssigned;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestClosed;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestDemilestoned;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestEdited;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestLabelled;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestLocked;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestMerged;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestMilestoned;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestOpened;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestReopened;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestUnassigned;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestUnlabelled;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestUnlocked;
import org.forgelog.eventlog.StoredEvent;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.IndexKeys;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.ItemType;
import org.forgelog.query.table.Keys;
import org.forgelog.query.table.StoredKind;
import org.jspecify.annotations.Nullable;

/** What happened to issues and pull requests, one entry for each label and each assignee. An entry is never changed. */
public final class HistoryProjector {

    /** Most entries that one event makes; an entry's id is the event's position times this, and its place. */
    private static final int MOST = 128;

    private HistoryProjector() {}

    public static List<ItemMutation> mutations(StoredEvent stored, DomainEvent event) {
        long firstId = stored.position() * MOST;
        List<Item> entries =
                switch (event) {
                    case IssueEvent e -> entries(firstId, e);
                    case PullRequestEvent e -> entries(firstId, e);
                    default -> List.of();
                };
        return entries.stream().map(ItemMutation::create).toList();
    }

    /** What an entry is about. */
    private record Subject(ConversationKind kind, long repository, long number) {

        static Subject of(IssueEvent event) {
            return new Subject(ConversationKind.ISSUE, event.repositoryId().value(), event.number());
        }

        static Subject of(PullRequestEvent event) {
            return new Subject(
                    ConversationKind.PULL_REQUEST, event.repositoryId().value(), event.number());
        }
    }

    private static List<Item> entries(long firstId, PullRequestEvent event) {
        Subject it = Subject.of(event);
        return switch (event) {
            case PullRequestClosed e -> List.of(entry(firstId, it, "closed", e.closedBy(), e.closedAt()));
            // As on GitHub, what is merged is closed with that.
            case PullRequestMerged e ->
                List.of(
                        entry(firstId, it, "merged", e.mergedBy(), e.mergedAt())
                                .with(Attr.MERGE_SHA, e.mergeCommitSha()),
                        entry(firstId + 1, it, "closed", e.mergedBy(), e.mergedAt()));
            case PullRequestReopened e -> List.of(entry(firstId, it, "reopened", e.reopenedBy(), e.reopenedAt()));
            case PullRequestLabelled e -> labels(firstId, it, "labeled", e.labelIds(), e.labelledBy(), e.labelledAt());
            case PullRequestUnlabelled e ->
                labels(firstId, it, "unlabeled", e.labelIds(), e.unlabelledBy(), e.unlabelledAt());
            case PullRequestAssigned e ->
                assignees(firstId, it, "assigned", e.assigneeIds(), e.assignedBy(), e.assignedAt());
            case PullRequestUnassigned e ->
                assignees(firstId, it, "unassigned", e.assigneeIds(), e.unassignedBy(), e.unassignedAt());
            case PullRequestLocked e -> locked(firstId, it, e.reason(), e.lockedBy(), e.lockedAt());
            case PullRequestUnlocked e -> List.of(entry(firstId, it, "unlocked", e.unlockedBy(), e.unlockedAt()));
            case PullRequestMilestoned e ->
                planned(firstId, it, "milestoned", e.milestone(), e.milestonedBy(), e.milestonedAt());
            case PullRequestDemilestoned e ->
                planned(firstId, it, "demilestoned", e.milestone(), e.demilestonedBy(), e.demilestonedAt());
            case PullRequestOpened e -> List.of();
            case PullRequestEdited e -> renamed(firstId, it, e.oldTitle(), e.title(), e.editedBy(), e.editedAt());
        };
    }

    private static List<Item> entries(long firstId, IssueEvent event) {
        Subject it = Subject.of(event);
        return switch (event) {
            case IssueClosed e ->
                List.of(entry(firstId, it, "closed", e.closedBy(), e.closedAt())
                        .with(Attr.STATE_REASON, e.reason().word()));
            case IssueReopened e -> List.of(entry(firstId, it, "reopened", e.reopenedBy(), e.reopenedAt()));
            case IssueLabelled e -> labels(firstId, it, "labeled", e.labelIds(), e.labelledBy(), e.labelledAt());
            case IssueUnlabelled e ->
                labels(firstId, it, "unlabeled", e.labelIds(), e.unlabelledBy(), e.unlabelledAt());
            case IssueAssigned e -> assignees(firstId, it, "assigned", e.assigneeIds(), e.assignedBy(), e.assignedAt());
            case IssueUnassigned e ->
                assignees(firstId, it, "unassigned", e.assigneeIds(), e.unassignedBy(), e.unassignedAt());
            case IssueLocked e -> locked(firstId, it, e.reason(), e.lockedBy(), e.lockedAt());
            case IssueUnlocked e -> List.of(entry(firstId, it, "unlocked", e.unlockedBy(), e.unlockedAt()));
            case IssueMilestoned e ->
                planned(firstId, it, "milestoned", e.milestone(), e.milestonedBy(), e.milestonedAt());
            case IssueDemilestoned e ->
                planned(firstId, it, "demilestoned", e.milestone(), e.demilestonedBy(), e.demilestonedAt());
            case IssueEdited e -> renamed(firstId, it, e.oldTitle(), e.title(), e.editedBy(), e.editedAt());
            // That it was opened is its own.
            case IssueOpened e -> List.of();
            // As on GitHub, closing again for another reason is told as another closing.
            case IssueCloseReasonChanged e ->
                List.of(entry(firstId, it, "closed", e.changedBy(), e.changedAt())
                        .with(Attr.STATE_REASON, e.reason().word()));
        };
    }

    /** Events of old do not say what the title was before; those make no entry. */
    private static List<Item> renamed(
            long firstId, Subject it, @Nullable String from, @Nullable String to, AccountId actor, Instant at) {
        return from == null || to == null
                ? List.of()
                : List.of(entry(firstId, it, "renamed", actor, at)
                        .with(Attr.OLD_TITLE, from)
                        .with(Attr.TITLE, to));
    }

    private static List<Item> labels(
            long firstId, Subject it, String word, List<LabelId> labels, AccountId actor, Instant at) {
        List<Item> entries = new ArrayList<>();
        for (LabelId label : labels) {
            entries.add(entry(firstId + entries.size(), it, word, actor, at)
                    .withNumbers(Attr.LABELS, List.of(label.value())));
        }
        return entries;
    }

    private static List<Item> assignees(
            long firstId, Subject it, String word, List<AccountId> assignees, AccountId actor, Instant at) {
        List<Item> entries = new ArrayList<>();
        for (AccountId assignee : assignees) {
            entries.add(entry(firstId + entries.size(), it, word, actor, at).with(Attr.MEMBER_ID, assignee.value()));
        }
        return entries;
    }

    private static List<Item> locked(
            long firstId, Subject it, @Nullable LockReason reason, AccountId actor, Instant at) {
        return List.of(
                entry(firstId, it, "locked", actor, at).with(Attr.LOCK_REASON, reason == null ? null : reason.word()));
    }

    private static List<Item> planned(
            long firstId, Subject it, String word, long milestone, AccountId actor, Instant at) {
        return List.of(entry(firstId, it, word, actor, at).with(Attr.MILESTONE, milestone));
    }

    private static Item entry(long id, Subject it, String word, AccountId actor, Instant at) {
        ItemKey conversation = Keys.conversation(it.kind, it.repository, it.number);
        return Item.of(Keys.history(conversation, at, id), ItemType.HISTORY)
                .with(Attr.ID, id)
                .with(Attr.EVENT, word)
                .with(Attr.REPOSITORY_ID, it.repository)
                .with(Attr.NUMBER, it.number)
                .with(Attr.ACCOUNT_ID, actor.value())
                .with(Attr.CREATED_AT, at)
                .with(Attr.UPDATED_AT, at)
                .with(Attr.CONVERSATION, it.kind == ConversationKind.PULL_REQUEST ? StoredKind.of(it.kind) : null)
                .in(IndexKeys.history(it.kind, it.repository, at, id));
    }
}
