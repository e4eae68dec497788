package org.forgelog.query.read;

import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.conversation.ConversationKind;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.Keys;
import org.forgelog.query.table.Span;
import org.forgelog.query.table.Spans;
import org.forgelog.query.table.StoredKind;
import org.jspecify.annotations.Nullable;

/** Answers about comments on issues or on pull requests, for those who may see the repository. */
public final class Comments {

    private final ReadContext read;
    private final ConversationKind kind;
    private final CommentViews views;

    public Comments(ReadContext read, ConversationKind kind) {
        this.read = read;
        this.kind = kind;
        this.views = new CommentViews(read);
    }

    /**
     * Which comments are wanted, and in which order.
     *
     * @param byUpdate by their last change rather than by their writing
     * @param since only those changed since then, that instant included; {@code null} for all
     */
    public record Query(boolean byUpdate, boolean descending, @Nullable Instant since) {

        Predicate<Item> filter() {
            return item -> since == null || !item.instant(Attr.UPDATED_AT).isBefore(since);
        }
    }

    /** The comments on one issue or pull request. */
    public Listed<Object> ofConversation(Address address, long number, Query query, PageRequest request) {
        long repository = read.names().repository(address);
        ItemKey conversation = Conversations.require(read, kind, repository, number);
        Item counting = read.lookup().item(conversation);
        Long total = counting == null || query.since() != null ? null : count(counting, repository);
        return list(
                        repository,
                        List.of(query.byUpdate() ? Spans.commentsByUpdate(conversation) : Spans.comments(conversation)),
                        query,
                        request)
                .of(total);
    }

    private long count(Item conversation, long repository) {
        long onTheWhole = conversation.number(Attr.COMMENTS, 0);
        long inTheDiff = conversation.number(Attr.REVIEW_COMMENTS, 0);
        return kind == ConversationKind.ISSUE
                ? onTheWhole
                : Conversations.pullsAreIssues(read, repository) ? inTheDiff : onTheWhole + inTheDiff;
    }

    /** The comments on all issues or on all pull requests of a repository. */
    public Listed<Object> ofRepository(Address address, Query query, PageRequest request) {
        long repository = read.names().repository(address);
        Conversations.requireEnabled(read, kind, repository);
        boolean both = kind == ConversationKind.ISSUE && Conversations.pullsAreIssues(read, repository);
        return list(
                repository,
                Stream.of(ConversationKind.values())
                        .filter(each -> both || each == kind)
                        .map(each -> query.byUpdate()
                                ? Spans.commentsByUpdate(each, repository)
                                : Spans.commentsByCreation(each, repository))
                        .toList(),
                query,
                request);
    }

    private Listed<Object> list(long repository, List<Span> spans, Query query, PageRequest request) {
        read.lookup().expectAsUsualOf(Keys.repository(repository));
        Page page = read.pager(request, query.descending())
                .of(spans)
                .page(query.filter().and(item -> isOf(read, kind, item)));
        return read.listed(page, views::comment);
    }

    /** One comment. */
    public Object comment(Address address, long id) {
        long repository = read.names().repository(address);
        read.lookup().expectAsUsualOf(Keys.repository(repository));
        ItemKey key = key(place(read, kind, repository, id));
        Item comment = read.lookup().item(key);
        if (read.lookup().isUnknown(key)) {
            read.lookup().prefetch(List.of(Keys.commentBody(key)));
        }
        if (comment == null || !isOf(read, kind, comment)) {
            throw Rejection.notFound();
        }
        return views.comment(comment);
    }

    /**
     * Whether routes of this kind serve a comment. Where pull requests are issues, what is said on the whole of one is an
     * issue's comment, and only what points into the diff is a pull request's.
     */
    static boolean isOf(ReadContext read, ConversationKind route, Item comment) {
        boolean onPull = StoredKind.in(comment) == ConversationKind.PULL_REQUEST;
        boolean ofPulls = onPull
                && (comment.has(Attr.ANCHOR)
                        || !Conversations.pullsAreIssues(read, comment.number(Attr.REPOSITORY_ID)));
        return ofPulls == (route == ConversationKind.PULL_REQUEST);
    }

    /** Where a comment of this repository is. It never moves, so what this node has met is not asked for. */
    static Item place(ReadContext read, ConversationKind route, long repository, long id) {
        ItemKey key = Keys.commentPlace(id);
        Item met = read.lookup().peek(key);
        Item place = met == null ? read.lookup().item(key) : met;
        if (place == null
                || place.number(Attr.REPOSITORY_ID) != repository
                || StoredKind.in(place) == ConversationKind.ISSUE) {
            Conversations.requireEnabled(read, route, repository);
        }
        if (place == null || place.number(Attr.REPOSITORY_ID) != repository) {
            throw Rejection.notFound();
        }
        return place;
    }

    /** The comment at a place. */
    static @Nullable Item at(ReadContext read, Item place) {
        return read.lookup().item(key(place));
    }

    private static ItemKey key(Item place) {
        ItemKey conversation =
                Keys.conversation(StoredKind.in(place), place.number(Attr.REPOSITORY_ID), place.number(Attr.NUMBER));
        return Keys.comment(conversation, place.instant(Attr.CREATED_AT), place.number(Attr.ID));
    }
}
