package org.forgelog.command.importing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.forgelog.command.importing.Fact.ConversationSeen;
import org.forgelog.command.importing.Fact.Happened;
import org.forgelog.command.importing.Fact.LabelText;
import org.forgelog.command.importing.Fact.Person;
import org.forgelog.command.importing.Fact.Planned;
import org.forgelog.command.importing.Fact.What;
import org.forgelog.command.importing.ImportIndex.LocalRepository;
import org.forgelog.domain.Change;
import org.forgelog.domain.Texts;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.conversation.ListEdit;
import org.forgelog.domain.conversation.LockReason;
import org.forgelog.domain.conversation.TriageChange;
import org.forgelog.domain.issue.CloseReason;
import org.forgelog.domain.label.LabelId;
import org.jspecify.annotations.Nullable;

/** Changes issues and pull requests: one change that is told, or until they are what is said of them. */
final class ConversationChanges {

    private final ImportTransaction transaction;
    private final ImportedAccounts accounts;
    private final ImportedLabels labels;
    private final ImportedMilestones milestones;

    ConversationChanges(
            ImportTransaction transaction,
            ImportedAccounts accounts,
            ImportedLabels labels,
            ImportedMilestones milestones) {
        this.transaction = transaction;
        this.accounts = accounts;
        this.labels = labels;
        this.milestones = milestones;
    }

    /** Does what happened; answers whether that changed anything. */
    boolean apply(LocalRepository repository, ImportedTarget target, Happened happened) {
        AccountId by = accounts.of(happened.actor(), happened.at());
        Instant at = happened.at();
        return switch (happened.what()) {
            case CLOSED -> target.close(closeReason(happened.detail()), by, at);
            case REOPENED -> target.reopen(by, at);
            case MERGED -> target.merge(by, at);
            case LOCKED -> target.triage(new TriageChange.Lock(lockReason(happened.detail())), by, at);
            case UNLOCKED -> target.triage(new TriageChange.Unlock(), by, at);
            case RENAMED -> {
                String title = transaction.text(happened.detail(), Texts.TITLE_LIMIT, true);
                yield title != null && !title.isBlank() && target.edit(Change.to(title), null, by, at);
            }
            case LABELED, UNLABELED -> label(repository, target, happened, by);
            case ASSIGNED, UNASSIGNED -> assign(target, happened, by);
            case MILESTONED -> plan(repository, target, new Planned(happened.milestone()), by, at);
            case DEMILESTONED -> target.triage(new TriageChange.Milestone(null), by, at);
        };
    }

    private boolean label(LocalRepository repository, ImportedTarget target, Happened happened, AccountId by) {
        LabelId label = happened.label() == null ? null : labels.of(repository, happened.label(), by, happened.at());
        if (label == null) {
            transaction.leftOut("labels put on or taken off that are not told");
            return false;
        }
        boolean on = happened.what() == What.LABELED;
        ListEdit<LabelId> edit = on ? ListEdit.add(List.of(label)) : ListEdit.remove(List.of(label));
        return target.triage(new TriageChange.Labels(edit), by, happened.at());
    }

    private boolean assign(ImportedTarget target, Happened happened, AccountId by) {
        if (happened.assignee() == null) {
            transaction.leftOut("assignees that are not told");
            return false;
        }
        List<AccountId> assignee = List.of(accounts.of(happened.assignee(), happened.at()));
        boolean on = happened.what() == What.ASSIGNED;
        ListEdit<AccountId> edit = on ? ListEdit.add(assignee) : ListEdit.remove(assignee);
        return target.triage(new TriageChange.Assignees(edit), by, happened.at());
    }

    /** Plans it for the milestone; leaves it as it is where that is not known. */
    private boolean plan(LocalRepository repository, ImportedTarget target, Planned planned, AccountId by, Instant at) {
        if (planned.milestone() == null) {
            transaction.leftOut("milestones that are not told");
            return false;
        }
        Long number = milestones.planned(repository, planned.milestone(), at);
        return number != null && target.triage(new TriageChange.Milestone(number), by, at);
    }

    /** Makes it what is said of it. */
    void settle(LocalRepository repository, ImportedTarget target, ConversationSeen seen) {
        Instant at = seen.seenAt();
        AccountId author = target.author();
        if (seen.textTold()) {
            String title = transaction.text(seen.title(), Texts.TITLE_LIMIT, true);
            String body = transaction.text(seen.body(), Texts.BODY_LIMIT, false);
            target.edit(title == null || title.isBlank() ? null : Change.to(title), Change.to(body), author, at);
        }
        if (seen.labels() != null) {
            List<LabelId> worn = labels(repository, seen.labels(), author, at);
            target.triage(new TriageChange.Labels(ListEdit.replace(worn)), author, at);
        }
        if (seen.assignees() != null) {
            List<AccountId> assignees = new ArrayList<>();
            for (Person person : seen.assignees()) {
                assignees.add(accounts.of(person, at));
            }
            target.triage(new TriageChange.Assignees(ListEdit.replace(assignees)), author, at);
        }
        if (seen.planned() != null && seen.planned().milestone() != null) {
            plan(repository, target, seen.planned(), author, at);
        } else if (seen.planned() != null) {
            target.triage(new TriageChange.Milestone(null), author, at);
        }
        state(target, seen, author);
        if (seen.locked() != null) {
            target.triage(
                    seen.locked() ? new TriageChange.Lock(lockReason(seen.lockReason())) : new TriageChange.Unlock(),
                    author,
                    at);
        }
    }

    private void state(ImportedTarget target, ConversationSeen seen, AccountId author) {
        Fact.StateText state = seen.state();
        if (state.open() == null) {
            return;
        }
        if (state.open()) {
            target.reopen(author, seen.seenAt());
            return;
        }
        if (!target.isOpen()) {
            return;
        }
        Instant merged = state.mergedAt();
        if (target.isPullRequest() && merged != null) {
            target.merge(state.mergedBy() == null ? author : accounts.of(state.mergedBy(), merged), merged);
        } else {
            Instant at = state.closedAt() == null ? seen.seenAt() : state.closedAt();
            AccountId by = state.closedBy() == null ? author : accounts.of(state.closedBy(), at);
            target.close(closeReason(state.reason()), by, at);
        }
    }

    private List<LabelId> labels(LocalRepository repository, List<LabelText> texts, AccountId by, Instant at) {
        return texts.stream()
                .map(text -> labels.of(repository, text, by, at))
                .filter(Objects::nonNull)
                .toList();
    }

    private static CloseReason closeReason(@Nullable String word) {
        for (CloseReason reason : CloseReason.values()) {
            if (reason.word().equals(word)) {
                return reason;
            }
        }
        return CloseReason.COMPLETED;
    }

    private static @Nullable LockReason lockReason(@Nullable String word) {
        for (LockReason reason : LockReason.values()) {
            if (reason.word().equalsIgnoreCase(word)) {
                return reason;
            }
        }
        return null;
    }
}
