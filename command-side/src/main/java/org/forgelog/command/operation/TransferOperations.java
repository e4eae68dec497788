package org.forgelog.command.operation;

import org.forgelog.command.directory.AccountRow;
import org.forgelog.command.directory.Directory.Lock;
import org.forgelog.command.directory.RepositoryRow;
import org.forgelog.command.execution.Answer;
import org.forgelog.command.execution.Session;
import org.forgelog.domain.Permission;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.Rejection.Fault;
import org.forgelog.domain.account.AccountKind;
import org.forgelog.domain.repository.Repository;
import org.forgelog.domain.repository.RepositoryCommand.SetCollaborator;
import org.forgelog.domain.repository.RepositoryCommand.TransferRepository;
import org.forgelog.domain.repository.RepositoryName;

/** Repositories that change hands. Nobody is asked: like memberships and collaborators, it is done at once. */
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
        if (!sameOwner) {
            requireNoOther(session, row, owner);
        }
        if (!sameOwner || !name.key().equals(new RepositoryName(row.name()).key())) {
            RepositoryOperations.requireFree(session, owner.id(), name);
        }
        if (sameOwner) {
            session.send(command(session, request, row, owner, name));
        } else if (owner.kind() == AccountKind.ORGANIZATION) {
            Organizations.Entrance entrance = Organizations.entrance(session, request, owner, row.isPrivate());
            session.send(command(session, request, row, owner, name));
            entrance.share(row.id());
        } else {
            session.send(command(session, request, row, owner, name));
            if (row.owner().kind() == AccountKind.USER) {
                session.send(new SetCollaborator(
                        row.id(), row.owner().id(), Permission.WRITE, request.actorId(), session.now()));
            }
        }
        Repository repository = session.repository(row.id()).orElseThrow(Rejection::notFound);
        RepositoryRow after = session.directory().repository(row.id()).orElseThrow(Rejection::notFound);
        Permission permission =
                Repositories.judged(session, after, request.actorId()).permission();
        return Answer.accepted(new Representations(session, request).repository(repository, owner, permission));
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
