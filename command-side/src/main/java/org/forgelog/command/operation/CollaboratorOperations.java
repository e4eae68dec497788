package org.forgelog.command.operation;

import org.forgelog.command.directory.AccountRow;
import org.forgelog.command.directory.Directory.Lock;
import org.forgelog.command.directory.RepositoryRow;
import org.forgelog.command.execution.Answer;
import org.forgelog.command.execution.Session;
import org.forgelog.domain.Permission;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.account.AccountKind;
import org.forgelog.domain.repository.RepositoryCommand.RemoveCollaborator;
import org.forgelog.domain.repository.RepositoryCommand.SetCollaborator;

/** Users with rights of their own on a repository. There are no invitations: they have them at once. */
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
        session.send(new SetCollaborator(
                repository.id(),
                user.id(),
                word == null ? Permission.WRITE : Permission.ofCollaborator(word),
                request.actorId(),
                session.now()));
        return Answer.noContent();
    }

    /** {@code DELETE /repos/{owner}/{repo}/collaborators/{username}}: also by whoever has enough of it. */
    public static Answer remove(Session session, Request request) {
        RepositoryRow repository = Repositories.find(session, request, Lock.KEEP);
        AccountRow user = user(session, request);
        if (!request.caller().is(user.id())) {
            Repositories.requireAdmin(repository);
        }
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
