package org.forgelog.command.operation;

import org.forgelog.command.directory.AccountRow;
import org.forgelog.command.directory.Directory.Lock;
import org.forgelog.command.directory.RepositoryRow;
import org.forgelog.command.execution.Answer;
import org.forgelog.command.execution.Session;
import org.forgelog.domain.Permission;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.account.AccountKind;
import org.forgelog.domain.invitation.Invitation;
import org.forgelog.domain.invitation.InvitationEvent.Outcome;
import org.forgelog.domain.invitation.Offer;
import org.forgelog.domain.invitation.Offer.Kind;
import org.forgelog.domain.repository.Access;
import org.forgelog.domain.repository.RepositoryCommand.RemoveCollaborator;
import org.forgelog.domain.repository.RepositoryCommand.SetCollaborator;

/** Users with rights of their own on a repository, and those who are invited to have some. */
public final class CollaboratorOperations {

    private CollaboratorOperations() {}

    /** {@code PUT /repos/{owner}/{repo}/collaborators/{username}}: a new collaborator, or another permission. */
    public static Answer add(Session session, Request request) {
        RepositoryRow repository = Repositories.find(session, request, Lock.KEEP);
        Repositories.requireAdmin(repository);
        AccountRow user = user(session, request);
        Fields fields = request.fields("Repository");
        String word = fields.text("permission");
        fields.check();
        Permission permission = word == null ? Permission.WRITE : Permission.ofCollaborator(word);
        if (session.asksFirst() && mustBeAsked(session, repository, user)) {
            Repositories.requireNotArchived(repository);
            Invitation sent = InvitationOperations.invite(
                    session, request, user.id(), Offer.collaboration(repository.id(), permission));
            return Answer.created(new Representations(session, request).invitation(sent, repository));
        }
        session.send(new SetCollaborator(repository.id(), user.id(), permission, request.actorId(), session.now()));
        return Answer.noContent();
    }

    /** Not the owner, who cannot be one, nor collaborators already, nor members of the organization that owns it. */
    private static boolean mustBeAsked(Session session, RepositoryRow repository, AccountRow user) {
        Access access = session.directory().rights().access(repository, user.id());
        return !access.owner() && access.asCollaborator() == null && access.role() == null;
    }

    /** {@code DELETE /repos/{owner}/{repo}/collaborators/{username}}: also by whoever has enough of it. */
    public static Answer remove(Session session, Request request) {
        RepositoryRow repository = Repositories.find(session, request, Lock.KEEP);
        AccountRow user = user(session, request);
        if (!request.caller().is(user.id())) {
            Repositories.requireAdmin(repository);
        }
        session.directory()
                .invitations()
                .of(user.id(), Kind.COLLABORATION, repository.id().value())
                .ifPresent(row -> InvitationOperations.end(session, request, row, Outcome.CANCELLED));
        session.send(new RemoveCollaborator(repository.id(), user.id(), request.actorId(), session.now()));
        ForkOperations.removeForkOf(session, repository, user.id());
        return Answer.noContent();
    }

    /** The user that the path names, locked, so that they are not deleted meanwhile. */
    private static AccountRow user(Session session, Request request) {
        return session.directory()
                .account(request.login("username"), Lock.KEEP)
                .filter(row -> row.kind() == AccountKind.USER)
                .orElseThrow(Rejection::notFound);
    }
}
