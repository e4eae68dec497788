package org.forgelog.query.verify;

import static org.forgelog.query.verify.KeyFormat.folded;

import org.forgelog.domain.DomainEvent;
import org.forgelog.domain.account.AccountEvent.AccountDeleted;
import org.forgelog.domain.account.AccountEvent.AccountRegistered;
import org.forgelog.domain.account.AccountEvent.AccountRenamed;
import org.forgelog.domain.repository.RepositoryEvent.RepositoryCreated;
import org.forgelog.domain.repository.RepositoryEvent.RepositoryDeleted;
import org.forgelog.domain.repository.RepositoryEvent.RepositoryOwnerRenamed;
import org.forgelog.domain.repository.RepositoryEvent.RepositoryRenamed;
import org.forgelog.domain.repository.RepositoryEvent.RepositoryTransferred;

/** Logins and names of repositories: one passes from one sequence to another, so they are folded in the log's order. */
final class NameFold {

    private static final String ACCOUNT = "account_id";
    private static final String REPOSITORY = "repository_id";

    private NameFold() {}

    private static Key login(String login) {
        return new Key("L#" + folded(login), "L");
    }

    private static Key name(String owner, String name) {
        return new Key("N#" + folded(owner) + "/" + folded(name), "N");
    }

    static void apply(IndependentItems rows, DomainEvent event) {
        switch (event) {
            case AccountRegistered e -> login(rows, e.login(), e.accountId().value());
            case AccountRenamed e -> {
                free(rows, login(e.oldLogin()), ACCOUNT, e.accountId().value());
                login(rows, e.login(), e.accountId().value());
            }
            case AccountDeleted e ->
                free(rows, login(e.login()), ACCOUNT, e.accountId().value());
            case RepositoryCreated e ->
                name(rows, name(e.ownerLogin(), e.name()), e.repositoryId().value());
            case RepositoryRenamed e ->
                moved(
                        rows,
                        name(e.ownerLogin(), e.oldName()),
                        name(e.ownerLogin(), e.name()),
                        e.repositoryId().value());
            case RepositoryOwnerRenamed e ->
                moved(
                        rows,
                        name(e.oldOwnerLogin(), e.name()),
                        name(e.ownerLogin(), e.name()),
                        e.repositoryId().value());
            case RepositoryTransferred e ->
                moved(
                        rows,
                        name(e.oldOwnerLogin(), e.oldName()),
                        name(e.ownerLogin(), e.name()),
                        e.repositoryId().value());
            case RepositoryDeleted e ->
                free(
                        rows,
                        name(e.ownerLogin(), e.name()),
                        REPOSITORY,
                        e.repositoryId().value());
            default -> throw new IllegalArgumentException("changes no name: " + event.getClass());
        }
    }

    private static void login(IndependentItems rows, String login, long account) {
        rows.set(login(login), "login", said -> said.put(ACCOUNT, account));
    }

    private static void name(IndependentItems rows, Key key, long repository) {
        rows.set(key, "repository_name", said -> said.put(REPOSITORY, repository));
    }

    /** The name before leads to the repository, unless another one has it already. */
    private static void moved(IndependentItems rows, Key from, Key to, long repository) {
        IndependentItem before = rows.find(from);
        if (before == null || !before.isLive() || before.number(REPOSITORY) == repository) {
            rows.set(from, "repository_name", said -> {
                said.put(REPOSITORY, repository);
                said.put("redirect", true);
            });
        }
        name(rows, to, repository);
    }

    private static void free(IndependentItems rows, Key key, String holder, long id) {
        rows.remove(key, row -> row.number(holder) == id);
    }
}
