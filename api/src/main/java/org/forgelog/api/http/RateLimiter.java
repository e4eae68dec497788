package org.forgelog.api.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.forgelog.api.Caller;
import org.jspecify.annotations.Nullable;

/**
 * How many requests each token, and each address without a token, may still make, and how much they may cost. Counted in
 * windows that begin with a first request, of an hour for requests and a minute for what they cost, on this node alone: n
 * nodes let n times as much through.
 */
public final class RateLimiter {

    /** How long a window is. */
    public static final Duration WINDOW = Duration.ofHours(1);

    /** How long a window is for what requests cost. */
    static final Duration COST_WINDOW = Duration.ofMinutes(1);

    /** Windows that are kept; beyond that the least recently used are forgotten, and their callers begin anew. */
    private static final int KEPT = 100_000;

    /**
     * Where a caller stands.
     *
     * @param limit requests in a window
     * @param used of them, this one included where it was let through
     * @param reset when the window ends
     * @param exceeded whether this request is one too many
     */
    public record Quota(long limit, long used, Instant reset, boolean exceeded) {

        public long remaining() {
            return limit - used;
        }
    }

    /**
     * @param free requests that were taken back
     * @param refused whether the last request did not fit in
     */
    private record Window(Instant end, long used, long free, boolean refused) {}

    /**
     * What may be done in a window; 0 for no limit.
     *
     * @param withToken by each token
     * @param anonymous by each address without one
     */
    public record Limits(long withToken, long anonymous) {

        private long of(Caller caller) {
            return caller.isAnonymous() ? anonymous : withToken;
        }
    }

    private record Spent(Instant end, double points) {}

    private final Clock clock;
    private final Limits requests;
    private final Limits costs;
    private final Cache<String, Window> windows =
            Caffeine.newBuilder().expireAfterAccess(WINDOW).maximumSize(KEPT).build();

    private final Cache<String, Spent> spent = Caffeine.newBuilder()
            .expireAfterAccess(COST_WINDOW)
            .maximumSize(KEPT)
            .build();

    /**
     * @param requests an hour
     * @param costs a minute, in read units
     */
    public RateLimiter(Clock clock, Limits requests, Limits costs) {
        this.clock = clock;
        this.requests = requests;
        this.costs = costs;
    }

    /** How long the caller has to wait, for what its requests cost; zero while it has not. */
    Duration untilAffordable(HttpServletRequest request) {
        Caller caller = Callers.of(request);
        long limit = costs.of(caller);
        Spent now = limit <= 0 ? null : spent.getIfPresent(key(caller, request));
        Instant time = clock.instant();
        return now == null || now.points() < limit || !time.isBefore(now.end())
                ? Duration.ZERO
                : Duration.between(time, now.end());
    }

    /** Counts what a request has cost. */
    void spend(HttpServletRequest request, double points) {
        Caller caller = Callers.of(request);
        if (points <= 0 || costs.of(caller) <= 0) {
            return;
        }
        Instant time = clock.instant();
        spent.asMap()
                .compute(
                        key(caller, request),
                        (key, before) -> before == null || !time.isBefore(before.end())
                                ? new Spent(time.plus(COST_WINDOW), points)
                                : new Spent(before.end(), before.points() + points));
    }

    /** Counts a request; {@code null} where there is no limit. */
    @Nullable
    Quota count(HttpServletRequest request) {
        return change(request, 1);
    }

    /** Takes a request back that was answered with next to nothing, as often as others are allowed. */
    @Nullable
    Quota takeBack(HttpServletRequest request) {
        return change(request, -1);
    }

    /** Where the request's caller stands, without counting the request; {@code null} where there is no limit. */
    @Nullable
    public Quota look(HttpServletRequest request) {
        return change(request, 0);
    }

    /** How long the caller has to wait for a new window. */
    Duration untilReset(Quota quota) {
        return Duration.between(clock.instant(), quota.reset());
    }

    private @Nullable Quota change(HttpServletRequest request, long by) {
        Caller caller = Callers.of(request);
        long limit = requests.of(caller);
        if (limit <= 0) {
            return null;
        }
        Instant now = clock.instant();
        Window window = windows.asMap().compute(key(caller, request), (key, before) -> {
            boolean ended = before == null || !now.isBefore(before.end());
            Instant end = ended ? now.plus(WINDOW) : before.end();
            long free = (ended ? 0 : before.free()) + (by < 0 ? 1 : 0);
            long used = (ended ? 0 : before.used()) + (by < 0 && free > limit ? 0 : by);
            return used > limit
                    ? new Window(end, limit, free, true)
                    : new Window(end, Math.max(0, used), Math.min(free, limit), false);
        });
        return new Quota(limit, window.used(), window.end(), window.refused());
    }

    /** What counts as one caller: a token, or an address without one. */
    public static String key(Caller caller, HttpServletRequest request) {
        if (caller.isAnonymous()) {
            return ClientAddress.of(request);
        }
        return caller.tokenId() == null ? caller.key() : "token " + caller.tokenId();
    }
}
