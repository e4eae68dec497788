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
 * How many requests each token, and each address without a token, may still make. Counted in windows of an hour that
 * begin with a first request, on this node alone: n nodes let n times as much through.
 */
public final class RateLimiter {

    /** How long a window is. */
    public static final Duration WINDOW = Duration.ofHours(1);

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

    private final Clock clock;
    private final long withToken;
    private final long anonymous;
    private final Cache<String, Window> windows =
            Caffeine.newBuilder().expireAfterAccess(WINDOW).maximumSize(KEPT).build();

    /**
     * @param withToken requests an hour for each token; 0 for no limit
     * @param anonymous requests an hour for each address; 0 for no limit
     */
    public RateLimiter(Clock clock, long withToken, long anonymous) {
        this.clock = clock;
        this.withToken = withToken;
        this.anonymous = anonymous;
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
        long limit = caller.isAnonymous() ? anonymous : withToken;
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

    private static String key(Caller caller, HttpServletRequest request) {
        if (caller.isAnonymous()) {
            return request.getRemoteAddr();
        }
        return caller.tokenId() == null ? caller.key() : "token " + caller.tokenId();
    }
}
