package org.forgelog.command.directory;

import org.forgelog.domain.DomainEvent;
import org.forgelog.domain.account.AccountEvent;
import org.forgelog.domain.comment.CommentEvent;
import org.forgelog.domain.invitation.InvitationEvent;
import org.forgelog.domain.issue.IssueEvent;
import org.forgelog.domain.label.LabelEvent;
import org.forgelog.domain.milestone.MilestoneEvent;
import org.forgelog.domain.pullrequest.PullRequestEvent;
import org.forgelog.domain.reaction.ReactionEvent;
import org.forgelog.domain.repository.RepositoryEvent;
import org.forgelog.domain.star.StarEvent;
import org.forgelog.domain.subscription.SubscriptionEvent;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * The only writer of the directory's tables: what they hold is a function of the events applied, in the order of the
 * log, and of nothing else.
 */
public final class DirectoryWriter {

    private final AccountWriter accounts;
    private final RepositoryWriter repositories;
    private final ConversationWriter conversations;
    private final InvitationWriter invitations;
    private final MilestoneWriter milestones;

    public DirectoryWriter(JdbcOperations jdbc) {
        this(new DirectoryTables(jdbc, ""));
    }

    private DirectoryWriter(DirectoryTables tables) {
        this.accounts = new AccountWriter(tables);
        this.repositories = new RepositoryWriter(tables);
        this.milestones = new MilestoneWriter(tables);
        this.conversations = new ConversationWriter(tables, milestones);
        this.invitations = new InvitationWriter(tables);
    }

    /**
     * A writer into temporary copies of the tables. They are named in full: a statement that the server has prepared
     * for the real table would not notice a temporary one of the same name.
     */
    static DirectoryWriter intoCopies(JdbcOperations jdbc) {
        return new DirectoryWriter(new DirectoryTables(jdbc, "pg_temp."));
    }

    /**
     * Makes the directory know of {@code event}, in the surrounding transaction: at the latest when it is read by {@link
     * Directory} or when events are appended.
     */
    public void apply(DomainEvent event) {
        switch (event) {
            case AccountEvent e -> accounts.apply(e);
            case RepositoryEvent e -> repositories.apply(e);
            case LabelEvent e -> repositories.apply(e);
            case MilestoneEvent e -> milestones.apply(e);
            case IssueEvent e -> conversations.apply(e);
            case PullRequestEvent e -> conversations.apply(e);
            case CommentEvent e -> conversations.apply(e);
            case ReactionEvent e -> conversations.apply(e);
            case StarEvent e -> repositories.apply(e);
            case SubscriptionEvent e -> repositories.apply(e);
            case InvitationEvent e -> invitations.apply(e);
            default -> throw new IllegalArgumentException("no part of the directory knows " + event.getClass());
        }
    }
}
