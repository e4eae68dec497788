package org.forgelog.command.aggregate;

import java.util.Collection;
import java.util.Optional;
import org.axonframework.config.Configuration;
import org.axonframework.eventsourcing.IncompatibleAggregateException;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.forgelog.command.log.PostgresEventStorageEngine;
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

/**
 * The aggregates' states, loaded through Axon's repositories: once in a unit of work, for looking at them and for
 * handling commands, and always with what the unit of work did so far.
 */
public final class AggregateStates {

    private final Configuration axon;
    private final PostgresEventStorageEngine log;

    AggregateStates(Configuration axon, PostgresEventStorageEngine log) {
        this.axon = axon;
        this.log = log;
    }

    /** Reads what these are made of together, as they are going to be needed one after the other. */
    public void prefetch(Collection<String> aggregateIds) {
        log.prefetch(aggregateIds);
    }

    public Optional<Account> account(AccountId id) {
        return state(AccountAggregate.class, id.aggregateId());
    }

    public Optional<Repository> repository(RepositoryId id) {
        return state(RepositoryAggregate.class, id.aggregateId());
    }

    public Optional<Issue> issue(IssueKey key) {
        return state(IssueAggregate.class, key.aggregateId());
    }

    public Optional<PullRequest> pullRequest(PullRequestKey key) {
        return state(PullRequestAggregate.class, key.aggregateId());
    }

    public Optional<Comment> comment(CommentId id) {
        return state(CommentAggregate.class, id.aggregateId());
    }

    public Optional<Milestone> milestone(MilestoneKey key) {
        return state(MilestoneAggregate.class, key.aggregateId());
    }

    public Optional<Invitation> invitation(InvitationId id) {
        return state(InvitationAggregate.class, id.aggregateId());
    }

    /** Empty when there never was one. */
    public Optional<Star> star(StarKey key) {
        return state(StarAggregate.class, key.aggregateId());
    }

    /** Empty when there never was one. */
    public Optional<Subscription> subscription(SubscriptionKey key) {
        return state(SubscriptionAggregate.class, key.aggregateId());
    }

    /** Empty when there never was one. */
    public Optional<Reaction> reaction(ReactionKey key) {
        return state(ReactionAggregate.class, key.aggregateId());
    }

    /** Empty, too, when the first event was skipped. */
    private <S, A extends StateCarrier<S>> Optional<S> state(Class<A> type, String aggregateId) {
        try {
            return Optional.ofNullable(axon.repository(type).load(aggregateId).invoke(StateCarrier::state));
        } catch (AggregateNotFoundException | IncompatibleAggregateException e) {
            return Optional.empty();
        }
    }
}
