package org.forgelog.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.forgelog.api.Caller;
import org.forgelog.api.http.HttpFailure;
import org.forgelog.cli.Answer;
import org.forgelog.cli.Service;
import org.forgelog.command.execution.CommandExecutor;
import org.forgelog.command.execution.IdempotencyKey;
import org.forgelog.command.execution.Origin;
import org.forgelog.command.execution.Session;
import org.forgelog.domain.account.AccountCommand.RenameAccount;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.account.Login;
import org.forgelog.eventlog.EventCodec;
import org.forgelog.eventlog.EventLogReader;
import org.forgelog.eventlog.StoredEvent;
import org.forgelog.query.projection.deployment.TableVerifier.Report;
import org.forgelog.query.verify.LogVerifier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Transactions that stay open for long, before they append and after, while others commit beside them by clocks that are
 * up to five minutes late: whoever follows the log by plain positions gets each event once, in the order of commits, and
 * so does the table. For 90 s with {@code -Pfaults}, for moments otherwise.
 */
class LongTransactionTest {

    private static final Duration OPEN =
            Boolean.getBoolean("faults.all") ? Duration.ofSeconds(90) : Duration.ofMillis(1_500);
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final int WRITERS = 3;
    private static final AtomicInteger NAMES = new AtomicInteger();

    /** Its own: nobody else could append meanwhile. */
    private static LocalService local;

    private final JdbcClient jdbc = local.application().getBean(JdbcClient.class);
    private final CommandExecutor executor = local.application().getBean(CommandExecutor.class);
    private final EventLogReader log = new EventLogReader(local.application().getBean(DataSource.class));
    private final Clock clock = GenericEventMessage.clock;

    @BeforeAll
    static void start() {
        local = LocalService.start();
    }

    @AfterAll
    static void stop() {
        local.close();
    }

    @BeforeEach
    void clocksAreLate() {
        InstantSource late =
                () -> clock.instant().minusMillis(ThreadLocalRandom.current().nextLong(300_000));
        GenericEventMessage.clock = late.withZone(clock.getZone());
    }

    @AfterEach
    void clocksAreRight() {
        GenericEventMessage.clock = clock;
    }

    /** Reads on from the last position that it saw, never back, as projections do. */
    private final class Follower implements AutoCloseable {

        private final long from = log.head();
        private final List<StoredEvent> seen = new CopyOnWriteArrayList<>();
        private final AtomicBoolean ended = new AtomicBoolean();
        private final Thread thread = Thread.ofPlatform().start(this::follow);

        private void follow() {
            long position = from;
            while (!ended.get() || position < log.head()) {
                for (StoredEvent event : log.after(position, 7)) {
                    seen.add(event);
                    position = event.position();
                }
                LockSupport.parkNanos(1_000_000);
            }
        }

        /** All that it saw, which must be all that there is. */
        List<StoredEvent> all() throws InterruptedException {
            close();
            assertThat(seen)
                    .as("what was seen by who never looks back")
                    .extracting(StoredEvent::position)
                    .isEqualTo(log.after(from, Integer.MAX_VALUE).stream()
                            .map(StoredEvent::position)
                            .toList());
            return seen;
        }

        @Override
        public void close() throws InterruptedException {
            ended.set(true);
            thread.join();
        }
    }

    /** Open issues, one after the other; what is refused for now, again. */
    private final class Writers implements AutoCloseable {

        private final AtomicBoolean ended = new AtomicBoolean();
        private final AtomicInteger written = new AtomicInteger();
        private final Set<Integer> refused = new HashSet<>();
        private final List<CompletableFuture<Void>> threads;

        Writers() {
            threads = IntStream.range(0, WRITERS)
                    .mapToObj(n -> "busy-" + NAMES.incrementAndGet())
                    .map(login -> {
                        Service service = local.service();
                        String token = UpProcess.userWithRepository(service, LocalService.ADMIN, login, "repository");
                        return CompletableFuture.runAsync(() -> write(service, token, login));
                    })
                    .toList();
        }

        private void write(Service service, String token, String login) {
            for (int issue = 1; !ended.get(); issue++) {
                String title = login + " " + issue;
                Answer answer;
                do {
                    answer = service.send(
                            "POST", "/repos/" + login + "/repository/issues", token, Map.of("title", title));
                    synchronized (refused) {
                        refused.add(answer.status());
                    }
                } while (answer.status() == 503);
                assertThat(answer.status()).isEqualTo(201);
                assertThat(answer.body().path("number").asInt())
                        .as("none was lost, none burnt")
                        .isEqualTo(issue);
                written.incrementAndGet();
            }
        }

