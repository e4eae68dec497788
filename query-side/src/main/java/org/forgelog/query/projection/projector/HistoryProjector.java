package org.forgelog.query.projection.projector;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
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
        List<Item> entries =
                switch (event) {
                    case IssueEvent e -> entries(stored, e);
                    case PullRequestEvent e -> entries(stored, e);
                    default -> List.of();
                };
        return entries.stream().map(ItemMutation::create).toList();
    }

    /** The entries that one event makes of an issue or a pull request. */
    private record Entries(StoredEvent stored, ConversationKind kind, long repository, long number) {

        /** Events of old do not say what the title was before; those make no entry. */
        List<Item> renamed(@Nullable String from, @Nullable String to, AccountId actor, Instant at) {
            return from == null || to == null
                    ? List.of()
                    : List.of(entry(0, "renamed", actor, at)
                            .with(Attr.OLD_TITLE, from)
                            .with(Attr.TITLE, to));
        }

        List<Item> labels(String word, List<LabelId> labels, AccountId actor, Instant at) {
            return IntStream.range(0, labels.size())
                    .mapToObj(i -> entry(i, word, actor, at)
                            .withNumbers(Attr.LABELS, List.of(labels.get(i).value())))
                    .toList();
        }

        List<Item> assignees(String word, List<AccountId> assignees, AccountId actor, Instant at) {
            return IntStream.range(0, assignees.size())
                    .mapToObj(i -> entry(i, word, actor, at)
                            .with(Attr.MEMBER_ID, assignees.get(i).value()))
                    .toList();
        }

        List<Item> locked(@Nullable LockReason reason, AccountId actor, Instant at) {
            return List.of(entry(0, "locked", actor, at).with(Attr.LOCK_REASON, reason == null ? null : reason.word()));
        }

        List<Item> planned(String word, long milestone, AccountId actor, Instant at) {
            return List.of(entry(0, word, actor, at).with(Attr.MILESTONE, milestone));
        }

        /** @param place among the entries of the event */
        Item entry(int place, String word, AccountId actor, Instant at) {
            long id = stored.position() * MOST + place;
            return Item.of(Keys.history(Keys.conversation(kind, repository, number), at, id), ItemType.HISTORY)
                    .with(Attr.ID, id)
                    .with(Attr.EVENT, word)
                    .with(Attr.REPOSITORY_ID, repository)
                    .with(Attr.NUMBER, number)
                    .with(Attr.ACCOUNT_ID, actor.value())
                    .with(Attr.CREATED_AT, at)
                    .with(Attr.UPDATED_AT, at)
                    .with(Attr.CONVERSATION, kind == ConversationKind.PULL_REQUEST ? StoredKind.of(kind) : null)
                    .in(IndexKeys.history(kind, repository, at, id));
        }
    }

    private static List<Item> entries(StoredEvent stored, PullRequestEvent event) {
        Entries it = new Entries(
                stored, ConversationKind.PULL_REQUEST, event.repositoryId().value(), event.number());
        return switch (event) {
            case PullRequestClosed e -> List.of(it.entry(0, "closed", e.closedBy(), e.closedAt()));
            // As on GitHub, what is merged is closed with that.
            case PullRequestMerged e ->
                List.of(
                        it.entry(0, "merged", e.mergedBy(), e.mergedAt()).with(Attr.MERGE_SHA, e.mergeCommitSha()),
                        it.entry(1, "closed", e.mergedBy(), e.mergedAt()));
            case PullRequestReopened e -> List.of(it.entry(0, "reopened", e.reopenedBy(), e.reopenedAt()));
            case PullRequestLabelled e -> it.labels("labeled", e.labelIds(), e.labelledBy(), e.labelledAt());
            case PullRequestUnlabelled e -> it.labels("unlabeled", e.labelIds(), e.unlabelledBy(), e.unlabelledAt());
            case PullRequestAssigned e -> it.assignees("assigned", e.assigneeIds(), e.assignedBy(), e.assignedAt());
            case PullRequestUnassigned e ->
                it.assignees("unassigned", e.assigneeIds(), e.unassignedBy(), e.unassignedAt());
            case PullRequestLocked e -> it.locked(e.reason(), e.lockedBy(), e.lockedAt());
            case PullRequestUnlocked e -> List.of(it.entry(0, "unlocked", e.unlockedBy(), e.unlockedAt()));
            case PullRequestMilestoned e -> it.planned("milestoned", e.milestone(), e.milestonedBy(), e.milestonedAt());
            case PullRequestDemilestoned e ->
                it.planned("demilestoned", e.milestone(), e.demilestonedBy(), e.demilestonedAt());
            case PullRequestOpened e -> List.of();
            case PullRequestEdited e -> it.renamed(e.oldTitle(), e.title(), e.editedBy(), e.editedAt());
        };
    }

    private static List<Item> entries(StoredEvent stored, IssueEvent event) {
        Entries it =
                new Entries(stored, ConversationKind.ISSUE, event.repositoryId().value(), event.number());
        return switch (event) {
            case IssueClosed e ->
                List.of(it.entry(0, "closed", e.closedBy(), e.closedAt())
                        .with(Attr.STATE_REASON, e.reason().word()));
            case IssueReopened e -> List.of(it.entry(0, "reopened", e.reopenedBy(), e.reopenedAt()));
            case IssueLabelled e -> it.labels("labeled", e.labelIds(), e.labelledBy(), e.labelledAt());
            case IssueUnlabelled e -> it.labels("unlabeled", e.labelIds(), e.unlabelledBy(), e.unlabelledAt());
            case IssueAssigned e -> it.assignees("assigned", e.assigneeIds(), e.assignedBy(), e.assignedAt());
            case IssueUnassigned e -> it.assignees("unassigned", e.assigneeIds(), e.unassignedBy(), e.unassignedAt());
            case IssueLocked e -> it.locked(e.reason(), e.lockedBy(), e.lockedAt());
            case IssueUnlocked e -> List.of(it.entry(0, "unlocked", e.unlockedBy(), e.unlockedAt()));
            case IssueMilestoned e -> it.planned("milestoned", e.milestone(), e.milestonedBy(), e.milestonedAt());
            case IssueDemilestoned e ->
                it.planned("demilestoned", e.milestone(), e.demilestonedBy(), e.demilestonedAt());
            case IssueEdited e -> it.renamed(e.oldTitle(), e.title(), e.editedBy(), e.editedAt());
            // That it was opened is its own.
            case IssueOpened e -> List.of();
            // As on GitHub, closing again for another reason is told as another closing.
            case IssueCloseReasonChanged e ->
                List.of(it.entry(0, "closed", e.changedBy(), e.changedAt())
                        .with(Attr.STATE_REASON, e.reason().word()));
        };
    }
}
