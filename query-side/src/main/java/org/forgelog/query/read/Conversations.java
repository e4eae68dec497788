package org.forgelog.query.read;

import java.util.List;
import org.forgelog.api.representation.IssueJson;
import org.forgelog.api.representation.LabelJson;
import org.forgelog.api.representation.PullRequestJson;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.repository.RepositoryFlag;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.Keys;
import org.forgelog.query.table.Keys.ThreadKind;

/** Answers about one issue or pull request, for those who may see its repository. */
public final class Conversations {

    private final ReadContext read;
    private final ConversationViews views;

    public Conversations(ReadContext read) {
        this.read = read;
        this.views = new ConversationViews(read);
    }

    public IssueJson issue(Address address, long number) {
        return views.issue(conversation(address, ThreadKind.ISSUE, number));
    }

    public PullRequestJson pull(Address address, long number) {
        return views.pull(conversation(address, ThreadKind.PULL, number));
    }

    /** Whether a pull request that is there was merged. */
    public boolean isMerged(Address address, long number) {
        return conversation(address, ThreadKind.PULL, number).has(Attr.MERGED_AT);
    }

    /** The labels of an issue or pull request. */
    public List<LabelJson> labels(Address address, ThreadKind kind, long number) {
        return views.labels(conversation(address, kind, number));
    }

    private Item conversation(Address address, ThreadKind kind, long number) {
        long repository = read.names().repository(address);
        requireEnabled(read, kind, repository);
        ItemKey key = Keys.thread(kind, repository, number);
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

    /** Refuses what is about issues where the repository has them switched off. */
    static void requireEnabled(ReadContext read, ThreadKind kind, long repository) {
        Item item = read.lookup().item(Keys.repository(repository));
        if (kind == ThreadKind.ISSUE && item != null && !hasIssues(item)) {
            read.lookup().reject(Rejection.of(Rejection.Code.ISSUES_DISABLED, "Issues are disabled for this repo"));
        }
    }

    static boolean hasIssues(Item repository) {
        return RepositoryViews.settings(repository).flag(RepositoryFlag.HAS_ISSUES);
    }

    /** Finds an issue or pull request for a list of what belongs to it; refuses where there is none. */
    static ItemKey require(ReadContext read, ThreadKind kind, long repository, long number) {
        requireEnabled(read, kind, repository);
        ItemKey key = Keys.thread(kind, repository, number);
        if (read.lookup().item(key) == null) {
            read.lookup().reject(Rejection.notFound());
        }
        return key;
    }
}
