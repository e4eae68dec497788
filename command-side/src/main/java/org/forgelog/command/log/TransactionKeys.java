package org.forgelog.command.log;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.forgelog.command.postgres.PendingStatements;
import org.forgelog.eventlog.KeyRing;
import org.forgelog.eventlog.PersonKeyStore;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * The keys of people as a unit of work sees them: a new person's is stored with the person's first event, or not at all, and
 * nobody else may use it before.
 */
public final class TransactionKeys implements KeyRing {

    private static final String RESOURCE = TransactionKeys.class.getName();

    private final PersonKeyStore keys;
    private final JdbcOperations jdbc;

    public TransactionKeys(PersonKeyStore keys, JdbcOperations jdbc) {
        this.keys = keys;
        this.jdbc = jdbc;
    }

    @Override
    public @Nullable PersonKey find(long account) {
        PersonKey added = added().get(account);
        return added == null ? keys.find(account) : added;
    }

    @Override
    public @Nullable PersonKey add(long account) {
        if (!keys.encrypts()) {
            return null;
        }
        PersonKeyStore.Fresh fresh = keys.fresh(account);
        PendingStatements.current()
                .add(
                        jdbc,
                        PersonKeyStore.INSERT,
                        List.of(
                                account,
                                fresh.wrapped().bytes(),
                                fresh.wrapped().masterKey()));
        // What was remembered by now is that there is none.
        keys.forget(account);
        if (CurrentUnitOfWork.isStarted()) {
            added().put(account, fresh.key());
            CurrentUnitOfWork.get().root().afterCommit(committed -> keys.forget(account));
        }
        return fresh.key();
    }

    private static Map<Long, PersonKey> added() {
        return CurrentUnitOfWork.isStarted()
                ? CurrentUnitOfWork.get()
                        .root()
                        .<Map<Long, PersonKey>>getOrComputeResource(RESOURCE, key -> new HashMap<>())
                : Map.of();
    }

    @Override
    public void forget(long account) {
        keys.forget(account);
    }
}
