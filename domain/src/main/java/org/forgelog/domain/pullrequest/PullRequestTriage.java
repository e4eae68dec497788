package org.forgelog.domain.pullrequest;

import java.util.ArrayList;
import java.util.List;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.conversation.Triage;
import org.forgelog.domain.label.LabelId;
import org.forgelog.domain.pullrequest.PullRequestCommand.ChangePullRequestAssignees;
import org.forgelog.domain.pullrequest.PullRequestCommand.ChangePullRequestLabels;
import org.forgelog.domain.pullrequest.PullRequestCommand.LockPullRequest;
import org.forgelog.domain.pullrequest.PullRequestCommand.TriageCommand;
import org.forgelog.domain.pullrequest.PullRequestCommand.UnlockPullRequest;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestAssigned;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestLabelled;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestLocked;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestUnassigned;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestUnlabelled;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestUnlocked;
import org.forgelog.domain.pullrequest.PullRequestEvent.TriageEvent;
import org.forgelog.domain.repository.RepositoryId;

/** The rules of a pull request's labels, assignees and lock. */
final class PullRequestTriage {

    private PullRequestTriage() {}

    static List<PullRequestEvent> decide(PullRequest pull, String resource, TriageCommand command) {
        RepositoryId repositoryId = pull.key().repositoryId();
        long number = pull.key().number();
        Triage triage = pull.triage();
        List<PullRequestEvent> events = new ArrayList<>();
        switch (command) {
            case ChangePullRequestLabels c -> {
                Triage.Difference<LabelId> labels = triage.labels(resource, c.labels());
                if (!labels.removed().isEmpty()) {
                    events.add(new PullRequestUnlabelled(
                            repositoryId, number, labels.removed(), c.changedBy(), c.changedAt()));
                }
                if (!labels.added().isEmpty()) {
                    events.add(new PullRequestLabelled(
                            repositoryId, number, labels.added(), c.changedBy(), c.changedAt()));
                }
            }
            case ChangePullRequestAssignees c -> {
                Triage.Difference<AccountId> assignees = triage.assignees(resource, c.assignees());
                if (!assignees.removed().isEmpty()) {
                    events.add(new PullRequestUnassigned(
                            repositoryId, number, assignees.removed(), c.changedBy(), c.changedAt()));
                }
                if (!assignees.added().isEmpty()) {
                    events.add(new PullRequestAssigned(
                            repositoryId, number, assignees.added(), c.changedBy(), c.changedAt()));
                }
            }
            case LockPullRequest c -> {
                if (!triage.isLockedFor(c.reason())) {
                    events.add(new PullRequestLocked(repositoryId, number, c.reason(), c.lockedBy(), c.lockedAt()));
                }
            }
            case UnlockPullRequest c -> {
                if (triage.locked()) {
                    events.add(new PullRequestUnlocked(repositoryId, number, c.unlockedBy(), c.unlockedAt()));
                }
            }
        }
        return events;
    }

    static PullRequest evolve(PullRequest pull, TriageEvent event) {
        Triage triage = pull.triage();
        return switch (event) {
            case PullRequestLabelled e -> pull.with(triage.labelled(e.labelIds()), e.labelledAt());
            case PullRequestUnlabelled e -> pull.with(triage.unlabelled(e.labelIds()), e.unlabelledAt());
            case PullRequestAssigned e -> pull.with(triage.assigned(e.assigneeIds()), e.assignedAt());
            case PullRequestUnassigned e -> pull.with(triage.unassigned(e.assigneeIds()), e.unassignedAt());
            case PullRequestLocked e -> pull.with(triage.lockedFor(e.reason()), e.lockedAt());
            case PullRequestUnlocked e -> pull.with(triage.unlocked(), e.unlockedAt());
        };
    }
}
