package org.forgelog.command.personal;

import java.util.List;
import org.forgelog.api.http.HttpFailure;
import org.forgelog.command.job.Progress;
import org.forgelog.command.subscription.Hooks;
import org.forgelog.eventlog.MasterKeys;
import org.forgelog.eventlog.MasterKeys.Wrapped;
import org.forgelog.eventlog.PersonKeyStore;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Encrypts people's keys, and webhooks' secrets, with the master key that is the first now, in small transactions: what kills it leaves some for the
 * next time. The log is not touched.
 */
public final class KeyRotation {

    /**
     * What was done.
     *
     * @param keys how many were encrypted anew
     * @param secrets of how many webhooks were
     * @param masterKey the id of the master key that all are encrypted with
     */
    public record Report(long keys, int secrets, String masterKey) {}

    private record Row(long account, Wrapped wrapped) {}

    private static final int BATCH = 500;

    private final MasterKeys masterKeys;
    private final PersonKeyStore keys;
    private final JdbcOperations jdbc;

    public KeyRotation(MasterKeys masterKeys, PersonKeyStore keys, JdbcOperations jdbc) {
        this.masterKeys = masterKeys;
        this.keys = keys;
        this.jdbc = jdbc;
    }

    /** @throws HttpFailure when there is no master key */
    public Report rotate(Progress progress) {
        if (masterKeys.isEmpty()) {
            throw HttpFailure.conflict("There is no master key");
        }
        JdbcClient client = JdbcClient.create(jdbc);
        long total = client.sql("select count(*) from person_key where master_key <> ?")
                .param(masterKeys.current())
                .query(Long.class)
                .single();
        long done = 0;
        List<Row> rows = some(client);
        while (!rows.isEmpty()) {
            // Who was forgotten meanwhile stays so.
            jdbc.batchUpdate(
                    "update person_key set wrapped = ?, master_key = ? where account_id = ? and master_key = ?",
                    rows.stream().map(this::rewrapped).toList());
            done += rows.size();
            progress.at(done, total);
            rows = some(client);
        }
        keys.forgetAll();
        return new Report(done, new Hooks(client, masterKeys).encryptSecrets(), masterKeys.current());
    }

    private Object[] rewrapped(Row row) {
        String context = PersonKeyStore.context(row.account());
        Wrapped wrapped = masterKeys.wrap(masterKeys.unwrap(row.wrapped(), context), context);
        return new Object[] {
            wrapped.bytes(), wrapped.masterKey(), row.account(), row.wrapped().masterKey()
        };
    }

    private List<Row> some(JdbcClient client) {
        return client.sql("select account_id, wrapped, master_key from person_key where master_key <> ? limit ?")
                .param(masterKeys.current())
                .param(BATCH)
                .query((row, n) -> new Row(row.getLong(1), new Wrapped(row.getString(3), row.getBytes(2))))
                .list();
    }
}
