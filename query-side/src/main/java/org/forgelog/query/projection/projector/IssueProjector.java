package org.forgelog.query.projection.projector;

import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.forgelog.domain.conversation.ConversationKind;
import org.forgelog.domain.issue.Issue;
import org.forgelog.domain.issue.IssueEvent;
import org.forgelog.domain.issue.IssueEvent.IssueCloseReasonChanged;
import org.forgelog.domain.issue.IssueEvent.IssueClosed;
import org.forgelog.domain.issue.IssueEvent.IssueDemilestoned;
import org.forgelog.domain.issue.IssueEvent.IssueEdited;
import org.forgelog.domain.issue.IssueEvent.IssueMilestoned;
import org.forgelog.domain.issue.IssueEvent.IssueOpened;
import org.forgelog.domain.issue.IssueEvent.IssueReopened;
import org.forgelog.domain.issue.IssueEvent.TriageEvent;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.ItemType;
import org.forgelog.query.table.Keys;

/** Issues, and how many of a repository are open. */
final class IssueProjector {

    private IssueProjector() {}

    static List<ItemMutation> mutations(IssueEvent event) {
        long repository = event.repositoryId().value();
        ItemKey key = Keys.conversation(ConversationKind.ISSUE, repository, event.number());
        return switch (event) {
            case IssueOpened e -> opened(key, e);
            case IssueEdited e -> edited(key, e);
            case IssueClosed e ->
                MilestoneProjector.turned(
                        repository,
                        e.milestone(),
                        false,
                        edit(key, e.closedAt(), item -> item.with(Attr.OPEN, false)
                                .with(Attr.STATE_REASON, e.reason().word())
                                .with(Attr.CLOSED_AT, e.closedAt())
                                .with(Attr.CLOSED_BY, e.closedBy().value())),
                        ConversationItems.count(repository, Attr.OPEN_ISSUES, -1));
            case IssueCloseReasonChanged e ->
                List.of(edit(
                        key,
                        e.changedAt(),
                        item -> item.with(Attr.STATE_REASON, e.reason().word())));
            case IssueReopened e ->
                MilestoneProjector.turned(
                        repository,
                        e.milestone(),
                        true,
                        edit(key, e.reopenedAt(), item -> item.with(Attr.OPEN, true)
                                .with(Attr.STATE_REASON, Issue.REOPENED)
                                .without(Attr.CLOSED_AT)
                                .without(Attr.CLOSED_BY)),
                        ConversationItems.count(repository, Attr.OPEN_ISSUES, 1));
            case IssueMilestoned e ->
                List.of(triaged(key, e), MilestoneProjector.planned(repository, e.milestone(), e.open(), 1));
            case IssueDemilestoned e ->
                List.of(triaged(key, e), MilestoneProjector.planned(repository, e.milestone(), e.open(), -1));
            case TriageEvent e -> List.of(triaged(key, e));
        };
    }

    private static List<ItemMutation> opened(ItemKey key, IssueOpened e) {
        Item item = Item.of(key, ItemType.ISSUE)
                .with(Attr.ID, e.issueId())
                .with(Attr.REPOSITORY_ID, e.repositoryId().value())
                .with(Attr.NUMBER, e.number())
                .with(Attr.AUTHOR_ID, e.authorId().value())
                .with(Attr.TITLE, e.title())
                .with(Attr.OPEN, true)
                .with(Attr.CREATED_AT, e.openedAt());
        return ConversationItems.opened(ConversationKind.ISSUE, item, e.body(), e.openedAt(), Attr.OPEN_ISSUES);
    }

    private static List<ItemMutation> edited(ItemKey key, IssueEdited e) {
        ItemMutation mutation = edit(key, e.editedAt(), item -> {
            Item after = e.title() == null ? item : item.with(Attr.TITLE, e.title());
            return e.body() == null
                    ? after
                    : ConversationItems.withBody(after, e.body().value());
        });
        return e.body() == null
                ? List.of(mutation)
                : List.of(mutation, ConversationItems.body(key, e.body().value()));
    }

    private static ItemMutation triaged(ItemKey key, TriageEvent event) {
        return edit(key, event.at(), item -> TriageItems.changed(item, event::after));
    }

    private static ItemMutation edit(ItemKey key, Instant at, UnaryOperator<Item> change) {
        return ItemMutation.edit(
                key, item -> ConversationItems.indexed(ConversationKind.ISSUE, change.apply(item), at));
    }
}
