package org.forgelog.command.directory;

import static org.forgelog.command.directory.DirectoryTables.key;

import java.util.List;
import java.util.Map;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.label.LabelEvent;
import org.forgelog.domain.label.LabelEvent.LabelCreated;
import org.forgelog.domain.label.LabelEvent.LabelDeleted;
import org.forgelog.domain.label.LabelEvent.LabelEdited;
import org.forgelog.domain.repository.Fork;
import org.forgelog.domain.repository.RepositoryEvent;
import org.forgelog.domain.repository.RepositoryEvent.CollaboratorAdded;
import org.forgelog.domain.repository.RepositoryEvent.CollaboratorPermissionChanged;
import org.forgelog.domain.repository.RepositoryEvent.CollaboratorRemoved;
import org.forgelog.domain.repository.RepositoryEvent.RepositoryArchived;
import org.forgelog.domain.repository.RepositoryEvent.RepositoryCreated;
import org.forgelog.domain.repository.RepositoryEvent.RepositoryDeleted;
import org.forgelog.domain.repository.RepositoryEvent.RepositoryEdited;
import org.forgelog.domain.repository.RepositoryEvent.RepositoryOwnerRenamed;
import org.forgelog.domain.repository.RepositoryEvent.RepositoryRenamed;
import org.forgelog.domain.repository.RepositoryEvent.RepositoryTransferred;
import org.forgelog.domain.repository.RepositoryEvent.RepositoryUnarchived;
import org.forgelog.domain.repository.RepositoryEvent.TopicsReplaced;
import org.forgelog.domain.repository.RepositoryFlag;
import org.forgelog.domain.repository.RepositoryOption;
import org.forgelog.domain.star.StarEvent;
import org.forgelog.domain.star.StarEvent.RepositoryStarred;
import org.forgelog.domain.star.StarEvent.RepositoryUnstarred;
import org.forgelog.domain.subscription.SubscriptionEvent;
import org.forgelog.domain.subscription.SubscriptionEvent.RepositoryIgnored;
import org.forgelog.domain.subscription.SubscriptionEvent.RepositoryUnignored;
import org.forgelog.domain.subscription.SubscriptionEvent.RepositoryUnwatched;
import org.forgelog.domain.subscription.SubscriptionEvent.RepositoryWatched;

/** What the directory knows of repositories: names, rights, origins, labels, stars and watchers. */
final class RepositoryWriter {

    /** The flags that commands ask for. */
    private static final Map<RepositoryFlag, String> FLAG_COLUMNS = Map.of(
            RepositoryFlag.HAS_ISSUES, "has_issues",
            RepositoryFlag.HAS_PULL_REQUESTS, "has_pull_requests",
            RepositoryFlag.ALLOW_FORKING, "allow_forking");

    private static final String COLLABORATORS_ONLY = "collaborators_only";

    /** Tables of what goes with its repository, by {@code repository_id}. */
    private static final List<String> BELOW = List.of(
            "repository_redirect",
            "repository_number",
            "collaborator",
            "invitation",
            "star",
            "subscription",
            "contributor",
            "label",
            "milestone",
            "reaction",
            "comment",
            "pull_request",
            "conversation");

    private final DirectoryTables tables;

    RepositoryWriter(DirectoryTables tables) {
        this.tables = tables;
    }

    void apply(RepositoryEvent event) {
        long id = event.repositoryId().value();
        switch (event) {
            case RepositoryCreated e -> create(e);
            case RepositoryEdited e -> edit(e);
            case RepositoryRenamed e -> rename(e);
            case RepositoryTransferred e -> transfer(e);
            case RepositoryArchived e -> tables.update("update @repository set archived = true where id = ?", id);
            case RepositoryUnarchived e -> tables.update("update @repository set archived = false where id = ?", id);
            case RepositoryDeleted e -> {
                tables.update("update @repository set deleted = true where id = ?", id);
                BELOW.forEach(table -> tables.update("delete from @" + table + " where repository_id = ?", id));
            }
            case CollaboratorAdded e ->
                tables.update(
                        "insert into @collaborator (repository_id, account_id, permission) values (?, ?, ?)",
                        id,
                        e.accountId().value(),
                        e.permission().name());
            case CollaboratorPermissionChanged e ->
                tables.update(
                        "update @collaborator set permission = ? where repository_id = ? and account_id = ?",
                        e.permission().name(),
                        id,
                        e.accountId().value());
            case CollaboratorRemoved e -> removeCollaborator(id, e.accountId());
            case RepositoryOwnerRenamed e -> {
                // The login is the account's row's.
            }
            case TopicsReplaced e -> {
                // Nothing is looked up by topic here.
            }
        }
    }

    void apply(LabelEvent event) {
        long id = event.labelId().value();
        switch (event) {
            case LabelCreated e ->
                tables.update(
                        "insert into @label (id, repository_id, name, name_key, color, description)"
                                + " values (?, ?, ?, ?, ?, ?)",
                        id,
                        e.repositoryId().value(),
                        e.name(),
                        key(e.name()),
                        e.color(),
                        e.description());
            case LabelEdited e -> {
                tables.update(
                        "update @label set name = ?, name_key = ?, color = coalesce(?, color) where id = ?",
                        e.name(),
                        key(e.name()),
                        e.color(),
                        id);
                if (e.description() != null) {
                    tables.update(
                            "update @label set description = ? where id = ?",
                            e.description().value(),
                            id);
                }
            }
            case LabelDeleted e -> tables.update("delete from @label where id = ?", id);
        }
    }

