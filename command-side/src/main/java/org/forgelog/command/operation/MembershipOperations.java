package org.forgelog.command.operation;

import java.util.Optional;
import org.forgelog.api.representation.MembershipJson;
import org.forgelog.command.directory.AccountRow;
import org.forgelog.command.directory.Directory.Lock;
import org.forgelog.command.directory.InvitationRow;
import org.forgelog.command.execution.Answer;
import org.forgelog.command.execution.Session;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.account.Account;
import org.forgelog.domain.account.AccountCommand.RemoveMember;
import org.forgelog.domain.account.AccountCommand.SetMember;
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
        AccountId actor = request.actor() == null ? organization.id() : request.actorId();
        for (RepositoryId repository : session.directory().rights().sharedWith(member.id(), organization.id())) {
            session.send(new RemoveCollaborator(repository, member.id(), actor, session.now()));
        }
        session.send(new RemoveMember(organization.id(), member.id(), session.now()));
        for (RepositoryId forked : session.directory().privatelyForked(organization.id(), member.id())) {
            session.directory()
                    .repository(forked)
                    .ifPresent(repository -> ForkOperations.removeForkOf(session, repository, member.id()));
        }
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
