package org.forgelog.query.read;

import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.forgelog.api.representation.ReactionJson;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.reaction.ReactionContent;
import org.forgelog.query.read.Accounts.Listed;
import org.forgelog.query.read.Reading.Opened;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.Keys;
import org.forgelog.query.table.Keys.ThreadKind;
import org.jspecify.annotations.Nullable;

/** Answers about reactions to issues, to pull requests, or to comments on either, for those who may see them. */
public final class Reactions {

    private final Reading reading;
    private final ThreadKind kind;

    public Reactions(Reading reading, ThreadKind kind) {
        this.reading = reading;
        this.kind = kind;
    }

    /**
     * The reactions to one issue or pull request, oldest first. Keys: the partition of that target.
     *
     * @param content only those that say this; {@code null} for all, merged by age
     */
    public Listed<ReactionJson> toThread(
            Address address, long number, @Nullable ReactionContent content, PageRequest request) {
        return to(address, repository -> Keys.thread(kind, repository, number), content, request);
    }

    /** The reactions to one comment, oldest first. */
    public Listed<ReactionJson> toComment(
            Address address, long comment, @Nullable ReactionContent content, PageRequest request) {
        return to(address, repository -> Keys.commentPlace(comment), content, request);
    }

    private Listed<ReactionJson> to(
            Address address, LongFunction<ItemKey> target, @Nullable ReactionContent content, PageRequest request) {
        Opened<Pager> opened = reading.repository(address, (round, id) -> {
            ItemKey key = target.apply(id);
            round.get(key);
            return reading.pager(
                    round,
                    request,
                    Stream.of(ReactionContent.values())
                            .filter(each -> content == null || each == content)
                            .map(each -> Keys.reactions(key, each.key()))
                            .toList(),
                    false,
                    item -> true);
        });
        Repositories.checkEnabled(reading, kind, opened.id());
        checkTarget(reading.session().item(target.apply(opened.id())), opened.id());
        Page page = reading.page(opened.asked());
        reading.people()
                .ensure(page.items().stream()
                        .map(item -> item.number(Attr.ACCOUNT_ID))
                        .toList());
        List<ReactionJson> entries = page.items().stream().map(this::reaction).toList();
        return new Listed<>(entries, page);
    }

    private void checkTarget(@Nullable Item target, long repository) {
        if (target == null
                || target.number(Attr.REPOSITORY_ID) != repository
                || !kind.name().equals(target.text(Attr.CONVERSATION, kind.name()))) {
            throw Rejection.notFound();
        }
    }

    private ReactionJson reaction(Item item) {
        return ReactionJson.of(
                item.number(Attr.ID),
                reading.people().user(item.number(Attr.ACCOUNT_ID)),
                ReactionContent.valueOf(item.string(Attr.CONTENT)),
                item.instant(Attr.CREATED_AT));
    }
}
