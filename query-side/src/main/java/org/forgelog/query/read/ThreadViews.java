package org.forgelog.query.read;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.forgelog.api.representation.IssueJson;
import org.forgelog.api.representation.IssueView;
import org.forgelog.api.representation.LabelJson;
import org.forgelog.api.representation.PullRequestJson;
import org.forgelog.api.representation.PullRequestView;
import org.forgelog.api.representation.RepositoryJson;
import org.forgelog.api.representation.RepositoryRef;
import org.forgelog.api.representation.SimpleUser;
import org.forgelog.api.representation.TriageView;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.conversation.LockReason;
import org.forgelog.domain.issue.IssueKey;
import org.forgelog.domain.pullrequest.Branch;
import org.forgelog.domain.pullrequest.PullRequestKey;
import org.forgelog.domain.repository.RepositoryId;
import org.forgelog.query.read.ReadSession.Round;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.ItemType;
import org.forgelog.query.table.Keys;
import org.forgelog.query.table.Keys.ThreadKind;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Issues and pull requests as clients see them, from their items. */
final class ThreadViews {

    private final Reading reading;

    ThreadViews(Reading reading) {
        this.reading = reading;
    }

    /** The long bodies that belong to some items. */
    static List<ItemKey> bodies(Collection<Item> threads) {
        return threads.stream()
                .filter(item -> item.flag(Attr.LONG_BODY))
                .map(item -> Keys.body(key(item)))
                .toList();
    }

    /** The key of the issue or pull request itself, whichever copy of it {@code item} is. */
    private static ItemKey key(Item item) {
        return Keys.thread(
                item.is(ItemType.PULL_REQUEST) ? ThreadKind.PULL : ThreadKind.ISSUE,
                item.number(Attr.REPOSITORY_ID),
                item.number(Attr.NUMBER));
    }

    /** The accounts that some items mention. */
    static Set<Long> people(Collection<Item> threads) {
        Set<Long> accounts = new HashSet<>();
        for (Item item : threads) {
            for (String attribute : List.of(Attr.AUTHOR_ID, Attr.CLOSED_BY, Attr.MERGED_BY)) {
                if (item.has(attribute)) {
                    accounts.add(item.number(attribute));
                }
            }
            accounts.addAll(item.numbers(Attr.ASSIGNEES));
            for (String attribute : List.of(Attr.HEAD, Attr.BASE)) {
                if (item.has(attribute)) {
                    accounts.add(branch(item, attribute).ownerId().value());
                }
            }
        }
        return accounts;
    }

    /** Other repositories that hold the head branches of pull requests. */
    static Set<Long> heads(Collection<Item> threads) {
        Set<Long> repositories = new HashSet<>();
        for (Item item : threads) {
            if (item.has(Attr.HEAD)) {
                long head = branch(item, Attr.HEAD).repositoryId().value();
                if (head != item.number(Attr.REPOSITORY_ID)) {
                    repositories.add(head);
                }
            }
        }
        return repositories;
    }

    /** Asks along with {@code round} for what answers about the repository usually need. */
    void expectIn(Round round, long repository, boolean pulls) {
        reading.labels().expectIn(round, repository);
        reading.associations().expectIn(round, repository);
        if (pulls) {
            reading.expect(round, reading.headsGuess(repository));
        }
    }

    /** Reads what the representations of {@code threads} need, in one round if anything is missing. */
    void prepare(long repository, Collection<Item> threads) {
        Set<Long> accounts = people(threads);
        reading.people().mentioned(repository, accounts);
        accounts.add(reading.owner(repository));
        Round round = reading.session().round().get(bodies(threads));
        reading.people().expect(round, accounts);
        reading.associations().expect(round, threads);
        reading.labels().expect(round, threads);
        Set<Long> heads = heads(threads);
        reading.headed(repository, heads);
        reading.expect(round, heads);
        round.run();
        reading.took();
        reading.settleAll(heads);
        reading.people().ensure(reading.ownersOf(heads));
    }

    /** Reads what the representations of {@code threads} of any repositories need, in one round if anything is missing. */
    void prepare(Collection<Item> threads) {
        Round round = reading.session().round().get(bodies(threads));
        reading.people().expect(round, people(threads));
        reading.associations().expect(round, threads);
        reading.labels().expect(round, threads);
        round.run();
        reading.took();
    }

    IssueJson issue(Item item) {
        return IssueJson.of(
                reading.links(),
                new IssueView(
                        ref(item),
                        new IssueKey(repositoryId(item), item.number(Attr.NUMBER)),
                        item.number(Attr.ID),
                        user(item, Attr.AUTHOR_ID),
                        reading.associations().of(item),
                        item.string(Attr.TITLE),
                        body(item),
                        item.flag(Attr.OPEN),
                        item.text(Attr.STATE_REASON, null),
                        item.instantOrNull(Attr.CLOSED_AT),
                        userOrNull(item, Attr.CLOSED_BY),
                        triage(item),
                        item.instant(Attr.CREATED_AT),
                        item.instant(Attr.UPDATED_AT),
                        Totals.of(item),
                        item.number(Attr.COMMENTS, 0)));
    }

