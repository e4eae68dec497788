package org.forgelog.command.operation;

import java.util.Set;
import org.forgelog.api.Caller;
import org.forgelog.command.directory.Directory.Lock;
import org.forgelog.command.execution.RepeatGuard;
import org.forgelog.command.execution.Session;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.account.OrganizationRole;
import org.forgelog.domain.repository.RepositoryId;

/** Gives answers again to those who still see the private repositories, and are admins of the organizations, in them. */
public final class RepeatedAccess implements RepeatGuard {

    private static final String REPOSITORY = "repository ";
    private static final String ORGANIZATION = "organization ";

    static void restOn(Session session, RepositoryId repository) {
        session.restOn(REPOSITORY + repository.value());
    }

    static void restOn(Session session, AccountId organization) {
        session.restOn(ORGANIZATION + organization.value());
    }

    @Override
    public boolean allows(Session session, Caller caller, Set<String> grounds) {
        return grounds.stream().allMatch(ground -> holds(session, caller, ground));
    }

    private static boolean holds(Session session, Caller caller, String ground) {
        long id = Long.parseLong(ground.substring(ground.indexOf(' ') + 1));
        if (ground.startsWith(REPOSITORY)) {
            return session.directory()
                    .repository(new RepositoryId(id), Lock.KEEP)
                    .flatMap(row -> Repositories.seen(session, row, caller))
                    .isPresent();
        }
        AccountId member = caller.accountId();
        return member == null
                ? caller.siteAdmin()
                : session.directory()
                        .rights()
                        .role(new AccountId(id), member)
                        .filter(role -> role == OrganizationRole.ADMIN)
                        .isPresent();
    }
}
