package org.forgelog.command.personal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.forgelog.api.http.HttpFailure;
import org.forgelog.command.directory.Directory;
import org.forgelog.command.directory.Directory.Lock;
import org.forgelog.command.execution.Answer;
import org.forgelog.command.execution.CommandExecutor;
import org.forgelog.command.execution.Origin;
import org.forgelog.command.job.Progress;
import org.forgelog.command.operation.AdminOperations;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.account.AccountKind;
import org.forgelog.domain.account.Login;
import org.forgelog.eventlog.EventCodec;
import org.forgelog.eventlog.EventLogReader;
import org.forgelog.eventlog.PersonKeyStore;
import org.forgelog.eventlog.PersonNames;
import org.forgelog.eventlog.PersonScrubber;
import org.forgelog.eventlog.PersonScrubber.Scrubbed;
import org.forgelog.eventlog.StoredEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Forgets a person: deletes the account, has the names removed from the tables, destroys the person's key, and takes the person
 * out of whatever else names people in the clear. Each step may be done again; while the key is there, everything is.
 */
public final class Forgetting {

    /**
     * What was done.
     *
     * @param accountId who it was, for the list of those who are forgotten
     * @param rewritten events that told of the person in the clear and do not any more
     * @param repaired sequences whose items had texts that did
     * @param left what an operator has to do, for this service may not, or should not without being asked: statements of SQL;
     *     a replay, where a profile of an organization mentioned the person
     */
    public record Report(long accountId, long rewritten, int repaired, List<String> left) {}

    private static final Logger log = LoggerFactory.getLogger(Forgetting.class);

    private static final int PAGE = 500;
    /** What the outcome of a table's erasure begins with. */
    private static final String PERSON_ERASED = "erased: ";

    private static final Duration POLL = Duration.ofMillis(100);
    /** How long the tables are waited for. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final CommandExecutor executor;
    private final EventLogReader reader;
    private final EventCodec codec;
    private final PersonKeyStore keys;
    private final JdbcClient jdbc;
    private final Directory directory;
    private final Traces traces;
    private final TransactionTemplate transaction;
    private final Remains remains;

    /** @param reader on the connection of the surrounding transaction */
    public Forgetting(
            CommandExecutor executor,
            EventLogReader reader,
            EventCodec codec,
            PersonKeyStore keys,
            JdbcOperations jdbc,
            PlatformTransactionManager transactions,
            Remains remains) {
        this.executor = executor;
        this.reader = reader;
        this.codec = codec;
        this.keys = keys;
        this.jdbc = JdbcClient.create(jdbc);
        this.directory = new Directory(jdbc);
        this.traces = new Traces(this.jdbc);
        this.transaction = new TransactionTemplate(transactions);
        this.remains = remains;
    }

    /**
     * The user with this login; or, when there is none, the last one who had it and is deleted. What stands for the login of
     * somebody who was forgotten elsewhere, names them too.
     *
     * @throws HttpFailure when there never was one, or they are forgotten
     */
    public AccountId find(String login) {
        return jdbc.sql("select id, login from account where (login_key = ? or 'ghost~' || id = ?) and kind = ?"
                        + " order by deleted, id desc limit 1")
                .param(login.toLowerCase(Locale.ROOT))
                .param(login)
                .param(AccountKind.USER.name())
                .query((row, n) -> Map.entry(new AccountId(row.getLong(1)), row.getString(2)))
                .optional()
                .filter(found -> !Login.isForgotten(found.getValue()))
                .map(Map.Entry::getKey)
                .orElseThrow(() -> HttpFailure.notFound("Not Found"));
    }

    /** @throws HttpFailure when a table cannot be cleaned now; doing it again goes on where it ended */
    public Report forget(AccountId account, Origin origin, Progress progress) {
        delete(account, origin);
        long head = reader.head();
        awaitTables(List.of(account.sequenceKey()), PERSON_ERASED);
        // As long as the key is there: afterwards nobody knows the names.
        PersonNames names = PersonNames.read(reader, codec, account, head);
        Set<String> sequences = new TreeSet<>();
        Long rewritten = transaction.execute(status -> erase(names, head, sequences, progress));
        keys.forget(account.value());
        boolean profiles = sequences.removeIf(sequence -> !sequence.startsWith("r:"));
        awaitTables(List.copyOf(sequences), "");
        // What was under way meanwhile may have left traces once more.
        transaction.executeWithoutResult(status -> traces.remove(names, new PersonScrubber(names)));
        List<String> left = new ArrayList<>();
        if (profiles) {
            left.add("./forgelog replay in-place");
        }
        left.addAll(remains.remove(rewritten != null && rewritten > 0));
        log.info("account {} is forgotten", account);
        return new Report(account.value(), rewritten == null ? 0 : rewritten, sequences.size(), left);
    }

