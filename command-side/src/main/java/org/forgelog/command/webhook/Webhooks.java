package org.forgelog.command.webhook;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.forgelog.api.http.HttpFailure;
import org.forgelog.command.execution.CommandExecutor;
import org.forgelog.command.subscription.Delivery;
import org.forgelog.command.subscription.Delivery.Attempt;
import org.forgelog.command.subscription.Hook;
import org.forgelog.command.subscription.Hooks;
import org.forgelog.eventlog.EventCodec;
import org.forgelog.eventlog.EventLogException;
import org.forgelog.eventlog.EventLogReader;
import org.forgelog.eventlog.LogSignals;
import org.forgelog.eventlog.MasterKeys;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.http.client.InetAddressFilter;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Has the log turned into deliveries and these sent, for as long as the application runs. A delivery that fails is tried
 * again, later each time, and what comes after it in its sequence waits: a receiver that was away gets everything in order.
 */
public final class Webhooks implements SmartLifecycle {

    /**
     * How deliveries are sent.
     *
     * @param timeout how long a delivery may take
     * @param firstPause how long after its first failure a delivery is tried again; twice as long after each further one
     * @param longestPause how long at most
     * @param giveUpAfter how old a delivery may become before it has failed
     * @param allowed addresses of private networks that deliveries may go to, as 10.1.0.0/16; others are refused
     * @param parallel how many deliveries are sent at once from a node; 0 for a node that sends none
     */
    public record Settings(
            @DefaultValue("10s") Duration timeout,
            @DefaultValue("1s") Duration firstPause,
            @DefaultValue("10m") Duration longestPause,
            @DefaultValue("1d") Duration giveUpAfter,
            @DefaultValue List<String> allowed,
            @DefaultValue("16") int parallel) {}

    /** Ends a wait for signals, should one be lost. */
    private static final long LONGEST_WAIT_MS = 1_000;
    /** Between two looks, so that who writes much is not held up by as many of them. */
    private static final long SHORTEST_WAIT_NANOS = 50_000_000;

    private static final long AFTER_FAILURE_NANOS = 1_000_000_000;

    private static final Duration KEPT = Duration.ofDays(3);
    private static final long FORGETTING_NANOS = Duration.ofMinutes(10).toNanos();

    private static final Logger log = LoggerFactory.getLogger(Webhooks.class);

    private final HookFeed feed;
    private final Hooks hooks;
    private final LogSignals signals;
    private final Settings settings;
    private final HookSender sender;
    private final Semaphore news = new Semaphore(0);
    private final Semaphore free;
    private volatile boolean running;
    private @Nullable Thread thread;
    private @Nullable ExecutorService sending;
    private LogSignals.@Nullable Subscription subscription;
    private long forgotten = System.nanoTime();

    public Webhooks(
            CommandExecutor executor,
            EventLogReader reader,
            EventCodec codec,
            JsonMapper json,
            JdbcClient jdbc,
            MasterKeys masterKeys,
            LogSignals signals,
            Settings settings) {
        this.feed = new HookFeed(executor, reader, codec, json);
        this.hooks = new Hooks(jdbc, masterKeys);
        this.signals = signals;
        this.settings = settings;
        this.free = new Semaphore(settings.parallel());
        this.sender =
                new HookSender(settings.timeout(), filter(settings.allowed()), Math.max(1, settings.parallel()), json);
    }

    /** @param allowed what may be sent to beside what is public */
    static InetAddressFilter filter(List<String> allowed) {
        // And not those that are written as if they were of IPv6.
        InetAddressFilter external = InetAddressFilter.externalAddresses().andNot("::/96");
        String[] more =
                allowed.stream().map(String::strip).filter(a -> !a.isEmpty()).toArray(String[]::new);
        return more.length == 0 ? external : external.or(Arrays.asList(InetAddressFilter.of(more)));
    }

    @Override
    public void start() {
        if (settings.parallel() == 0) {
            return;
        }
        running = true;
        sending = Executors.newVirtualThreadPerTaskExecutor();
        subscription = signals.onAppended(position -> news.release());
        thread = Thread.ofPlatform().daemon().name("webhooks").start(this::run);
    }

    private void run() {
        while (running) {
            boolean more = false;
            try {
                more = feed.feed();
                more |= send();
                forget();
            } catch (HttpFailure | DataAccessException | TransactionException | EventLogException e) {
                log.warn("webhooks have to wait: {}", e.toString());
                LockSupport.parkNanos(AFTER_FAILURE_NANOS);
            } catch (RuntimeException e) {
                log.error("webhooks have to wait", e);
                LockSupport.parkNanos(AFTER_FAILURE_NANOS);
            }
            if (!more) {
                await();
            }
        }
    }

    private void await() {
        LockSupport.parkNanos(SHORTEST_WAIT_NANOS);
        try {
            if (news.tryAcquire(LONGEST_WAIT_MS, TimeUnit.MILLISECONDS)) {
                news.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running = false;
        }
    }

    /** Sends what is due, as much as there is room for; answers whether anything was. */
    private boolean send() {
        int room = free.drainPermits();
        if (room == 0) {
            return false;
        }
        List<Delivery> due = List.of();
        try {
            due = hooks.claim(room, settings.timeout().multipliedBy(3));
        } finally {
            free.release(room - due.size());
        }
        ExecutorService executor = sending;
        for (Delivery delivery : due) {
            if (executor == null) {
                break;
            }
            executor.execute(() -> {
                try {
                    send(delivery);
                } catch (DataAccessException | TransactionException e) {
                    log.warn("how delivery {} went could not be noted: {}", delivery.id(), e.toString());
                } finally {
                    free.release();
                    news.release();
                }
            });
        }
        return !due.isEmpty();
    }

    private void send(Delivery delivery) {
        Hook hook = hooks.find(delivery.hookId()).orElse(null);
        if (hook == null) {
            return;
        }
        Attempt attempt = sender.send(hook, delivery);
        boolean tooOld = delivery.createdAt().plus(settings.giveUpAfter()).isBefore(java.time.Instant.now());
        hooks.ended(delivery, attempt, attempt.successful() || tooOld ? null : pause(delivery.attempts()));
    }

    private Duration pause(int attempts) {
        Duration pause = settings.firstPause().multipliedBy(1L << Math.min(attempts - 1, 20));
        return pause.compareTo(settings.longestPause()) > 0 ? settings.longestPause() : pause;
    }

    private void forget() {
        if (System.nanoTime() - forgotten > FORGETTING_NANOS) {
            forgotten = System.nanoTime();
            hooks.forget(KEPT);
        }
    }

    @Override
    public void stop() {
        running = false;
        news.release();
        if (subscription != null) {
            subscription.end();
        }
        try {
            if (thread != null) {
                thread.join(Duration.ofSeconds(5));
            }
            if (sending != null) {
                sending.shutdownNow();
            }
            sender.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            log.debug("connections could not be closed", e);
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
