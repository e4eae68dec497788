package org.forgelog.query.projection.projector;

import java.time.Instant;
import java.util.List;
import org.forgelog.domain.subscription.SubscriptionEvent;
import org.forgelog.domain.subscription.SubscriptionEvent.RepositoryIgnored;
import org.forgelog.domain.subscription.SubscriptionEvent.RepositoryUnignored;
import org.forgelog.domain.subscription.SubscriptionEvent.RepositoryUnwatched;
import org.forgelog.domain.subscription.SubscriptionEvent.RepositoryWatched;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.IndexKeys;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.ItemType;
import org.forgelog.query.table.Keys;

/** Who watches or ignores a repository, and how many watch it. */
final class SubscriptionProjector {

    private SubscriptionProjector() {}

    static List<ItemMutation> mutations(SubscriptionEvent event) {
        long account = event.accountId().value();
        long repository = event.repositoryId().value();
        ItemKey key = Keys.subscription(account, repository);
        return switch (event) {
            case RepositoryWatched e ->
                List.of(
                        ItemMutation.of(key, before -> item(key, account, repository, e.watchedAt())
                                .in(IndexKeys.watch(account, repository, e.watchedAt()))),
                        ConversationItems.count(repository, Attr.SUBSCRIBERS, 1));
            case RepositoryIgnored e ->
                List.of(ItemMutation.of(key, before -> item(key, account, repository, e.ignoredAt())
                        .with(Attr.IGNORED, true)
                        .in(IndexKeys.ignore(account, repository))));
            case RepositoryUnwatched e ->
                List.of(
                        ItemMutation.of(key, before -> null),
                        ConversationItems.count(repository, Attr.SUBSCRIBERS, -1));
            case RepositoryUnignored e -> List.of(ItemMutation.of(key, before -> null));
        };
    }

    private static Item item(ItemKey key, long account, long repository, Instant at) {
        return Item.of(key, ItemType.SUBSCRIPTION)
                .with(Attr.ACCOUNT_ID, account)
                .with(Attr.REPOSITORY_ID, repository)
                .with(Attr.CREATED_AT, at)
                .with(Attr.UPDATED_AT, at);
    }
}
