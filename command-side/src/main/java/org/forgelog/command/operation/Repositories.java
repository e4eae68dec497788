package org.forgelog.command.operation;

import java.util.Optional;
import java.util.function.Function;
import org.forgelog.api.Caller;
import org.forgelog.api.Scope;
import org.forgelog.api.http.HttpFailure;
import org.forgelog.command.directory.CommentRow;
import org.forgelog.command.directory.ConversationRow;
import org.forgelog.command.directory.Directory;
import org.forgelog.command.directory.Directory.Lock;
import org.forgelog.command.directory.RepositoryRow;
import org.forgelog.command.execution.Session;
import org.forgelog.domain.Permission;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.Rejection.Code;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.account.Login;
import org.forgelog.domain.conversation.ConversationKind;
import org.forgelog.domain.repository.RepositoryId;
import org.forgelog.domain.repository.RepositoryName;
import org.jspecify.annotations.Nullable;

/**
 * Finds the repository a request is about, and judges what its caller may do there: by the domain's one rule, {@link
 * org.forgelog.domain.repository.Access#permission()}, with what the directory knows.
 */
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
            return visible(session, session.directory().repository(id, lock), request);
        }
        Login owner = request.login("owner");
        RepositoryName name = name(request);
        Directory directory = session.directory();
        Optional<RepositoryRow> found = directory.repository(owner, name, lock);
        if (found.isPresent()) {
            return visible(session, found, request);
        }
        RepositoryRow renamed = visible(session, directory.renamedRepository(owner, name), request);
        if (request.alone() && request.path().startsWith("/repos/")) {
            throw HttpFailure.moved(request.links().base() + "/repositories/" + renamed.id() + below(request.path()));
        }
        return visible(session, directory.repository(renamed.id(), lock), request);
    }

    private static RepositoryRow visible(Session session, Optional<RepositoryRow> repository, Request request) {
        return repository.flatMap(row -> seen(session, row, request.caller())).orElseThrow(Rejection::notFound);
    }

    /** The repository with what {@code caller} may do with it; nothing when they, or their token, must not know of it. */
    static Optional<RepositoryRow> seen(Session session, RepositoryRow repository, Caller caller) {
        if (repository.isPrivate() && !caller.scopes().has(Scope.REPO)) {
            return Optional.empty();
        }
        RepositoryRow judged = judged(session, repository, caller.accountId());
        if (!judged.permission().covers(Permission.READ)) {
            return Optional.empty();
        }
        if (repository.isPrivate()) {
            RepeatedAccess.restOn(session, repository.id());
        }
        return Optional.of(judged);
    }

    /** The repository with what {@code account} may do with it. */
    static RepositoryRow judged(Session session, RepositoryRow repository, @Nullable AccountId account) {
        return repository.judged(session.directory().rights().access(repository, account));
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

    /** Everything about the repository itself: settings, who has rights on it, whose it is. */
    static void requireAdmin(RepositoryRow repository) {
        require(repository, Permission.ADMIN, "Must have admin rights to Repository.");
    }

    /** What the repository says it is about. */
    static void requireMaintain(RepositoryRow repository) {
        require(repository, Permission.MAINTAIN, "Must have maintain access to Repository.");
    }

    /** Whatever is inside the repository, be it others' or not, and speaking where it is locked. */
    static void requirePush(RepositoryRow repository) {
        require(repository, Permission.WRITE, "Must have push access to Repository.");
    }

    /** Labelling, assigning, closing and reopening what others opened. */
    static void requireTriage(RepositoryRow repository) {
        require(repository, Permission.TRIAGE, "Must have triage access to Repository.");
    }

    static boolean mayPush(RepositoryRow repository) {
        return repository.permission().covers(Permission.WRITE);
    }

    static boolean mayTriage(RepositoryRow repository) {
        return repository.permission().covers(Permission.TRIAGE);
    }

    private static void require(RepositoryRow repository, Permission needed, String otherwise) {
        if (!repository.permission().covers(needed)) {
            throw Rejection.forbidden(otherwise);
        }
    }

    /** @throws Rejection when the conversation is locked, and not for the caller to open again */
    static void requireMayTakePart(RepositoryRow repository, ConversationRow conversation) {
        if (conversation.locked() && !mayPush(repository)) {
            throw Rejection.forbidden("Unable to take part: the conversation is locked.");
        }
    }

    static void requireNotArchived(RepositoryRow repository) {
        if (repository.archived()) {
            throw Rejection.of(Code.ARCHIVED, "Repository was archived so is read-only.");
        }
    }

    /** The issue or pull request of that number that routes of {@code route} lead to. */
    static ConversationRow conversation(
            Session session, RepositoryRow repository, ConversationKind route, long number) {
        return enabled(
                repository, route, session.directory().conversations().find(repository, route, number), found -> found);
    }

    /** The comment of that id that routes of {@code route} lead to, locked. */
    static CommentRow comment(Session session, RepositoryRow repository, ConversationKind route, long id, Lock lock) {
        return enabled(
                repository,
                route,
                session.directory().conversations().comment(repository, route, id, lock),
                CommentRow::conversation);
    }

    /** What was found; where issues are switched off, only if it belongs to a pull request. */
    private static <T> T enabled(
            RepositoryRow repository,
            ConversationKind route,
            Optional<T> found,
            Function<T, ConversationRow> conversation) {
        boolean ofPull = found.map(conversation)
                .filter(row -> row.place().conversation() == ConversationKind.PULL_REQUEST)
                .isPresent();
        if (route == ConversationKind.ISSUE && !ofPull) {
            requireIssues(repository);
        }
        return found.orElseThrow(Rejection::notFound);
    }

    static void requireIssues(RepositoryRow repository) {
        if (!repository.hasIssues()) {
            throw Rejection.of(Code.ISSUES_DISABLED, "Issues are disabled for this repo");
        }
    }
}
