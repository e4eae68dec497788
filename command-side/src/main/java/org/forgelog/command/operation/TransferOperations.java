package org.forgelog.command.operation;

import org.forgelog.command.directory.AccountRow;
import org.forgelog.command.directory.Directory.Lock;
import org.forgelog.command.directory.InvitationRow;
import org.forgelog.command.directory.RepositoryRow;
import org.forgelog.command.execution.Answer;
import org.forgelog.command.execution.Session;
import org.forgelog.domain.Permission;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.Rejection.Fault;
import org.forgelog.domain.account.AccountKind;
import org.forgelog.domain.invitation.InvitationEvent.Outcome;
import org.forgelog.domain.invitation.Offer;
import org.forgelog.domain.invitation.Offer.Kind;
import org.forgelog.domain.repository.Repository;
import org.forgelog.domain.repository.RepositoryCommand.SetCollaborator;
import org.forgelog.domain.repository.RepositoryCommand.TransferRepository;
import org.forgelog.domain.repository.RepositoryId;
import org.forgelog.domain.repository.RepositoryName;

/**
 * Repositories that change hands. At once where both sides are the caller's; another user is made an offer, and what stands in
 * its way, a name or a fork that the caller must not know of, is told to whoever accepts it.
 */
public final class TransferOperations {

    private static final String RESOURCE = "Repository";

    private TransferOperations() {}

    /**
     * {@code POST /repos/{owner}/{repo}/transfer}: to a user, or to an organization that the caller may bring
     * repositories into. The former address leads to the new one. Whoever brings it into an organization keeps admin
     * rights, a user who gives it to another user keeps push access.
     */
    public static Answer transfer(Session session, Request request) {
        RepositoryRow row = Repositories.find(session, request, Lock.CHANGE);
        Repositories.requireAdmin(row);
        Repositories.requireNotArchived(row);
        Fields fields = request.fields(RESOURCE);
        String newOwner = fields.requiredText("new_owner");
        String newName = fields.text("new_name");
        fields.check();
        RepositoryName name = new RepositoryName(newName == null ? row.name() : newName);
        AccountRow owner = OrganizationOperations.named(session, RESOURCE, "new_owner", newOwner);
        boolean sameOwner = owner.id().equals(row.owner().id());
        if (session.asksFirst()
                && !sameOwner
                && owner.kind() == AccountKind.USER
                && !request.caller().is(owner.id())) {
            return offered(session, request, row, Offer.ownership(row.id(), name), owner);
        }
        // First of all: what an organization has is told to nobody who may not bring anything there.
        Organizations.Entrance entrance = !sameOwner && owner.kind() == AccountKind.ORGANIZATION
                ? Organizations.entrance(session, request, owner, row.isPrivate())
                : null;
        if (!sameOwner) {
            requireNoOther(session, row, owner);
        }
        if (!sameOwner || !name.key().equals(new RepositoryName(row.name()).key())) {
            RepositoryOperations.requireFree(session, owner.id(), name);
        }
        if (sameOwner) {
            session.send(command(session, request, row, owner, name));
            withdrawOffer(session, request, row);
        } else if (entrance != null) {
            session.send(command(session, request, row, owner, name));
            entrance.share(row.id());
        } else {
            give(session, request, row, owner, name);
        }
        return accepted(session, request, row.id());
    }

    private static void give(
            Session session, Request request, RepositoryRow row, AccountRow owner, RepositoryName name) {
        session.send(command(session, request, row, owner, name));
        if (row.owner().kind() == AccountKind.USER) {
            session.send(new SetCollaborator(
                    row.id(), row.owner().id(), Permission.WRITE, request.actorId(), session.now()));
        }
    }

    private static Answer offered(
            Session session, Request request, RepositoryRow row, Offer offer, AccountRow newOwner) {
        session.directory()
                .invitations()
                .toOwn(row.id())
                .filter(known -> !known.inviteeId().equals(newOwner.id()))
                .ifPresent(known -> InvitationOperations.end(session, request, known, Outcome.CANCELLED));
        InvitationOperations.invite(session, request, newOwner.id(), offer);
        return accepted(session, request, row.id());
    }

    private static void withdrawOffer(Session session, Request request, RepositoryRow row) {
        session.directory()
                .invitations()
                .toOwn(row.id())
                .ifPresent(known -> InvitationOperations.end(session, request, known, Outcome.CANCELLED));
    }

    /** {@code PATCH /user/repository_transfers/{invitation_id}}: takes what is offered, under another name if need be. */
    public static Answer accept(Session session, Request request) {
        InvitationRow offer = InvitationOperations.own(session, request, Kind.OWNERSHIP);
        Fields fields = request.fields(RESOURCE);
        String newName = fields.text("new_name");
        fields.check();
        RepositoryRow row = session.directory()
                .repository(new RepositoryId(offer.offer().target()), Lock.CHANGE)
                .orElseThrow(Rejection::notFound);
        Repositories.requireNotArchived(row);
        AccountRow owner = session.directory()
                .account(request.actorId(), Lock.KEEP)
                .filter(account -> !account.deleted())
                .orElseThrow(Rejection::notFound);
        RepositoryName name = new RepositoryName(
                newName == null ? String.valueOf(offer.offer().name()) : newName);
        requireNoOther(session, row, owner);
        RepositoryOperations.requireFree(session, owner.id(), name);
        // Before it changes hands: an offer of a repository that somebody else owns is none any more.
        InvitationOperations.end(session, request, offer, Outcome.ACCEPTED);
        give(session, request, row, owner, name);
        return accepted(session, request, row.id());
    }

    /** {@code DELETE /user/repository_transfers/{invitation_id}}. */
    public static Answer decline(Session session, Request request) {
        InvitationOperations.end(
                session, request, InvitationOperations.own(session, request, Kind.OWNERSHIP), Outcome.DECLINED);
        return Answer.noContent();
    }

    /** {@code DELETE /repos/{owner}/{repo}/transfer}: takes an offer back, if there is one. */
    public static Answer withdraw(Session session, Request request) {
        RepositoryRow row = Repositories.find(session, request, Lock.CHANGE);
        Repositories.requireAdmin(row);
        withdrawOffer(session, request, row);
        return Answer.noContent();
    }

    private static Answer accepted(Session session, Request request, RepositoryId id) {
        Repository repository = session.repository(id).orElseThrow(Rejection::notFound);
        RepositoryRow after = session.directory().repository(id).orElseThrow(Rejection::notFound);
        Permission permission =
                Repositories.judged(session, after, request.actorId()).permission();
        return Answer.accepted(new Representations(session, request).repository(repository, after.owner(), permission));
    }

    private static TransferRepository command(
            Session session, Request request, RepositoryRow row, AccountRow owner, RepositoryName name) {
        return new TransferRepository(row.id(), owner.id(), owner.login(), name, request.actorId(), session.now());
    }

    /** An account has one repository of a network. */
    private static void requireNoOther(Session session, RepositoryRow row, AccountRow owner) {
        if (session.directory().ofNetwork(owner.id(), row.network()).isPresent()) {
            throw Rejection.invalid(
                    RESOURCE, "new_owner", Fault.CUSTOM, "new_owner already has a repository in the same network");
        }
    }
}
