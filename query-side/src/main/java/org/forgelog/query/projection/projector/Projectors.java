package org.forgelog.query.projection.projector;

import java.util.List;
import java.util.stream.Stream;
import org.forgelog.domain.DomainEvent;
import org.forgelog.domain.account.AccountEvent;
import org.forgelog.domain.account.Login;
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
import org.forgelog.eventlog.StoredEvent;
import org.forgelog.query.table.ItemKey;

/** Which projector an event belongs to. */
public final class Projectors {

    private Projectors() {}

    /** All that {@code event} does to the table, feeds and histories included. */
    public static List<ItemMutation> all(StoredEvent stored, DomainEvent event) {
        return Stream.of(
                        mutations(event),
                        FeedProjector.mutations(stored, event),
                        HistoryProjector.mutations(stored, event))
                .flatMap(List::stream)
                .toList();
    }

    /** Where somebody was who is forgotten, nothing is found by name. */
    private static List<ItemMutation> mutations(DomainEvent event) {
        List<ItemMutation> mutations = named(event);
        return mutations.stream().anyMatch(mutation -> isOfForgotten(mutation.key()))
                ? mutations.stream()
                        .filter(mutation -> !isOfForgotten(mutation.key()))
                        .toList()
                : mutations;
    }

    /** Whether it is the key of a name that somebody had who was forgotten. */
    private static boolean isOfForgotten(ItemKey key) {
        String pk = key.pk();
        return (pk.startsWith("L#") || pk.startsWith("N#")) && Login.isForgotten(pk.substring(2));
    }

    /** What {@code event} does to the table, in this order where one item is named twice. */
    private static List<ItemMutation> named(DomainEvent event) {
        return switch (event) {
            case AccountEvent e -> AccountProjector.mutations(e);
            case RepositoryEvent e -> RepositoryProjector.mutations(e);
            case IssueEvent e -> IssueProjector.mutations(e);
            case PullRequestEvent e -> PullRequestProjector.mutations(e);
            case LabelEvent e -> LabelProjector.mutations(e);
            case MilestoneEvent e -> MilestoneProjector.mutations(e);
            case StarEvent e -> StarProjector.mutations(e);
            case SubscriptionEvent e -> SubscriptionProjector.mutations(e);
            case InvitationEvent e -> InvitationProjector.mutations(e);
            case ReactionEvent e -> ReactionProjector.mutations(e);
            case CommentEvent e -> CommentProjector.mutations(e);
            // The root of the families cannot be sealed across packages; an unknown family stops its sequence.
            default -> throw unknown(event);
        };
    }

    static IllegalArgumentException unknown(DomainEvent event) {
        return new IllegalArgumentException("no projector for " + event.getClass());
    }
}
