package org.forgelog.query.projection.projector;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.forgelog.domain.repository.Numbering;
import org.forgelog.domain.repository.RepositoryEvent;
import org.forgelog.domain.repository.RepositoryEvent.CollaboratorEvent;
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
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.IndexKeys;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.ItemType;
import org.forgelog.query.table.Keys;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Repositories, their names, and the order to remove what hung below a deleted one. */
public final class RepositoryProjector {

    private RepositoryProjector() {}

    public static List<ItemMutation> mutations(RepositoryEvent event) {
        long id = event.repositoryId().value();
        ItemKey key = Keys.repository(id);
        return switch (event) {
            case RepositoryCreated e -> created(id, e);
            case RepositoryEdited e -> edited(id, e);
            case RepositoryRenamed e ->
                List.of(
                        ItemMutation.edit(key, item -> indexed(item.with(Attr.NAME, e.name()), e.renamedAt())),
                        led(e.ownerLogin(), e.oldName(), id),
                        taken(e.ownerLogin(), e.name(), id));
            case RepositoryOwnerRenamed e ->
                List.of(
                        ItemMutation.edit(
                                key, item -> indexed(item.with(Attr.OWNER_LOGIN, e.ownerLogin()), e.renamedAt())),
                        led(e.oldOwnerLogin(), e.name(), id),
                        taken(e.ownerLogin(), e.name(), id));
            case RepositoryTransferred e ->
                List.of(
                        ItemMutation.edit(key, item -> indexed(transferred(item, e), e.transferredAt())),
                        led(e.oldOwnerLogin(), e.oldName(), id),
                        taken(e.ownerLogin(), e.name(), id),
                        CollaboratorProjector.removed(id, e.ownerId().value()));
            case RepositoryArchived e ->
                List.of(ItemMutation.edit(key, item -> indexed(item.with(Attr.ARCHIVED, true), e.archivedAt())));
            case RepositoryUnarchived e ->
                List.of(ItemMutation.edit(key, item -> indexed(item.with(Attr.ARCHIVED, false), e.unarchivedAt())));
            case RepositoryDeleted e ->
                List.of(
                        ItemMutation.of(key, item -> null),
                        ItemMutation.of(Keys.listing(id), item -> null),
                        released(e.ownerLogin(), e.name(), id),
                        ItemMutation.of(Keys.sweep(id), item -> Item.of(Keys.sweep(id), ItemType.SWEEP)
                                .with(Attr.REPOSITORY_ID, id)));
            case TopicsReplaced e ->
                List.of(ItemMutation.edit(
                        key, item -> indexed(item.withTexts(Attr.TOPICS, e.topics()), e.replacedAt())));
            case CollaboratorEvent e -> List.of(CollaboratorProjector.mutation(e));
        };
    }

    private static List<ItemMutation> created(long id, RepositoryCreated e) {
        List<ItemMutation> mutations = new ArrayList<>();
        mutations.add(ItemMutation.create(created(e)));
        mutations.add(ItemMutation.create(counters(id)));
        if (!e.settings().isPrivate()) {
            mutations.add(ItemMutation.create(listing(id)));
        }
        mutations.add(taken(e.ownerLogin(), e.name(), id));
        return mutations;
    }

    private static List<ItemMutation> edited(long id, RepositoryEdited e) {
        ItemMutation edit =
                ItemMutation.edit(Keys.repository(id), item -> indexed(edited(item, e.changes()), e.editedAt()));
        Boolean isPrivate = e.changes().isPrivate();
        return isPrivate == null
                ? List.of(edit)
                : List.of(edit, ItemMutation.of(Keys.listing(id), before -> isPrivate ? null : listing(id)));
    }

    private static Item listing(long id) {
        return Item.of(Keys.listing(id), ItemType.LISTING).with(Attr.REPOSITORY_ID, id);
    }

