package org.forgelog.api.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.forgelog.domain.Digests;

/**
 * How often tokens that are none came from an address: each of them may cost a question to the database, and is a guess.
 * Once there were many, nothing is looked at any more from that address but what it has shown to be good of late; so who
 * guesses does not hear of a good guess, and others at the same address go on.
 */
public final class FailedLogins {

    static final Duration WINDOW = Duration.ofMinutes(1);

    private static final Duration REMEMBERED = Duration.ofHours(1);
    private static final int KEPT = 100_000;

    private record Window(Instant end, long failures) {}

    private final Clock clock;
    private final long limit;
    private final Cache<String, Window> windows =
            Caffeine.newBuilder().expireAfterAccess(WINDOW).maximumSize(KEPT).build();

    /** Addresses with hashes of tokens that were good when they came from there. */
    private final Cache<String, Boolean> good =
            Caffeine.newBuilder().expireAfterWrite(REMEMBERED).maximumSize(KEPT).build();

    /** @param limit failures a minute of one address; 0 for no limit */
    FailedLogins(Clock clock, long limit) {
        this.clock = clock;
        this.limit = limit;
    }

    /**
     * Lets a token be looked at, and counts it when it is none.
     *
     * @param look who has the token; empty where it is none
     * @throws HttpFailure 429 when too many of the address were none
     */
    public <T> Optional<T> check(HttpServletRequest request, String token, Supplier<Optional<T>> look) {
        String address = ClientAddress.of(request);
        String shown = address + " " + Digests.sha256(token);
        Duration wait = untilNext(address);
        if (wait.isPositive() && good.getIfPresent(shown) == null) {
            throw HttpFailure.tooManyRequests(wait);
        }
        Optional<T> found = look.get();
        if (found.isPresent()) {
            good.put(shown, true);
        } else {
            count(address);
        }
        return found;
    }

    private void count(String address) {
        Instant now = clock.instant();
        windows.asMap()
                .compute(
                        address,
                        (key, window) -> window == null || !now.isBefore(window.end())
                                ? new Window(now.plus(WINDOW), 1)
                                : new Window(window.end(), window.failures() + 1));
    }

    private Duration untilNext(String address) {
        Window window = limit <= 0 ? null : windows.getIfPresent(address);
        Instant now = clock.instant();
        return window == null || window.failures() < limit || !now.isBefore(window.end())
                ? Duration.ZERO
                : Duration.between(now, window.end());
    }
}
