package org.forgelog.query.read;

import org.forgelog.api.representation.Links;
import org.forgelog.api.representation.SimpleUser;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.account.AccountKind;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.Keys;
import org.forgelog.query.table.Spans;
import org.forgelog.query.table.Table.Queried;
import org.forgelog.query.table.Table.Range;
import org.jspecify.annotations.Nullable;

/** The accounts that an answer mentions, by their present names. */
final class People {

    /** More site administrators than this are not listed with every page. */
    private static final int MOST_ADMINS = 100;

    private final Lookup lookup;
    private final Links links;
    private final boolean adminsAreListed;

    /** @param adminsAreListed whether the table lists the site administrators: not where an older program built it */
    People(Lookup lookup, Links links, boolean adminsAreListed) {
        this.lookup = lookup;
        this.links = links;
        this.adminsAreListed = adminsAreListed;
    }

    /** The account as it is mentioned; a ghost when it was deleted. */
    SimpleUser user(long account) {
        SimpleUser present = present(account);
        return present == null ? SimpleUser.ghost(links, new AccountId(account)) : present;
    }

    /** As {@link #user} says it of an attribute that may be missing. */
    @Nullable
    SimpleUser userOrNull(Item item, String attribute) {
        return item.has(attribute) ? user(item.number(attribute)) : null;
    }

    /** The account as it is mentioned; {@code null} when it was deleted. */
    @Nullable
    SimpleUser present(long account) {
        Item item = lookup.item(Keys.account(account));
        return item == null || item.flag(Attr.DELETED) ? null : of(item);
    }

    /** The owner of a repository by its address, which follows the owner's login by an event of the repository's own. */
    SimpleUser owner(Item repository) {
        Item account = lookup.item(Keys.account(repository.number(Attr.OWNER_ID)));
        return owner(repository, account, account != null && account.flag(Attr.SITE_ADMIN));
    }

    /**
     * The same where many owners are told of. What kind of account one is never changes, so whoever has met it need not ask
     * unless the account is read anyway; and one query tells of all who are site administrators.
     */
    SimpleUser ownerAmongMany(Item repository) {
        long id = repository.number(Attr.OWNER_ID);
        ItemKey account = Keys.account(id);
        Item met = adminsAreListed && !lookup.isAskedFor(account) ? lookup.peek(account) : null;
        Queried admins = met == null ? null : lookup.page(Range.all(Spans.siteAdmins(), MOST_ADMINS, false));
        if (admins == null || admins.more() != null) {
            return owner(repository);
        }
        boolean isAdmin =
                admins.items().stream().anyMatch(item -> !item.isTombstone() && item.number(Attr.ACCOUNT_ID) == id);
        return owner(repository, met, isAdmin);
    }

    private SimpleUser owner(Item repository, @Nullable Item account, boolean isAdmin) {
        return SimpleUser.of(
                links,
                new AccountId(repository.number(Attr.OWNER_ID)),
                repository.string(Attr.OWNER_LOGIN),
                account == null ? AccountKind.USER : AccountKind.valueOf(account.string(Attr.KIND)),
                isAdmin);
    }

    /** The account that an item, or a copy of it, tells of. */
    SimpleUser of(Item account) {
        return SimpleUser.of(
                links,
                new AccountId(account.number(Attr.ID)),
                account.string(Attr.LOGIN),
                AccountKind.valueOf(account.string(Attr.KIND)),
                account.flag(Attr.SITE_ADMIN));
    }
}
