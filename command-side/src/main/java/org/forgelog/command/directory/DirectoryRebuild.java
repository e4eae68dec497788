package org.forgelog.command.directory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.forgelog.command.job.Progress;
import org.forgelog.command.postgres.SqlStates;
import org.forgelog.domain.DomainEvent;
import org.forgelog.domain.account.AccountEvent.AccountRegistered;
import org.forgelog.domain.account.AccountEvent.TokenIssued;
import org.forgelog.domain.comment.CommentEvent.CommentWritten;
import org.forgelog.domain.invitation.InvitationEvent.InvitationSent;
import org.forgelog.domain.issue.IssueEvent.IssueOpened;
import org.forgelog.domain.label.LabelEvent.LabelCreated;
import org.forgelog.domain.milestone.MilestoneEvent.MilestoneCreated;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestOpened;
import org.forgelog.domain.reaction.ReactionEvent.ReactionAdded;
import org.forgelog.domain.repository.RepositoryEvent.RepositoryCreated;
import org.forgelog.eventlog.EventCodec;
import org.forgelog.eventlog.EventLogReader;
import org.forgelog.eventlog.StoredEvent;
import org.forgelog.eventlog.UnreadableEventException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Computes the directory from the log: to compare it, or to write it anew. Either is one transaction, so that whatever
 * kills it leaves the directory as it was.
 */
public final class DirectoryRebuild {

    /**
     * What a comparison or a rebuild found.
     *
     * @param events how many events were applied
     * @param differences how many rows differed; 0 when the directory is what the log says
     * @param examples the first of the differing rows, as people read them
     */
    public record Report(long events, long differences, List<String> examples) {}

    /** Children after parents. */
    private static final List<String> TABLES = List.of(
            "account",
            "token",
            "organization",
            "membership",
            "repository",
            "repository_redirect",
            "repository_number",
            "collaborator",
            "invitation",
            "star",
            "subscription",
            "contributor",
            "label",
            "milestone",
            "conversation",
            "pull_request",
            "comment",
            "reaction");

    private static final int BATCH = 500;
    private static final int EXAMPLES = 20;
    private static final int ATTEMPTS = 5;

    private final JdbcClient jdbc;
    private final EventLogReader log;
    private final EventCodec codec;
    private final DirectoryWriter writer;
    private final TransactionTemplate snapshot;
    private final TransactionTemplate transaction;

    public DirectoryRebuild(DataSource dataSource, PlatformTransactionManager transactions, EventCodec codec) {
        this.jdbc = JdbcClient.create(dataSource);
        this.log = new EventLogReader(new TransactionAwareDataSourceProxy(dataSource));
        this.codec = codec;
        this.writer = DirectoryWriter.intoCopies(new JdbcTemplate(dataSource));
        this.transaction = new TransactionTemplate(transactions);
        this.snapshot = new TransactionTemplate(transactions);
        this.snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    }

    /**
     * Compares the directory with what the log says it should hold. Commands go on meanwhile.
     *
     * @throws org.forgelog.eventlog.UnreadableEventException when the log holds an event that is not known here
     */
    public Report verify(Progress progress) {
        return inTransaction(snapshot, () -> compare(Unreadable.REFUSED, progress))
                .report();
    }

    /**
     * Writes the directory anew from the log and reports what was wrong with it. Commands wait meanwhile.
     *
     * @throws org.forgelog.eventlog.UnreadableEventException when the log holds an event that is not known here
     */
    public Report rebuild(Progress progress) {
        return rebuild(Unreadable.REFUSED, progress).report();
    }

    /**
     * Like {@link #rebuild}, but a sequence with an event that cannot be read stands still there.
     *
     * @return the sequences that do, and why
     */
    public Map<String, String> rebuildAsFarAsPossible(Progress progress) {
        return rebuild(Unreadable.BLOCKS, progress).blocked();
    }

    private enum Unreadable {
        REFUSED,
        BLOCKS
    }

    private Comparison rebuild(Unreadable unreadable, Progress progress) {
        for (int attempt = 1; ; attempt++) {
            try {
                return rebuildOnce(unreadable, progress);
            } catch (RuntimeException e) {
                // Commands lock rows before they wait for a table: PostgreSQL may choose the rebuild to give way.
                if (attempt == ATTEMPTS || !SqlStates.isConflict(e)) {
                    throw e;
                }
            }
        }
    }

