package org.forgelog.query.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.forgelog.api.http.HttpFailure;
import org.forgelog.api.openapi.Choices.MembershipState;
import org.forgelog.api.representation.MembershipJson;
import org.forgelog.api.representation.OrganizationSimpleJson;
import org.forgelog.api.representation.SimpleUser;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.account.OrganizationRole;
import org.forgelog.domain.invitation.Offer;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.ItemType;
import org.forgelog.query.table.Keys;
import org.forgelog.query.table.Span;
import org.forgelog.query.table.Spans;
import org.jspecify.annotations.Nullable;

/**
 * What a user is in an organization. That somebody is a member is public, unless they conceal it; what the organization lets
 * them do, and as what, is its members' business.
 */
public final class Memberships {

    private final ReadContext read;

    public Memberships(ReadContext read) {
        this.read = read;
    }

    private @Nullable OrganizationRole ownRole(Item organization) {
        return read.visibility().role(organization, read.callerId());
    }

    /** Whether the caller is told who conceals to be a member of an organization. */
    boolean mayBeTold(long id) {
        if (read.caller().siteAdmin()) {
            return true;
        }
        return read.lookup().mayBe(() -> {
            Item organization = read.lookup().item(Keys.account(id));
            return organization != null && ownRole(organization) != null;
        });
    }

    /** What one is in an organization, to one who asks. */
    public enum MemberCheck {
        MEMBER,
        NO_MEMBER,
        /** The one who asks is no member, and must look at the public members. */
        ASKED_FROM_OUTSIDE
    }

    /** Two accounts that the caller names, the first of them an organization. */
    private record Pair(
            Item organization, long user, @Nullable OrganizationRole role, @Nullable OrganizationRole own) {}

    private Pair pair(String login, String user) {
        Long organization = read.names().idOf(Address.login(login), Attr.ACCOUNT_ID);
        Long account = read.names().idOf(Address.login(user), Attr.ACCOUNT_ID);
        if (organization == null || account == null) {
            throw Rejection.notFound();
        }
        Item item = read.lookup().item(Keys.account(organization));
        List<ItemKey> members = new ArrayList<>(List.of(Keys.member(organization, account)));
        if (read.callerId() != null) {
            members.add(Keys.member(organization, read.callerId()));
        }
        read.lookup().prefetch(members);
        if (item == null || !Organizations.isOrganization(item)) {
            throw Rejection.notFound();
        }
        return new Pair(item, account, read.visibility().role(item, account), ownRole(item));
    }

    /** Whether a user is a member. */
    public MemberCheck check(String login, String user) {
        Pair pair = pair(login, user);
        if (pair.own == null) {
            return MemberCheck.ASKED_FROM_OUTSIDE;
        }
        return pair.role == null ? MemberCheck.NO_MEMBER : MemberCheck.MEMBER;
    }

    /** Whether everybody may know that a user is a member. */
    public boolean isPublicMember(String login, String user) {
        Pair pair = pair(login, user);
        Item member = read.lookup().item(Keys.member(pair.organization.number(Attr.ID), pair.user));
        return pair.role != null && member != null && !member.flag(Attr.CONCEALED);
    }

    /** A membership, to other members and to whose it is. */
    public MembershipJson membership(String login, String user) {
        if (read.caller().isAnonymous()) {
            throw HttpFailure.authenticationRequired();
        }
        Pair pair = pair(login, user);
        boolean self = Objects.equals(read.callerId(), pair.user);
        SimpleUser shown = read.people().user(pair.user);
        if (!self && !read.caller().siteAdmin() && pair.own == null) {
            throw Rejection.forbidden("You must be a member of the organization.");
        }
        boolean mayKnow = self || read.caller().siteAdmin() || pair.own == OrganizationRole.ADMIN;
        return membership(pair.organization, shown, pair.user, pair.role, mayKnow);
    }

    /** The caller's own membership. */
    public MembershipJson ownMembership(String login) {
        long self = Accounts.self(read.caller());
        long id = read.names().account(login);
        SimpleUser shown = read.people().user(self);
        read.lookup().prefetch(List.of(Keys.member(id, self)));
        Item organization = read.lookup().item(Keys.account(id));
        if (organization == null || !Organizations.isOrganization(organization)) {
            throw Rejection.notFound();
        }
        return membership(organization, shown, self, ownRole(organization), true);
    }

    /** @param mayKnow whether the caller may be told that somebody is invited */
    private MembershipJson membership(
            Item organization, SimpleUser shown, long user, @Nullable OrganizationRole role, boolean mayKnow) {
        if (role != null) {
            return MembershipJson.of(Organizations.simple(read, organization), shown, role);
        }
        OrganizationRole offered =
                mayKnow ? new Invitations(read).roleOffered(organization.number(Attr.ID), user) : null;
        if (offered == null) {
            throw Rejection.notFound();
        }
        return MembershipJson.of(Organizations.simple(read, organization), shown, offered)
                .pending();
    }

    /** The organizations that a user is a member of, by id. */
    public Listed<OrganizationSimpleJson> ofUser(AccountAddress address, PageRequest request) {
        long user = address.in(read);
        Page page = memberships(
                List.of(Spans.organizationsOf(user)),
                user,
                request,
                member -> !member.flag(Attr.CONCEALED)
                        || Objects.equals(read.callerId(), user)
                        || mayBeTold(member.number(Attr.ORGANIZATION_ID)));
        return read.listed(page, item -> Organizations.simple(read, organizationOf(item)));
    }

    /**
     * The caller's memberships, and those that the caller is invited to, by the organization's id.
     *
     * @param state {@code null} for both
     */
    public Listed<MembershipJson> ownMemberships(@Nullable MembershipState state, PageRequest request) {
        long self = Accounts.self(read.caller());
        SimpleUser user = read.people().user(self);
        List<Span> spans = new ArrayList<>();
        if (state != MembershipState.PENDING) {
            spans.add(Spans.organizationsOf(self));
        }
        if (state != MembershipState.ACTIVE) {
            spans.add(Spans.invitationsOf(self, Offer.Kind.MEMBERSHIP));
        }
        Page page = memberships(spans, self, request, member -> true);
        return read.listed(
                page, item -> membership(organizationOf(item), user, self, ownRole(organizationOf(item)), true));
    }

    /**
     * An index may trail: what holds are the items themselves.
     *
     * @param shown whether the caller may know of a membership
     */
    private Page memberships(List<Span> spans, long user, PageRequest request, Predicate<Item> shown) {
        return read.pager(request, false).of(spans).page(item -> read.lookup().mayBe(() -> {
            long id = item.number(Attr.ORGANIZATION_ID);
            Item member = read.lookup().item(Keys.member(id, user));
            Item organization = read.lookup().item(Keys.account(id));
            if (item.is(ItemType.INVITATION)) {
                return organization != null && Organizations.isOrganization(organization);
            }
            return member != null
                    && organization != null
                    && shown.test(member)
                    && read.visibility().role(organization, user) != null;
        }));
    }

    private Item organizationOf(Item membership) {
        return Objects.requireNonNull(
                read.lookup().item(Keys.account(membership.number(Attr.ORGANIZATION_ID))),
                "an organization that is not there");
    }
}
