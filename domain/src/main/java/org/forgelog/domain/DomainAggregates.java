package org.forgelog.domain;

import java.util.List;
import org.forgelog.domain.account.AccountAggregate;
import org.forgelog.domain.comment.CommentAggregate;
import org.forgelog.domain.issue.IssueAggregate;
import org.forgelog.domain.label.LabelAggregate;
import org.forgelog.domain.pullrequest.PullRequestAggregate;
import org.forgelog.domain.reaction.ReactionAggregate;
import org.forgelog.domain.repository.RepositoryAggregate;
import org.forgelog.domain.star.StarAggregate;

/** The aggregates of the domain, for whoever wires them to a command bus. */
public final class DomainAggregates {

    /** Every aggregate's type. */
    public static final List<Class<?>> TYPES = List.of(
            AccountAggregate.class,
            RepositoryAggregate.class,
            IssueAggregate.class,
            PullRequestAggregate.class,
            StarAggregate.class,
            LabelAggregate.class,
            CommentAggregate.class,
            ReactionAggregate.class);

    private DomainAggregates() {}
}
