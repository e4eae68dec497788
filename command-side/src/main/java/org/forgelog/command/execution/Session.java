package org.forgelog.command.execution;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.eventsourcing.IncompatibleAggregateException;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.forgelog.command.aggregate.AggregateStates;
import org.forgelog.command.directory.Directory;
import org.forgelog.command.log.PostgresEventStorageEngine;
import org.forgelog.command.subscription.Hooks;
import org.forgelog.domain.DomainCommand;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.account.Account;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.comment.Comment;
import org.forgelog.domain.comment.CommentId;
import org.forgelog.domain.invitation.Invitation;
import org.forgelog.domain.invitation.InvitationId;
import org.forgelog.domain.issue.Issue;
import org.forgelog.domain.issue.IssueKey;
import org.forgelog.domain.milestone.Milestone;
import org.forgelog.domain.milestone.MilestoneKey;
import org.forgelog.domain.pullrequest.PullRequest;
import org.forgelog.domain.pullrequest.PullRequestKey;
import org.forgelog.domain.reaction.Reaction;
import org.forgelog.domain.reaction.ReactionKey;
import org.forgelog.domain.repository.Repository;
import org.forgelog.domain.repository.RepositoryId;
import org.forgelog.domain.star.Star;
import org.forgelog.domain.star.StarKey;
import org.forgelog.domain.subscription.Subscription;
import org.forgelog.domain.subscription.SubscriptionKey;
import org.forgelog.eventlog.MasterKeys;
import org.forgelog.eventlog.UnreadableEventException;

/**
 * What operations work with while their request's transaction is open: the directory, the aggregates, and the time,
 * which stands still. Loading an aggregate locks it in the database, so that nobody decides on a state that is about to
 * change. Nothing may be kept beyond the request.
 */
public final class Session {

    /**
     * @param remembered whether the answer is kept under an idempotency key
     * @param invitations whether people are asked before they are given rights
     * @param masterKeys what secrets are encrypted with
     */
    record Terms(boolean remembered, boolean invitations, MasterKeys masterKeys) {}

    private final CommandGateway commands;
    private final AggregateStates states;
    private final Set<String> grounds = new TreeSet<>();
    private final Directory directory;
    private final Instant now;
    private final Terms terms;
    private final Set<String> aggregates = new LinkedHashSet<>();

    Session(CommandGateway commands, AggregateStates states, Directory directory, Instant now, Terms terms) {
        this.commands = commands;
        this.states = states;
        this.directory = directory;
        this.now = now;
        this.terms = terms;
    }

    public Directory directory() {
        return directory;
    }

    /** Webhooks and what they are told, in this transaction. */
    public Hooks hooks() {
        return directory.beside(jdbc -> new Hooks(jdbc, terms.masterKeys()));
    }

    /** Whether people are asked before they become collaborators, members and owners. */
    public boolean asksFirst() {
        return terms.invitations();
    }

    /** Notes something that the answer is given for, and that its caller may lose later. */
    public void restOn(String ground) {
        grounds.add(ground);
    }

    Set<String> grounds() {
        return grounds;
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
        if (terms.remembered()) {
            throw IdempotencyKey.refused("cannot be used here: the answer holds a secret");
        }
    }

    /** Has {@code command} carried out and answers the state it leaves. */
    public <S> S send(DomainCommand<S> command) {
        return dispatch(command, command);
    }

    /**
     * The same, for something that happened elsewhere.
     *
     * @param origin what it is called there; in the metadata of the events
     */
    public <S> S sendImported(DomainCommand<S> command, String origin) {
        return dispatch(
                command, GenericCommandMessage.asCommandMessage(command).andMetaData(Map.of(Origin.IMPORTED, origin)));
    }

    private <S> S dispatch(DomainCommand<S> command, Object message) {
        aggregates.add(command.aggregateId());
        try {
            return commands.sendAndWait(message);
        } catch (RuntimeException e) {
            throw unchecked(e);
        }
    }

    private static RuntimeException unchecked(RuntimeException failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof Rejection || at instanceof UnreadableEventException) {
                return (RuntimeException) at;
            }
        }
        // Or one whose first event was skipped.
        return failure instanceof AggregateNotFoundException || failure instanceof IncompatibleAggregateException
                ? Rejection.notFound()
                : failure;
    }

    /** Loads aggregates together that are going to be needed one after the other. */
    public void prefetch(Collection<String> aggregateIds) {
        states.prefetch(aggregateIds);
    }

    /** Promises that there never was such an aggregate: it is part of something that was made here and that nobody can know of. */
    public void neverWas(String aggregateId) {
        PostgresEventStorageEngine.neverWas(aggregateId);
    }

    /** The account as it is, with what this request did so far. */
    public Optional<Account> account(AccountId id) {
        return looked(id.aggregateId(), () -> states.account(id));
    }

    /** The repository as it is, with what this request did so far. */
    public Optional<Repository> repository(RepositoryId id) {
        return looked(id.aggregateId(), () -> states.repository(id));
    }

    /** The issue as it is, with what this request did so far. */
    public Optional<Issue> issue(IssueKey key) {
        return looked(key.aggregateId(), () -> states.issue(key));
    }

    /** The pull request as it is, with what this request did so far. */
    public Optional<PullRequest> pullRequest(PullRequestKey key) {
        return looked(key.aggregateId(), () -> states.pullRequest(key));
    }

    /** The comment as it is, with what this request did so far. */
    public Optional<Comment> comment(CommentId id) {
        return looked(id.aggregateId(), () -> states.comment(id));
    }

    /** The milestone as it is, with what this request did so far. */
    public Optional<Milestone> milestone(MilestoneKey key) {
        return looked(key.aggregateId(), () -> states.milestone(key));
    }

    /** The invitation as it is, with what this request did so far. */
    public Optional<Invitation> invitation(InvitationId id) {
        return looked(id.aggregateId(), () -> states.invitation(id));
    }

    /** The star as it is, with what this request did so far; empty when there never was one. */
    public Optional<Star> star(StarKey key) {
        return looked(key.aggregateId(), () -> states.star(key));
    }

    /** The subscription as it is, with what this request did so far; empty when there never was one. */
    public Optional<Subscription> subscription(SubscriptionKey key) {
        return looked(key.aggregateId(), () -> states.subscription(key));
    }

    /** The reaction as it is, with what this request did so far; empty when there never was one. */
    public Optional<Reaction> reaction(ReactionKey key) {
        return looked(key.aggregateId(), () -> states.reaction(key));
    }

    private <S> Optional<S> looked(String aggregateId, Supplier<Optional<S>> state) {
        aggregates.add(aggregateId);
        try {
            return state.get();
        } catch (RuntimeException e) {
            throw unchecked(e);
        }
    }

    /** The aggregates that were looked at or changed. */
    Set<String> aggregates() {
        return aggregates;
    }
}
