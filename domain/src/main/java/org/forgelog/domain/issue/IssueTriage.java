package org.forgelog.domain.issue;

import java.util.ArrayList;
import java.util.List;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.conversation.Triage;
import org.forgelog.domain.issue.IssueCommand.ChangeIssueAssignees;
import org.forgelog.domain.issue.IssueCommand.ChangeIssueLabels;
import org.forgelog.domain.issue.IssueCommand.LockIssue;
import org.forgelog.domain.issue.IssueCommand.TriageCommand;
import org.forgelog.domain.issue.IssueCommand.UnlockIssue;
import org.forgelog.domain.issue.IssueEvent.IssueAssigned;
import org.forgelog.domain.issue.IssueEvent.IssueLabelled;
import org.forgelog.domain.issue.IssueEvent.IssueLocked;
import org.forgelog.domain.issue.IssueEvent.IssueUnassigned;
import org.forgelog.domain.issue.IssueEvent.IssueUnlabelled;
import org.forgelog.domain.issue.IssueEvent.IssueUnlocked;
import org.forgelog.domain.issue.IssueEvent.TriageEvent;
import org.forgelog.domain.label.LabelId;
import org.forgelog.domain.repository.RepositoryId;

/** The rules of an issue's labels, assignees and lock. */
final class IssueTriage {

    private IssueTriage() {}

    static List<IssueEvent> decide(Issue issue, String resource, TriageCommand command) {
        RepositoryId repositoryId = issue.key().repositoryId();
        long number = issue.key().number();
        Triage triage = issue.triage();
        List<IssueEvent> events = new ArrayList<>();
        switch (command) {
            case ChangeIssueLabels c -> {
                Triage.Difference<LabelId> labels = triage.labels(resource, c.labels());
                if (!labels.removed().isEmpty()) {
                    events.add(
                            new IssueUnlabelled(repositoryId, number, labels.removed(), c.changedBy(), c.changedAt()));
                }
                if (!labels.added().isEmpty()) {
                    events.add(new IssueLabelled(repositoryId, number, labels.added(), c.changedBy(), c.changedAt()));
                }
            }
            case ChangeIssueAssignees c -> {
                Triage.Difference<AccountId> assignees = triage.assignees(resource, c.assignees());
                if (!assignees.removed().isEmpty()) {
                    events.add(new IssueUnassigned(
                            repositoryId, number, assignees.removed(), c.changedBy(), c.changedAt()));
                }
                if (!assignees.added().isEmpty()) {
                    events.add(
                            new IssueAssigned(repositoryId, number, assignees.added(), c.changedBy(), c.changedAt()));
                }
            }
            case LockIssue c -> {
                if (!triage.isLockedFor(c.reason())) {
                    events.add(new IssueLocked(repositoryId, number, c.reason(), c.lockedBy(), c.lockedAt()));
                }
            }
            case UnlockIssue c -> {
                if (triage.locked()) {
                    events.add(new IssueUnlocked(repositoryId, number, c.unlockedBy(), c.unlockedAt()));
                }
            }
        }
        return events;
    }

    static Issue evolve(Issue issue, TriageEvent event) {
        Triage triage = issue.triage();
        return switch (event) {
            case IssueLabelled e -> issue.with(triage.labelled(e.labelIds()), e.labelledAt());
            case IssueUnlabelled e -> issue.with(triage.unlabelled(e.labelIds()), e.unlabelledAt());
            case IssueAssigned e -> issue.with(triage.assigned(e.assigneeIds()), e.assignedAt());
            case IssueUnassigned e -> issue.with(triage.unassigned(e.assigneeIds()), e.unassignedAt());
            case IssueLocked e -> issue.with(triage.lockedFor(e.reason()), e.lockedAt());
            case IssueUnlocked e -> issue.with(triage.unlocked(), e.unlockedAt());
        };
    }
}