    PullRequestJson pull(Item item) {
        return PullRequestJson.of(reading.links(), view(item));
    }

    PullRequestJson simplePull(Item item) {
        return PullRequestJson.simple(reading.links(), view(item));
    }

    /** An issue or a pull request. */
    Object either(Item item) {
        return item.is(ItemType.ISSUE) ? issue(item) : simplePull(item);
    }

    private PullRequestView view(Item item) {
        Branch head = branch(item, Attr.HEAD);
        Branch base = branch(item, Attr.BASE);
        RepositoryJson repository = new RepositoryViews(reading).uncounted(item.number(Attr.REPOSITORY_ID));
        boolean inside = head.repositoryId().value() == repository.id();
        return new PullRequestView(
                ref(item),
                new PullRequestKey(repositoryId(item), item.number(Attr.NUMBER)),
                item.number(Attr.ID),
                user(item, Attr.AUTHOR_ID),
                reading.associations().of(item),
                item.string(Attr.TITLE),
                body(item),
                head,
                headOwner(item, repository.owner().id()) == repository.owner().id()
                        ? repository.owner()
                        : reading.people().user(head.ownerId().value()),
                inside
                        ? repository
                        : new RepositoryViews(reading)
                                .elsewhere(head.repositoryId().value()),
                base,
                repository.owner(),
                repository,
                item.flag(Attr.DRAFT),
                item.flag(Attr.MAINTAINER_CAN_MODIFY),
                item.flag(Attr.OPEN),
                item.instantOrNull(Attr.CLOSED_AT),
                item.text(Attr.MERGE_SHA, null),
                item.instantOrNull(Attr.MERGED_AT),
                userOrNull(item, Attr.MERGED_BY),
                triage(item),
                item.instant(Attr.CREATED_AT),
                item.instant(Attr.UPDATED_AT),
                Totals.of(item),
                item.number(Attr.COMMENTS, 0),
                item.number(Attr.REVIEW_COMMENTS, 0));
    }

    private TriageView triage(Item item) {
        List<SimpleUser> assignees = item.numbers(Attr.ASSIGNEES).stream()
                .map(reading.people()::present)
                .filter(Objects::nonNull)
                .toList();
        String reason = item.text(Attr.LOCK_REASON, null);
        return new TriageView(
                labels(item), assignees, item.flag(Attr.LOCKED), reason == null ? null : LockReason.of(reason));
    }

    /** The labels that an issue or pull request carries and that still exist. */
    List<LabelJson> labels(Item item) {
        return reading.labels().of(item, ref(item));
    }

    private RepositoryRef ref(Item item) {
        return reading.ref(item.number(Attr.REPOSITORY_ID));
    }

    private @Nullable String body(Item item) {
        if (!item.flag(Attr.LONG_BODY)) {
            return item.text(Attr.BODY, null);
        }
        Item body = reading.session().item(Keys.body(key(item)));
        return body == null ? null : body.text(Attr.BODY, null);
    }

    private SimpleUser user(Item item, String attribute) {
        return reading.people().user(item.number(attribute));
    }

    private @Nullable SimpleUser userOrNull(Item item, String attribute) {
        return item.has(attribute) ? user(item, attribute) : null;
    }

    private static RepositoryId repositoryId(Item item) {
        return new RepositoryId(item.number(Attr.REPOSITORY_ID));
    }

    /**
     * Whose a pull request's head is: a branch of the repository itself is its present owner's, wherever it was
     * transferred from, but one of somebody who has no fork is not.
     *
     * @param owner who owns the repository now
     */
    static long headOwner(Item pull, long owner) {
        Branch head = branch(pull, Attr.HEAD);
        boolean own = head.repositoryId().equals(repositoryId(pull))
                && head.ownerId().equals(branch(pull, Attr.BASE).ownerId());
        return own ? owner : head.ownerId().value();
    }

    static Branch branch(Item item, String attribute) {
        Map<String, AttributeValue> branch = item.map(attribute);
        return new Branch(
                new AccountId(Long.parseLong(value(branch, "owner").n())),
                new RepositoryId(Long.parseLong(value(branch, "repo").n())),
                value(branch, "ref").s(),
                value(branch, "sha").s());
    }

    private static AttributeValue value(Map<String, AttributeValue> map, String name) {
        AttributeValue value = map.get(name);
        if (value == null) {
            throw new IllegalStateException("a branch without " + name);
        }
        return value;
    }
}
