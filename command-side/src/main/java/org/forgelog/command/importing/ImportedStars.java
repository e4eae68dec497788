package org.forgelog.command.importing;

import java.util.Set;
import org.forgelog.command.importing.Fact.Starred;
import org.forgelog.command.importing.ImportIndex.LocalRepository;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.star.Star;
import org.forgelog.domain.star.StarCommand.StarRepository;
import org.forgelog.domain.star.StarKey;

/** Who starred what. */
final class ImportedStars {

    private final ImportTransaction transaction;
    private final ImportedAccounts accounts;
    private final ImportedRepositories repositories;

    ImportedStars(ImportTransaction transaction, ImportedAccounts accounts, ImportedRepositories repositories) {
        this.transaction = transaction;
        this.accounts = accounts;
        this.repositories = repositories;
    }

    /** Adds the star, if there can be one already. */
    void changing(Starred star, Set<String> aggregates) {
        LocalRepository repository = repositories.find(star.repository());
        AccountId account = accounts.find(star.person());
        if (repository != null && account != null) {
            aggregates.add(new StarKey(account, repository.id()).aggregateId());
        }
    }

    void take(Starred star) {
        LocalRepository repository = repositories.found(star.repository());
        if (repository == null) {
            return;
        }
        StarKey key = new StarKey(accounts.of(star.person(), star.at()), repository.id());
        if (accounts.isNew(key.accountId()) || repositories.isNew(key.repositoryId())) {
            transaction.session().neverWas(key.aggregateId());
        }
        Star after = transaction.send(new StarRepository(key, star.at()));
        if (star.at().equals(after.starredAt())) {
            transaction.event();
            transaction.taken("stars");
        }
    }
}
