package org.forgelog.command.operation;

import org.forgelog.command.directory.AccountRow;
import org.forgelog.command.directory.Directory.Lock;
import org.forgelog.command.directory.OrganizationRow;
import org.forgelog.command.execution.Session;
import org.forgelog.domain.Permission;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.account.AccountKind;
import org.forgelog.domain.account.OrganizationRole;
import org.forgelog.domain.repository.RepositoryCommand.SetCollaborator;
import org.forgelog.domain.repository.RepositoryId;
import org.jspecify.annotations.Nullable;

/** Finds the organization a request is about, and judges what its caller may do there. Everybody sees organizations. */
final class Organizations {

    private Organizations() {}

    /**
     * Somebody may bring a repository into an organization.
     *
     * @param as who brings it; {@code null} when they need no more rights, being an admin there
     */
    record Entrance(Session session, @Nullable AccountId as) {

        /** Whoever brings a repository keeps admin rights on it. */
        void share(RepositoryId repository) {
            if (as != null) {
                session.send(new SetCollaborator(repository, as, Permission.ADMIN, as, session.now()));
            }
        }
    }

    /** The organization that the path names. */
    static AccountRow find(Session session, Request request, Lock lock) {
        return session.directory()
                .account(request.login("org"), lock)
                .filter(row -> row.kind() == AccountKind.ORGANIZATION)
                .orElseThrow(Rejection::notFound);
    }

    /** What the caller is in an organization; {@code null} when they are no member. */
    static @Nullable OrganizationRole role(Session session, Request request, AccountRow organization) {
        AccountId caller = request.caller().accountId();
        return caller == null
                ? null
                : session.directory().rights().role(organization.id(), caller).orElse(null);
    }

    /** Its admins, and the site administrator. */
    static void requireAdmin(Session session, Request request, AccountRow organization) {
        if (!request.isOfSiteAdmin() && role(session, request, organization) != OrganizationRole.ADMIN) {
            throw Rejection.forbidden("You must be an admin of the organization.");
        }
        RepeatedAccess.restOn(session, organization.id());
    }

    static OrganizationRole requireMember(Session session, Request request, AccountRow organization) {
        OrganizationRole role = role(session, request, organization);
        if (role == null) {
            throw Rejection.forbidden("You must be a member of the organization.");
        }
        return role;
    }

    /** @throws Rejection when the caller may not bring a public, or private, repository into the organization */
    static Entrance entrance(Session session, Request request, AccountRow organization, boolean isPrivate) {
        if (requireMember(session, request, organization) == OrganizationRole.ADMIN) {
            return new Entrance(session, null);
        }
        OrganizationRow row = row(session, organization);
        if (isPrivate ? row.membersCreatePrivate() : row.membersCreatePublic()) {
            return new Entrance(session, request.actorId());
        }
        throw Rejection.forbidden("Members of the organization cannot create such repositories.");
    }

    static OrganizationRow row(Session session, AccountRow organization) {
        return session.directory()
                .rights()
                .organization(organization.id())
                .orElseThrow(() -> new IllegalStateException("no organization " + organization.id()));
    }
}
