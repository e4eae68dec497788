package org.forgelog.command.operation;

import java.util.Optional;
import org.forgelog.api.representation.MembershipJson;
import org.forgelog.command.directory.AccountRow;
import org.forgelog.command.directory.Directory.Lock;
import org.forgelog.command.directory.InvitationRow;
import org.forgelog.command.execution.Answer;
import org.forgelog.command.execution.Session;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.Rejection.Fault;
import org.forgelog.domain.account.Account;
import org.forgelog.domain.account.AccountCommand.RemoveMember;
import org.forgelog.domain.account.AccountCommand.SetMember;
import org.forgelog.domain.account.AccountCommand.ShowMembership;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.account.AccountKind;
import org.forgelog.domain.account.OrganizationRole;
import org.forgelog.domain.invitation.InvitationEvent.Outcome;
import org.forgelog.domain.invitation.Offer;
import org.forgelog.domain.invitation.Offer.Kind;
import org.forgelog.domain.repository.RepositoryCommand.RemoveCollaborator;
import org.forgelog.domain.repository.RepositoryId;

/**
 * Members of organizations, and those who are invited to be. Every change locks the
 * organization's row, so that two admins cannot remove each other.
 */
public final class MembershipOperations {

    private static final String RESOURCE = "Membership";

    private MembershipOperations() {}

    /** {@code PUT /orgs/{org}/memberships/{username}}: a new member, or another role. */
    public static Answer set(Session session, Request request) {
        AccountRow organization = Organizations.find(session, request, Lock.CHANGE);
        Organizations.requireAdmin(session, request, organization);
        AccountRow member = user(session, request);
        Fields fields = request.fields(RESOURCE);
        String word = fields.text("role");
        fields.check();
        OrganizationRole role = word == null ? OrganizationRole.MEMBER : OrganizationRole.of(word);
        if (session.asksFirst()
                && !request.isOfSiteAdmin()
                && session.directory()
                        .rights()
                        .role(organization.id(), member.id())
                        .isEmpty()) {
            InvitationOperations.invite(session, request, member.id(), Offer.membership(organization.id(), role));
            Account account = session.account(organization.id()).orElseThrow(Rejection::notFound);
            return Answer.ok(json(session, request, account, member, role).pending());
        }
        Account account = session.send(new SetMember(organization.id(), member.id(), role, session.now()));
        return Answer.ok(json(session, request, account, member, role));
    }

    /**
     * {@code DELETE /orgs/{org}/memberships/{username}} and {@code DELETE /orgs/{org}/members/{username}}: by its admins,
     * and by whoever leaves. With the membership go the rights that they had on single repositories of it.
     */
    public static Answer remove(Session session, Request request) {
        AccountRow organization = Organizations.find(session, request, Lock.CHANGE);
        AccountRow member = user(session, request);
        if (!request.caller().is(member.id())) {
            Organizations.requireAdmin(session, request, organization);
        }
        Optional<InvitationRow> invitation = session.directory()
                .invitations()
                .of(member.id(), Kind.MEMBERSHIP, organization.id().value());
        if (invitation.isPresent()) {
            boolean self = request.caller().is(member.id());
            InvitationOperations.end(session, request, invitation.get(), self ? Outcome.DECLINED : Outcome.CANCELLED);
            return Answer.noContent();
        }
        removeCollaborator(session, request, organization, member);
        session.send(new RemoveMember(organization.id(), member.id(), session.now()));
        removeForks(session, organization, member);
        return Answer.noContent();
    }

    private static void removeCollaborator(
            Session session, Request request, AccountRow organization, AccountRow collaborator) {
        AccountId actor = request.actor() == null ? organization.id() : request.actorId();
        for (RepositoryId repository : session.directory().rights().sharedWith(collaborator.id(), organization.id())) {
            session.send(new RemoveCollaborator(repository, collaborator.id(), actor, session.now()));
        }
    }

