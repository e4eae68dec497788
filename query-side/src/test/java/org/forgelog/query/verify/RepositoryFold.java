package org.forgelog.query.verify;

import static org.forgelog.query.verify.KeyFormat.digits;
import static org.forgelog.query.verify.KeyFormat.folded;
import static org.forgelog.query.verify.KeyFormat.timed;

import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import org.forgelog.domain.label.LabelEvent;
import org.forgelog.domain.label.LabelEvent.LabelCreated;
import org.forgelog.domain.label.LabelEvent.LabelDeleted;
import org.forgelog.domain.label.LabelEvent.LabelEdited;
import org.forgelog.domain.repository.Numbering;
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
import org.forgelog.domain.repository.RepositorySettings;
import org.forgelog.domain.star.StarEvent;
import org.forgelog.domain.star.StarEvent.RepositoryStarred;
import org.forgelog.domain.star.StarEvent.RepositoryUnstarred;
import org.forgelog.domain.subscription.SubscriptionEvent;
import org.forgelog.domain.subscription.SubscriptionEvent.RepositoryIgnored;
import org.forgelog.domain.subscription.SubscriptionEvent.RepositoryUnignored;
import org.forgelog.domain.subscription.SubscriptionEvent.RepositoryUnwatched;
import org.forgelog.domain.subscription.SubscriptionEvent.RepositoryWatched;

/** Repositories with their labels, stars and collaborators, but for their names: see {@link NameFold}. */
final class RepositoryFold {

    private RepositoryFold() {}

    static Key repository(long id) {
        return new Key("R#" + digits(id), "R");
    }

    static Key listing(long id) {
        return new Key("REPOS", digits(id));
    }

    static void apply(IndependentItems rows, RepositoryEvent event) {
        long id = event.repositoryId().value();
        Key key = repository(id);
        switch (event) {
            case RepositoryCreated e -> {
                rows.create(key, "repository", said -> created(said, e));
                rows.create(counters(id), "counters", said -> {
                    said.put("stars", 0L);
                    said.put("open_issues", 0L);
                    said.put("open_pulls", 0L);
                });
                if (!e.settings().isPrivate()) {
                    rows.create(listing(id), "listing", said -> said.put("repository_id", id));
                }
            }
            case RepositoryEdited e -> {
                edit(rows, key, e.editedAt(), row -> edited(row, e.changes()));
                if (Boolean.TRUE.equals(e.changes().isPrivate())) {
                    rows.remove(listing(id));
                } else if (e.changes().isPrivate() != null) {
                    rows.set(listing(id), "listing", said -> said.put("repository_id", id));
                }
            }
            case RepositoryRenamed e ->
                edit(rows, key, e.renamedAt(), row -> row.said().put("name", e.name()));
            case RepositoryOwnerRenamed e ->
                edit(rows, key, e.renamedAt(), row -> row.said().put("owner_login", e.ownerLogin()));
            case RepositoryTransferred e -> {
                edit(rows, key, e.transferredAt(), row -> {
                    row.said().put("owner_id", e.ownerId().value());
                    row.said().put("owner_login", e.ownerLogin());
                    row.said().put("name", e.name());
                });
                rows.remove(collaborator(e.ownerId().value(), id));
            }
            case RepositoryArchived e ->
                edit(rows, key, e.archivedAt(), row -> row.said().put("archived", true));
            case RepositoryUnarchived e ->
                edit(rows, key, e.unarchivedAt(), row -> row.said().put("archived", false));
            case RepositoryDeleted e -> {
                rows.remove(key);
                rows.remove(listing(id));
                rows.set(new Key("SWEEP", digits(id)), "sweep", said -> said.put("repository_id", id));
            }
            case TopicsReplaced e ->
                edit(rows, key, e.replacedAt(), row -> IndependentItems.value(row.said(), "topics", e.topics()));
            case CollaboratorAdded e ->
                may(rows, id, e.accountId().value(), e.permission().name(), e.addedAt());
            case CollaboratorPermissionChanged e ->
                may(rows, id, e.accountId().value(), e.permission().name(), e.changedAt());
            case CollaboratorRemoved e -> rows.remove(collaborator(e.accountId().value(), id));
        }
    }

