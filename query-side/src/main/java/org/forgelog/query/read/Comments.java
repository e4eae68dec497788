package org.forgelog.query.read;

import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.forgelog.domain.Rejection;
import org.forgelog.query.read.Accounts.Listed;
import org.forgelog.query.read.ReadSession.Round;
import org.forgelog.query.read.Reading.Opened;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.Keys;
import org.forgelog.query.table.Keys.ThreadKind;
import org.forgelog.query.table.Span;
import org.jspecify.annotations.Nullable;

/** Answers about comments on issues or on pull requests, for those who may see the repository. */
public final class Comments {

    private final Reading reading;
    private final ThreadKind kind;
    private final CommentViews views;

    public Comments(Reading reading, ThreadKind kind) {
        this.reading = reading;
        this.kind = kind;
        this.views = new CommentViews(reading);
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

    /** The comments on one issue or pull request. Keys: the partition of that conversation. */
    public Listed<Object> ofThread(Address address, long number, Query query, PageRequest request) {
        Opened<Pager> opened = reading.repository(address, (round, id) -> {
            ItemKey thread = Keys.thread(kind, id, number);
            round.get(thread);
            reading.associations().expectIn(round, id);
            return pager(
                    round, query.byUpdate() ? Keys.commentsByUpdate(thread) : Keys.comments(thread), query, request);
        });
        Repositories.checkEnabled(reading, kind, opened.id());
        if (reading.session().item(Keys.thread(kind, opened.id(), number)) == null) {
            throw Rejection.notFound();
        }
        return listed(opened);
    }

    /** The comments on all issues or on all pull requests of a repository. */
    public Listed<Object> ofRepository(Address address, Query query, PageRequest request) {
        Opened<Pager> opened = reading.repository(address, (round, id) -> {
            reading.associations().expectIn(round, id);
            return pager(
                    round,
                    query.byUpdate() ? Keys.commentsByUpdate(kind, id) : Keys.commentsByCreation(kind, id),
                    query,
                    request);
        });
        Repositories.checkEnabled(reading, kind, opened.id());
        return listed(opened);
    }

    private Pager pager(Round round, Span span, Query query, PageRequest request) {
        return reading.pager(round, request, List.of(span), query.descending(), query.filter());
    }

    private Listed<Object> listed(Opened<Pager> opened) {
        Page page = reading.page(opened.asked());
        views.prepare(opened.id(), page.items());
        return new Listed<>(page.items().stream().map(views::comment).toList(), page);
    }

    /** One comment. Keys: where it is, if this node has not met it; then its own and its long body's. */
    public Object comment(Address address, long id) {
        Opened<Boolean> opened = reading.repository(address, (round, repository) -> {
            expect(round, id);
            reading.associations().expectIn(round, repository);
            return true;
        });
        Item place = place(reading, kind, opened.id(), id);
        ItemKey key = key(place);
        reading.session().round().get(key, Keys.commentBody(key)).run();
        Item comment = reading.session().item(key);
        if (comment == null) {
            throw Rejection.notFound();
        }
        views.prepare(opened.id(), List.of(comment));
        return views.comment(comment);
    }

    private void expect(Round round, long id) {
        ItemKey placeKey = Keys.commentPlace(id);
        Item place = reading.place(placeKey);
        if (place == null) {
            round.get(placeKey);
        } else {
            ItemKey key = key(place);
            round.get(key, Keys.commentBody(key));
        }
    }

    /** Where a comment of this repository and kind is; it must have been asked for unless this node has met it. */
    static Item place(Reading reading, ThreadKind kind, long repository, long id) {
        Repositories.checkEnabled(reading, kind, repository);
        Item place = reading.place(Keys.commentPlace(id));
        if (place == null
                || place.number(Attr.REPOSITORY_ID) != repository
                || !place.string(Attr.CONVERSATION).equals(kind.name())) {
            throw Rejection.notFound();
        }
        return place;
    }

    /** The key of the comment that is there. */
    static ItemKey key(Item place) {
        ItemKey thread = Keys.thread(
                ThreadKind.valueOf(place.string(Attr.CONVERSATION)),
                place.number(Attr.REPOSITORY_ID),
                place.number(Attr.NUMBER));
        return Keys.comment(thread, place.instant(Attr.CREATED_AT), place.number(Attr.ID));
    }
}
