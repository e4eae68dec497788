package org.forgelog.command.execution;

import java.sql.Array;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.ResultMessage;
import org.axonframework.messaging.correlation.CorrelationDataProvider;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.RollbackConfigurationType;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.ConcurrencyException;
import org.forgelog.api.Caller;
import org.forgelog.api.http.HttpFailure;
import org.forgelog.command.aggregate.AggregateStates;
import org.forgelog.command.directory.Directory;
import org.forgelog.command.execution.IdempotencyStore.Earlier;
import org.forgelog.command.execution.Session.Terms;
import org.forgelog.command.log.AppendedEvents;
import org.forgelog.command.postgres.SqlStates;
import org.forgelog.domain.Rejection;
import org.forgelog.eventlog.MasterKeys;
import org.forgelog.eventlog.Position;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs a request in one transaction: one root unit of work, in which the units of work of its commands are nested. Its
 * events are appended together when it commits; anything thrown takes everything back. When another request got in
 * between, the whole of it is repeated, a few times, before the client hears of it.
 */
public final class CommandExecutor {

    /** What a request does. May run more than once, so it must have no effect outside the session. */
    public interface Work {
        Answer run(Session session);
    }

    /** How often a request is tried before its client has to. */
    static final int ATTEMPTS = 8;

    private static final long FIRST_PAUSE_NANOS = Duration.ofMillis(5).toNanos();
    /** In the same space as the append lock, which it must never be taken after. */
    private static final String RETRY_LOCK = "select pg_advisory_xact_lock(4674, 2)";

    private static final Logger log = LoggerFactory.getLogger(CommandExecutor.class);

    private final CommandGateway commands;
    private final AggregateStates states;
    private final RepeatGuard guard;
    private final boolean invitations;
    private final MasterKeys masterKeys;
    private final TransactionLimit limit;
    private final TransactionManager transactions;
    private final List<CorrelationDataProvider> correlation;
    private final JdbcClient jdbc;
    private final Directory directory;
    private final IdempotencyStore idempotency;
    private final JsonMapper json;
    private final Clock clock;
    private final CommandMetrics metrics;

    public CommandExecutor(
            CommandGateway commands,
            AggregateStates states,
            TransactionManager transactions,
            List<CorrelationDataProvider> correlation,
            RepeatGuard guard,
            boolean invitations,
            MasterKeys masterKeys,
            TransactionLimit limit,
            JdbcOperations jdbc,
            JsonMapper json,
            Clock clock,
            CommandMetrics metrics) {
        this.commands = commands;
        this.states = states;
        this.transactions = transactions;
        this.correlation = correlation;
        this.guard = guard;
        this.invitations = invitations;
        this.masterKeys = masterKeys;
        this.limit = limit;
        this.jdbc = JdbcClient.create(jdbc);
        this.directory = new Directory(jdbc);
        this.idempotency = new IdempotencyStore(this.jdbc);
        this.json = json;
        this.clock = clock;
        this.metrics = metrics;
    }

    /**
     * Runs {@code work} and commits, or finds the answer that was given under {@code key} before.
     *
     * @throws org.forgelog.domain.Rejection when the work was refused; nothing of it is left then
     * @throws HttpFailure when the database cannot do it now
     */
    public Reply execute(Work work, Origin origin, @Nullable IdempotencyKey key) {
        for (int attempt = 1; ; attempt++) {
            boolean again = attempt > 1;
            try {
                return limit.run(() -> attempt(work, origin, key, again));
            } catch (RuntimeException e) {
                if (SqlStates.isUnavailable(e)) {
                    log.warn("the database could not do it now: {}", cause(e));
                    throw HttpFailure.unavailable("Service unavailable", Duration.ofSeconds(1));
                }
                if (!isConflict(e)) {
                    throw e;
                }
                metrics.conflict();
                if (attempt == ATTEMPTS) {
                    log.warn("gave up after {} conflicts: {}", attempt, cause(e));
                    throw HttpFailure.unavailable("Too many conflicting requests", Duration.ofSeconds(1));
                }
                log.debug("conflict, attempt {}", attempt, e);
                pause(attempt);
            }
        }
    }