    private static Item created(RepositoryCreated e) {
        RepositorySettings settings = e.settings();
        Item item = Item.of(Keys.repository(e.repositoryId().value()), ItemType.REPOSITORY)
                .with(Attr.ID, e.repositoryId().value())
                .with(Attr.OWNER_ID, e.ownerId().value())
                .with(Attr.OWNER_LOGIN, e.ownerLogin())
                .with(Attr.NAME, e.name())
                .with(Attr.DESCRIPTION, settings.description())
                .with(Attr.ABOUT, settings.about())
                .with(Attr.HOMEPAGE, settings.homepage())
                .with(Attr.LANGUAGE, settings.language())
                .with(Attr.DEFAULT_BRANCH, settings.defaultBranch())
                .with(Attr.PRIVATE, settings.isPrivate())
                .with(Attr.ARCHIVED, false)
                .with(Attr.CREATED_AT, e.createdAt());
        if (e.numbering() == Numbering.SHARED) {
            item = item.with(Attr.NUMBERING, e.numbering().word());
        }
        if (e.fork() != null) {
            item = item.with(Attr.PARENT_ID, e.fork().parentId().value())
                    .with(Attr.SOURCE_ID, e.fork().sourceId().value());
        }
        return indexed(options(flags(item, settings.flags()), settings.options()), e.createdAt());
    }

    private static Item transferred(Item item, RepositoryTransferred e) {
        return item.with(Attr.OWNER_ID, e.ownerId().value())
                .with(Attr.OWNER_LOGIN, e.ownerLogin())
                .with(Attr.NAME, e.name());
    }

    private static Item edited(Item item, RepositorySettings.Changes changes) {
        Item after = AccountProjector.text(item, Attr.DESCRIPTION, changes.description());
        after = AccountProjector.text(after, Attr.ABOUT, changes.about());
        after = AccountProjector.text(after, Attr.HOMEPAGE, changes.homepage());
        after = AccountProjector.text(after, Attr.LANGUAGE, changes.language());
        if (changes.defaultBranch() != null) {
            after = after.with(Attr.DEFAULT_BRANCH, changes.defaultBranch());
        }
        if (changes.isPrivate() != null) {
            after = after.with(Attr.PRIVATE, changes.isPrivate());
        }
        return options(flags(after, changes.flags()), changes.options());
    }

    private static Item flags(Item item, Map<RepositoryFlag, Boolean> flags) {
        Map<String, AttributeValue> differing = new HashMap<>(item.map(Attr.FLAGS));
        flags.forEach((flag, value) -> {
            if (value == flag.byDefault()) {
                differing.remove(flag.field());
            } else {
                differing.put(flag.field(), AttributeValue.fromBool(value));
            }
        });
        return item.with(Attr.FLAGS, differing);
    }

    private static Item options(Item item, Map<RepositoryOption, String> options) {
        Map<String, AttributeValue> differing = new HashMap<>(item.map(Attr.OPTIONS));
        options.forEach((option, word) -> {
            if (word.equals(option.words().getFirst())) {
                differing.remove(option.field());
            } else {
                differing.put(option.field(), Item.text(word));
            }
        });
        return item.with(Attr.OPTIONS, differing);
    }

    private static Item indexed(Item item, Instant updatedAt) {
        long id = item.number(Attr.ID);
        long owner = item.number(Attr.OWNER_ID);
        boolean isPrivate = item.flag(Attr.PRIVATE);
        Instant created = item.instant(Attr.CREATED_AT);
        Item indexed = item.with(Attr.UPDATED_AT, updatedAt)
                .in(IndexKeys.repository(id, owner, isPrivate, item.string(Attr.NAME), created, updatedAt));
        return item.has(Attr.PARENT_ID)
                ? indexed.in(IndexKeys.fork(item.number(Attr.PARENT_ID), id, owner, isPrivate, created))
                : indexed;
    }

    private static Item counters(long id) {
        return Item.of(Keys.counters(id), ItemType.COUNTERS)
                .with(Attr.STARS, 0)
                .with(Attr.OPEN_ISSUES, 0)
                .with(Attr.OPEN_PULLS, 0);
    }

    private static ItemMutation taken(String owner, String name, long id) {
        ItemKey key = Keys.repositoryName(owner, name);
        return ItemMutation.of(key, before -> name(key, id));
    }

    private static Item name(ItemKey key, long id) {
        return Item.of(key, ItemType.REPOSITORY_NAME).with(Attr.REPOSITORY_ID, id);
    }

    /** A former name leads to the repository, until another one takes it. */
    private static ItemMutation led(String owner, String name, long id) {
        ItemKey key = Keys.repositoryName(owner, name);
        return ItemMutation.of(
                key,
                before -> before != null && before.number(Attr.REPOSITORY_ID) != id
                        ? before
                        : name(key, id).with(Attr.REDIRECT, true));
    }

    private static ItemMutation released(String owner, String name, long id) {
        return ItemMutation.of(
                Keys.repositoryName(owner, name),
                before -> before != null && before.number(Attr.REPOSITORY_ID) == id ? null : before);
    }
}
