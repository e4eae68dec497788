package org.forgelog.query.projection.projector;

import java.util.List;
import org.forgelog.domain.star.StarEvent;
import org.forgelog.domain.star.StarEvent.RepositoryStarred;
import org.forgelog.domain.star.StarEvent.RepositoryUnstarred;
import org.forgelog.query.projection.projector.ItemMutation.Expected;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.IndexKeys;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.ItemType;
import org.forgelog.query.table.Keys;

/** Stars, and how many a repository has. */
final class StarProjector {

    private StarProjector() {}

    static List<ItemMutation> mutations(StarEvent event) {
        long account = event.accountId().value();
        long repository = event.repositoryId().value();
        ItemKey key = Keys.star(account, repository);
        return switch (event) {
            case RepositoryStarred e ->
                List.of(
                        new ItemMutation(key, Expected.ABSENT, before -> starred(key, e)),
                        ConversationItems.count(repository, Attr.STARS, 1));
            case RepositoryUnstarred e ->
                List.of(ItemMutation.of(key, before -> null), ConversationItems.count(repository, Attr.STARS, -1));
        };
    }

    private static Item starred(ItemKey key, RepositoryStarred e) {
        long account = e.accountId().value();
        long repository = e.repositoryId().value();
        return Item.of(key, ItemType.STAR)
                .with(Attr.ACCOUNT_ID, account)
                .with(Attr.REPOSITORY_ID, repository)
                .with(Attr.STARRED_AT, e.starredAt())
                .with(Attr.CREATED_AT, e.starredAt())
                .with(Attr.UPDATED_AT, e.starredAt())
                .in(IndexKeys.star(account, repository, e.starredAt()));
    }
}
