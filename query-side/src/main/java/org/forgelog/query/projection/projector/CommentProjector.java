package org.forgelog.query.projection.projector;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.forgelog.domain.comment.CommentEvent;
import org.forgelog.domain.comment.CommentEvent.CommentDeleted;
import org.forgelog.domain.comment.CommentEvent.CommentEdited;
import org.forgelog.domain.comment.CommentEvent.CommentWritten;
import org.forgelog.domain.comment.CommentPlace;
import org.forgelog.domain.comment.DiffAnchor;
import org.forgelog.domain.conversation.ConversationKind;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.IndexKeys;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.ItemType;
import org.forgelog.query.table.Keys;
import org.forgelog.query.table.StoredKind;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Comments, where each of them is, and how many there are on an issue or pull request. */
final class CommentProjector {

    private CommentProjector() {}

    static List<ItemMutation> mutations(CommentEvent event) {
        CommentPlace place = event.place();
        ConversationKind kind = place.conversation();
        ItemKey conversation = ConversationItems.key(place.repositoryId(), place.conversation(), place.number());
        long id = event.commentId().value();
        ItemKey key = Keys.comment(conversation, event.writtenAt(), id);
        return switch (event) {
            case CommentWritten e -> written(conversation, key, e);
            case CommentEdited e ->
                List.of(
                        ItemMutation.edit(
                                key, item -> indexed(ConversationItems.withBody(item, e.body()), e.editedAt())),
                        body(key, e.body()),
                        ConversationItems.said(kind, conversation, e.editedAt(), Attr.COMMENTS, 0));
            case CommentDeleted e ->
                List.of(
                        ItemMutation.of(key, item -> null),
                        ItemMutation.of(Keys.commentBody(key), item -> null),
                        ItemMutation.of(Keys.commentPlace(id), item -> null),
                        ConversationItems.said(kind, conversation, e.deletedAt(), counter(e.anchored()), -1),
                        ItemMutation.of(Keys.sweepComment(id), item -> Item.of(Keys.sweepComment(id), ItemType.SWEEP)
                                .with(Attr.ID, id)));
        };
    }

    private static List<ItemMutation> written(ItemKey conversation, ItemKey key, CommentWritten e) {
        Item place = placed(e, Item.of(Keys.commentPlace(e.commentId().value()), ItemType.COMMENT_PLACE))
                .with(Attr.UPDATED_AT, e.writtenAt());
        Item item = placed(e, Item.of(key, ItemType.COMMENT))
                .with(Attr.AUTHOR_ID, e.authorId().value());
        if (e.anchor() != null) {
            item = item.with(Attr.ANCHOR, anchor(e.anchor()));
        }
        if (e.inReplyTo() != null) {
            item = item.with(Attr.IN_REPLY_TO, e.inReplyTo().value());
        }
        List<ItemMutation> mutations = new ArrayList<>();
        mutations.add(ItemMutation.create(indexed(ConversationItems.withBody(item, e.body()), e.writtenAt())));
        mutations.add(ItemMutation.create(place));
        mutations.add(ConversationItems.said(
                e.place().conversation(), conversation, e.writtenAt(), counter(e.anchor() != null), 1));
        if (ConversationItems.isLong(e.body())) {
            mutations.add(ItemMutation.create(ConversationItems.bodyItem(Keys.commentBody(key), e.body())));
        }
        return mutations;
    }

    private static Item placed(CommentWritten e, Item item) {
        return item.with(Attr.ID, e.commentId().value())
                .with(Attr.REPOSITORY_ID, e.place().repositoryId().value())
                .with(Attr.CONVERSATION, StoredKind.of(e.place().conversation()))
                .with(Attr.CONVERSATION_ID, e.place().conversationId())
                .with(Attr.NUMBER, e.place().number())
                .with(Attr.CREATED_AT, e.writtenAt());
    }

    private static String counter(boolean anchored) {
        return anchored ? Attr.REVIEW_COMMENTS : Attr.COMMENTS;
    }

    private static ItemMutation body(ItemKey comment, String body) {
        ItemKey key = Keys.commentBody(comment);
        return ItemMutation.of(
                key, before -> ConversationItems.isLong(body) ? ConversationItems.bodyItem(key, body) : null);
    }

    private static Map<String, AttributeValue> anchor(DiffAnchor anchor) {
        Map<String, AttributeValue> map = new HashMap<>();
        map.put("commit", Item.text(anchor.commitId()));
        map.put("path", Item.text(anchor.path()));
        map.put("side", Item.text(anchor.side().name()));
        put(map, "position", anchor.position());
        put(map, "line", anchor.line());
        put(map, "start_line", anchor.startLine());
        if (anchor.startSide() != null) {
            map.put("start_side", Item.text(anchor.startSide().name()));
        }
        return map;
    }

    private static void put(Map<String, AttributeValue> map, String name, @Nullable Integer value) {
        if (value != null) {
            map.put(name, Item.whole(value));
        }
    }

    private static Item indexed(Item item, Instant updatedAt) {
        return item.with(Attr.UPDATED_AT, updatedAt)
                .in(IndexKeys.comment(
                        StoredKind.in(item),
                        item.number(Attr.REPOSITORY_ID),
                        item.number(Attr.NUMBER),
                        item.number(Attr.ID),
                        item.instant(Attr.CREATED_AT),
                        updatedAt));
    }
}
