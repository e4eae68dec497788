package org.forgelog.domain.subscription;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.forgelog.domain.subscription.SubscriptionCommand.Subscribe;
import org.forgelog.domain.subscription.SubscriptionCommand.Unsubscribe;
import org.forgelog.domain.subscription.SubscriptionEvent.RepositoryIgnored;
import org.forgelog.domain.subscription.SubscriptionEvent.RepositoryUnignored;
import org.forgelog.domain.subscription.SubscriptionEvent.RepositoryUnwatched;
import org.forgelog.domain.subscription.SubscriptionEvent.RepositoryWatched;
import org.jspecify.annotations.Nullable;

/**
 * Whether a user watches a repository, or ignores it.
 *
 * @param since since when; {@code null} when the user does neither
 */
public record Subscription(SubscriptionKey key, boolean ignored, @Nullable Instant since) {

    /**
     * What {@code command} makes happen; nothing when it would change nothing.
     *
     * @param state the subscription, {@code null} when there never was one
     */
    public static List<SubscriptionEvent> decide(@Nullable Subscription state, SubscriptionCommand command) {
        boolean subscribed = state != null && state.since != null;
        boolean ignores = state != null && state.since != null && state.ignored;
        return switch (command) {
            case Subscribe c -> {
                if (subscribed && ignores == c.ignored()) {
                    yield List.of();
                }
                List<SubscriptionEvent> events = new ArrayList<>();
                if (subscribed) {
                    events.add(ended(c.key(), ignores, c.subscribedAt()));
                }
                var account = c.key().accountId();
                var repository = c.key().repositoryId();
                events.add(
                        c.ignored()
                                ? new RepositoryIgnored(account, repository, c.subscribedAt())
                                : new RepositoryWatched(account, repository, c.subscribedAt()));
                yield events;
            }
            case Unsubscribe c -> subscribed ? List.of(ended(c.key(), ignores, c.unsubscribedAt())) : List.of();
        };
    }

    private static SubscriptionEvent ended(SubscriptionKey key, boolean ignores, Instant at) {
        return ignores
                ? new RepositoryUnignored(key.accountId(), key.repositoryId(), at)
                : new RepositoryUnwatched(key.accountId(), key.repositoryId(), at);
    }

    /** The subscription after {@code event}. */
    public static Subscription evolve(@Nullable Subscription state, SubscriptionEvent event) {
        return switch (event) {
            case RepositoryWatched e -> new Subscription(e.key(), false, e.watchedAt());
            case RepositoryIgnored e -> new Subscription(e.key(), true, e.ignoredAt());
            case RepositoryUnwatched e -> new Subscription(e.key(), false, null);
            case RepositoryUnignored e -> new Subscription(e.key(), false, null);
        };
    }

    /** The identifier of the aggregate in the event log. */
    public String aggregateId() {
        return key.aggregateId();
    }
}
