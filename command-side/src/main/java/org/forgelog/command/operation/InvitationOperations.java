package org.forgelog.command.operation;

import org.forgelog.api.representation.OrganizationInvitationJson;
import org.forgelog.command.directory.AccountRow;
import org.forgelog.command.directory.Directory.Lock;
import org.forgelog.command.directory.InvitationRow;
import org.forgelog.command.directory.RepositoryRow;
import org.forgelog.command.execution.Answer;
import org.forgelog.command.execution.Session;
import org.forgelog.domain.Permission;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.Rejection.Fault;
import org.forgelog.domain.account.AccountCommand.SetMember;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.account.AccountKind;
import org.forgelog.domain.account.OrganizationRole;
import org.forgelog.domain.invitation.Invitation;
import org.forgelog.domain.invitation.InvitationCommand.ChangeInvitation;
import org.forgelog.domain.invitation.InvitationCommand.EndInvitation;
import org.forgelog.domain.invitation.InvitationCommand.SendInvitation;
import org.forgelog.domain.invitation.InvitationEvent.Outcome;
import org.forgelog.domain.invitation.InvitationId;
import org.forgelog.domain.invitation.Offer;
import org.forgelog.domain.invitation.Offer.Kind;
import org.forgelog.domain.repository.RepositoryCommand.SetCollaborator;

/**
 * Invitations: nobody becomes a collaborator, a member, or the owner of a repository without having said so. Who is not
 * invited is told of no invitation.
 */
public final class InvitationOperations {

    private static final String RESOURCE = "Invitation";

    private InvitationOperations() {}

    /** Invites somebody, or changes what they are invited to; by who acts. */
    static Invitation invite(Session session, Request request, AccountId invitee, Offer offer) {
        InvitationRow known = session.directory()
                .invitations()
                .of(invitee, offer.kind(), offer.target())
                .orElse(null);
        return known == null
                ? session.send(new SendInvitation(
                        new InvitationId(session.directory().nextPublicId()),
                        invitee,
                        offer,
                        request.actorId(),
                        session.now()))
                : session.send(new ChangeInvitation(known.id(), invitee, offer, request.actorId(), session.now()));
    }

    static void end(Session session, Request request, InvitationRow invitation, Outcome outcome) {
        session.send(new EndInvitation(
                invitation.id(),
                invitation.inviteeId(),
                outcome,
                request.actor() == null ? null : request.actorId(),
                session.now()));
    }

    /** The invitation of the caller that the path names. */
    static InvitationRow own(Session session, Request request, Kind kind) {
        return session.directory()
                .invitations()
                .find(new InvitationId(request.number("invitation_id")))
                .filter(row -> row.offer().kind() == kind && request.caller().is(row.inviteeId()))
                .orElseThrow(Rejection::notFound);
    }

    private static InvitationRow to(Session session, Request request, Kind kind, long target) {
        return session.directory()
                .invitations()
                .find(new InvitationId(request.number("invitation_id")))
                .filter(row -> row.offer().kind() == kind && row.offer().target() == target)
                .orElseThrow(Rejection::notFound);
    }

    /** {@code PATCH /user/repository_invitations/{invitation_id}}. */
    public static Answer acceptCollaboration(Session session, Request request) {
        InvitationRow invitation = own(session, request, Kind.COLLABORATION);
        Offer offer = invitation.offer();
        Invitation sent = session.invitation(invitation.id()).orElseThrow(Rejection::notFound);
        if (offer.repositoryId() == null || offer.permission() == null) {
            throw Rejection.notFound();
        }
        session.send(new SetCollaborator(
                offer.repositoryId(), invitation.inviteeId(), offer.permission(), sent.sentBy(), session.now()));
        end(session, request, invitation, Outcome.ACCEPTED);
        return Answer.noContent();
    }

    /** {@code DELETE /user/repository_invitations/{invitation_id}}. */
    public static Answer declineCollaboration(Session session, Request request) {
        end(session, request, own(session, request, Kind.COLLABORATION), Outcome.DECLINED);
        return Answer.noContent();
    }

