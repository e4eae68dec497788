package org.forgelog.query.read;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.forgelog.api.representation.CommentJson;
import org.forgelog.api.representation.CommentView;
import org.forgelog.api.representation.ReviewCommentJson;
import org.forgelog.domain.comment.CommentId;
import org.forgelog.domain.comment.CommentPlace;
import org.forgelog.domain.comment.DiffAnchor;
import org.forgelog.domain.comment.DiffSide;
import org.forgelog.domain.conversation.ConversationKind;
import org.forgelog.domain.repository.RepositoryId;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.Keys;
import org.forgelog.query.table.Keys.ThreadKind;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Comments as clients see them, from their items. */
final class CommentViews {

    private final Reading reading;

    CommentViews(Reading reading) {
        this.reading = reading;
    }

    /** The long bodies that belong to some comments. */
    static List<ItemKey> bodies(Collection<Item> comments) {
        return comments.stream()
                .filter(item -> item.flag(Attr.LONG_BODY))
                .map(item -> Keys.commentBody(item.key()))
                .toList();
    }

    /** Reads what the representations of {@code comments} need, in one round if anything is missing. */
    void prepare(long repository, Collection<Item> comments) {
        Set<Long> accounts = new HashSet<>();
        comments.forEach(item -> accounts.add(item.number(Attr.AUTHOR_ID)));
        reading.people().mentioned(repository, accounts);
        ReadSession.Round round = reading.session().round().get(bodies(comments));
        reading.people().expect(round, accounts);
        reading.associations().expect(round, comments);
        round.run();
        reading.took();
    }

    /** A comment on an issue or on a pull request, each in its own shape. */
    Object comment(Item item) {
        ThreadKind kind = ThreadKind.valueOf(item.string(Attr.CONVERSATION));
        CommentView view = new CommentView(
                reading.ref(item.number(Attr.REPOSITORY_ID)),
                new CommentPlace(
                        new RepositoryId(item.number(Attr.REPOSITORY_ID)),
                        kind == ThreadKind.ISSUE ? ConversationKind.ISSUE : ConversationKind.PULL_REQUEST,
                        item.number(Attr.NUMBER),
                        item.number(Attr.CONVERSATION_ID)),
                new CommentId(item.number(Attr.ID)),
                reading.people().user(item.number(Attr.AUTHOR_ID)),
                reading.associations().of(item),
                body(item),
                item.has(Attr.ANCHOR) ? anchor(item.map(Attr.ANCHOR)) : null,
                item.has(Attr.IN_REPLY_TO) ? new CommentId(item.number(Attr.IN_REPLY_TO)) : null,
                item.instant(Attr.CREATED_AT),
                item.instant(Attr.UPDATED_AT),
                Totals.of(item));
        return kind == ThreadKind.ISSUE
                ? CommentJson.of(reading.links(), view)
                : ReviewCommentJson.of(reading.links(), view);
    }

    private String body(Item item) {
        if (!item.flag(Attr.LONG_BODY)) {
            return item.string(Attr.BODY);
        }
        // A body that is gone by now belongs to a comment that is gone by now.
        Item body = reading.session().item(Keys.commentBody(item.key()));
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