    /** Private forks of what somebody does not see any more. */
    private static void removeForks(Session session, AccountRow organization, AccountRow member) {
        for (RepositoryId forked : session.directory().privatelyForked(organization.id(), member.id())) {
            session.directory()
                    .repository(forked)
                    .ifPresent(repository -> ForkOperations.removeForkOf(session, repository, member.id()));
        }
    }

    /** {@code PUT /orgs/{org}/public_members/{username}}: one's own membership. */
    public static Answer publicize(Session session, Request request) {
        return show(session, request, true);
    }

    /** {@code DELETE /orgs/{org}/public_members/{username}}: one's own membership. */
    public static Answer conceal(Session session, Request request) {
        return show(session, request, false);
    }

    private static Answer show(Session session, Request request, boolean everybody) {
        AccountRow organization = Organizations.find(session, request, Lock.CHANGE);
        AccountRow member = user(session, request);
        if (!request.caller().is(member.id())) {
            throw Rejection.forbidden("Only members themselves decide who sees their membership.");
        }
        session.send(new ShowMembership(organization.id(), member.id(), everybody, session.now()));
        return Answer.noContent();
    }

    /**
     * {@code PUT /orgs/{org}/outside_collaborators/{username}}: a member is none any more, and keeps the rights that they
     * have on single repositories.
     */
    public static Answer convert(Session session, Request request) {
        AccountRow organization = Organizations.find(session, request, Lock.CHANGE);
        Organizations.requireAdmin(session, request, organization);
        AccountRow member = user(session, request);
        if (session.directory().rights().role(organization.id(), member.id()).isEmpty()) {
            throw Rejection.forbidden(member.login() + " is not a member of the organization.");
        }
        session.send(new RemoveMember(organization.id(), member.id(), session.now()));
        removeForks(session, organization, member);
        return Answer.noContent();
    }

    /** {@code DELETE /orgs/{org}/outside_collaborators/{username}}: from all of the organization's repositories. */
    public static Answer removeOutsideCollaborator(Session session, Request request) {
        AccountRow organization = Organizations.find(session, request, Lock.CHANGE);
        Organizations.requireAdmin(session, request, organization);
        AccountRow collaborator = user(session, request);
        if (session.directory()
                .rights()
                .role(organization.id(), collaborator.id())
                .isPresent()) {
            throw Rejection.invalid(
                    "OutsideCollaborator",
                    "username",
                    Fault.INVALID,
                    "You cannot specify an organization member to remove as an outside collaborator.");
        }
        removeCollaborator(session, request, organization, collaborator);
        removeForks(session, organization, collaborator);
        return Answer.noContent();
    }

    /** {@code PATCH /user/memberships/orgs/{org}}: accepts an invitation. */
    public static Answer accept(Session session, Request request) {
        AccountRow organization = Organizations.find(session, request, Lock.CHANGE);
        OrganizationRole role = Organizations.role(session, request, organization);
        if (role == null
                && session.directory()
                        .invitations()
                        .of(
                                request.actorId(),
                                Kind.MEMBERSHIP,
                                organization.id().value())
                        .isEmpty()) {
            throw Rejection.notFound();
        }
        Fields fields = request.fields(RESOURCE);
        fields.requiredText("state");
        fields.word("state");
        fields.check();
        if (role == null) {
            role = InvitationOperations.acceptMembership(session, request, organization);
        }
        Account account = session.account(organization.id()).orElseThrow(Rejection::notFound);
        return Answer.ok(json(session, request, account, request.requireActor(), role));
    }

    /** The user that the path names, locked, so that they are not deleted meanwhile. */
    private static AccountRow user(Session session, Request request) {
        return session.directory()
                .account(request.login("username"), Lock.KEEP)
                .filter(row -> row.kind() == AccountKind.USER)
                .orElseThrow(Rejection::notFound);
    }

    private static MembershipJson json(
            Session session, Request request, Account organization, AccountRow member, OrganizationRole role) {
        return MembershipJson.of(
                new Representations(session, request).organization(organization),
                member.mention(request.links()),
                role);
    }
}