    void apply(StarEvent event) {
        String sql =
                switch (event) {
                    case RepositoryStarred e -> "insert into @star (repository_id, account_id) values (?, ?)";
                    case RepositoryUnstarred e -> "delete from @star where repository_id = ? and account_id = ?";
                };
        tables.update(sql, event.repositoryId().value(), event.accountId().value());
    }

    void apply(SubscriptionEvent event) {
        long repository = event.repositoryId().value();
        long account = event.accountId().value();
        switch (event) {
            case RepositoryWatched e -> subscribe(repository, account, false);
            case RepositoryIgnored e -> subscribe(repository, account, true);
            case RepositoryUnwatched e -> unsubscribe(repository, account);
            case RepositoryUnignored e -> unsubscribe(repository, account);
        }
    }

    private void subscribe(long repository, long account, boolean ignored) {
        tables.update(
                "insert into @subscription (repository_id, account_id, ignored) values (?, ?, ?)",
                repository,
                account,
                ignored);
    }

    private void unsubscribe(long repository, long account) {
        tables.update("delete from @subscription where repository_id = ? and account_id = ?", repository, account);
    }

    private void create(RepositoryCreated e) {
        long id = e.repositoryId().value();
        String key = key(e.name());
        Fork fork = e.fork();
        tables.update(
                """
                insert into @repository (id, owner_id, name, name_key, private, archived, has_issues, deleted,
                                         parent_id, source_id, allow_forking, has_pull_requests,
                                         pulls_by_collaborators, numbering)
                values (?, ?, ?, ?, ?, false, ?, false, ?, ?, ?, ?, ?, ?)""",
                id,
                e.ownerId().value(),
                e.name(),
                key,
                e.settings().isPrivate(),
                e.settings().flag(RepositoryFlag.HAS_ISSUES),
                fork == null ? null : fork.parentId().value(),
                fork == null ? null : fork.sourceId().value(),
                e.settings().flag(RepositoryFlag.ALLOW_FORKING),
                e.settings().flag(RepositoryFlag.HAS_PULL_REQUESTS),
                COLLABORATORS_ONLY.equals(e.settings().option(RepositoryOption.PULL_REQUEST_CREATION_POLICY)),
                e.numbering().name());
        tables.update("insert into @repository_number (repository_id, last_issue, last_pull) values (?, 0, 0)", id);
        tables.update(
                "delete from @repository_redirect where owner_id = ? and name_key = ?",
                e.ownerId().value(),
                key);
    }

    private void edit(RepositoryEdited e) {
        long id = e.repositoryId().value();
        if (e.changes().isPrivate() != null) {
            tables.update(
                    "update @repository set private = ? where id = ?",
                    e.changes().isPrivate(),
                    id);
        }
        String policy = e.changes().options().get(RepositoryOption.PULL_REQUEST_CREATION_POLICY);
        if (policy != null) {
            tables.update(
                    "update @repository set pulls_by_collaborators = ? where id = ?",
                    policy.equals(COLLABORATORS_ONLY),
                    id);
        }
        FLAG_COLUMNS.forEach((flag, column) -> {
            Boolean value = e.changes().flags().get(flag);
            if (value != null) {
                tables.update("update @repository set " + column + " = ? where id = ?", value, id);
            }
        });
    }

    private void rename(RepositoryRenamed e) {
        long id = e.repositoryId().value();
        String oldKey = key(e.oldName());
        String newKey = key(e.name());
        tables.update("update @repository set name = ?, name_key = ? where id = ?", e.name(), newKey, id);
        tables.update(
                """
                delete from @repository_redirect
                where name_key = ? and owner_id = (select owner_id from @repository where id = ?)""",
                newKey,
                id);
        if (!oldKey.equals(newKey)) {
            tables.update(
                    """
                    insert into @repository_redirect (owner_id, name_key, repository_id)
                    select owner_id, ?, id from @repository where id = ?
                    on conflict (owner_id, name_key) do update set repository_id = excluded.repository_id""",
                    oldKey,
                    id);
        }
    }

    private void transfer(RepositoryTransferred e) {
        long id = e.repositoryId().value();
        // Whoever offered it does not own it any more, and owners are no collaborators.
        tables.update(
                "delete from @invitation where repository_id = ? and (kind = 'OWNERSHIP' or invitee_id = ?)",
                id,
                e.ownerId().value());
        String key = key(e.name());
        tables.update(
                "update @repository set owner_id = ?, name = ?, name_key = ? where id = ?",
                e.ownerId().value(),
                e.name(),
                key,
                id);
        tables.update(
                "delete from @repository_redirect where owner_id = ? and name_key = ?",
                e.ownerId().value(),
                key);
        tables.update(
                """
                insert into @repository_redirect (owner_id, name_key, repository_id) values (?, ?, ?)
                on conflict (owner_id, name_key) do update set repository_id = excluded.repository_id""",
                e.oldOwnerId().value(),
                key(e.oldName()),
                id);
        removeCollaborator(id, e.ownerId());
    }

    private void removeCollaborator(long repository, AccountId account) {
        tables.update(
                "delete from @collaborator where repository_id = ? and account_id = ?", repository, account.value());
    }
}
