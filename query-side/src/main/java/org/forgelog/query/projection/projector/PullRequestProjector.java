package org.forgelog.query.projection.projector;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.conversation.ConversationKind;
import org.forgelog.domain.pullrequest.Branch;
import org.forgelog.domain.pullrequest.PullRequestEvent;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestClosed;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestDemilestoned;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestEdited;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestMerged;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestMilestoned;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestOpened;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestReopened;
import org.forgelog.domain.pullrequest.PullRequestEvent.TriageEvent;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.ItemType;
import org.forgelog.query.table.Keys;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Pull requests, and how many of a repository are open. */
final class PullRequestProjector {

    /** Most contributors of a repository that are told as such, the first ones: an item has an end. */
    private static final int MOST_CONTRIBUTORS = 10_000;

    private PullRequestProjector() {}

    static List<ItemMutation> mutations(PullRequestEvent event) {
        long repository = event.repositoryId().value();
        ItemKey key = Keys.conversation(ConversationKind.PULL_REQUEST, repository, event.number());
        return switch (event) {
            case PullRequestOpened e -> opened(key, e);
            case PullRequestEdited e -> edited(key, e);
            case PullRequestClosed e ->
                MilestoneProjector.turned(
                        repository,
                        e.milestone(),
                        false,
                        edit(key, e.closedAt(), item -> item.with(Attr.OPEN, false)
                                .with(Attr.CLOSED_AT, e.closedAt())
                                .with(Attr.CLOSED_BY, e.closedBy().value())),
                        ConversationItems.count(repository, Attr.OPEN_PULLS, -1));
            case PullRequestReopened e ->
                MilestoneProjector.turned(
                        repository,
                        e.milestone(),
                        true,
                        edit(key, e.reopenedAt(), item -> item.with(Attr.OPEN, true)
                                .without(Attr.CLOSED_AT)
                                .without(Attr.CLOSED_BY)),
                        ConversationItems.count(repository, Attr.OPEN_PULLS, 1));
            case PullRequestMerged e ->
                MilestoneProjector.turned(
                        repository,
                        e.milestone(),
                        false,
                        edit(key, e.mergedAt(), item -> merged(item, e)),
                        ConversationItems.count(repository, Attr.OPEN_PULLS, -1),
                        contributed(repository, e.authorId()));
            case PullRequestMilestoned e ->
                List.of(triaged(key, e), MilestoneProjector.planned(repository, e.milestone(), e.open(), 1));
            case PullRequestDemilestoned e ->
                List.of(triaged(key, e), MilestoneProjector.planned(repository, e.milestone(), e.open(), -1));
            case TriageEvent e -> List.of(triaged(key, e));
        };
    }

    private static List<ItemMutation> opened(ItemKey key, PullRequestOpened e) {
        Item item = Item.of(key, ItemType.PULL_REQUEST)
                .with(Attr.ID, e.pullRequestId())
                .with(Attr.REPOSITORY_ID, e.repositoryId().value())
                .with(Attr.NUMBER, e.number())
                .with(Attr.AUTHOR_ID, e.authorId().value())
                .with(Attr.TITLE, e.title())
                .with(Attr.OPEN, true)
                .with(Attr.DRAFT, e.draft())
                .with(Attr.MAINTAINER_CAN_MODIFY, e.maintainerCanModify())
                .with(Attr.HEAD, branch(e.head()))
                .with(Attr.BASE, branch(e.base()))
                .with(Attr.CREATED_AT, e.openedAt());
        return ConversationItems.opened(ConversationKind.PULL_REQUEST, item, e.body(), e.openedAt(), Attr.OPEN_PULLS);
    }

    private static List<ItemMutation> edited(ItemKey key, PullRequestEdited e) {
        ItemMutation mutation = edit(key, e.editedAt(), item -> {
            Item after = e.title() == null ? item : item.with(Attr.TITLE, e.title());
            if (e.base() != null) {
                after = after.with(Attr.BASE, branch(e.base()));
            }
            if (e.maintainerCanModify() != null) {
                after = after.with(Attr.MAINTAINER_CAN_MODIFY, e.maintainerCanModify());
            }
            return e.body() == null
                    ? after
                    : ConversationItems.withBody(after, e.body().value());
        });
        return e.body() == null
                ? List.of(mutation)
                : List.of(mutation, ConversationItems.body(key, e.body().value()));
    }

    /** Whoever is one already, and events that do not say who it is, change nothing. */
    private static ItemMutation contributed(long repository, @Nullable AccountId author) {
        ItemKey key = Keys.contributors(repository);
        return ItemMutation.of(key, before -> {
            List<Long> known = before == null ? List.of() : before.numbers(Attr.CONTRIBUTORS);
            if (author == null || known.contains(author.value()) || known.size() == MOST_CONTRIBUTORS) {
                return before;
            }
            Item item = before == null ? Item.of(key, ItemType.CONTRIBUTORS) : before;
            return item.with(Attr.REPOSITORY_ID, repository)
                    .withNumbers(
                            Attr.CONTRIBUTORS,
                            Stream.concat(known.stream(), Stream.of(author.value()))
                                    .toList());
        });
    }

    private static Item merged(Item item, PullRequestMerged e) {
        return item.with(Attr.OPEN, false)
                .with(Attr.CLOSED_AT, e.mergedAt())
                .with(Attr.CLOSED_BY, e.mergedBy().value())
                .with(Attr.MERGE_SHA, e.mergeCommitSha())
                .with(Attr.MERGED_AT, e.mergedAt())
                .with(Attr.MERGED_BY, e.mergedBy().value());
    }

    private static Map<String, AttributeValue> branch(Branch branch) {
        return Map.of(
                "owner", Item.whole(branch.ownerId().value()),
                "repo", Item.whole(branch.repositoryId().value()),
                "ref", Item.text(branch.ref()),
                "sha", Item.text(branch.sha()));
    }

    private static ItemMutation triaged(ItemKey key, TriageEvent event) {
        return edit(key, event.at(), item -> TriageItems.changed(item, event::after));
    }

    private static ItemMutation edit(ItemKey key, Instant at, UnaryOperator<Item> change) {
        return ItemMutation.edit(
                key, item -> ConversationItems.indexed(ConversationKind.PULL_REQUEST, change.apply(item), at));
    }
}
