package org.forgelog.query.verify;

import static org.forgelog.query.verify.KeyFormat.digits;
import static org.forgelog.query.verify.KeyFormat.timed;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.forgelog.domain.DomainEvent;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.comment.CommentEvent.CommentWritten;
import org.forgelog.domain.conversation.ConversationKind;
import org.forgelog.domain.conversation.LockReason;
import org.forgelog.domain.issue.IssueEvent;
import org.forgelog.domain.issue.IssueEvent.IssueAssigned;
import org.forgelog.domain.issue.IssueEvent.IssueClosed;
import org.forgelog.domain.issue.IssueEvent.IssueDemilestoned;
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
import org.forgelog.domain.repository.Fork;
import org.forgelog.domain.repository.RepositoryEvent.CollaboratorAdded;
import org.forgelog.domain.repository.RepositoryEvent.RepositoryCreated;
import org.forgelog.domain.repository.RepositoryEvent.RepositoryEdited;
import org.forgelog.domain.star.StarEvent.RepositoryStarred;
import org.forgelog.eventlog.StoredEvent;
import org.jspecify.annotations.Nullable;

/** What is told of what happened: pages of feeds, and histories of issues and pull requests. */
final class ActivityFold {

    private static final int PAGE = 8;
    private static final int PARTS_OF_ALL = 8;
    private static final Duration SHOWN_FOR = Duration.ofDays(90);
    /** Entries of histories that one event may make. */
    private static final int ENTRIES = 128;

    private static final Pattern ACTOR = Pattern.compile("\"actor\"\\s*:\\s*\"a:([0-9]{1,16})\"");

    private ActivityFold() {}

    static void apply(IndependentItems rows, StoredEvent stored, DomainEvent event) {
        feed(rows, stored, event);
        switch (event) {
            case IssueEvent e -> history(rows, stored, e);
            case PullRequestEvent e -> history(rows, stored, e);
            default -> {
                // Nothing else has a history.
            }
        }
    }

    private static void feed(IndependentItems rows, StoredEvent stored, DomainEvent event) {
        switch (event) {
            case RepositoryCreated e -> created(rows, stored, e);
            case RepositoryEdited e -> {
                AccountId actor = actor(stored);
                if (Boolean.FALSE.equals(e.changes().isPrivate()) && actor != null) {
                    entry(
                            rows,
                            stored,
                            e.repositoryId().value(),
                            actor,
                            e.editedAt(),
                            "PublicEvent",
                            null,
                            null,
                            s -> {});
                }
            }
            case CollaboratorAdded e ->
                entry(
                        rows,
                        stored,
                        e.repositoryId().value(),
                        e.addedBy(),
                        e.addedAt(),
                        "MemberEvent",
                        "added",
                        null,
                        said -> said.put("member_id", e.accountId().value()));
            case IssueOpened e -> issue(rows, stored, e, "opened", e.authorId(), e.openedAt());
            case IssueClosed e -> issue(rows, stored, e, "closed", e.closedBy(), e.closedAt());
            case IssueReopened e -> issue(rows, stored, e, "reopened", e.reopenedBy(), e.reopenedAt());
            case PullRequestOpened e -> pull(rows, stored, e, "opened", e.authorId(), e.openedAt());
            case PullRequestClosed e -> pull(rows, stored, e, "closed", e.closedBy(), e.closedAt());
            case PullRequestMerged e -> pull(rows, stored, e, "closed", e.mergedBy(), e.mergedAt());
            case PullRequestReopened e -> pull(rows, stored, e, "reopened", e.reopenedBy(), e.reopenedAt());
            case CommentWritten e ->
                entry(
                        rows,
                        stored,
                        e.place().repositoryId().value(),
                        e.authorId(),
                        e.writtenAt(),
                        e.place().conversation() == ConversationKind.ISSUE
                                ? "IssueCommentEvent"
                                : "PullRequestReviewCommentEvent",
                        "created",
                        null,
                        said -> {
                            said.put("number", e.place().number());
                            said.put("comment_id", e.commentId().value());
                        });
            case RepositoryStarred e ->
                entry(
                        rows,
                        stored,
                        e.repositoryId().value(),
                        e.accountId(),
                        e.starredAt(),
                        "WatchEvent",
                        "started",
                        null,
                        s -> {});
            default -> {
                // Most of what happens is told nowhere.
            }
        }
    }

