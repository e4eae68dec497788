package org.forgelog.query.read;

import java.util.Objects;
import org.forgelog.api.http.HttpFailure;
import org.forgelog.api.representation.OrganizationInvitationJson;
import org.forgelog.api.representation.RepositoryInvitationJson;
import org.forgelog.api.representation.RepositoryJson;
import org.forgelog.api.representation.RepositoryTransferJson;
import org.forgelog.domain.Permission;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.account.OrganizationRole;
import org.forgelog.domain.invitation.Offer.Kind;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.Keys;
import org.forgelog.query.table.Spans;
import org.jspecify.annotations.Nullable;

/**
 * Answers about invitations, to those who are invited, and to those who invite. Who is invited is shown the repository that
 * it is about, as far as a list shows repositories.
 */
public final class Invitations {

    private final ReadContext read;

    public Invitations(ReadContext read) {
        this.read = read;
    }

    /** What the caller is invited to be a collaborator of. */
    public Listed<RepositoryInvitationJson> ownToRepositories(PageRequest request) {
        Page page = own(Kind.COLLABORATION, request);
        RepositoryViews views = new RepositoryViews(read);
        return read.listed(page, item -> toRepository(item, views.listed(item.number(Attr.REPOSITORY_ID))));
    }

    /** What the caller may have. */
    public Listed<RepositoryTransferJson> ownTransfers(PageRequest request) {
        Page page = own(Kind.OWNERSHIP, request);
        return read.listed(
                page,
                item -> RepositoryTransferJson.of(
                        read.links(),
                        item.number(Attr.ID),
                        new RepositoryViews(read).listed(item.number(Attr.REPOSITORY_ID)),
                        item.string(Attr.NAME),
                        read.people().user(item.number(Attr.SENT_BY)),
                        item.instant(Attr.CREATED_AT)));
    }

    private Page own(Kind kind, PageRequest request) {
        return read.pager(request, false)
                .of(Spans.invitationsOf(Accounts.self(read.caller()), kind))
                .page(this::isOfSomething);
    }

    /** Whether what it is to is still there; it is looked at before anybody may see it for other reasons. */
    private boolean isOfSomething(Item item) {
        long repository = item.number(Attr.REPOSITORY_ID);
        new RepositoryViews(read).expect(repository);
        return read.lookup().mayBe(() -> read.lookup().item(Keys.repository(repository)) != null);
    }

    /** Who is invited to a repository, for its admins; by account. */
    public Listed<RepositoryInvitationJson> ofRepository(Address address, PageRequest request) {
        long id = read.names().repository(address);
        Item repository = read.lookup().item(Keys.repository(id));
        if (repository != null && !read.visibility().permission(repository).covers(Permission.ADMIN)) {
            read.lookup()
                    .reject(
                            read.caller().isAnonymous()
                                    ? HttpFailure.authenticationRequired()
                                    : Rejection.forbidden("Must have admin rights to Repository."));
        }
        Page page = open(Kind.COLLABORATION, id, request);
        return read.listed(page, item -> toRepository(item, new RepositoryViews(read).counted(id)));
    }

    private RepositoryInvitationJson toRepository(Item item, RepositoryJson repository) {
        return RepositoryInvitationJson.of(
                read.links(),
                item.number(Attr.ID),
                repository,
                read.people().user(item.number(Attr.ACCOUNT_ID)),
                read.people().user(item.number(Attr.SENT_BY)),
                Permission.valueOf(item.string(Attr.PERMISSION)),
                item.instant(Attr.CREATED_AT));
    }

    /** Who is invited to an organization, for its admins; by account. */
    public Listed<OrganizationInvitationJson> ofOrganization(String login, PageRequest request) {
        long id = read.names().account(login);
        Item organization = read.lookup().item(Keys.account(id));
        Long self = read.callerId();
        OrganizationRole role =
                organization == null || self == null ? null : read.visibility().role(organization, self);
        if (role != OrganizationRole.ADMIN && !read.caller().siteAdmin()) {
            read.lookup().reject(Rejection.forbidden("You must be an admin of the organization."));
        }
        Page page = open(Kind.MEMBERSHIP, id, request);
        return read.listed(
                page,
                item -> OrganizationInvitationJson.of(
                        read.links(),
                        id,
                        item.number(Attr.ID),
                        read.people().user(item.number(Attr.ACCOUNT_ID)),
                        read.people().user(item.number(Attr.SENT_BY)),
                        OrganizationRole.valueOf(item.string(Attr.ROLE)),
                        item.instant(Attr.CREATED_AT)));
    }

    /** An index may trail: what holds are the items themselves, and that those who are invited are still there. */
    private Page open(Kind kind, long target, PageRequest request) {
        return read.pager(request, false).of(Spans.invitationsTo(kind, target)).page(item -> read.lookup()
                .mayBe(() -> {
                    long invitee = item.number(Attr.ACCOUNT_ID);
                    Item account = read.lookup().item(Keys.account(invitee));
                    return read.lookup().item(Keys.invitation(invitee, kind, target)) != null
                            && account != null
                            && !account.flag(Attr.DELETED);
                }));
    }

    /** What a user is invited to be in an organization; {@code null} when they are not invited. */
    @Nullable
    OrganizationRole roleOffered(long organization, long user) {
        Item item = read.lookup().item(Keys.invitation(user, Kind.MEMBERSHIP, organization));
        return item == null ? null : OrganizationRole.valueOf(Objects.requireNonNull(item.text(Attr.ROLE, "MEMBER")));
    }
}