        void write(int more) {
            int before = written.get();
            await().atMost(LIMIT).until(() -> {
                throwIfFailed();
                return written.get() >= before + more;
            });
        }

        boolean isBroken() {
            return threads.stream().anyMatch(CompletableFuture::isCompletedExceptionally);
        }

        private void throwIfFailed() {
            threads.stream().filter(CompletableFuture::isCompletedExceptionally).forEach(CompletableFuture::join);
        }

        @Override
        public void close() {
            ended.set(true);
            threads.forEach(CompletableFuture::join);
            synchronized (refused) {
                assertThat(refused).isSubsetOf(201, 503);
            }
        }
    }

    private AccountId newAccount(String role) {
        String login = role + "-" + NAMES.incrementAndGet();
        Answer answer = UpProcess.created(
                local.service().send("POST", "/admin/users", LocalService.ADMIN, Map.of("login", login)));
        return new AccountId(answer.body().path("id").asLong());
    }

    private static Origin origin() {
        return new Origin(Caller.SITE_ADMIN, "long-transaction");
    }

    /** Changes the directory at once, and keeps its row. */
    private static org.forgelog.command.execution.Answer rename(Session session, AccountId account) {
        session.send(new RenameAccount(account, new Login("late-" + NAMES.incrementAndGet()), session.now()));
        return org.forgelog.command.execution.Answer.noContent();
    }

    /** Keeps the transaction open, and busy: PostgreSQL ends idle ones sooner. */
    private void keepOpen(BooleanSupplier andUntil) {
        Instant end = clock.instant().plus(OPEN);
        while (clock.instant().isBefore(end) || !andUntil.getAsBoolean()) {
            jdbc.sql("select pg_sleep(0.05)").query((row, n) -> true).single();
        }
    }

    /** A request whose answer is remembered: the commit does not come with the append then, but by itself, after it. */
    private static IdempotencyKey remembered() {
        return IdempotencyKey.of("long-transaction", "key-" + NAMES.incrementAndGet(), "request");
    }

    /** Does something after this transaction has appended, before it commits; it must be {@link #remembered}. */
    private static void onAppended(Runnable then) {
        CurrentUnitOfWork.get().root().onPrepareCommit(unitOfWork -> then.run());
    }

    private void assertTableIsTheFoldedLog() {
        Report report = new LogVerifier(
                        local.application().getBean(DynamoDbClient.class),
                        log,
                        local.application().getBean(EventCodec.class))
                .verify("forgelog", null, done -> {});
        assertThat(report.differences()).as(report.examples().toString()).isZero();
    }

    @Test
    void whatIsDoneEarlyAndAppendedLateKeepsNobodyUpAndComesAfterAllThatCommittedMeanwhile() throws Exception {
        AccountId slow = newAccount("slow");
        List<StoredEvent> seen;
        try (Follower follower = new Follower();
                Writers writers = new Writers()) {
            CountDownLatch began = new CountDownLatch(1);
            AtomicInteger others = new AtomicInteger();
            AtomicLong headAtItsEnd = new AtomicLong();
            CompletableFuture<Void> transaction = CompletableFuture.runAsync(() -> executor.execute(
                    session -> {
                        var answer = rename(session, slow);
                        began.countDown();
                        int before = writers.written.get();
                        keepOpen(() -> writers.written.get() - before > WRITERS || writers.isBroken());
                        others.set(writers.written.get() - before);
                        headAtItsEnd.set(log.head());
                        return answer;
                    },
                    origin(),
                    null));
            began.await();
            long before = log.head();
            transaction.join();
            assertThat(others.get()).as("written meanwhile").isGreaterThan(WRITERS);
            assertThat(headAtItsEnd.get()).isGreaterThan(before);
            assertThat(log.lastPositionOf(slow.aggregateId())).isGreaterThan(headAtItsEnd.get());
            writers.write(WRITERS);
            writers.close();
            seen = follower.all();
        }
        assertThat(seen.stream().map(StoredEvent::appendedAt).toList())
                .as("times by the log's clock")
                .isSorted();
        assertThat(jdbc.sql("select count(*) from domain_event e join domain_event later"
                                + " on later.global_index > e.global_index and later.appended_at < e.appended_at")
                        .query(Long.class)
                        .single())
                .as("times by its writers' clocks that go back")
                .isPositive();
        assertTableIsTheFoldedLog();
    }

