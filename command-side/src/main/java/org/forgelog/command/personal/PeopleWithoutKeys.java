package org.forgelog.command.personal;

import java.util.List;
import org.forgelog.eventlog.PersonKeyStore;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Gives keys to people who were registered before there were any: what is told of them from then on is encrypted. What the log
 * says of them by now stays as it is until they are forgotten.
 */
public final class PeopleWithoutKeys {

    private static final int BATCH = 1_000;

    private PeopleWithoutKeys() {}

    /** May run on many nodes at once. */
    public static void giveKeys(PersonKeyStore keys, JdbcOperations jdbc) {
        if (!keys.encrypts()) {
            return;
        }
        List<Long> accounts = without(jdbc);
        while (!accounts.isEmpty()) {
            jdbc.batchUpdate(
                    PersonKeyStore.INSERT + " on conflict (account_id) do nothing",
                    accounts.stream()
                            .map(account -> {
                                PersonKeyStore.Fresh fresh = keys.fresh(account);
                                return new Object[] {
                                    account,
                                    fresh.wrapped().bytes(),
                                    fresh.wrapped().masterKey()
                                };
                            })
                            .toList());
            accounts = without(jdbc);
        }
    }

    private static List<Long> without(JdbcOperations jdbc) {
        return JdbcClient.create(jdbc)
                .sql(
                        """
                        select a.id from account a
                        where a.kind = 'USER' and not a.deleted
                          and not exists (select from person_key k where k.account_id = a.id)
                        limit ?""")
                .param(BATCH)
                .query(Long.class)
                .list();
    }
}