    private Comparison rebuildOnce(Unreadable unreadable, Progress progress) {
        return inTransaction(transaction, () -> {
            // Readers may go on, whoever writes or locks rows waits; no append can be under way then.
            jdbc.sql("lock table " + String.join(", ", TABLES) + ", domain_event in exclusive mode")
                    .update();
            Comparison comparison = compare(unreadable, progress);
            if (comparison.report().differences() > 0) {
                TABLES.reversed()
                        .forEach(table -> jdbc.sql("delete from " + real(table)).update());
                TABLES.forEach(table -> jdbc.sql("insert into " + real(table) + " select * from " + copy(table))
                        .update());
            }
            keepIdsUnused(comparison.greatestId());
            return comparison;
        });
    }

    private static Comparison inTransaction(TransactionTemplate template, Supplier<Comparison> work) {
        Comparison comparison = template.execute(status -> work.get());
        if (comparison == null) {
            throw new IllegalStateException("no comparison");
        }
        return comparison;
    }

    private Comparison compare(Unreadable unreadable, Progress progress) {
        for (String table : TABLES) {
            jdbc.sql("create temporary table " + table + " (like " + real(table) + " including all) on commit drop")
                    .update();
        }
        Replay replay = replay(unreadable, progress);
        long differences = 0;
        List<String> examples = new ArrayList<>();
        for (String table : TABLES) {
            differences += differ(examples, "missing", table, copy(table), real(table));
            differences += differ(examples, "unexpected", table, real(table), copy(table));
        }
        return new Comparison(
                new Report(replay.events(), differences, List.copyOf(examples)), replay.greatestId(), replay.blocked());
    }

    private record Comparison(Report report, long greatestId, Map<String, String> blocked) {}

    private record Replay(long events, long greatestId, Map<String, String> blocked) {}

    private Replay replay(Unreadable unreadable, Progress progress) {
        long total =
                jdbc.sql("select count(*) from domain_event").query(Long.class).single();
        Set<Long> skipped = log.skipped().keySet();
        Map<String, String> blocked = new TreeMap<>();
        long position = 0;
        long events = 0;
        long greatestId = 0;
        List<StoredEvent> batch = log.after(position, BATCH);
        while (!batch.isEmpty()) {
            for (StoredEvent stored : batch) {
                if (!skipped.contains(stored.position()) && !blocked.containsKey(stored.sequenceKey())) {
                    greatestId = Math.max(greatestId, apply(stored, unreadable, blocked));
                }
            }
            events += batch.size();
            progress.at(events, total);
            position = batch.getLast().position();
            batch = log.after(position, BATCH);
        }
        return new Replay(events, greatestId, blocked);
    }

    /** The public id that the event gave away; 0 when it gave none. */
    private long apply(StoredEvent stored, Unreadable unreadable, Map<String, String> blocked) {
        DomainEvent event;
        try {
            event = codec.decode(stored.type(), stored.revision(), stored.payload());
        } catch (UnreadableEventException e) {
            if (unreadable == Unreadable.REFUSED) {
                throw e;
            }
            blocked.put(stored.sequenceKey(), "event " + stored.position() + ": " + e.getMessage());
            return 0;
        }
        writer.apply(event);
        return publicId(event);
    }

    /** After a restore the sequence may lag behind the log; ids must not be given out twice. */
    private void keepIdsUnused(long greatestId) {
        if (greatestId > 0) {
            jdbc.sql("select setval('forgelog_public_id', ?) from forgelog_public_id where last_value < ?")
                    .param(greatestId)
                    .param(greatestId)
                    .query(Long.class)
                    .optional();
        }
    }

    private static long publicId(DomainEvent event) {
        return switch (event) {
            case AccountRegistered e -> e.accountId().value();
            case TokenIssued e -> e.tokenId();
            case RepositoryCreated e -> e.repositoryId().value();
            case IssueOpened e -> e.issueId();
            case PullRequestOpened e -> e.pullRequestId();
            case LabelCreated e -> e.labelId().value();
            case MilestoneCreated e -> e.milestoneId();
            case CommentWritten e -> e.commentId().value();
            case ReactionAdded e -> e.reactionId();
            case InvitationSent e -> e.invitationId().value();
            default -> 0;
        };
    }

    private long differ(List<String> examples, String what, String table, String in, String notIn) {
        List<String> rows = jdbc.sql("select (to_jsonb(d) - 'sha256')::text from (select * from " + in
                        + " except select * from " + notIn + ") d order by 1")
                .query(String.class)
                .list();
        rows.stream()
                .limit(Math.max(0, EXAMPLES - examples.size()))
                .forEach(row -> examples.add(what + " in " + table + ": " + row));
        return rows.size();
    }

    private String real(String table) {
        return schema() + "." + table;
    }

    private static String copy(String table) {
        return "pg_temp." + table;
    }

    /** The schema where the real tables are. Temporary tables never count as the current schema. */
    private String schema() {
        return jdbc.sql("select quote_ident(current_schema())")
                .query(String.class)
                .single();
    }
}
