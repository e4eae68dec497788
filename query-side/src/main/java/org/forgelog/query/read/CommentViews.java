package org.forgelog.query.read;

import java.util.Map;
import java.util.Objects;
import org.forgelog.api.representation.AuthorAssociation;
import org.forgelog.api.representation.CommentJson;
import org.forgelog.api.representation.CommentView;
import org.forgelog.api.representation.ReviewCommentJson;
import org.forgelog.api.representation.SimpleUser;
import org.forgelog.domain.comment.CommentId;
import org.forgelog.domain.comment.CommentPlace;
import org.forgelog.domain.comment.DiffAnchor;
import org.forgelog.domain.comment.DiffSide;
import org.forgelog.domain.conversation.ConversationKind;
import org.forgelog.domain.repository.RepositoryId;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.Keys;
import org.forgelog.query.table.StoredKind;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Comments as clients see them, from their items. */
final class CommentViews {

    private final ReadContext read;

    CommentViews(ReadContext read) {
        this.read = read;
    }

    /** A comment on an issue or on a pull request, each in its own shape. */
    Object comment(Item item) {
        ConversationKind kind = StoredKind.in(item);
        SimpleUser author = read.people().user(item.number(Attr.AUTHOR_ID));
        AuthorAssociation association = read.visibility().associationOf(item);
        String body = body(item);
        CommentView view = new CommentView(
                new RepositoryViews(read).ref(item.number(Attr.REPOSITORY_ID)),
                new CommentPlace(
                        new RepositoryId(item.number(Attr.REPOSITORY_ID)),
                        kind,
                        item.number(Attr.NUMBER),
                        item.number(Attr.CONVERSATION_ID)),
                new CommentId(item.number(Attr.ID)),
                author,
                association,
                body,
                item.has(Attr.ANCHOR) ? anchor(item.map(Attr.ANCHOR)) : null,
                item.has(Attr.IN_REPLY_TO) ? new CommentId(item.number(Attr.IN_REPLY_TO)) : null,
                item.instant(Attr.CREATED_AT),
                item.instant(Attr.UPDATED_AT),
                ReactionTotals.of(item));
        return view.isOfPulls() ? ReviewCommentJson.of(read.links(), view) : CommentJson.of(read.links(), view);
    }

    private String body(Item item) {
        if (!item.flag(Attr.LONG_BODY)) {
            return item.string(Attr.BODY);
        }
        // A body that is gone by now belongs to a comment that is gone by now.
        Item body = read.lookup().item(Keys.commentBody(item.key()));
        return body == null ? "" : body.string(Attr.BODY);
    }

    private static DiffAnchor anchor(Map<String, AttributeValue> map) {
        AttributeValue startSide = map.get("start_side");
        return new DiffAnchor(
                text(map, "commit"),
                text(map, "path"),
                whole(map, "position"),
                whole(map, "line"),
                DiffSide.valueOf(text(map, "side")),
                whole(map, "start_line"),
                startSide == null ? null : DiffSide.valueOf(startSide.s()));
    }

    private static String text(Map<String, AttributeValue> map, String name) {
        return Objects.requireNonNull(map.get(name), name).s();
    }

    private static @Nullable Integer whole(Map<String, AttributeValue> map, String name) {
        AttributeValue value = map.get(name);
        return value == null ? null : Integer.valueOf(value.n());
    }
}