    @Test
    void whoHasAppendedAndIsOpenIsNotPassedByWhetherItCommitsOrNot() throws Exception {
        AccountId slow = newAccount("slow");
        try (Follower follower = new Follower();
                Writers writers = new Writers()) {
            for (boolean commits : List.of(true, false)) {
                writers.write(WRITERS);
                List<Long> passedBy = new ArrayList<>();
                Runnable transaction = () -> executor.execute(
                        session -> {
                            var answer = rename(session, slow);
                            onAppended(() -> {
                                long head = log.head();
                                keepOpen(() -> true);
                                log.after(head, Integer.MAX_VALUE).forEach(event -> passedBy.add(event.position()));
                                if (!commits) {
                                    throw new IllegalStateException("after all not");
                                }
                            });
                            return answer;
                        },
                        origin(),
                        remembered());
                long before = log.lastPositionOf(slow.aggregateId());
                if (commits) {
                    transaction.run();
                } else {
                    assertThatThrownBy(transaction::run).hasMessage("after all not");
                }
                assertThat(passedBy).isEmpty();
                assertThat(log.lastPositionOf(slow.aggregateId()) > before).isEqualTo(commits);
                writers.write(WRITERS);
            }
            writers.close();
            follower.all();
        }
        assertTableIsTheFoldedLog();
    }

    @Test
    void whoWaitsTooLongToAppendIsToldSoAndLeavesNothing() throws Exception {
        AccountId slow = newAccount("slow");
        AccountId refused = newAccount("refused");
        long before = log.lastPositionOf(refused.aggregateId());
        try (Follower follower = new Follower()) {
            executor.execute(
                    session -> {
                        var answer = rename(session, slow);
                        onAppended(() -> CompletableFuture.runAsync(() -> assertUnavailable(refused, "lock_timeout"))
                                .join());
                        return answer;
                    },
                    origin(),
                    remembered());
            assertThat(log.lastPositionOf(refused.aggregateId())).isEqualTo(before);
            executor.execute(session -> rename(session, refused), origin(), null);
            assertThat(follower.all()).hasSize(2);
        }
        assertTableIsTheFoldedLog();
    }

    @Test
    void whoAppendsAndHangsIsCutOffAndLeavesNothing() throws Exception {
        AccountId hung = newAccount("hung");
        AccountId next = newAccount("next");
        long before = log.lastPositionOf(hung.aggregateId());
        try (Follower follower = new Follower()) {
            CountDownLatch appended = new CountDownLatch(1);
            CountDownLatch others = new CountDownLatch(1);
            CompletableFuture<Void> waits = CompletableFuture.runAsync(() -> {
                awaitUnchecked(appended);
                executor.execute(session -> rename(session, next), origin(), null);
                others.countDown();
            });
            assertThatThrownBy(() -> executor.execute(
                            session -> {
                                var answer = rename(session, hung);
                                onAppended(() -> {
                                    limit("idle_in_transaction_session_timeout");
                                    appended.countDown();
                                    awaitUnchecked(others);
                                });
                                return answer;
                            },
                            origin(),
                            remembered()))
                    .isInstanceOf(HttpFailure.class)
                    .hasMessage("Service unavailable");
            waits.join();
            assertThat(log.lastPositionOf(hung.aggregateId())).isEqualTo(before);
            assertThat(follower.all()).hasSize(1);
        }
        assertTableIsTheFoldedLog();
    }

    private static void awaitUnchecked(CountDownLatch latch) {
        try {
            assertThat(latch.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Sooner than usual, in this transaction alone. */
    private void limit(String timeout) {
        jdbc.sql("set local " + timeout + " = '300ms'").update();
    }

    private void assertUnavailable(AccountId account, String timeout) {
        assertThatThrownBy(() -> executor.execute(
                        session -> {
                            limit(timeout);
                            return rename(session, account);
                        },
                        origin(),
                        null))
                .isInstanceOf(HttpFailure.class)
                .hasMessage("Service unavailable");
    }
}
