package org.forgelog.query.read;

import org.forgelog.api.representation.AccountView;
import org.forgelog.api.representation.UserJson;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.account.AccountKind;
import org.forgelog.domain.account.Profile;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.Keys;
import org.forgelog.query.table.Span;
import org.forgelog.query.table.Spans;
import org.forgelog.query.table.Table.Range;
import org.jspecify.annotations.Nullable;

/** Accounts in full as clients see them: the account's item and its counts, which lie beside it. */
final class AccountViews {

    /** More than the items that there are before an organization's members. */
    private static final int ITEMS = 10;

    private final ReadContext read;

    AccountViews(ReadContext read) {
        this.read = read;
    }

    /** @throws Rejection not found, when there is no such account any more */
    UserJson account(long id) {
        Item item = item(id);
        if (item == null || item.flag(Attr.DELETED)) {
            throw Rejection.notFound();
        }
        return UserJson.of(read.links(), view(item), read.caller().is(new AccountId(id)));
    }

    /** An account's item, read along with its counts. */
    @Nullable
    Item item(long id) {
        return find(id, Keys.account(id).sk());
    }

    private @Nullable Item find(long id, String sk) {
        Span span = Spans.accountWithCounts(id);
        Range range = new Range(span, span.low(), Keys.accountCounts(id).sk(), false, ITEMS, null, false);
        return read.lookup().page(range).items().stream()
                .filter(item -> item.key().sk().equals(sk) && !item.isTombstone())
                .findFirst()
                .orElse(null);
    }

    /** What an account's item and counts say. */
    AccountView view(Item account) {
        AccountId id = new AccountId(account.number(Attr.ID));
        Item counts = find(id.value(), Keys.accountCounts(id.value()).sk());
        return new AccountView(
                id,
                account.string(Attr.LOGIN),
                AccountKind.valueOf(account.string(Attr.KIND)),
                profile(account),
                account.flag(Attr.SUSPENDED),
                account.flag(Attr.SITE_ADMIN),
                account.instant(Attr.CREATED_AT),
                account.instant(Attr.UPDATED_AT),
                counts == null ? 0 : counts.number(Attr.PUBLIC_REPOSITORIES, 0),
                counts == null ? 0 : counts.number(Attr.PRIVATE_REPOSITORIES, 0));
    }

    private static Profile profile(Item item) {
        return new Profile(
                item.text(Attr.NAME, null),
                item.text(Attr.EMAIL, null),
                item.text(Attr.BLOG, null),
                item.text(Attr.TWITTER, null),
                item.text(Attr.COMPANY, null),
                item.text(Attr.LOCATION, null),
                item.maybe(Attr.HIREABLE),
                item.text(Attr.BIO, null),
                item.text(Attr.PLAN, null));
    }
}
