package org.forgelog.query.read;

import java.util.List;
import org.forgelog.api.representation.IssueJson;
import org.forgelog.api.representation.LabelJson;
import org.forgelog.api.representation.PullRequestJson;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.conversation.ConversationKind;
import org.forgelog.domain.repository.RepositoryFlag;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.Keys;

/** Answers about one issue or pull request, for those who may see its repository. */
public final class Conversations {

    private final ReadContext read;
    private final ConversationViews views;

    public Conversations(ReadContext read) {
        this.read = read;
        this.views = new ConversationViews(read);
    }

    public IssueJson issue(Address address, long number) {
        return views.issue(conversation(address, ConversationKind.ISSUE, number));
    }

    public PullRequestJson pull(Address address, long number) {
        return views.pull(conversation(address, ConversationKind.PULL_REQUEST, number));
    }

    /** Whether a pull request that is there was merged. */
    public boolean isMerged(Address address, long number) {
        return conversation(address, ConversationKind.PULL_REQUEST, number).has(Attr.MERGED_AT);
    }

    /** The labels of an issue or pull request. */
    public List<LabelJson> labels(Address address, ConversationKind kind, long number) {
        return views.labels(conversation(address, kind, number));
    }

    private Item conversation(Address address, ConversationKind route, long number) {
        long repository = read.names().repository(address);
        ItemKey key = find(read, route, repository, number);
        Item item = read.lookup().item(key);
        read.lookup().expectAsUsualOf(Keys.repository(repository));
        if (read.lookup().isUnknown(key)) {
            read.labels().readWhole(repository);
            read.lookup().prefetch(List.of(Keys.body(key)));
        }
        if (item == null) {
            throw Rejection.notFound();
        }
        return item;
    }

    /**
     * Where the issue or pull request is that a route leads to. Where pull requests are issues, either may have the
     * number: both are asked for, unless this node has met one of them, which never becomes the other.
     *
     * @param route what the route is about
     */
    private static ItemKey find(ReadContext read, ConversationKind route, long repository, long number) {
        ItemKey pull = Keys.conversation(ConversationKind.PULL_REQUEST, repository, number);
        if (route == ConversationKind.PULL_REQUEST) {
            return pull;
        }
        ItemKey issue = Keys.conversation(ConversationKind.ISSUE, repository, number);
        if (pullsMayBeIssues(read, repository)
                && (read.lookup().peek(pull) != null
                        || (read.lookup().peek(issue) == null && read.lookup().item(pull) != null))) {
            return pull;
        }
        requireEnabled(read, route, repository);
        return issue;
    }

    /** Whether pull requests are issues in a repository, or may be, as long as it is not there. */
    private static boolean pullsMayBeIssues(ReadContext read, long repository) {
        Item item = read.lookup().item(Keys.repository(repository));
        return item == null || pullsAreIssues(item);
    }

    /** Whether pull requests are issues in a repository; not as long as it is not there. */
    static boolean pullsAreIssues(ReadContext read, long repository) {
        Item item = read.lookup().item(Keys.repository(repository));
        return item != null && pullsAreIssues(item);
    }

    static boolean pullsAreIssues(Item repository) {
        return repository.has(Attr.NUMBERING);
    }

    /** Refuses what is about issues where the repository has them switched off. */
    static void requireEnabled(ReadContext read, ConversationKind kind, long repository) {
        Item item = read.lookup().item(Keys.repository(repository));
        if (kind == ConversationKind.ISSUE && item != null && !hasIssues(item)) {
            read.lookup().reject(Rejection.of(Rejection.Code.ISSUES_DISABLED, "Issues are disabled for this repo"));
        }
    }

    static boolean hasIssues(Item repository) {
        return RepositoryViews.settings(repository).flag(RepositoryFlag.HAS_ISSUES);
    }

    /** Finds an issue or pull request for a list of what belongs to it; refuses where there is none. */
    static ItemKey require(ReadContext read, ConversationKind route, long repository, long number) {
        ItemKey key = find(read, route, repository, number);
        if (read.lookup().item(key) == null) {
            read.lookup().reject(Rejection.notFound());
        }
        return key;
    }
}
