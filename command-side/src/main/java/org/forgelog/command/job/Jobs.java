package org.forgelog.command.job;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.forgelog.api.http.HttpFailure;
import org.forgelog.command.job.Job.State;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs long work, one at a time on all nodes. How far it is stands in the database, so that any node tells; work whose
 * node is gone has failed.
 */
public final class Jobs implements AutoCloseable {

    /** What a job does. */
    @FunctionalInterface
    public interface Work {

        /**
         * @return the report, to be written as JSON
         * @throws HttpFailure when it cannot be done
         */
        Object run(Progress progress);
    }

    private record Mark(long done, long total) {}

    private static final class Marks implements Progress {

        private volatile Mark last = new Mark(0, 0);

        @Override
        public void at(long done, long total) {
            last = new Mark(done, total);
        }
    }

    private static final Duration BETWEEN_MARKS = Duration.ofMillis(500);
    private static final String GONE = "15 seconds";
    private static final String KEPT = "30 days";

    private static final Logger log = LoggerFactory.getLogger(Jobs.class);

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final ScheduledExecutorService marking = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("job-marks").factory());

    public Jobs(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /**
     * Begins; answers at once.
     *
     * @throws HttpFailure 409 while another job runs, on any node
     */
    public Job start(String kind, Work work) {
        failTheGone();
        jdbc.sql("delete from job where ended_at < now() - interval '" + KEPT + "'")
                .update();
        UUID id = UUID.randomUUID();
        try {
            jdbc.sql("insert into job (id, kind) values (?, ?)")
                    .param(id)
                    .param(kind)
                    .update();
        } catch (DuplicateKeyException e) {
            throw HttpFailure.conflict("Another job is running: wait for it to end");
        }
        Thread.ofPlatform().daemon().name("job").start(() -> run(id, kind, work));
        return find(id).orElseThrow();
    }

    /** The job with this id, as it stands. */
    public Optional<Job> find(UUID id) {
        failTheGone();
        return jdbc.sql("select * from job where id = ?")
                .param(id)
                .query((row, n) -> job(row))
                .optional();
    }

    private void failTheGone() {
        jdbc.sql("update job set state = 'FAILED', ended_at = now(), error_status = 503, error = 'its node is gone'"
                        + " where state = 'RUNNING' and seen_at < now() - interval '" + GONE + "'")
                .update();
    }

    private static Job job(ResultSet row) throws SQLException {
        String error = row.getString("error");
        return new Job(
                row.getObject("id", UUID.class),
                row.getString("kind"),
                State.valueOf(row.getString("state")),
                row.getLong("done"),
                row.getLong("total"),
                row.getString("report"),
                error == null ? null : new Job.Failure(row.getInt("error_status"), error));
    }

    private void run(UUID id, String kind, Work work) {
        Marks progress = new Marks();
        ScheduledFuture<?> marks = marking.scheduleWithFixedDelay(
                () -> mark(id, progress.last), 0, BETWEEN_MARKS.toMillis(), TimeUnit.MILLISECONDS);
        try {
            Object report = work.run(progress);
            end(id, marks, progress.last, json.writeValueAsString(report), null);
        } catch (HttpFailure e) {
            end(id, marks, progress.last, null, new Job.Failure(e.status(), String.valueOf(e.getMessage())));
        } catch (TransactionException | DataAccessResourceFailureException e) {
            log.warn("{} failed", kind, e);
            end(id, marks, progress.last, null, new Job.Failure(503, "The database did not answer"));
        } catch (RuntimeException | Error e) {
            log.error("{} failed", kind, e);
            end(id, marks, progress.last, null, new Job.Failure(500, "Server Error"));
        }
    }

    /** On a connection of its own: what the job does becomes visible at its end. */
    private void mark(UUID id, Mark mark) {
        try {
            jdbc.sql("update job set done = ?, total = ?, seen_at = now() where id = ? and state = 'RUNNING'")
                    .param(mark.done())
                    .param(mark.total())
                    .param(id)
                    .update();
        } catch (DataAccessException | TransactionException e) {
            log.debug("how far a job is could not be noted", e);
        }
    }

    private void end(
            UUID id, ScheduledFuture<?> marks, Mark mark, @Nullable String report, Job.@Nullable Failure failure) {
        marks.cancel(false);
        State state = failure == null ? State.DONE : State.FAILED;
        try {
            jdbc.sql("update job set state = ?, done = ?, total = ?, report = ?::jsonb, error_status = ?, error = ?,"
                            + " ended_at = now() where id = ?")
                    .param(state.name())
                    .param(mark.done())
                    .param(mark.total())
                    .param(report)
                    .param(failure == null ? null : failure.status())
                    .param(failure == null ? null : failure.message())
                    .param(id)
                    .update();
        } catch (DataAccessException | TransactionException e) {
            log.error("that a job is {} could not be noted", state.name().toLowerCase(Locale.ROOT), e);
        }
    }

    @Override
    public void close() {
        marking.shutdownNow();
    }
}