    /** {@code PATCH /repos/{owner}/{repo}/invitations/{invitation_id}}. */
    public static Answer change(Session session, Request request) {
        RepositoryRow repository = Repositories.find(session, request, Lock.KEEP);
        Repositories.requireAdmin(repository);
        InvitationRow invitation =
                to(session, request, Kind.COLLABORATION, repository.id().value());
        Fields fields = request.fields(RESOURCE);
        String word = fields.text("permissions");
        fields.check();
        Permission permission = word == null ? invitation.offer().permission() : Permission.ofCollaborator(word);
        Offer offer = Offer.collaboration(repository.id(), permission == null ? Permission.READ : permission);
        Invitation changed = session.send(
                new ChangeInvitation(invitation.id(), invitation.inviteeId(), offer, request.actorId(), session.now()));
        return Answer.ok(new Representations(session, request).invitation(changed, repository));
    }

    /** {@code DELETE /repos/{owner}/{repo}/invitations/{invitation_id}}. */
    public static Answer cancelCollaboration(Session session, Request request) {
        RepositoryRow repository = Repositories.find(session, request, Lock.KEEP);
        Repositories.requireAdmin(repository);
        end(
                session,
                request,
                to(session, request, Kind.COLLABORATION, repository.id().value()),
                Outcome.CANCELLED);
        return Answer.noContent();
    }

    /** {@code POST /orgs/{org}/invitations}. */
    public static Answer inviteMember(Session session, Request request) {
        AccountRow organization = Organizations.find(session, request, Lock.CHANGE);
        Organizations.requireAdmin(session, request, organization);
        Fields fields = request.fields(RESOURCE);
        Long invitee = fields.id("invitee_id");
        String word = fields.text("role");
        if (invitee == null) {
            fields.error("invitee_id", Fault.MISSING_FIELD);
        }
        fields.check();
        OrganizationRole role = word == null || word.equals(OrganizationInvitationJson.MEMBER)
                ? OrganizationRole.MEMBER
                : OrganizationRole.of(word);
        AccountRow user = session.directory()
                .account(new AccountId(invitee == null ? 1 : invitee), Lock.KEEP)
                .filter(row -> row.kind() == AccountKind.USER && !row.deleted())
                .orElseThrow(() -> Rejection.invalid(RESOURCE, "invitee_id", Fault.INVALID, "There is no such user"));
        if (session.directory().rights().role(organization.id(), user.id()).isPresent()) {
            throw Rejection.invalid(RESOURCE, "invitee_id", Fault.UNPROCESSABLE, "Invitee is already a member");
        }
        Invitation sent = invite(session, request, user.id(), Offer.membership(organization.id(), role));
        return Answer.created(new Representations(session, request).invitation(sent, organization));
    }

    /** {@code DELETE /orgs/{org}/invitations/{invitation_id}}. */
    public static Answer cancelMembership(Session session, Request request) {
        AccountRow organization = Organizations.find(session, request, Lock.CHANGE);
        Organizations.requireAdmin(session, request, organization);
        end(
                session,
                request,
                to(session, request, Kind.MEMBERSHIP, organization.id().value()),
                Outcome.CANCELLED);
        return Answer.noContent();
    }

    /** Makes the caller what they are invited to be. */
    static OrganizationRole acceptMembership(Session session, Request request, AccountRow organization) {
        InvitationRow invitation = session.directory()
                .invitations()
                .of(request.actorId(), Kind.MEMBERSHIP, organization.id().value())
                .orElseThrow(Rejection::notFound);
        OrganizationRole role = invitation.offer().role() == null
                ? OrganizationRole.MEMBER
                : invitation.offer().role();
        session.send(new SetMember(organization.id(), invitation.inviteeId(), role, session.now()));
        end(session, request, invitation, Outcome.ACCEPTED);
        return role;
    }
}
