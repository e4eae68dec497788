package org.forgelog.query.operator;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.forgelog.api.http.HttpFailure;
import org.forgelog.domain.Rejection;
import org.forgelog.query.projection.control.ControlDatabase;
import org.forgelog.query.projection.control.OperationRefused;
import org.jspecify.annotations.Nullable;

/** What operators did: who, when, what, and what came of it; in PostgreSQL, where all nodes see it. */
public final class ActionLog {

    /** Longest outcome that is kept, in characters. */
    private static final int LONGEST = 2_000;

    /** What came of an action. {@code UNDER_WAY} also where the node died that carried it out. */
    public enum Result {
        UNDER_WAY,
        DONE,
        REFUSED,
        FAILED
    }

    /**
     * One action.
     *
     * @param subject the table, sequence or repository
     * @param outcome in words; empty while there is none
     */
    public record Action(
            long id, Instant at, String operator, String action, String subject, Result result, String outcome) {}

    /**
     * What came of an action for whoever asked for it.
     *
     * @param value {@code null} where it failed
     * @param failure why it did; {@code null} where it did not
     */
    public record Recorded<T>(long id, @Nullable T value, @Nullable RuntimeException failure) {

        /** The value. */
        public T orThrow() {
            if (failure != null) {
                throw failure;
            }
            if (value == null) {
                throw new IllegalStateException("an action without a value");
            }
            return value;
        }
    }

    private final ControlDatabase sql;

    public ActionLog(DataSource dataSource) {
        this.sql = new ControlDatabase(dataSource);
    }

    /**
     * Does something and records it.
     *
     * @param outcome what came of it, in words
     */
    <T> Recorded<T> record(
            String operator, String action, String subject, Supplier<T> work, Function<T, String> outcome) {
        long id = begin(operator, action, subject);
        Recorded<T> recorded = attempt(id, work);
        T value = recorded.value();
        if (value != null) {
            end(id, Result.DONE, outcome.apply(value));
        }
        return recorded;
    }

    /** Does something whose end is recorded by {@link #end}, unless it fails at once. */
    <T> Recorded<T> attempt(long id, Supplier<T> work) {
        try {
            return new Recorded<>(id, work.get(), null);
        } catch (OperationRefused | Rejection | HttpFailure e) {
            end(id, Result.REFUSED, String.valueOf(e.getMessage()));
            return new Recorded<>(id, null, e);
        } catch (RuntimeException e) {
            end(id, Result.FAILED, e.toString());
            return new Recorded<>(id, null, e);
        }
    }

    /** Records that an action begins; answers its id. */
    long begin(String operator, String action, String subject) {
        return sql.query(
                        "insert into operator_action (operator, action, subject) values (?, ?, ?) returning id",
                        row -> row.getLong(1),
                        operator,
                        action,
                        subject)
                .getFirst();
    }

    /** Records what came of an action. */
    void end(long id, Result result, String outcome) {
        sql.quietly(
                "update operator_action set result = ?, outcome = ?, ended_at = now() where id = ?",
                result.name(),
                outcome.length() > LONGEST ? outcome.substring(0, LONGEST) : outcome,
                id);
    }

    /** The latest actions before the one with an id, newest first. */
    public List<Action> before(long id, int limit) {
        return read("where id < ? order by id desc limit ?", id, limit);
    }

    /** The latest actions, newest first. */
    public List<Action> latest(int limit) {
        return before(Long.MAX_VALUE, limit);
    }

    /** One action; {@code null} when there is none. */
    public @Nullable Action find(long id) {
        List<Action> found = read("where id = ?", id);
        return found.isEmpty() ? null : found.getFirst();
    }

    private List<Action> read(String where, Object... arguments) {
        return sql.query(
                "select id, at, operator, action, subject, result, outcome from operator_action " + where,
                row -> new Action(
                        row.getLong(1),
                        row.getObject(2, OffsetDateTime.class).toInstant(),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        Result.valueOf(row.getString(6)),
                        row.getString(7)),
                arguments);
    }
}
