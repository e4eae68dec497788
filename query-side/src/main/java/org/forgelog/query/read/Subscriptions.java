package org.forgelog.query.read;

import org.forgelog.api.representation.RepositoryJson;
import org.forgelog.api.representation.SimpleUser;
import org.forgelog.api.representation.SubscriptionJson;
import org.forgelog.domain.Rejection;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.Keys;
import org.forgelog.query.table.Spans;

/** Answers about who watches what. */
public final class Subscriptions {

    private final ReadContext read;

    public Subscriptions(ReadContext read) {
        this.read = read;
    }

    /** Whether an account watches or ignores a repository that the caller may see; not found when it does neither. */
    public SubscriptionJson of(long account, Address address) {
        long repository = read.names().repository(address);
        Item item = read.lookup().item(Keys.subscription(account, repository));
        if (item == null) {
            throw Rejection.notFound();
        }
        return SubscriptionJson.of(
                read.links(),
                new RepositoryViews(read).ref(repository),
                item.flag(Attr.IGNORED),
                item.instant(Attr.CREATED_AT));
    }

    /** Users who watch the repository, those who began last first. */
    public Listed<SimpleUser> watchers(Address address, PageRequest request) {
        long repository = read.names().repository(address);
        Page page = read.pager(request, true).of(Spans.watchers(repository)).page();
        Item counters = read.lookup().item(Keys.counters(repository));
        return read.listed(page, item -> read.people().user(item.number(Attr.ACCOUNT_ID)))
                .of(counters == null ? null : counters.number(Attr.SUBSCRIBERS, 0));
    }

    /** Repositories that an account watches, as far as the caller may see them, those it began with last first. */
    public Listed<RepositoryJson> watchedBy(AccountAddress address, PageRequest request) {
        long id = address.in(read);
        read.keepCostFromOthersThan(id);
        return new RepositoryLists(read)
                .list(read.pager(request, true).of(Spans.watchedBy(id)), entry -> true, repository -> true);
    }
}
