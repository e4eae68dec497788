package org.forgelog.command.operation;

import java.util.Map;
import java.util.Optional;
import org.forgelog.command.directory.AccountRow;
import org.forgelog.command.directory.Directory;
import org.forgelog.command.directory.Directory.Lock;
import org.forgelog.command.directory.RepositoryRow;
import org.forgelog.command.execution.Answer;
import org.forgelog.command.execution.Session;
import org.forgelog.domain.Change;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.Rejection.Fault;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.repository.Fork;
import org.forgelog.domain.repository.Repository;
import org.forgelog.domain.repository.RepositoryCommand.CreateRepository;
import org.forgelog.domain.repository.RepositoryFlag;
import org.forgelog.domain.repository.RepositoryId;
import org.forgelog.domain.repository.RepositoryName;
import org.forgelog.domain.repository.RepositorySettings;
import org.jspecify.annotations.Nullable;

/** Forks: an account has one repository of a network, be it the source or a fork, and forking again finds it. */
public final class ForkOperations {

    private static final String RESOURCE = "Repository";

    private ForkOperations() {}

    /** {@code POST /repos/{owner}/{repo}/forks}: anybody who sees the repository, into their own account. */
    public static Answer fork(Session session, Request request) {
        RepositoryRow parent = Repositories.find(session, request, Lock.KEEP);
        if (!parent.allowForking()) {
            throw Rejection.forbidden("The repository exists, but forking is disabled.");
        }
        Fields fields = request.fields(RESOURCE);
        String organization = fields.text("organization");
        String givenName = fields.text("name");
        fields.flag("default_branch_only");
        if (organization != null) {
            // Nobody can be a member of one yet.
            fields.error("organization", Fault.INVALID);
        }
        fields.check();
        RepositoryName name = givenName == null ? null : new RepositoryName(givenName);
        // Locked, so that the account is not deleted meanwhile; read again, for it may just have been.
        AccountRow owner = session.directory()
                .account(request.actorId(), Lock.KEEP)
                .filter(row -> !row.deleted())
                .orElseThrow(Rejection::notFound);
        Optional<RepositoryRow> existing = session.directory().ofNetwork(owner.id(), parent.network());
        Repository fork =
                existing.isPresent() ? state(session, existing.get().id()) : create(session, parent, owner, name);
        return Answer.accepted(new Representations(session, request).repository(fork, owner));
    }

    private static Repository create(
            Session session, RepositoryRow parent, AccountRow owner, @Nullable RepositoryName given) {
        RepositoryName name =
                given == null ? free(session.directory(), owner.id(), new RepositoryName(parent.name())) : given;
        if (session.directory().hasRepository(owner.id(), name)) {
            throw Rejection.invalid(RESOURCE, "name", Fault.ALREADY_EXISTS, "name already exists on this account");
        }
        return session.send(new CreateRepository(
                new RepositoryId(session.directory().nextPublicId()),
                owner.id(),
                owner.login(),
                name,
                settings(state(session, parent.id()).settings()),
                Fork.of(parent.id(), parent.sourceId()),
                owner.id(),
                session.now()));
    }

    /** The parent's name, or, as on GitHub, that name with a number. */
    private static RepositoryName free(Directory directory, AccountId owner, RepositoryName wanted) {
        RepositoryName name = wanted;
        for (int i = 1; directory.hasRepository(owner, name); i++) {
            String number = "-" + i;
            int kept = Math.min(wanted.value().length(), RepositoryName.LIMIT - number.length());
            name = new RepositoryName(wanted.value().substring(0, kept) + number);
        }
        return name;
    }

    /** What a fork takes over. As on GitHub its issues are off: they belong to what it was forked from. */
    private static RepositorySettings.Changes settings(RepositorySettings parent) {
        return new RepositorySettings.Changes(
                Change.to(parent.description()),
                Change.to(parent.about()),
                Change.to(parent.homepage()),
                Change.to(parent.language()),
                parent.defaultBranch(),
                parent.isPrivate(),
                Map.of(RepositoryFlag.HAS_ISSUES, false),
                Map.of());
    }

    private static Repository state(Session session, RepositoryId id) {
        return session.repository(id).orElseThrow(Rejection::notFound);
    }
}
