package org.forgelog.query.projection.projector;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.forgelog.domain.conversation.ConversationKind;
import org.forgelog.domain.repository.RepositoryId;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.IndexKeys;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.ItemType;
import org.forgelog.query.table.Keys;
import org.jspecify.annotations.Nullable;

/** What issues and pull requests have in common as items. */
final class ConversationItems {

    /** A longer body, in bytes, is an item of its own: an item in four indexes is written five times. */
    static final int INLINE_BODY = 4096;

    private ConversationItems() {}

    /** The item with this body, or with a note that the body lies beside it. */
    static Item withBody(Item item, @Nullable String body) {
        boolean apart = isLong(body);
        Item after = item.with(Attr.BODY, apart ? null : body);
        return apart ? after.with(Attr.LONG_BODY, true) : after.without(Attr.LONG_BODY);
    }

    /** The body beside the item; none where it is short. */
    static ItemMutation body(ItemKey conversation, @Nullable String body) {
        ItemKey key = Keys.body(conversation);
        return ItemMutation.of(key, before -> isLong(body) ? bodyItem(key, body) : null);
    }

    /** The body beside a new item. */
    static ItemMutation newBody(ItemKey conversation, String body) {
        return ItemMutation.create(bodyItem(Keys.body(conversation), body));
    }

    static Item bodyItem(ItemKey key, @Nullable String body) {
        return Item.of(key, ItemType.BODY).with(Attr.BODY, body);
    }

    static boolean isLong(@Nullable String body) {
        return body != null
                && body.length() * 3L > INLINE_BODY
                && body.getBytes(StandardCharsets.UTF_8).length > INLINE_BODY;
    }

    /**
     * What an issue or pull request that was opened makes.
     *
     * @param counter the repository's count of those that are open
     */
    static List<ItemMutation> opened(
            ConversationKind kind, Item item, @Nullable String body, Instant at, String counter) {
        List<ItemMutation> mutations = new ArrayList<>();
        mutations.add(ItemMutation.create(indexed(kind, withBody(item, body), at)));
        mutations.add(count(item.number(Attr.REPOSITORY_ID), counter, 1));
        if (body != null && isLong(body)) {
            mutations.add(newBody(item.key(), body));
        }
        return mutations;
    }

    /** The item with its new time of change and, with that, its places in the indexes. */
    static Item indexed(ConversationKind kind, Item item, Instant updatedAt) {
        return item.with(Attr.UPDATED_AT, updatedAt)
                .in(IndexKeys.conversation(
                        kind,
                        item.number(Attr.REPOSITORY_ID),
                        item.number(Attr.AUTHOR_ID),
                        item.number(Attr.ID),
                        item.flag(Attr.OPEN),
                        item.instant(Attr.CREATED_AT),
                        updatedAt));
    }

    /**
     * A comment was written, edited or deleted: the issue or pull request changed with that, and may count another number.
     * The count stands on the item itself, so that lists have it without another round (ADR 38).
     */
    static ItemMutation said(ConversationKind kind, ItemKey conversation, Instant at, String counter, int by) {
        return ItemMutation.edit(conversation, item -> {
            Instant before = item.instant(Attr.UPDATED_AT);
            Item counted = by == 0 ? item : item.with(counter, item.number(counter, 0) + by);
            return indexed(kind, counted, at.isAfter(before) ? at : before);
        });
    }

    /** Where the issue or pull request of a comment or reaction is. */
    static ItemKey key(RepositoryId repository, ConversationKind kind, long number) {
        return Keys.conversation(kind, repository.value(), number);
    }

    /** One more or less of what a repository counts. */
    static ItemMutation count(long repository, String counter, int by) {
        ItemKey key = Keys.counters(repository);
        return ItemMutation.of(key, before -> {
            Item counters = before == null ? Item.of(key, ItemType.COUNTERS) : before;
            return counters.with(counter, counters.number(counter, 0) + by);
        });
    }
}
