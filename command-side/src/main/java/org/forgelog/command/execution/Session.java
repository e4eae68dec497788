package org.forgelog.command.execution;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.eventsourcing.IncompatibleAggregateException;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.forgelog.command.directory.Directory;
import org.forgelog.command.log.DiscardedEvent;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.account.Account;
import org.forgelog.domain.account.AccountCommand;
import org.forgelog.domain.account.AccountEvent;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.comment.Comment;
import org.forgelog.domain.comment.CommentCommand;
import org.forgelog.domain.comment.CommentEvent;
import org.forgelog.domain.comment.CommentId;
import org.forgelog.domain.issue.Issue;
import org.forgelog.domain.issue.IssueCommand;
import org.forgelog.domain.issue.IssueEvent;
import org.forgelog.domain.issue.IssueKey;
import org.forgelog.domain.label.Label;
import org.forgelog.domain.label.LabelCommand;
import org.forgelog.domain.label.LabelEvent;
import org.forgelog.domain.label.LabelId;
import org.forgelog.domain.pullrequest.PullRequest;
import org.forgelog.domain.pullrequest.PullRequestCommand;
import org.forgelog.domain.pullrequest.PullRequestEvent;
import org.forgelog.domain.pullrequest.PullRequestKey;
import org.forgelog.domain.reaction.Reaction;
import org.forgelog.domain.reaction.ReactionCommand;
import org.forgelog.domain.reaction.ReactionEvent;
import org.forgelog.domain.reaction.ReactionKey;
import org.forgelog.domain.repository.Repository;
import org.forgelog.domain.repository.RepositoryCommand;
import org.forgelog.domain.repository.RepositoryEvent;
import org.forgelog.domain.repository.RepositoryId;
import org.forgelog.domain.star.Star;
import org.forgelog.domain.star.StarCommand;
import org.forgelog.domain.star.StarEvent;
import org.forgelog.domain.star.StarKey;
import org.forgelog.eventlog.UnreadableEventException;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What operations work with while their request's transaction is open: the directory, the aggregates, and the time,
 * which stands still. Each aggregate is locked in the database before it is looked at, so that nobody decides on a state
 * that is about to change. Nothing may be kept beyond the request.
 */
public final class Session {

    private interface Evolve<S, E> {
        S apply(@Nullable S state, E event);
    }

    private final CommandBus commands;
    private final EventStore events;
    private final JdbcClient jdbc;
    private final Directory directory;
    private final Instant now;
    private final boolean remembered;
    private final Set<String> aggregates = new LinkedHashSet<>();

    Session(
            CommandBus commands,
            EventStore events,
            JdbcClient jdbc,
            Directory directory,
            Instant now,
            boolean remembered) {
        this.commands = commands;
        this.events = events;
        this.jdbc = jdbc;
        this.directory = directory;
        this.now = now;
        this.remembered = remembered;
    }

    public Directory directory() {
        return directory;
    }

    /** When the request happens, in milliseconds. */
    public Instant now() {
        return now;
    }

    /**
     * Refuses requests that come with an idempotency key: for answers that must not be stored.
     *
     * @throws Rejection when the answer would be remembered
     */
    public void refuseToBeRemembered() {
        if (remembered) {
            throw IdempotencyKey.refused("cannot be used here: the answer holds a secret");
        }
    }

    public Account send(AccountCommand command) {
        return send(command, command.aggregateId(), Account.class);
    }

    public Repository send(RepositoryCommand command) {
        return send(command, command.aggregateId(), Repository.class);
    }

    public Issue send(IssueCommand command) {
        return send(command, command.aggregateId(), Issue.class);
    }

    public PullRequest send(PullRequestCommand command) {
        return send(command, command.aggregateId(), PullRequest.class);
    }

    public Star send(StarCommand command) {
        return send(command, command.aggregateId(), Star.class);
    }

    public Label send(LabelCommand command) {
        return send(command, command.aggregateId(), Label.class);
    }

    public Comment send(CommentCommand command) {
        return send(command, command.aggregateId(), Comment.class);
    }

    public Reaction send(ReactionCommand command) {
        return send(command, command.aggregateId(), Reaction.class);
    }

    /** The account as it is, with what this request did so far. */
    public Optional<Account> account(AccountId id) {
        return state(id.aggregateId(), AccountEvent.class, Account::evolve);
    }

    /** The repository as it is, with what this request did so far. */
    public Optional<Repository> repository(RepositoryId id) {
        return state(id.aggregateId(), RepositoryEvent.class, Repository::evolve);
    }

    /** The issue as it is, with what this request did so far. */
    public Optional<Issue> issue(IssueKey key) {
        return state(key.aggregateId(), IssueEvent.class, Issue::evolve);
    }

    /** The pull request as it is, with what this request did so far. */
    public Optional<PullRequest> pullRequest(PullRequestKey key) {
        return state(key.aggregateId(), PullRequestEvent.class, PullRequest::evolve);
    }

    /** The star as it is, with what this request did so far; empty when there never was one. */
    public Optional<Star> star(StarKey key) {
        return state(key.aggregateId(), StarEvent.class, Star::evolve);
    }

    /** The label as it is, with what this request did so far. */
    public Optional<Label> label(LabelId id) {
        return state(id.aggregateId(), LabelEvent.class, Label::evolve);
    }

    /** The comment as it is, with what this request did so far. */
    public Optional<Comment> comment(CommentId id) {
        return state(id.aggregateId(), CommentEvent.class, Comment::evolve);
    }

    /** The reaction as it is, with what this request did so far; empty when there never was one. */
    public Optional<Reaction> reaction(ReactionKey key) {
        return state(key.aggregateId(), ReactionEvent.class, Reaction::evolve);
    }

    /** The aggregates that were looked at or changed. */
    Set<String> aggregates() {
        return aggregates;
    }

    private <C, S> S send(C command, String aggregateId, Class<S> state) {
        lock(aggregateId);
        AtomicReference<@Nullable CommandResultMessage<?>> result = new AtomicReference<>();
        commands.dispatch(GenericCommandMessage.<C>asCommandMessage(command), (sent, answer) -> result.set(answer));
        CommandResultMessage<?> answer = result.get();
        if (answer == null) {
            throw new IllegalStateException("the command bus must be synchronous");
        }
        if (answer.isExceptional()) {
            throw unchecked(answer.exceptionResult());
        }
        return state.cast(answer.getPayload());
    }

    private static RuntimeException unchecked(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof Rejection || at instanceof UnreadableEventException) {
                return (RuntimeException) at;
            }
        }
        // Or one whose first event was discarded.
        if (failure instanceof AggregateNotFoundException || failure instanceof IncompatibleAggregateException) {
            return Rejection.notFound();
        }
        return failure instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(failure);
    }

    private <S, E> Optional<S> state(String aggregateId, Class<E> event, Evolve<S, E> evolve) {
        lock(aggregateId);
        S state = null;
        DomainEventStream stream = events.readEvents(aggregateId);
        while (stream.hasNext()) {
            Object payload = stream.next().getPayload();
            if (!(payload instanceof DiscardedEvent)) {
                state = evolve.apply(state, event.cast(payload));
            }
        }
        return Optional.ofNullable(state);
    }

    /** Until the transaction ends. A hash that two aggregates share makes them wait for each other, no more. */
    private void lock(String aggregateId) {
        if (aggregates.add(aggregateId)) {
            jdbc.sql("select pg_advisory_xact_lock(hashtextextended(?, 0))")
                    .param(aggregateId)
                    .query((row, n) -> true)
                    .single();
        }
    }
}
