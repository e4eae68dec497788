package org.forgelog.query.projection.projector;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.forgelog.domain.conversation.ConversationKind;
import org.forgelog.domain.reaction.ReactionContent;
import org.forgelog.domain.reaction.ReactionEvent;
import org.forgelog.domain.reaction.ReactionEvent.ReactionAdded;
import org.forgelog.domain.reaction.ReactionEvent.ReactionWithdrawn;
import org.forgelog.domain.reaction.ReactionTarget;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.ItemType;
import org.forgelog.query.table.Keys;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reactions, and how many of each there are to an issue, a pull request or a comment. */
final class ReactionProjector {

    private ReactionProjector() {}

    static List<ItemMutation> mutations(ReactionEvent event) {
        ReactionTarget target = event.target();
        ItemKey conversation = ConversationItems.key(event.repositoryId(), conversation(target), target.number());
        Instant writtenAt = target.writtenAt();
        boolean isComment = writtenAt != null;
        ItemKey counted = writtenAt == null ? conversation : Keys.comment(conversation, writtenAt, target.id());
        ItemKey key = Keys.reaction(
                isComment ? Keys.commentPlace(target.id()) : conversation,
                event.content().key(),
                event.reactionId());
        return switch (event) {
            case ReactionAdded e -> List.of(ItemMutation.create(reaction(key, e)), count(counted, e.content(), 1));
            case ReactionWithdrawn e -> List.of(ItemMutation.of(key, before -> null), count(counted, e.content(), -1));
        };
    }

    private static ConversationKind conversation(ReactionTarget target) {
        return switch (target.kind()) {
            case ISSUE, ISSUE_COMMENT -> ConversationKind.ISSUE;
            case PULL_REQUEST, REVIEW_COMMENT -> ConversationKind.PULL_REQUEST;
        };
    }

    private static Item reaction(ItemKey key, ReactionAdded e) {
        return Item.of(key, ItemType.REACTION)
                .with(Attr.ID, e.reactionId())
                .with(Attr.REPOSITORY_ID, e.repositoryId().value())
                .with(Attr.ACCOUNT_ID, e.accountId().value())
                .with(Attr.CONTENT, e.content().name())
                .with(Attr.CREATED_AT, e.reactedAt())
                .with(Attr.UPDATED_AT, e.reactedAt());
    }

    /** The totals stand on what is counted, and move neither its time of change nor its places in the indexes. */
    private static ItemMutation count(ItemKey counted, ReactionContent content, int by) {
        return ItemMutation.edit(counted, item -> {
            Map<String, AttributeValue> totals = new HashMap<>(item.map(Attr.REACTIONS));
            AttributeValue before = totals.get(content.key());
            long after = (before == null ? 0 : Long.parseLong(before.n())) + by;
            if (after == 0) {
                totals.remove(content.key());
            } else {
                totals.put(content.key(), Item.whole(after));
            }
            return item.with(Attr.REACTIONS, totals);
        });
    }
}
