package org.forgelog.query.verify;

import java.util.Collection;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
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
import org.forgelog.eventlog.EventCodec;
import org.forgelog.eventlog.EventLogReader;
import org.forgelog.eventlog.StoredEvent;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The oracle of the projectors: a second fold of the log, which shares nothing with them but the events as they are stored.
 * Its keys, its attributes and its counts are its own, so that one mistake is not made twice.
 */
public final class IndependentFold implements ItemFold {

    static final Factory FACTORY = new Factory() {
        @Override
        public ItemFold ofSequence(Predicate<Key> wanted, BiConsumer<FoldedItem, StoredEvent> changed) {
            return new IndependentFold(false, wanted, changed);
        }

        @Override
        public ItemFold ofNames(BiConsumer<FoldedItem, StoredEvent> changed) {
            return new IndependentFold(true, key -> true, changed);
        }
    };

    private final boolean names;
    private final IndependentItems items;

    private IndependentFold(boolean names, Predicate<Key> wanted, BiConsumer<FoldedItem, StoredEvent> changed) {
        this.names = names;
        this.items = new IndependentItems(wanted, changed);
    }

    /** Compares tables with what this fold makes of the log. */
    public static LogVerifier verifier(DynamoDbClient client, EventLogReader log, EventCodec codec) {
        return verifier(client, log, codec, LogVerifier.MOST_ITEMS);
    }

    static LogVerifier verifier(DynamoDbClient client, EventLogReader log, EventCodec codec, int mostItems) {
        return new LogVerifier(client, new Source(log, codec, mostItems, FACTORY));
    }

    @Override
    public void apply(StoredEvent stored, DomainEvent event) {
        items.begin(stored);
        if (names) {
            NameFold.apply(items, event);
            return;
        }
        switch (event) {
            case AccountEvent e -> AccountFold.apply(items, e);
            case RepositoryEvent e -> RepositoryFold.apply(items, e);
            case IssueEvent e -> ConversationFold.apply(items, e);
            case PullRequestEvent e -> ConversationFold.apply(items, e);
            case LabelEvent e -> RepositoryFold.apply(items, e);
            case MilestoneEvent e -> MilestoneFold.apply(items, e);
            case StarEvent e -> RepositoryFold.apply(items, e);
            case SubscriptionEvent e -> RepositoryFold.apply(items, e);
            case InvitationEvent e -> InvitationFold.apply(items, e);
            case CommentEvent e -> CommentFold.apply(items, e);
            case ReactionEvent e -> CommentFold.apply(items, e);
            default -> throw new IllegalArgumentException("nothing is known of " + event.getClass());
        }
        ActivityFold.apply(items, stored, event);
    }

    @Override
    public Collection<? extends FoldedItem> all() {
        return items.all();
    }
}