    private static void created(Map<String, Object> said, RepositoryCreated e) {
        RepositorySettings settings = e.settings();
        long id = e.repositoryId().value();
        said.put("id", id);
        said.put("owner_id", e.ownerId().value());
        said.put("owner_login", e.ownerLogin());
        said.put("name", e.name());
        IndependentItems.text(said, "description", settings.description());
        IndependentItems.text(said, "about", settings.about());
        IndependentItems.text(said, "homepage", settings.homepage());
        IndependentItems.text(said, "language", settings.language());
        said.put("default_branch", settings.defaultBranch());
        said.put("private", settings.isPrivate());
        said.put("archived", false);
        IndependentItems.at(said, "created_at", e.createdAt());
        if (e.numbering() == Numbering.SHARED) {
            said.put("numbering", "shared");
        }
        if (e.fork() != null) {
            said.put("parent_id", e.fork().parentId().value());
            said.put("source_id", e.fork().sourceId().value());
        }
        settings(said, settings.flags(), settings.options());
        indexed(said, e.createdAt());
    }

    private static void indexed(Map<String, Object> said, Instant updated) {
        long id = CanonicalItem.number(said, "id");
        String owner = digits(CanonicalItem.number(said, "owner_id"));
        boolean hidden = Boolean.TRUE.equals(said.get("private"));
        String owned = "OWN#" + owner + (hidden ? "#H" : "");
        if (said.containsKey("parent_id")) {
            String parent = "FORK#" + digits(CanonicalItem.number(said, "parent_id"));
            IndependentItems.index(
                    said,
                    2,
                    hidden ? parent + "#" + owner : parent,
                    timed(Instant.parse((String) said.get("created_at")), id));
        }
        IndependentItems.at(said, "updated_at", updated);
        IndependentItems.index(said, 1, owned, timed(Instant.parse((String) said.get("created_at")), id));
        IndependentItems.index(said, 3, owned, folded(String.valueOf(said.get("name"))) + "#" + digits(id));
        IndependentItems.index(said, 4, owned, timed(updated, id));
    }

    private static void edit(IndependentItems rows, Key key, Instant at, Consumer<IndependentItem> change) {
        rows.edit(key, row -> {
            change.accept(row);
            indexed(row.said(), at);
        });
    }

    private static void edited(IndependentItem row, RepositorySettings.Changes changes) {
        IndependentItems.change(row.said(), "description", changes.description());
        IndependentItems.change(row.said(), "about", changes.about());
        IndependentItems.change(row.said(), "homepage", changes.homepage());
        IndependentItems.change(row.said(), "language", changes.language());
        if (changes.defaultBranch() != null) {
            row.said().put("default_branch", changes.defaultBranch());
        }
        if (changes.isPrivate() != null) {
            row.said().put("private", changes.isPrivate());
        }
        settings(row.said(), changes.flags(), changes.options());
    }

    /** Only what differs from the defaults is said. */
    private static void settings(
            Map<String, Object> said, Map<RepositoryFlag, Boolean> flags, Map<RepositoryOption, String> options) {
        IndependentItems.map(
                said,
                "flags",
                differing -> flags.forEach((flag, on) ->
                        IndependentItems.value(differing, flag.field(), on == flag.byDefault() ? null : on)));
        IndependentItems.map(
                said,
                "options",
                differing -> options.forEach((option, word) -> IndependentItems.value(
                        differing, option.field(), word.equals(option.words().getFirst()) ? null : word)));
    }

    static Key collaborator(long account, long repository) {
        return new Key("G#" + digits(account), digits(repository));
    }

    private static void may(IndependentItems rows, long repository, long account, String permission, Instant at) {
        Key key = collaborator(account, repository);
        Consumer<Map<String, Object>> now = said -> {
            said.put("permission", permission);
            IndependentItems.at(said, "updated_at", at);
        };
        if (rows.isLive(key)) {
            rows.edit(key, row -> now.accept(row.said()));
        } else {
            rows.create(key, "collaborator", said -> {
                said.put("repository_id", repository);
                said.put("account_id", account);
                IndependentItems.at(said, "created_at", at);
                IndependentItems.index(said, 2, "COL#" + digits(repository), digits(account));
                now.accept(said);
            });
        }
    }

    private static Key counters(long repository) {
        return new Key("R#" + digits(repository), "C");
    }

    /** One more, or less, of what a repository counts. */
    static void count(IndependentItems rows, long repository, String what, int by) {
        Key key = counters(repository);
        if (rows.isLive(key)) {
            rows.edit(key, row -> row.said().put(what, row.number(what) + by));
        } else {
            rows.create(key, "counters", said -> said.put(what, (long) by));
        }
    }

