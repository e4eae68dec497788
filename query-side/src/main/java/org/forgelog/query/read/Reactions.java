package org.forgelog.query.read;

import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.forgelog.api.representation.ReactionJson;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.conversation.ConversationKind;
import org.forgelog.domain.reaction.ReactionContent;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.Keys;
import org.forgelog.query.table.Spans;
import org.jspecify.annotations.Nullable;

/** Answers about reactions to issues, to pull requests, or to comments on either, for those who may see them. */
public final class Reactions {

    private final ReadContext read;
    private final ConversationKind kind;

    public Reactions(ReadContext read, ConversationKind kind) {
        this.read = read;
        this.kind = kind;
    }

    /**
     * The reactions to one issue or pull request, oldest first. Keys: the partition of that target.
     *
     * @param content only those that say this; {@code null} for all, merged by age
     */
    public Listed<ReactionJson> toConversation(
            Address address, long number, @Nullable ReactionContent content, PageRequest request) {
        return to(address, repository -> Conversations.require(read, kind, repository, number), content, request);
    }

    /** The reactions to one comment, oldest first. */
    public Listed<ReactionJson> toComment(
            Address address, long comment, @Nullable ReactionContent content, PageRequest request) {
        return to(
                address,
                repository -> {
                    Item item = Comments.at(read, Comments.place(read, kind, repository, comment));
                    if (item == null || !Comments.isOf(read, kind, item)) {
                        read.lookup().reject(Rejection.notFound());
                    }
                    return Keys.commentPlace(comment);
                },
                content,
                request);
    }

    private Listed<ReactionJson> to(
            Address address, LongFunction<ItemKey> target, @Nullable ReactionContent content, PageRequest request) {
        long repository = read.names().repository(address);
        ItemKey key = target.apply(repository);
        Page page = read.pager(request, false)
                .of(Stream.of(ReactionContent.values())
                        .filter(each -> content == null || each == content)
                        .map(each -> Spans.reactions(key, each.key()))
                        .toList())
                .page();
        return read.listed(page, this::reaction);
    }

    private ReactionJson reaction(Item item) {
        return ReactionJson.of(
                item.number(Attr.ID),
                read.people().user(item.number(Attr.ACCOUNT_ID)),
                ReactionContent.valueOf(item.string(Attr.CONTENT)),
                item.instant(Attr.CREATED_AT));
    }
}
