package org.forgelog.query.read;

import java.util.List;
import java.util.Objects;
import org.forgelog.domain.Permission;
import org.forgelog.domain.Rejection;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.Keys;
import org.jspecify.annotations.Nullable;

/** Finds the repositories and accounts that clients name. */
final class Names {

    private final Lookup lookup;
    private final Visibility visibility;
    private final People people;

    Names(Lookup lookup, Visibility visibility, People people) {
        this.lookup = lookup;
        this.visibility = visibility;
        this.people = people;
    }

    /**
     * The id of a repository that the caller may see.
     *
     * @throws Rejection not found, when there is no such repository or the caller must not know of it
     * @throws MovedException when the name is a former one
     */
    long repository(Address address) {
        ItemKey name = address.name();
        Item named = name == null ? null : lookup.item(name);
        if (name != null && named == null) {
            ItemKey owner = Objects.requireNonNull(address.owner());
            if (lookup.isUnknown(owner)) {
                lookup.prefetch(List.of(owner));
            }
            throw Rejection.notFound();
        }
        long id = named == null ? Objects.requireNonNull(address.id()) : named.number(Attr.REPOSITORY_ID);
        ItemKey key = Keys.repository(id);
        Item repository = lookup.item(key);
        if (repository != null) {
            if (!visibility.permission(repository).covers(Permission.READ)) {
                lookup.reject(Rejection.notFound());
            }
        } else if (lookup.isUnknown(key)) {
            prefetchOwner(address, id);
        } else {
            throw Rejection.notFound();
        }
        if (named != null && named.flag(Attr.REDIRECT)) {
            lookup.reject(new MovedException(id));
        }
        return id;
    }

    /** As {@link #repository}, where a former name will do. */
    long repositoryByAnyName(Address address) {
        try {
            return repository(address);
        } catch (MovedException e) {
            return e.repository();
        }
    }

    /** Whose login stands in the address owns the repository, most likely. */
    private void prefetchOwner(Address address, long repository) {
        Item login = address.owner() == null ? null : lookup.peek(address.owner());
        if (login != null) {
            long owner = login.number(Attr.ACCOUNT_ID);
            people.user(owner);
            visibility.prefetch(repository, owner);
        }
    }

    /**
     * The id of the account with a login.
     *
     * @throws Rejection not found, when nobody has it
     */
    long account(String login) {
        Long id = idOf(Address.login(login), Attr.ACCOUNT_ID);
        if (id == null) {
            throw Rejection.notFound();
        }
        return id;
    }

    /** The id that the item of a name says, in the given attribute; {@code null} when nothing has the name. */
    @Nullable
    Long idOf(ItemKey name, String attribute) {
        Item item = lookup.item(name);
        return item == null ? null : Long.valueOf(item.number(attribute));
    }
}
