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
import org.forgelog.domain.Permission;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.Rejection.Fault;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.account.AccountKind;
import org.forgelog.domain.repository.Fork;
import org.forgelog.domain.repository.Numbering;
import org.forgelog.domain.repository.Repository;
import org.forgelog.domain.repository.RepositoryCommand.CreateRepository;
import org.forgelog.domain.repository.RepositoryCommand.DeleteRepository;
import org.forgelog.domain.repository.RepositoryFlag;
import org.forgelog.domain.repository.RepositoryId;
import org.forgelog.domain.repository.RepositoryName;
import org.forgelog.domain.repository.RepositorySettings;
import org.jspecify.annotations.Nullable;

/** Forks: an account has one repository of a network, be it the source or a fork, and forking again finds it. */
public final class ForkOperations {

    private static final String RESOURCE = "Repository";

    private ForkOperations() {}

    /** {@code POST /repos/{owner}/{repo}/forks}: anybody who sees the repository, into their own account or an organization. */
    public static Answer fork(Session session, Request request) {
        RepositoryRow parent = Repositories.find(session, request, Lock.KEEP);
        if (!parent.allowForking()) {
            throw Rejection.forbidden("The repository exists, but forking is disabled.");
        }
        Fields fields = request.fields(RESOURCE);
        String organization = fields.text("organization");
        String givenName = fields.text("name");
        fields.flag("default_branch_only");
        fields.check();
        RepositoryName name = givenName == null ? null : new RepositoryName(givenName);
        requireMayForkPrivate(session, parent);
        AccountRow owner = owner(session, request, organization);
        Organizations.Entrance entrance = owner.kind() == AccountKind.ORGANIZATION
                ? Organizations.entrance(session, request, owner, parent.isPrivate())
                : new Organizations.Entrance(session, null);
        Optional<RepositoryRow> existing = session.directory().ofNetwork(owner.id(), parent.network());
        Representations representations = new Representations(session, request);
        if (existing.isPresent()) {
            RepositoryRow row =
                    Repositories.seen(session, existing.get(), request.caller()).orElseThrow(Rejection::notFound);
            return Answer.accepted(representations.repository(state(session, row.id()), owner, row.permission()));
        }
        Repository fork = create(session, request, parent, owner, name);
        entrance.share(fork.id());
        return Answer.accepted(representations.repository(fork, owner, Permission.ADMIN));
    }

    /** Takes a user's private fork of a private repository away, when they may not see that repository any more. */
    static void removeForkOf(Session session, RepositoryRow repository, AccountId user) {
        if (!repository.isPrivate()
                || Repositories.judged(session, repository, user).permission().covers(Permission.READ)) {
            return;
        }
        session.directory()
                .ofNetwork(user, repository.network())
                .filter(fork -> fork.sourceId() != null
                        && fork.isPrivate()
                        && !fork.id().equals(repository.id()))
                .ifPresent(fork -> session.send(new DeleteRepository(fork.id(), session.now())));
    }

    /** Whose the fork will be: the organization's that the body names, else the caller's own. */
    private static AccountRow owner(Session session, Request request, @Nullable String organization) {
        if (organization == null) {
            // Locked, so that the account is not deleted meanwhile; read again, for it may just have been.
            return session.directory()
                    .account(request.actorId(), Lock.KEEP)
                    .filter(row -> !row.deleted())
                    .orElseThrow(Rejection::notFound);
        }
        AccountRow owner = OrganizationOperations.named(session, RESOURCE, "organization", organization);
        if (owner.kind() != AccountKind.ORGANIZATION) {
            throw Rejection.invalid(RESOURCE, "organization", Fault.INVALID, "organization is a user");
        }
        return owner;
    }

    /** An organization may keep its private repositories from being forked by any but those with admin rights. */
    private static void requireMayForkPrivate(Session session, RepositoryRow parent) {
        if (parent.isPrivate()
                && parent.owner().kind() == AccountKind.ORGANIZATION
                && !parent.permission().covers(Permission.ADMIN)
                && !Organizations.row(session, parent.owner()).membersForkPrivate()) {
            throw Rejection.forbidden("The organization does not let its private repositories be forked.");
        }
    }

    private static Repository create(
            Session session, Request request, RepositoryRow parent, AccountRow owner, @Nullable RepositoryName given) {
        RepositoryName name =
                given == null ? free(session.directory(), owner.id(), new RepositoryName(parent.name())) : given;
        RepositoryOperations.requireFree(session, owner.id(), name);
        return session.send(new CreateRepository(
                new RepositoryId(session.directory().nextPublicId()),
                owner.id(),
                owner.login(),
                name,
                settings(state(session, parent.id()).settings()),
                Fork.of(parent.id(), parent.sourceId()),
                Numbering.SHARED,
                request.actorId(),
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
