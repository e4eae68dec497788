package org.forgelog.query.read;

import org.forgelog.api.representation.Links;
import org.forgelog.api.representation.SimpleUser;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.account.AccountKind;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.Keys;
import org.jspecify.annotations.Nullable;

/** The accounts that an answer mentions, by their present names. */
final class People {

    private final Lookup lookup;
    private final Links links;

    People(Lookup lookup, Links links) {
        this.lookup = lookup;
        this.links = links;
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
