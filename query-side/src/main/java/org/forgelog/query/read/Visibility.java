package org.forgelog.query.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.forgelog.api.Caller;
import org.forgelog.domain.Permission;
import org.forgelog.domain.account.AccountKind;
import org.forgelog.domain.account.OrganizationRole;
import org.forgelog.domain.repository.Access;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.Keys;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what with a repository, and so who may know of it: the domain's one rule, {@link Access#permission()}, with
 * what the table knows. Decided by the items that rights stand on, never by copies in an index. Where a sequence stopped
 * nothing that it says lets anybody in: a stopped repository is its owner's alone, and a stopped organization has no
 * members.
 */
final class Visibility {

    private Visibility() {}

    /**
     * The items to judge by, beside the repository's own.
     *
     * @param account who is judged; {@code null} for nobody
     * @param ofOwner what the owner is; {@code null} when that is not known
     */
    static List<ItemKey> keys(@Nullable Long account, long repository, long owner, @Nullable AccountKind ofOwner) {
        List<ItemKey> keys = new ArrayList<>();
        if (account != null && account != owner) {
            keys.add(Keys.collaborator(account, repository));
            if (ofOwner != AccountKind.USER) {
                keys.add(Keys.member(owner, account));
                keys.add(Keys.account(owner));
            }
        }
        return keys;
    }

    /**
     * What gives {@code account} rights on a repository.
     *
     * @param items the items of {@link #keys}, each {@code null} when it is not there
     */
    static Access access(@Nullable Long account, Item repository, Function<ItemKey, @Nullable Item> items) {
        long id = repository.number(Attr.ID);
        long owner = repository.number(Attr.OWNER_ID);
        boolean settled = !repository.has(Attr.STOPPED);
        boolean isPrivate = repository.flag(Attr.PRIVATE) || !settled;
        if (account == null || account == owner) {
            return new Access(isPrivate, account != null, null, Permission.NONE, null);
        }
        Item organization = items.apply(Keys.account(owner));
        OrganizationRole role = role(organization, items.apply(Keys.member(owner, account)));
        if (!settled) {
            // An organization owns by its admins.
            OrganizationRole owning = role == OrganizationRole.ADMIN ? role : null;
            return new Access(true, false, owning, Permission.NONE, null);
        }
        Item collaborator = items.apply(Keys.collaborator(account, id));
        return new Access(
                isPrivate,
                false,
                role,
                role == null ? Permission.NONE : ofMembers(Objects.requireNonNull(organization)),
                collaborator == null ? null : Permission.valueOf(collaborator.string(Attr.PERMISSION)));
    }

    /** What somebody may do by rights of their own, not because anybody may. */
    static Permission granted(Access access) {
        return new Access(true, access.owner(), access.role(), access.ofMembers(), access.asCollaborator())
                .permission();
    }

    /** What the holder of {@code member} is in an organization; {@code null} for nothing, also where that is unsettled. */
    static @Nullable OrganizationRole role(@Nullable Item organization, @Nullable Item member) {
        boolean settled = organization != null
                && organization.has(Attr.OF_MEMBERS)
                && !organization.has(Attr.STOPPED)
                && !organization.flag(Attr.DELETED);
        return settled && member != null ? OrganizationRole.valueOf(member.string(Attr.ROLE)) : null;
    }

    /** What an organization lets its members do. */
    static Permission ofMembers(Item organization) {
        return Permission.valueOf(organization.string(Attr.OF_MEMBERS));
    }

    /** Whether a list may hold an entry, as far as a copy in an index tells; what it holds is judged all the same. */
    static boolean mayBeListed(Caller caller, Item copy) {
        return caller.accountId() != null || (!copy.flag(Attr.PRIVATE) && !copy.has(Attr.STOPPED));
    }
}
