package org.forgelog.command.importing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.forgelog.api.http.HttpFailure;
import org.forgelog.command.execution.Answer;
import org.forgelog.command.execution.CommandExecutor;
import org.forgelog.command.execution.Origin;
import org.forgelog.command.job.Progress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Takes histories of other forges in. Records are carried out in order, some of them in each transaction, by the
 * commands that people's requests lead to; what was taken is noted in the same transaction, so that whoever imports again,
 * be it after a crash, takes what is missing and nothing twice.
 */
public final class Imports {

    /** What is done about a record that cannot be read or taken. */
    public enum OnError {
        STOP,
        SKIP
    }

    private static final int RECORDS_AT_ONCE = 200;
    private static final int FACTS_AT_ONCE = 600;
    private static final long BYTES_AT_ONCE = 8 << 20;
    private static final int TRIES = 20;
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(500);

    private static final Logger log = LoggerFactory.getLogger(Imports.class);

    private final CommandExecutor executor;
    private final JdbcOperations jdbc;
    private final Clock clock;

    public Imports(CommandExecutor executor, JdbcOperations jdbc, Clock clock) {
        this.executor = executor;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Imports a file, and removes it.
     *
     * @param origin who asked for it
     * @param progress hears of records, of a total that is estimated
     * @return the report, to be written as JSON
     * @throws HttpFailure when it is no such file, or when it stops at a record
     */
    public Object run(Path file, OnError onError, Origin origin, Progress progress) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        long start = System.nanoTime();
        try (ImportFile source = ImportFile.open(file, now)) {
            ImportReport report = new ImportReport();
            ImportIndex index = new ImportIndex(JdbcClient.create(jdbc));
            long done = 0;
            for (int pass = 1; pass <= source.passes(); pass++) {
                Run run = new Run(source, index, report, onError, origin, pass, progress, done);
                source.read(pass, run);
                run.flush();
                done = run.done;
            }
            progress.at(done, done);
            return report.result(source.format(), (System.nanoTime() - start) / 1e9);
        } catch (Json.Malformed e) {
            throw HttpFailure.badRequest("The file cannot be imported: " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                log.warn("{} is left", file, e);
            }
        }
    }

    /** One pass over a file. */
    private final class Run implements ImportFile.Sink {

        private final ImportFile source;
        private final ImportIndex index;
        private final ImportReport report;
        private final OnError onError;
        private final Origin origin;
        private final int pass;
        private final Progress progress;
        private final List<ImportedRecord> waiting = new ArrayList<>();
        private int facts;
        private long bytes;
        private long done;

        Run(
                ImportFile source,
                ImportIndex index,
                ImportReport report,
                OnError onError,
                Origin origin,
                int pass,
                Progress progress,
                long done) {
            this.source = source;
            this.index = index;
            this.report = report;
            this.onError = onError;
            this.origin = origin;
            this.pass = pass;
            this.progress = progress;
            this.done = done;
        }

        @Override
        public void take(ImportedRecord record, long size) {
            waiting.add(record);
            facts += weight(record);
            bytes += size;
            if (waiting.size() >= RECORDS_AT_ONCE || facts >= FACTS_AT_ONCE || bytes >= BYTES_AT_ONCE) {
                flush();
            }
        }

        private int weight(ImportedRecord record) {
            int weight = 0;
            for (Fact fact : record.facts()) {
                weight += fact instanceof Fact.RepositorySeen seen
                        ? 1 + seen.labels().size() + seen.collaborators().size()
                        : fact instanceof Fact.AccountSeen seen
                                ? 1 + seen.members().size()
                                : 1;
            }
            return weight;
        }

        @Override
        public void broken(String where, String why) {
            flush();
            if (onError == OnError.STOP) {
                throw stopped(where, why);
            }
            if (pass == 1) {
                report.broken(where, why);
            }
        }

        void flush() {
            if (waiting.isEmpty()) {
                return;
            }
            List<ImportedRecord> records = List.copyOf(waiting);
            waiting.clear();
            facts = 0;
            bytes = 0;
            try {
                commit(records);
            } catch (HttpFailure e) {
                throw e;
            } catch (RuntimeException e) {
                log.warn("{} records could not be imported together: one by one", records.size(), e);
                records.forEach(this::alone);
            }
            done += records.size();
            double read = (pass - 1 + source.progress()) / source.passes();
            progress.at(done, Math.max(done, (long) (done / Math.max(read, 1e-6))));
        }

        private void alone(ImportedRecord record) {
            try {
                commit(List.of(record));
            } catch (HttpFailure e) {
                throw e;
            } catch (RuntimeException e) {
                String why = String.valueOf(
                        NestedExceptionUtils.getMostSpecificCause(e).getMessage());
                if (onError == OnError.STOP) {
                    throw stopped(record.where(), why);
                }
                report.broken(record.where(), why);
            }
        }

        private void commit(List<ImportedRecord> records) {
            for (int attempt = 1; ; attempt++) {
                try {
                    ImportReport[] part = new ImportReport[1];
                    executor.execute(
                            session -> {
                                part[0] = new ImportReport();
                                new ImportChunk(session, index, part[0], pass == 1, pass == source.passes())
                                        .carryOut(records);
                                return Answer.noContent();
                            },
                            origin,
                            null);
                    report.add(part[0]);
                    return;
                } catch (HttpFailure e) {
                    // The database cannot do it now; what was done so far stays.
                    if (attempt == TRIES) {
                        throw e;
                    }
                    LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
                }
            }
        }

        private HttpFailure stopped(String where, String why) {
            return HttpFailure.badRequest("Stopped at " + where + ": " + why + ". " + report.records()
                    + " records before it were taken; importing the mended file again goes on");
        }
    }
}