    static void apply(IndependentItems rows, StarEvent event) {
        long account = event.accountId().value();
        long repository = event.repositoryId().value();
        Key key = new Key("S#" + digits(account), digits(repository));
        switch (event) {
            case RepositoryStarred e -> {
                rows.set(key, "star", said -> {
                    said.put("account_id", account);
                    said.put("repository_id", repository);
                    IndependentItems.at(said, "starred_at", e.starredAt());
                    IndependentItems.at(said, "created_at", e.starredAt());
                    IndependentItems.at(said, "updated_at", e.starredAt());
                    IndependentItems.index(said, 1, "S#" + digits(account), timed(e.starredAt(), repository));
                    IndependentItems.index(said, 2, "SR#" + digits(repository), timed(e.starredAt(), account));
                });
                count(rows, repository, "stars", 1);
            }
            case RepositoryUnstarred e -> {
                rows.remove(key);
                count(rows, repository, "stars", -1);
            }
        }
    }

    static void apply(IndependentItems rows, SubscriptionEvent event) {
        long account = event.accountId().value();
        long repository = event.repositoryId().value();
        Key key = new Key("W#" + digits(account), digits(repository));
        switch (event) {
            case RepositoryWatched e -> {
                rows.set(key, "subscription", said -> {
                    subscribed(said, account, repository, e.watchedAt());
                    IndependentItems.index(said, 1, "W#" + digits(account), timed(e.watchedAt(), repository));
                    IndependentItems.index(said, 2, "WR#" + digits(repository), timed(e.watchedAt(), account));
                });
                count(rows, repository, "subscribers", 1);
            }
            case RepositoryIgnored e ->
                rows.set(key, "subscription", said -> {
                    subscribed(said, account, repository, e.ignoredAt());
                    said.put("ignored", true);
                    IndependentItems.index(said, 2, "WI#" + digits(repository), digits(account));
                });
            case RepositoryUnwatched e -> {
                rows.remove(key);
                count(rows, repository, "subscribers", -1);
            }
            case RepositoryUnignored e -> rows.remove(key);
        }
    }

    private static void subscribed(Map<String, Object> said, long account, long repository, Instant at) {
        said.put("account_id", account);
        said.put("repository_id", repository);
        IndependentItems.at(said, "created_at", at);
        IndependentItems.at(said, "updated_at", at);
    }

    static void apply(IndependentItems rows, LabelEvent event) {
        long repository = event.repositoryId().value();
        long id = event.labelId().value();
        Key key = new Key("R#" + digits(repository) + "#L", digits(id));
        switch (event) {
            case LabelCreated e -> {
                rows.create(key, "label", said -> {
                    said.put("id", id);
                    said.put("repository_id", repository);
                    said.put("color", e.color());
                    IndependentItems.text(said, "description", e.description());
                    IndependentItems.at(said, "created_at", e.createdAt());
                    named(said, repository, e.name(), e.createdAt());
                });
                taken(rows, repository, e.name(), id);
            }
            case LabelEdited e -> {
                rows.edit(key, row -> {
                    IndependentItems.change(row.said(), "description", e.description());
                    if (e.color() != null) {
                        row.said().put("color", e.color());
                    }
                    named(row.said(), repository, e.name(), e.editedAt());
                });
                if (!folded(e.oldName()).equals(folded(e.name()))) {
                    released(rows, repository, e.oldName(), id);
                    taken(rows, repository, e.name(), id);
                }
            }
            case LabelDeleted e -> {
                rows.remove(key);
                released(rows, repository, e.name(), id);
                rows.set(new Key("SWEEP", "L#" + digits(id)), "sweep", said -> said.put("label_id", id));
            }
        }
    }

    private static void named(Map<String, Object> said, long repository, String name, Instant at) {
        said.put("name", name);
        IndependentItems.at(said, "updated_at", at);
        IndependentItems.index(said, 3, "R#" + digits(repository) + "#L", "N#" + folded(name));
    }

    private static Key labelName(long repository, String name) {
        return new Key("R#" + digits(repository) + "#N", "N#" + folded(name));
    }

    private static void taken(IndependentItems rows, long repository, String name, long id) {
        rows.set(labelName(repository, name), "label_name", said -> said.put("label_id", id));
    }

    private static void released(IndependentItems rows, long repository, String name, long id) {
        rows.remove(labelName(repository, name), row -> row.number("label_id") == id);
    }
}
