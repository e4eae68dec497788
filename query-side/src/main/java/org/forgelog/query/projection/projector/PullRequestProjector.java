package org.forgelog.query.projection.projector;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
        ConversationMutations pull =
                ConversationMutations.of(ConversationKind.PULL_REQUEST, event.repositoryId(), event.number());
        return switch (event) {
            case PullRequestOpened e -> opened(pull.key(), e);
            case PullRequestEdited e -> pull.edited(e.title(), e.body(), e.editedAt(), item -> edited(item, e));
            case PullRequestClosed e ->
                pull.closed(
                        e.milestone(),
                        e.closedAt(),
                        item -> item.with(Attr.CLOSED_BY, e.closedBy().value()));
            case PullRequestReopened e -> pull.reopened(e.milestone(), e.reopenedAt(), item -> item);
            case PullRequestMerged e -> {
                List<ItemMutation> mutations =
                        new ArrayList<>(pull.closed(e.milestone(), e.mergedAt(), item -> merged(item, e)));
                mutations.add(contributed(pull.repository(), e.authorId()));
                yield mutations;
            }
            case PullRequestMilestoned e -> pull.planned(e.milestone(), e.open(), 1, e.at(), e::after);
            case PullRequestDemilestoned e -> pull.planned(e.milestone(), e.open(), -1, e.at(), e::after);
            case TriageEvent e -> List.of(pull.triaged(e.at(), e::after));
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

    private static Item edited(Item item, PullRequestEdited e) {
        Item after = e.base() == null ? item : item.with(Attr.BASE, branch(e.base()));
        return e.maintainerCanModify() == null
                ? after
                : after.with(Attr.MAINTAINER_CAN_MODIFY, e.maintainerCanModify());
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
        return item.with(Attr.CLOSED_BY, e.mergedBy().value())
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
}
