package org.forgelog.api.http;

import java.time.Duration;
import java.util.Map;

/** A request that fails for a reason of HTTP's, not of the domain's. */
public final class HttpFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient Map<String, String> headers;

    private HttpFailure(int status, String message, Map<String, String> headers) {
        super(message, null, false, false);
        this.status = status;
        this.headers = headers;
    }

    /** The request cannot be understood. */
    public static HttpFailure badRequest(String message) {
        return new HttpFailure(400, message, Map.of());
    }

    /** The request needs a token and came without. */
    public static HttpFailure authenticationRequired() {
        return new HttpFailure(401, "Requires authentication", Map.of());
    }

    /** The request came with a token that is not, or no longer, valid. */
    public static HttpFailure badCredentials() {
        return new HttpFailure(401, "Bad credentials", Map.of());
    }

    /** The caller's account was suspended: nothing is done or shown for it. */
    public static HttpFailure suspended() {
        return new HttpFailure(403, "Sorry. Your account was suspended.", Map.of());
    }

    /** There is no such thing here, for a reason of the installation's. */
    public static HttpFailure notFound(String message) {
        return new HttpFailure(404, message, Map.of());
    }

    /** What is asked for is not possible as things are. */
    public static HttpFailure conflict(String message) {
        return new HttpFailure(409, message, Map.of());
    }

    /** The request's body is larger than we take. */
    public static HttpFailure tooLarge() {
        return new HttpFailure(413, "Payload too large", Map.of("Connection", "close"));
    }

    /** The request's body did not arrive in time. */
    static HttpFailure timedOut() {
        return new HttpFailure(408, "The request's body took too long", Map.of("Connection", "close"));
    }

    /** Not now; the same request may be repeated after {@code retryAfter}. */
    public static HttpFailure unavailable(String message, Duration retryAfter) {
        return new HttpFailure(503, message, Map.of("Retry-After", Long.toString(Math.max(1, retryAfter.toSeconds()))));
    }

    /** More requests than the caller may make; the same request may be repeated after {@code retryAfter}. */
    public static HttpFailure tooManyRequests(Duration retryAfter) {
        return new HttpFailure(
                429,
                "API rate limit exceeded",
                Map.of("Retry-After", Long.toString(Math.max(1, retryAfter.toSeconds() + 1))));
    }

    /** What the caller's requests cost of late is too much; the same request may be repeated after {@code retryAfter}. */
    static HttpFailure tooCostly(Duration retryAfter) {
        return new HttpFailure(
                429,
                "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
                Map.of("Retry-After", Long.toString(Math.max(1, retryAfter.toSeconds() + 1))));
    }

    /** What is asked for lies elsewhere; for requests that are not reads, which must be repeated there as they are. */
    public static HttpFailure moved(String location) {
        return new HttpFailure(307, "Temporary Redirect", Map.of("Location", location));
    }

    public int status() {
        return status;
    }

    /** Headers that belong to the answer. */
    public Map<String, String> headers() {
        return headers;
    }
}