    /** A fork is told of where it comes from. */
    private static void created(IndependentItems rows, StoredEvent stored, RepositoryCreated e) {
        long id = e.repositoryId().value();
        Fork fork = e.fork();
        if (fork == null) {
            entry(rows, stored, id, e.createdBy(), e.createdAt(), "CreateEvent", null, null, s -> {});
        } else {
            entry(
                    rows,
                    stored,
                    fork.parentId().value(),
                    e.createdBy(),
                    e.createdAt(),
                    "ForkEvent",
                    null,
                    id,
                    said -> said.put("fork_id", id));
        }
    }

    private static @Nullable AccountId actor(StoredEvent stored) {
        Matcher actor = ACTOR.matcher(stored.metadata());
        return actor.find() ? new AccountId(Long.parseLong(actor.group(1))) : null;
    }

    private static void issue(
            IndependentItems rows, StoredEvent stored, IssueEvent e, String action, AccountId by, Instant at) {
        entry(
                rows,
                stored,
                e.repositoryId().value(),
                by,
                at,
                "IssuesEvent",
                action,
                null,
                said -> said.put("number", e.number()));
    }

    private static void pull(
            IndependentItems rows, StoredEvent stored, PullRequestEvent e, String action, AccountId by, Instant at) {
        entry(
                rows,
                stored,
                e.repositoryId().value(),
                by,
                at,
                "PullRequestEvent",
                action,
                null,
                said -> said.put("number", e.number()));
    }

    /** @param apart the fork that has a page of another repository's feed to itself */
    private static void entry(
            IndependentItems rows,
            StoredEvent stored,
            long repository,
            AccountId actor,
            Instant at,
            String event,
            @Nullable String action,
            @Nullable Long apart,
            Consumer<Map<String, Object>> more) {
        if (at.isBefore(stored.appendedAt().minus(SHOWN_FOR))) {
            return;
        }
        long offset = stored.position() % PAGE;
        long first = stored.position() - offset;
        Key key = new Key(
                "F#" + digits(repository),
                digits(first) + "#" + digits(actor.value()) + (apart == null ? "" : "#" + digits(apart)));
        Map<String, Object> told = new HashMap<>();
        told.put("event", event);
        IndependentItems.text(told, "action", action);
        IndependentItems.at(told, "when", at);
        more.accept(told);
        if (!rows.isLive(key)) {
            rows.create(key, "feed", said -> {
                said.put("repository_id", repository);
                said.put("account_id", actor.value());
                IndependentItems.at(said, "created_at", at);
                IndependentItems.index(said, 1, "F#A#" + digits(actor.value()), digits(first));
                IndependentItems.index(said, 2, "F#P#" + first / PAGE % PARTS_OF_ALL, digits(first));
            });
        }
        rows.edit(key, row -> {
            IndependentItems.map(row.said(), "entries", entries -> entries.put(Long.toString(offset), told));
            IndependentItems.at(row.said(), "updated_at", at);
            row.said().put("ttl", Math.max(row.number("ttl"), at.plus(SHOWN_FOR).getEpochSecond()));
        });
    }

    private static void history(IndependentItems rows, StoredEvent stored, IssueEvent event) {
        History it = new History(
                rows,
                stored,
                ConversationFold.thread(
                        ConversationKind.ISSUE, event.repositoryId().value(), event.number()));
        switch (event) {
            case IssueClosed e ->
                it.happened(
                        0,
                        "closed",
                        e.closedBy(),
                        e.closedAt(),
                        said -> said.put("state_reason", e.reason().word()));
            case IssueReopened e -> it.happened(0, "reopened", e.reopenedBy(), e.reopenedAt(), said -> {});
            case IssueLabelled e -> it.labels("labeled", e.labelIds(), e.labelledBy(), e.labelledAt());
            case IssueUnlabelled e -> it.labels("unlabeled", e.labelIds(), e.unlabelledBy(), e.unlabelledAt());
            case IssueAssigned e -> it.people("assigned", e.assigneeIds(), e.assignedBy(), e.assignedAt());
            case IssueUnassigned e -> it.people("unassigned", e.assigneeIds(), e.unassignedBy(), e.unassignedAt());
            case IssueLocked e -> it.locked(e.reason(), e.lockedBy(), e.lockedAt());
            case IssueUnlocked e -> it.happened(0, "unlocked", e.unlockedBy(), e.unlockedAt(), said -> {});
            case IssueMilestoned e -> it.planned("milestoned", e.milestonedBy(), e.milestonedAt(), e.milestone());
            case IssueDemilestoned e ->
                it.planned("demilestoned", e.demilestonedBy(), e.demilestonedAt(), e.milestone());
            case IssueOpened e -> {}
            case IssueEvent.IssueEdited e -> it.renamed(e.oldTitle(), e.title(), e.editedBy(), e.editedAt());
            case IssueEvent.IssueCloseReasonChanged e ->
                it.happened(
                        0,
                        "closed",
                        e.changedBy(),
                        e.changedAt(),
                        said -> said.put("state_reason", e.reason().word()));
        }
    }

