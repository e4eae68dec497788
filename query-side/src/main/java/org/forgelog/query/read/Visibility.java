package org.forgelog.query.read;

import java.util.Objects;
import org.forgelog.api.Caller;
import org.forgelog.api.representation.AuthorAssociation;
import org.forgelog.domain.Permission;
import org.forgelog.domain.account.AccountKind;
import org.forgelog.domain.account.OrganizationRole;
import org.forgelog.domain.repository.Access;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemType;
import org.forgelog.query.table.Keys;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what with a repository, and so who may know of it: the domain's one rule, {@link Access#permission()}, with
 * what the table knows. Decided by the items that rights stand on, never by copies in an index. Where a sequence stopped
 * nothing that it says lets anybody in: a stopped repository is its owner's alone, and a stopped organization has no
 * members.
 */
final class Visibility {

    private final Lookup lookup;
    private final Lookup now;
    private final Caller caller;

    /**
     * @param lookup what answers are made of
     * @param now what the caller's rights are judged by, which are today's whatever moment an answer tells of
     */
    Visibility(Lookup lookup, Lookup now, Caller caller) {
        this.lookup = lookup;
        this.now = now;
        this.caller = caller;
    }

    private @Nullable Long callerId() {
        return caller.accountId() == null
                ? null
                : Long.valueOf(caller.accountId().value());
    }

    /** What the caller may do with a repository. */
    Permission permission(Item repository) {
        Item present = lookup == now ? repository : now.item(Keys.repository(repository.number(Attr.ID)));
        return present == null ? Permission.NONE : access(callerId(), present).permission();
    }

    /** Whether the caller may know of a repository; never when there is none. */
    boolean canSee(long repository) {
        return lookup.mayBe(() -> {
            Item item = lookup.item(Keys.repository(repository));
            return item != null && permission(item).covers(Permission.READ);
        });
    }

    /** Whether the caller may know of every private repository of an account: their own, or their organization's. */
    boolean seesPrivateOf(long owner) {
        Long caller = callerId();
        if (caller == null || caller == owner || kindOf(now, owner) == AccountKind.USER) {
            return caller != null && caller == owner;
        }
        Item organization = now.item(Keys.account(owner));
        OrganizationRole role = role(organization, now.item(Keys.member(owner, caller)));
        return role == OrganizationRole.ADMIN
                || (role != null
                        && ofMembers(Objects.requireNonNull(organization)).covers(Permission.READ));
    }

    /** How the author of something stands to its repository. */
    AuthorAssociation associationOf(Item written) {
        Item repository = lookup.item(Keys.repository(written.number(Attr.REPOSITORY_ID)));
        if (repository == null) {
            return AuthorAssociation.NONE;
        }
        long author = written.number(Attr.AUTHOR_ID);
        AuthorAssociation byRights = AuthorAssociation.of(access(lookup, author, repository));
        if (byRights != AuthorAssociation.NONE) {
            return byRights;
        }
        Item contributors = lookup.item(Keys.contributors(written.number(Attr.REPOSITORY_ID)));
        return contributors != null && contributors.numbers(Attr.CONTRIBUTORS).contains(author)
                ? AuthorAssociation.CONTRIBUTOR
                : AuthorAssociation.NONE;
    }

    /** What gives {@code account} rights on a repository. */
    Access access(@Nullable Long account, Item repository) {
        return access(now, account, repository);
    }

    private static Access access(Lookup lookup, @Nullable Long account, Item repository) {
        long id = repository.number(Attr.ID);
        long owner = repository.number(Attr.OWNER_ID);
        boolean settled = !repository.has(Attr.QUARANTINED);
        boolean isPrivate = repository.flag(Attr.PRIVATE) || !settled;
        if (account == null || account == owner) {
            return new Access(isPrivate, account != null, null, Permission.NONE, null);
        }
        Item collaborator = lookup.item(Keys.collaborator(account, id));
        // What an account is never changes.
        boolean ofUser = kindOf(lookup, owner) == AccountKind.USER;
        Item organization = ofUser ? null : lookup.item(Keys.account(owner));
        OrganizationRole role = ofUser ? null : role(organization, lookup.item(Keys.member(owner, account)));
        if (!settled) {
            // An organization owns by its admins.
            OrganizationRole owning = role == OrganizationRole.ADMIN ? role : null;
            return new Access(true, false, owning, Permission.NONE, null);
        }
        return new Access(
                isPrivate,
                false,
                role,
                role == null ? Permission.NONE : ofMembers(Objects.requireNonNull(organization)),
                collaborator == null ? null : Permission.valueOf(collaborator.string(Attr.PERMISSION)));
    }

    /** Asks for what the caller is judged by in a repository that was never met, given who most likely owns it. */
    void prefetch(long repository, long owner) {
        Item guess = Item.of(Keys.repository(repository), ItemType.REPOSITORY)
                .with(Attr.ID, repository)
                .with(Attr.OWNER_ID, owner);
        access(callerId(), guess);
    }

    /** What an account is; {@code null} when this node has not met it. */
    @Nullable
    AccountKind kindOf(long account) {
        return kindOf(lookup, account);
    }

    private static @Nullable AccountKind kindOf(Lookup lookup, long account) {
        Item item = lookup.peek(Keys.account(account));
        return item == null || item.flag(Attr.DELETED) ? null : AccountKind.valueOf(item.string(Attr.KIND));
    }

    /** What an account is in an organization; {@code null} for nothing. */
    @Nullable
    OrganizationRole role(Item organization, @Nullable Long account) {
        return account == null
                ? null
                : role(organization, now.item(Keys.member(organization.number(Attr.ID), account)));
    }

    /** What the holder of {@code member} is in an organization; {@code null} for nothing, also where that is unsettled. */
    private static @Nullable OrganizationRole role(@Nullable Item organization, @Nullable Item member) {
        boolean settled = organization != null
                && organization.has(Attr.OF_MEMBERS)
                && !organization.has(Attr.QUARANTINED)
                && !organization.flag(Attr.DELETED);
        return settled && member != null ? OrganizationRole.valueOf(member.string(Attr.ROLE)) : null;
    }

    /** What somebody may do by rights of their own, not because anybody may. */
    static Permission granted(Access access) {
        return new Access(true, access.owner(), access.role(), access.ofMembers(), access.asCollaborator())
                .permission();
    }

    /** What an organization lets its members do. */
    static Permission ofMembers(Item organization) {
        return Permission.valueOf(organization.string(Attr.OF_MEMBERS));
    }

    /** Whether a list may hold an entry, as far as a copy in an index tells; what it holds is judged all the same. */
    boolean mayBeListed(Item copy) {
        return caller.accountId() != null || (!copy.flag(Attr.PRIVATE) && !copy.has(Attr.QUARANTINED));
    }
}
