package org.forgelog.query.projection.projector;

import java.util.List;
import java.util.stream.Stream;
import org.forgelog.domain.DomainEvent;
import org.forgelog.domain.account.AccountEvent;
import org.forgelog.domain.comment.CommentEvent;
import org.forgelog.domain.invitation.InvitationEvent;
import org.forgelog.domain.issue.IssueEvent;
import org.forgelog.domain.label.LabelEvent;
import org.forgelog.domain.pullrequest.PullRequestEvent;
import org.forgelog.domain.reaction.ReactionEvent;
import org.forgelog.domain.repository.RepositoryEvent;
import org.forgelog.domain.star.StarEvent;
import org.forgelog.eventlog.StoredEvent;

/** Which projector an event belongs to. */
public final class Projectors {

    private Projectors() {}

    /** All that {@code event} does to the table, feeds and histories included. */
    public static List<ItemMutation> all(StoredEvent stored, DomainEvent event) {
        return Stream.of(folds(event), FeedProjector.folds(stored, event), HistoryProjector.folds(stored, event))
                .flatMap(List::stream)
                .toList();
    }

    /** What {@code event} does to the table, in this order where one item is named twice. */
    private static List<ItemMutation> folds(DomainEvent event) {
        return switch (event) {
            case AccountEvent e -> AccountProjector.folds(e);
            case RepositoryEvent e -> RepositoryProjector.folds(e);
            case IssueEvent e -> IssueProjector.folds(e);
            case PullRequestEvent e -> PullRequestProjector.folds(e);
            case LabelEvent e -> LabelProjector.folds(e);
            case StarEvent e -> StarProjector.folds(e);
            case InvitationEvent e -> InvitationProjector.folds(e);
            case ReactionEvent e -> ReactionProjector.folds(e);
            case CommentEvent e -> CommentProjector.folds(e);
            // The root of the families cannot be sealed across packages; an unknown family stops its sequence.
            default -> throw unknown(event);
        };
    }

    static IllegalArgumentException unknown(DomainEvent event) {
        return new IllegalArgumentException("no projector for " + event.getClass());
    }
}