    private static void history(IndependentItems rows, StoredEvent stored, PullRequestEvent event) {
        History it = new History(
                rows,
                stored,
                ConversationFold.thread(
                        ConversationKind.PULL_REQUEST, event.repositoryId().value(), event.number()));
        switch (event) {
            case PullRequestClosed e -> it.happened(0, "closed", e.closedBy(), e.closedAt(), said -> {});
            case PullRequestMerged e -> {
                it.happened(
                        0,
                        "merged",
                        e.mergedBy(),
                        e.mergedAt(),
                        said -> said.put("merge_commit_sha", e.mergeCommitSha()));
                it.happened(1, "closed", e.mergedBy(), e.mergedAt(), said -> {});
            }
            case PullRequestReopened e -> it.happened(0, "reopened", e.reopenedBy(), e.reopenedAt(), said -> {});
            case PullRequestLabelled e -> it.labels("labeled", e.labelIds(), e.labelledBy(), e.labelledAt());
            case PullRequestUnlabelled e -> it.labels("unlabeled", e.labelIds(), e.unlabelledBy(), e.unlabelledAt());
            case PullRequestAssigned e -> it.people("assigned", e.assigneeIds(), e.assignedBy(), e.assignedAt());
            case PullRequestUnassigned e ->
                it.people("unassigned", e.assigneeIds(), e.unassignedBy(), e.unassignedAt());
            case PullRequestLocked e -> it.locked(e.reason(), e.lockedBy(), e.lockedAt());
            case PullRequestUnlocked e -> it.happened(0, "unlocked", e.unlockedBy(), e.unlockedAt(), said -> {});
            case PullRequestMilestoned e -> it.planned("milestoned", e.milestonedBy(), e.milestonedAt(), e.milestone());
            case PullRequestDemilestoned e ->
                it.planned("demilestoned", e.demilestonedBy(), e.demilestonedAt(), e.milestone());
            case PullRequestOpened e -> {}
            case PullRequestEdited e -> it.renamed(e.oldTitle(), e.title(), e.editedBy(), e.editedAt());
        }
    }

    /** What one event tells of one issue or pull request. */
    private record History(IndependentItems rows, StoredEvent stored, Key it) {

        void renamed(@Nullable String before, @Nullable String after, AccountId by, Instant at) {
            if (before != null && after != null) {
                happened(0, "renamed", by, at, said -> {
                    said.put("old_title", before);
                    said.put("title", after);
                });
            }
        }

        void labels(String word, List<LabelId> labels, AccountId by, Instant at) {
            for (int i = 0; i < labels.size(); i++) {
                List<Long> label = List.of(labels.get(i).value());
                happened(i, word, by, at, said -> said.put("labels", label));
            }
        }

        void people(String word, List<AccountId> people, AccountId by, Instant at) {
            for (int i = 0; i < people.size(); i++) {
                long member = people.get(i).value();
                happened(i, word, by, at, said -> said.put("member_id", member));
            }
        }

        void locked(@Nullable LockReason reason, AccountId by, Instant at) {
            happened(
                    0,
                    "locked",
                    by,
                    at,
                    said -> IndependentItems.text(said, "lock_reason", reason == null ? null : reason.word()));
        }

        void planned(String word, AccountId by, Instant at, long milestone) {
            happened(0, word, by, at, said -> said.put("milestone", milestone));
        }

        void happened(int place, String word, AccountId by, Instant at, Consumer<Map<String, Object>> more) {
            long id = stored.position() * ENTRIES + place;
            String[] parts = it.pk().split("#");
            rows.create(new Key("H#" + it.pk() + "#" + it.sk(), timed(at, id)), "history", said -> {
                said.put("id", id);
                said.put("event", word);
                said.put("repository_id", Long.parseLong(parts[1]));
                said.put("number", Long.parseLong(it.sk()));
                said.put("account_id", by.value());
                IndependentItems.text(said, "conversation", parts[2].equals("P") ? "PULL" : null);
                IndependentItems.at(said, "created_at", at);
                IndependentItems.at(said, "updated_at", at);
                IndependentItems.index(said, 1, "H#" + it.pk(), timed(at, id));
                IndependentItems.index(said, 2, "HI#" + parts[1], digits(id));
                more.accept(said);
            });
        }
    }
}
