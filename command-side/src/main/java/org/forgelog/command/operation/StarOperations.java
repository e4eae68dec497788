package org.forgelog.command.operation;

import org.forgelog.command.directory.Directory.Lock;
import org.forgelog.command.directory.RepositoryRow;
import org.forgelog.command.execution.Answer;
import org.forgelog.command.execution.Session;
import org.forgelog.domain.star.StarCommand.StarRepository;
import org.forgelog.domain.star.StarCommand.UnstarRepository;
import org.forgelog.domain.star.StarKey;

/** Stars, on whatever the caller sees. Either way may be gone twice without harm. */
public final class StarOperations {

    private StarOperations() {}

    /** {@code PUT /user/starred/{owner}/{repo}}. */
    public static Answer star(Session session, Request request) {
        RepositoryRow repository = Repositories.find(session, request, Lock.KEEP);
        session.send(new StarRepository(new StarKey(request.actorId(), repository.id()), session.now()));
        return Answer.noContent();
    }

    /** {@code DELETE /user/starred/{owner}/{repo}}. */
    public static Answer unstar(Session session, Request request) {
        RepositoryRow repository = Repositories.find(session, request, Lock.KEEP);
        StarKey key = new StarKey(request.actorId(), repository.id());
        if (session.star(key).isPresent()) {
            session.send(new UnstarRepository(key, session.now()));
        }
        return Answer.noContent();
    }
}
