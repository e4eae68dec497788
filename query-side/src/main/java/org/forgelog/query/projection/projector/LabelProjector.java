package org.forgelog.query.projection.projector;

import java.util.ArrayList;
import java.util.List;
import org.forgelog.domain.label.LabelEvent;
import org.forgelog.domain.label.LabelEvent.LabelCreated;
import org.forgelog.domain.label.LabelEvent.LabelDeleted;
import org.forgelog.domain.label.LabelEvent.LabelEdited;
import org.forgelog.domain.label.LabelName;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.IndexKeys;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.ItemType;
import org.forgelog.query.table.Keys;

/** Labels and their names. What carries a label knows its id alone, so one edit is one item, however many carry it. */
final class LabelProjector {

    private LabelProjector() {}

    static List<ItemMutation> mutations(LabelEvent event) {
        long repository = event.repositoryId().value();
        long id = event.labelId().value();
        ItemKey key = Keys.label(repository, id);
        return switch (event) {
            case LabelCreated e -> List.of(ItemMutation.create(created(key, e)), taken(repository, e.name(), id));
            case LabelEdited e -> edited(key, e);
            case LabelDeleted e ->
                List.of(
                        ItemMutation.of(key, item -> null),
                        released(repository, e.name(), id),
                        ItemMutation.of(Keys.labelSweep(id), item -> Item.of(Keys.labelSweep(id), ItemType.SWEEP)
                                .with(Attr.LABEL_ID, id)));
        };
    }

    private static Item created(ItemKey key, LabelCreated e) {
        return Item.of(key, ItemType.LABEL)
                .with(Attr.ID, e.labelId().value())
                .with(Attr.REPOSITORY_ID, e.repositoryId().value())
                .with(Attr.NAME, e.name())
                .with(Attr.COLOR, e.color())
                .with(Attr.DESCRIPTION, e.description())
                .with(Attr.CREATED_AT, e.createdAt())
                .with(Attr.UPDATED_AT, e.createdAt())
                .in(IndexKeys.label(e.repositoryId().value(), e.name()));
    }

    private static List<ItemMutation> edited(ItemKey key, LabelEdited e) {
        long repository = e.repositoryId().value();
        long id = e.labelId().value();
        List<ItemMutation> mutations = new ArrayList<>();
        mutations.add(ItemMutation.edit(key, item -> {
            Item after = AccountProjector.text(item, Attr.DESCRIPTION, e.description());
            after = e.color() == null ? after : after.with(Attr.COLOR, e.color());
            return after.with(Attr.NAME, e.name())
                    .with(Attr.UPDATED_AT, e.editedAt())
                    .in(IndexKeys.label(repository, e.name()));
        }));
        if (!LabelName.key(e.oldName()).equals(LabelName.key(e.name()))) {
            mutations.add(released(repository, e.oldName(), id));
            mutations.add(taken(repository, e.name(), id));
        }
        return mutations;
    }

    private static ItemMutation taken(long repository, String name, long id) {
        ItemKey key = Keys.labelName(repository, name);
        return ItemMutation.of(key, before -> Item.of(key, ItemType.LABEL_NAME).with(Attr.LABEL_ID, id));
    }

    private static ItemMutation released(long repository, String name, long id) {
        return ItemMutation.of(
                Keys.labelName(repository, name),
                before -> before != null && before.number(Attr.LABEL_ID) == id ? null : before);
    }
}
