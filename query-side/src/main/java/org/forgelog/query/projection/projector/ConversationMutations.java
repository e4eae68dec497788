package org.forgelog.query.projection.projector;

import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.forgelog.domain.Change;
import org.forgelog.domain.conversation.ConversationKind;
import org.forgelog.domain.conversation.Triage;
import org.forgelog.domain.repository.RepositoryId;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.Keys;
import org.jspecify.annotations.Nullable;

/** What events change of one issue or pull request, and of what counts it. */
record ConversationMutations(ConversationKind kind, long repository, ItemKey key) {

    static ConversationMutations of(ConversationKind kind, RepositoryId repository, long number) {
        return new ConversationMutations(kind, repository.value(), Keys.conversation(kind, repository.value(), number));
    }

    /** The repository's count of those that are open. */
    String counter() {
        return kind == ConversationKind.ISSUE ? Attr.OPEN_ISSUES : Attr.OPEN_PULLS;
    }

    ItemMutation edit(Instant at, UnaryOperator<Item> change) {
        return ItemMutation.edit(key, item -> ConversationItems.indexed(kind, change.apply(item), at));
    }

    /** @param others what else changes of the item */
    List<ItemMutation> edited(
            @Nullable String title, @Nullable Change<String> body, Instant at, UnaryOperator<Item> others) {
        ItemMutation mutation = edit(at, item -> {
            Item after = others.apply(title == null ? item : item.with(Attr.TITLE, title));
            return body == null ? after : ConversationItems.withBody(after, body.value());
        });
        return body == null ? List.of(mutation) : List.of(mutation, ConversationItems.body(key, body.value()));
    }

    /** @param milestone what it is planned for, which counts what is closed */
    List<ItemMutation> closed(@Nullable Long milestone, Instant at, UnaryOperator<Item> change) {
        return turned(milestone, false, at, item -> change.apply(item.with(Attr.OPEN, false))
                .with(Attr.CLOSED_AT, at));
    }

    List<ItemMutation> reopened(@Nullable Long milestone, Instant at, UnaryOperator<Item> change) {
        return turned(milestone, true, at, item -> change.apply(item.with(Attr.OPEN, true))
                .without(Attr.CLOSED_AT)
                .without(Attr.CLOSED_BY));
    }

    private List<ItemMutation> turned(@Nullable Long milestone, boolean open, Instant at, UnaryOperator<Item> change) {
        return MilestoneProjector.turned(
                repository,
                milestone,
                open,
                edit(at, change),
                ConversationItems.count(repository, counter(), open ? 1 : -1));
    }

    ItemMutation triaged(Instant at, UnaryOperator<Triage> change) {
        return edit(at, item -> TriageItems.changed(item, change));
    }

    /** @param by how many more are planned for the milestone */
    List<ItemMutation> planned(long milestone, boolean open, int by, Instant at, UnaryOperator<Triage> change) {
        return List.of(triaged(at, change), MilestoneProjector.planned(repository, milestone, open, by));
    }
}
