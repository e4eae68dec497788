package org.forgelog.query.projection.projector;

import java.util.List;
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

/** Issues, and how many of a repository are open. */
final class IssueProjector {

    private IssueProjector() {}

    static List<ItemMutation> mutations(IssueEvent event) {
        ConversationMutations issue =
                ConversationMutations.of(ConversationKind.ISSUE, event.repositoryId(), event.number());
        return switch (event) {
            case IssueOpened e -> opened(issue.key(), e);
            case IssueEdited e -> issue.edited(e.title(), e.body(), e.editedAt(), item -> item);
            case IssueClosed e ->
                issue.closed(e.milestone(), e.closedAt(), item -> item.with(
                                Attr.STATE_REASON, e.reason().word())
                        .with(Attr.CLOSED_BY, e.closedBy().value()));
            case IssueCloseReasonChanged e ->
                List.of(issue.edit(
                        e.changedAt(),
                        item -> item.with(Attr.STATE_REASON, e.reason().word())));
            case IssueReopened e ->
                issue.reopened(e.milestone(), e.reopenedAt(), item -> item.with(Attr.STATE_REASON, Issue.REOPENED));
            case IssueMilestoned e -> issue.planned(e.milestone(), e.open(), 1, e.at(), e::after);
            case IssueDemilestoned e -> issue.planned(e.milestone(), e.open(), -1, e.at(), e::after);
            case TriageEvent e -> List.of(issue.triaged(e.at(), e::after));
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
}