    /** Takes a person out of a log that nobody has read yet, in the surrounding transaction. */
    public void eraseFromLog(AccountId account) {
        long head = reader.head();
        erase(PersonNames.read(reader, codec, account, head), head, new TreeSet<>(), Progress.NOBODY);
    }

    private void delete(AccountId account, Origin origin) {
        boolean there = directory.account(account).filter(row -> !row.deleted()).isPresent();
        if (there) {
            executor.execute(
                    session -> {
                        session.directory().account(account, Lock.CHANGE);
                        AdminOperations.delete(session, account);
                        return Answer.noContent();
                    },
                    origin,
                    null);
        }
    }

    private long erase(PersonNames names, long upTo, Set<String> sequences, Progress progress) {
        AccountId account = names.account();
        PersonScrubber scrubber = new PersonScrubber(names);
        // What is said of a login once somebody else may have it, is said of somebody else.
        long last = names.deletedAt() == 0 ? upTo : names.deletedAt();
        long rewritten = rewrite(scrubber, names, last, sequences, progress);
        traces.remove(names, scrubber);
        jdbc.sql(
                        """
                        insert into person_key (account_id, destroyed_at) values (?, now())
                        on conflict (account_id) do update
                        set wrapped = null, master_key = null, destroyed_at = coalesce(person_key.destroyed_at, now())""")
                .param(account.value())
                .update();
        jdbc.sql("update account set login = ?, login_key = ? where id = ?")
                .param(Login.ofForgotten(account))
                .param(Login.ofForgotten(account))
                .param(account.value())
                .update();
        return rewritten;
    }

    private long rewrite(
            PersonScrubber scrubber, PersonNames names, long upTo, Set<String> sequences, Progress progress) {
        long rewritten = 0;
        long after = 0;
        List<StoredEvent> events = reader.telling(names, after, upTo, PAGE);
        while (!events.isEmpty()) {
            for (StoredEvent event : events) {
                Scrubbed scrubbed = scrubber.event(event).orElse(null);
                if (scrubbed != null) {
                    jdbc.sql(
                                    """
                                    update domain_event set payload = coalesce(?::jsonb, payload),
                                                            metadata = coalesce(?::jsonb, metadata)
                                    where global_index = ?""")
                            .param(scrubbed.payload())
                            .param(scrubbed.metadata())
                            .param(event.position())
                            .update();
                    rewritten++;
                    if (scrubbed.isText()) {
                        sequences.add(event.sequenceKey());
                    }
                }
            }
            after = events.getLast().position();
            progress.at(after, upTo);
            events = reader.telling(names, after, upTo, PAGE);
        }
        return rewritten;
    }

    /** Has every table rebuild what sequences made, and waits for it. */
    private void awaitTables(List<String> sequences, String expected) {
        List<Long> asked = new ArrayList<>();
        for (String sequence : sequences) {
            asked.addAll(jdbc.sql(
                            """
                            insert into projection_retry (table_name, sequence_key, rebuild)
                            select name, ?, true from projection_table where state <> 'dropping' returning id""")
                    .param(sequence)
                    .query(Long.class)
                    .list());
        }
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (long id : asked) {
            String outcome = outcome(id, end);
            if (!outcome.startsWith(expected)) {
                throw HttpFailure.conflict("A table was not cleaned, so the key is still there: " + outcome);
            }
        }
    }

    private String outcome(long id, long end) {
        while (true) {
            List<String> outcome = jdbc.sql("select outcome from projection_retry where id = ? and done_at is not null")
                    .param(id)
                    .query(String.class)
                    .list();
            if (!outcome.isEmpty()) {
                return String.valueOf(outcome.getFirst());
            }
            if (System.nanoTime() - end > 0) {
                throw HttpFailure.unavailable("The tables do not answer: do it again", Duration.ofSeconds(10));
            }
            try {
                Thread.sleep(POLL);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw HttpFailure.unavailable("This node stops", Duration.ofSeconds(10));
            }
        }
    }
}
