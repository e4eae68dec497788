package org.forgelog.query.projection.projector;

import java.time.Instant;
import org.forgelog.domain.Permission;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.repository.RepositoryEvent.CollaboratorAdded;
import org.forgelog.domain.repository.RepositoryEvent.CollaboratorEvent;
import org.forgelog.domain.repository.RepositoryEvent.CollaboratorPermissionChanged;
import org.forgelog.domain.repository.RepositoryEvent.CollaboratorRemoved;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.IndexKeys;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.ItemType;
import org.forgelog.query.table.Keys;

/** Who may do what with a repository beside its owner. */
final class CollaboratorProjector {

    private CollaboratorProjector() {}

    static ItemMutation mutation(CollaboratorEvent event) {
        long repository = event.repositoryId().value();
        return switch (event) {
            case CollaboratorAdded e -> set(repository, e.accountId(), e.permission(), e.addedAt());
            case CollaboratorPermissionChanged e -> set(repository, e.accountId(), e.permission(), e.changedAt());
            case CollaboratorRemoved e -> removed(repository, e.accountId().value());
        };
    }

    static ItemMutation removed(long repository, long account) {
        return ItemMutation.of(Keys.collaborator(account, repository), before -> null);
    }

    private static ItemMutation set(long repository, AccountId account, Permission permission, Instant at) {
        ItemKey key = Keys.collaborator(account.value(), repository);
        return ItemMutation.of(key, before -> {
            Item item = before != null
                    ? before
                    : Item.of(key, ItemType.COLLABORATOR)
                            .with(Attr.REPOSITORY_ID, repository)
                            .with(Attr.ACCOUNT_ID, account.value())
                            .with(Attr.CREATED_AT, at)
                            .in(IndexKeys.collaborator(account.value(), repository));
            return item.with(Attr.PERMISSION, permission.name()).with(Attr.UPDATED_AT, at);
        });
    }
}
