package org.forgelog.command.operation;

import java.util.Optional;
import org.forgelog.api.http.HttpFailure;
import org.forgelog.command.directory.ConversationRow;
import org.forgelog.command.directory.Directory;
import org.forgelog.command.directory.Directory.Lock;
import org.forgelog.command.directory.RepositoryRow;
import org.forgelog.command.execution.Session;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.Rejection.Code;
import org.forgelog.domain.account.Login;
import org.forgelog.domain.repository.RepositoryId;
import org.forgelog.domain.repository.RepositoryName;

/** Finds the repository a request is about, and judges what its caller may do there. */
final class Repositories {

    private Repositories() {}

    /**
     * The repository that the path names.
     *
     * @throws Rejection when there is none that the caller may see
     * @throws HttpFailure when it has another name now
     */
    static RepositoryRow find(Session session, Request request, Lock lock) {
        if (request.variables().containsKey("repository_id")) {
            RepositoryId id = new RepositoryId(request.number("repository_id"));
            return visible(session.directory().repository(id, lock), request);
        }
        Login owner = request.login("owner");
        RepositoryName name = name(request);
        Directory directory = session.directory();
        Optional<RepositoryRow> found = directory.repository(owner, name, lock);
        if (found.isPresent()) {
            return visible(found, request);
        }
        RepositoryRow renamed = visible(directory.renamedRepository(owner, name), request);
        if (request.alone() && request.path().startsWith("/repos/")) {
            throw HttpFailure.moved(request.links().base() + "/repositories/" + renamed.id() + below(request.path()));
        }
        return visible(directory.repository(renamed.id(), lock), request);
    }

    private static RepositoryRow visible(Optional<RepositoryRow> repository, Request request) {
        return repository.filter(row -> row.isVisibleTo(request.caller())).orElseThrow(Rejection::notFound);
    }

    private static RepositoryName name(Request request) {
        try {
            return new RepositoryName(request.variables().getOrDefault("repo", ""));
        } catch (Rejection malformed) {
            throw Rejection.notFound();
        }
    }

    /** What follows {@code /repos/owner/name} in a path. */
    private static String below(String path) {
        int slash = 0;
        for (int parts = 0; parts < 3 && slash >= 0; parts++) {
            slash = path.indexOf('/', slash + 1);
        }
        return slash < 0 ? "" : path.substring(slash);
    }

    static void requireOwner(RepositoryRow repository, Request request) {
        if (!repository.isOwnedBy(request.caller())) {
            throw Rejection.forbidden("Must have admin rights to Repository.");
        }
    }

    /** Whether {@code request}'s caller may push: triage what others open, and speak where it is locked. */
    static boolean mayPush(RepositoryRow repository, Request request) {
        return repository.isOwnedBy(request.caller());
    }

    static void requirePush(RepositoryRow repository, Request request) {
        if (!mayPush(repository, request)) {
            throw Rejection.forbidden("Must have push access to Repository.");
        }
    }

    /** @throws Rejection when the conversation is locked, and not for the caller to open again */
    static void requireMayTakePart(RepositoryRow repository, ConversationRow conversation, Request request) {
        if (conversation.locked() && !mayPush(repository, request)) {
            throw Rejection.forbidden("Unable to take part: the conversation is locked.");
        }
    }

    static void requireNotArchived(RepositoryRow repository) {
        if (repository.archived()) {
            throw Rejection.of(Code.ARCHIVED, "Repository was archived so is read-only.");
        }
    }

    static void requireIssues(RepositoryRow repository) {
        if (!repository.hasIssues()) {
            throw Rejection.of(Code.ISSUES_DISABLED, "Issues are disabled for this repo");
        }
    }
}
