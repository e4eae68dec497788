package org.forgelog.api.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** How often tokens that are none came from an address: each of them costs a question to the database. */
final class FailedLogins {

    static final Duration WINDOW = Duration.ofMinutes(1);

    private static final int KEPT = 100_000;

    private record Window(Instant end, long failures) {}

    private final Clock clock;
    private final long limit;
    private final Cache<String, Window> windows =
            Caffeine.newBuilder().expireAfterAccess(WINDOW).maximumSize(KEPT).build();

    /** @param limit failures a minute of one address; 0 for no limit */
    FailedLogins(Clock clock, long limit) {
        this.clock = clock;
        this.limit = limit;
    }

    void count(String address) {
        Instant now = clock.instant();
        windows.asMap()
                .compute(
                        address,
                        (key, window) -> window == null || !now.isBefore(window.end())
                                ? new Window(now.plus(WINDOW), 1)
                                : new Window(window.end(), window.failures() + 1));
    }

    /** How long nothing is tried for that address any more; zero while it may. */
    Duration untilNext(String address) {
        Window window = limit <= 0 ? null : windows.getIfPresent(address);
        Instant now = clock.instant();
        return window == null || window.failures() < limit || !now.isBefore(window.end())
                ? Duration.ZERO
                : Duration.between(now, window.end());
    }
}
