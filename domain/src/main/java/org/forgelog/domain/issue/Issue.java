package org.forgelog.domain.issue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.forgelog.domain.Change;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.Rejection.Fault;
import org.forgelog.domain.Texts;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.conversation.ListEdit;
import org.forgelog.domain.conversation.Triage;
import org.forgelog.domain.conversation.TriageChange;
import org.forgelog.domain.conversation.TriageEvents;
import org.forgelog.domain.issue.IssueCommand.CloseIssue;
import org.forgelog.domain.issue.IssueCommand.EditIssue;
import org.forgelog.domain.issue.IssueCommand.OpenIssue;
import org.forgelog.domain.issue.IssueCommand.ReopenIssue;
import org.forgelog.domain.issue.IssueCommand.TriageIssue;
import org.forgelog.domain.issue.IssueEvent.IssueCloseReasonChanged;
import org.forgelog.domain.issue.IssueEvent.IssueClosed;
import org.forgelog.domain.issue.IssueEvent.IssueEdited;
import org.forgelog.domain.issue.IssueEvent.IssueOpened;
import org.forgelog.domain.issue.IssueEvent.IssueReopened;
import org.forgelog.domain.issue.IssueEvent.TriageEvent;
import org.jspecify.annotations.Nullable;

/**
 * The state of an issue and its rules, without side effects: time and ids come in with the commands.
 *
 * @param stateReason why it is in its state: how it was closed, {@code reopened}, or {@code null} when it was only ever
 *     open
 */
public record Issue(
        IssueKey key,
        long id,
        AccountId authorId,
        String title,
        @Nullable String body,
        boolean open,
        @Nullable String stateReason,
        @Nullable Instant closedAt,
        @Nullable AccountId closedBy,
        Triage triage,
        Instant createdAt,
        Instant updatedAt) {

    /** The state reason of an issue that was closed and opened again. */
    public static final String REOPENED = "reopened";

    private static final String RESOURCE = "Issue";

    /**
     * What {@code command} makes happen; nothing when it would change nothing.
     *
     * @param state the issue, {@code null} before it was opened
     * @throws Rejection when the rules forbid it
     */
    public static List<IssueEvent> decide(@Nullable Issue state, IssueCommand command) {
        if (command instanceof OpenIssue c) {
            return open(c);
        }
        if (state == null) {
            throw Rejection.notFound();
        }
        var repositoryId = state.key.repositoryId();
        long number = state.key.number();
        return switch (command) {
            case OpenIssue c -> List.of();
            case EditIssue c -> {
                if (c.title() != null) {
                    Texts.title(RESOURCE, c.title().value());
                }
                if (c.body() != null) {
                    Texts.body(RESOURCE, c.body().value());
                }
                Change<String> title = Change.unlessSame(c.title(), state.title);
                Change<String> body = Change.unlessSame(c.body(), state.body);
                yield title == null && body == null
                        ? List.of()
                        : List.of(new IssueEdited(
                                repositoryId,
                                number,
                                title == null ? null : title.value(),
                                title == null ? null : state.title,
                                body,
                                c.editedBy(),
                                c.editedAt()));
            }
            case CloseIssue c -> {
                if (state.open) {
                    yield List.of(new IssueClosed(
                            repositoryId, number, c.reason(), state.triage.milestone(), c.closedBy(), c.closedAt()));
                }
                yield c.reason().word().equals(state.stateReason)
                        ? List.of()
                        : List.of(new IssueCloseReasonChanged(
                                repositoryId, number, c.reason(), c.closedBy(), c.closedAt()));
            }
            case ReopenIssue c ->
                state.open
                        ? List.of()
                        : List.of(new IssueReopened(
                                repositoryId, number, state.triage.milestone(), c.reopenedBy(), c.reopenedAt()));
            case TriageIssue c ->
                state.triage.decide(
                        RESOURCE, c.change(), IssueEvent.triage(state.key, state.open, c.changedBy(), c.changedAt()));
        };
    }

    /** Labels, assignees and milestone that come with an issue are events of their own, as when they come later. */
    private static List<IssueEvent> open(OpenIssue c) {
        IssueOpened opened = new IssueOpened(
                c.key().repositoryId(),
                c.key().number(),
                c.issueId(),
                c.authorId(),
                Texts.title(RESOURCE, c.title()),
                Texts.body(RESOURCE, c.body()),
                c.openedAt());
        List<IssueEvent> events = new ArrayList<>(List.of(opened));
        TriageEvents<TriageEvent> happened = IssueEvent.triage(c.key(), true, c.authorId(), c.openedAt());
        events.addAll(Triage.NONE.decide(RESOURCE, new TriageChange.Labels(ListEdit.add(c.labels())), happened));
        events.addAll(Triage.NONE.decide(RESOURCE, new TriageChange.Assignees(ListEdit.add(c.assignees())), happened));
        events.addAll(Triage.NONE.decide(RESOURCE, new TriageChange.Milestone(c.milestone()), happened));
        return events;
    }

    /** The issue after {@code event}. */
    public static Issue evolve(@Nullable Issue state, IssueEvent event) {
        if (event instanceof IssueOpened e) {
            return new Issue(
                    e.key(),
                    e.issueId(),
                    e.authorId(),
                    e.title(),
                    e.body(),
                    true,
                    null,
                    null,
                    null,
                    Triage.NONE,
                    e.openedAt(),
                    e.openedAt());
        }
        if (state == null) {
            throw new IllegalStateException("an issue's first event must be its opening, not " + event);
        }
        return switch (event) {
            case IssueOpened e -> state;
            case IssueEdited e ->
                new Issue(
                        state.key,
                        state.id,
                        state.authorId,
                        e.title() == null ? state.title : e.title(),
                        Change.apply(e.body(), state.body),
                        state.open,
                        state.stateReason,
                        state.closedAt,
                        state.closedBy,
                        state.triage,
                        state.createdAt,
                        e.editedAt());
            case IssueClosed e -> state.in(false, e.reason().word(), e.closedAt(), e.closedBy(), e.closedAt());
            case IssueCloseReasonChanged e ->
                state.in(false, e.reason().word(), state.closedAt, state.closedBy, e.changedAt());
            case IssueReopened e -> state.in(true, REOPENED, null, null, e.reopenedAt());
            case TriageEvent e -> state.with(e.after(state.triage), e.at());
        };
    }

    /** Reads a client's word for a reason to close. */
    public static CloseReason closeReason(String word) {
        for (CloseReason reason : CloseReason.values()) {
            if (reason.word().equals(word)) {
                return reason;
            }
        }
        throw Rejection.invalid(RESOURCE, "state_reason", Fault.INVALID, null);
    }

    /** The identifier of the aggregate in the event log. */
    public String aggregateId() {
        return key.aggregateId();
    }

    private Issue in(
            boolean open,
            String stateReason,
            @Nullable Instant closedAt,
            @Nullable AccountId closedBy,
            Instant updatedAt) {
        return new Issue(
                key, id, authorId, title, body, open, stateReason, closedAt, closedBy, triage, createdAt, updatedAt);
    }

    Issue with(Triage triage, Instant updatedAt) {
        return new Issue(
                key, id, authorId, title, body, open, stateReason, closedAt, closedBy, triage, createdAt, updatedAt);
    }
}