    /** Without the exceptions on top, whose messages hold what was to be stored. */
    private static String cause(Throwable failure) {
        Throwable root = NestedExceptionUtils.getMostSpecificCause(failure);
        return root instanceof PSQLException postgres && postgres.getServerErrorMessage() != null
                ? String.valueOf(postgres.getServerErrorMessage().getMessage())
                : root.getClass().getName();
    }

    private static boolean isConflict(RuntimeException failure) {
        return failure instanceof ConcurrencyException || SqlStates.isConflict(failure);
    }

    private static void pause(int attempt) {
        long longest = FIRST_PAUSE_NANOS << attempt;
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(FIRST_PAUSE_NANOS, longest + 1));
    }

    private Reply attempt(Work work, Origin origin, @Nullable IdempotencyKey key, boolean again) {
        UnitOfWork<Message<?>> unitOfWork = DefaultUnitOfWork.startAndGet(
                new GenericCommandMessage<>(new GenericMessage<>("request", origin.metadata()), "request"));
        correlation.forEach(unitOfWork::registerCorrelationDataProvider);
        unitOfWork.attachTransaction(transactions);
        AtomicReference<@Nullable Reply> reply = new AtomicReference<>();
        ResultMessage<Boolean> result = unitOfWork.executeWithResult(
                () -> {
                    if (again) {
                        waitForOthersThatTryAgain();
                    }
                    run(work, origin.caller(), key, unitOfWork, reply);
                    return true;
                },
                RollbackConfigurationType.ANY_THROWABLE);
        if (result.isExceptional()) {
            Throwable failure = result.exceptionResult();
            throw failure instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(failure);
        }
        Reply committed = reply.get();
        if (committed == null) {
            throw new IllegalStateException("committed without an answer");
        }
        return committed;
    }

    /**
     * Requests that got in each other's way once would do it again and again, as two batches that lock in opposite
     * orders do. So they try again one after the other; this lock is the first that a transaction takes.
     */
    private void waitForOthersThatTryAgain() {
        jdbc.sql(RETRY_LOCK).query((row, n) -> true).single();
    }

    private void run(
            Work work,
            Caller caller,
            @Nullable IdempotencyKey key,
            UnitOfWork<?> unitOfWork,
            AtomicReference<@Nullable Reply> reply) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        if (key != null) {
            Optional<Earlier> earlier = idempotency.takeOrFind(key, now);
            if (earlier.isPresent()) {
                reply.set(again(earlier.get(), caller, now));
                return;
            }
        }
        if (key == null) {
            AppendedEvents.nothingFollows(unitOfWork);
        }
        Session session =
                new Session(commands, states, directory, now, new Terms(key != null, invitations, masterKeys));
        Answer answer = work.run(session);
        String body = answer.body() == null ? null : json.writeValueAsString(answer.body());
        // Runs after the event store's own, which was registered when the first event was published: it appends.
        unitOfWork.onPrepareCommit(u -> {
            Reply complete = new Reply(answer.status(), body, answer.headers(), position(u, session));
            if (key != null) {
                idempotency.remember(key, complete, session.grounds());
            }
            reply.set(complete);
        });
    }

    private Reply again(Earlier earlier, Caller caller, Instant now) {
        Session session = new Session(commands, states, directory, now, new Terms(true, invitations, masterKeys));
        if (earlier.reply().json() != null && !guard.allows(session, caller, earlier.grounds())) {
            throw Rejection.notFound();
        }
        return earlier.reply();
    }

    private Position position(UnitOfWork<?> unitOfWork, Session session) {
        return AppendedEvents.of(unitOfWork)
                .map(appended -> new Position(appended.lastPosition(), appended.sequences()))
                .orElseGet(() -> lastPositionOf(session.aggregates()));
    }

    private Position lastPositionOf(Set<String> aggregates) {
        return jdbc.sql(
                        """
                        select coalesce(max(global_index), 0), array_agg(distinct sequence_key)
                        from domain_event where aggregate_id = any(?)""")
                .param(aggregates.toArray(String[]::new))
                .query((row, n) -> {
                    Array sequences = row.getArray(2);
                    List<String> keys = sequences == null ? List.of() : Arrays.asList((String[]) sequences.getArray());
                    return new Position(row.getLong(1), new TreeSet<>(keys));
                })
                .single();
    }
}
