package org.forgelog.command.operation;

import java.util.Optional;
import org.forgelog.api.Caller;
import org.forgelog.command.directory.RepositoryRow;
import org.forgelog.command.execution.Session;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.account.Login;
import org.forgelog.domain.repository.RepositoryId;
import org.forgelog.domain.repository.RepositoryName;

/** Whether somebody may go on hearing of a repository. */
public final class Watching {

    private Watching() {}

    /** The repository of that name, if the caller may see it. */
    public static Optional<RepositoryId> find(Session session, Caller caller, String owner, String name) {
        try {
            return session.directory()
                    .repository(new Login(owner), new RepositoryName(name))
                    .flatMap(row -> Repositories.seen(session, row, caller))
                    .map(RepositoryRow::id);
        } catch (Rejection malformed) {
            return Optional.empty();
        }
    }

    /** Whether the caller may still see it. */
    public static boolean isSeen(Session session, Caller caller, RepositoryId id) {
        return session.directory()
                .repository(id)
                .flatMap(row -> Repositories.seen(session, row, caller))
                .isPresent();
    }
}
