package org.forgelog.api.openapi;

import static org.forgelog.api.openapi.OpenApi.ordered;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.forgelog.api.openapi.Operation.Success;
import org.forgelog.api.representation.ErrorJson;

/** What all operations of a kind have in common: the headers that go to and fro, and how they fail. */
final class CommonAnswers {

    private static final String ETAG = "ETag";
    private static final String LAST_MODIFIED = "Last-Modified";
    private static final String LINK = "Link";
    private static final String LOCATION = "Location";
    private static final String POSITION = "X-Forgelog-Position";
    private static final String COST = "X-Forgelog-Cost";
    private static final String REQUEST_ID = "X-GitHub-Request-Id";
    private static final String MEDIA_TYPE = "X-GitHub-Media-Type";
    private static final String RETRY_AFTER = "Retry-After";
    private static final String GRANTED = "X-OAuth-Scopes";
    private static final String ACCEPTED = "X-Accepted-OAuth-Scopes";
    private static final List<String> RATE_LIMIT = List.of(
            "X-RateLimit-Limit",
            "X-RateLimit-Remaining",
            "X-RateLimit-Used",
            "X-RateLimit-Reset",
            "X-RateLimit-Resource");

    /** An answer other than the hoped for one. */
    private enum Other {
        FOUND(302, "It is to be asked for elsewhere.", false),
        MOVED(301, "The repository has another name now.", true),
        NOT_MODIFIED(304, "It would be the same answer as that with this `ETag` or `Last-Modified`.", false),
        MOVED_TEMPORARILY(307, "The repository has another name now: repeat the request there.", true),
        BAD_REQUEST(400, "Not JSON, or an unknown version of the API.", true),
        UNAUTHENTICATED(401, "No token, where one is needed, or none that is valid.", true),
        FORBIDDEN(403, "The caller may not do that, the token is not for it, or the account is suspended.", true),
        NOT_FOUND(404, "It does not exist, or the caller may not know of it.", true),
        NOT_MERGEABLE(405, "The pull request cannot be merged.", true),
        HEAD_MOVED(409, "The pull request's head is another one.", true),
        TIMED_OUT(408, "The body took too long.", true),
        ISSUES_DISABLED(410, "The repository has no issues.", true),
        TOO_LARGE(413, "More than a megabyte.", true),
        INVALID(422, "Understood, and wrong: `errors` says which fields and why.", true),
        TOO_MANY_REQUESTS(429, "More requests than the caller may make.", true),
        UNAVAILABLE(503, "Not now. Nothing was done; the same request may be repeated.", true);

        private final int status;
        private final String description;
        private final boolean hasBody;

        Other(int status, String description, boolean hasBody) {
            this.status = status;
            this.description = description;
            this.hasBody = hasBody;
        }

        String key() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Other of(int status) {
            for (Other other : values()) {
                if (other.status == status) {
                    return other;
                }
            }
            throw new IllegalArgumentException("say here what " + status + " means");
        }
    }

    private CommonAnswers() {}

    /** The headers that a request may carry. */
    static List<Parameter<?>> requestHeaders(Operation operation) {
        List<Parameter<?>> headers = new ArrayList<>();
        if (operation.isRead()) {
            if (!operation.isOnItsOwn()) {
                headers.add(Parameters.POSITION);
            }
            headers.add(Parameters.IF_NONE_MATCH);
            if (isDated(operation)) {
                headers.add(Parameters.IF_MODIFIED_SINCE);
            }
        } else if (operation.isCommand()) {
            headers.add(Parameters.IDEMPOTENCY_KEY);
            headers.add(Parameters.PREFER);
        }
        headers.add(Parameters.API_VERSION);
        return headers;
    }

    /** A list is not: what leaves it leaves no trace. */
    private static boolean isDated(Operation operation) {
        return !operation.isOnItsOwn()
                && !operation.isPaged()
                && operation.successes().stream().anyMatch(success -> success.status() == 200);
    }

    /** The headers that an answer has. */
    static List<String> headersOf(Operation operation, Success success) {
        List<String> headers = new ArrayList<>(List.of(REQUEST_ID, MEDIA_TYPE));
        if (operation.isRead()) {
            if (success.status() == 200 && !operation.isStream()) {
                headers.add(ETAG);
                if (isDated(operation)) {
                    headers.add(LAST_MODIFIED);
                }
            }
            if (!operation.isOnItsOwn()) {
                headers.add(COST);
            }
        } else if (operation.isCommand()) {
            headers.add(POSITION);
        }
        if (operation.isPaged()) {
            headers.add(LINK);
        }
        if (success.status() == 201) {
            headers.add(LOCATION);
        }
        headers.addAll(List.of(GRANTED, ACCEPTED));
        headers.addAll(RATE_LIMIT);
        return headers;
    }

    /** How an operation may fail, by status the name of the shared description. */
    static Map<Integer, String> errorsOf(Operation operation) {
        List<Integer> statuses = new ArrayList<>(operation.errors());
        statuses.addAll(List.of(400, 401, 403, 429, 503));
        if (operation.isRead()) {
            if (operation.successes().stream().anyMatch(success -> success.status() == 200)) {
                statuses.add(304);
            }
            if (operation.mayHaveMoved()) {
                statuses.add(301);
            }
        } else {
            statuses.add(408);
            statuses.add(413);
            if (operation.mayHaveMoved()) {
                statuses.add(307);
            }
            if (operation.path().contains("/issues")) {
                statuses.add(410);
            }
            if (operation.isCommand()) {
                statuses.add(422);
            }
        }
        if (operation.path().contains("{") || operation.path().equals("/batch")) {
            statuses.add(404);
        }
        if (!operation.query().isEmpty()) {
            statuses.add(422);
        }
        Map<Integer, String> named = new TreeMap<>();
        statuses.forEach(status -> named.put(status, Other.of(status).key()));
        return named;
    }

    /** The shared descriptions of how things fail. */
    static Map<String, Object> responses() {
        Map<String, Object> responses = new TreeMap<>();
        for (Other other : Other.values()) {
            Map<String, Object> response = new LinkedHashMap<>();
            response.put("description", other.description);
            Map<String, Object> headers = new LinkedHashMap<>();
            List<String> names = new ArrayList<>(List.of(REQUEST_ID, MEDIA_TYPE));
            switch (other) {
                case FOUND, MOVED, MOVED_TEMPORARILY -> names.add(LOCATION);
                case NOT_MODIFIED -> names.add(ETAG);
                case TOO_MANY_REQUESTS, UNAVAILABLE -> names.add(RETRY_AFTER);
                default -> {}
            }
            names.addAll(List.of(GRANTED, ACCEPTED));
            names.addAll(RATE_LIMIT);
            names.forEach(name -> headers.put(name, Map.of("$ref", "#/components/headers/" + name)));
            response.put("headers", headers);
            if (other.hasBody) {
                Schema schema = other == Other.MOVED
                        ? Schema.named(
                                "moved",
                                Schema.object(
                                        "message", Schema.text(),
                                        "url", Schema.text(),
                                        "documentation_url", Schema.text()))
                        : Schema.of(ErrorJson.class);
                response.put("content", Map.of("application/json", Map.of("schema", schema.json())));
            }
            responses.put(other.key(), response);
        }
        return responses;
    }

    /** The shared descriptions of headers of answers. */
    static Map<String, Object> headers() {
        Map<String, Object> headers = new TreeMap<>();
        header(
                headers,
                REQUEST_ID,
                true,
                "Names the request; in every line of the log that comes of it.",
                Schema.text());
        header(headers, MEDIA_TYPE, true, "What the body is, in GitHub's words.", Schema.text());
        header(headers, ETAG, true, "A tag of the answer, for `If-None-Match`.", Schema.text());
        header(
                headers,
                LAST_MODIFIED,
                false,
                "When anything in the answer changed last, for `If-Modified-Since`; not where that was just now.",
                Schema.text());
        header(
                headers,
                COST,
                false,
                "Access pattern, rounds, requests and read units of the table; not where it would tell of what is hidden.",
                Schema.text());
        header(headers, POSITION, true, "Send it with reads that are to see this write.", Schema.text());
        header(headers, LINK, false, "The pages around: `next`, `prev`, `first`, `last`.", Schema.text());
        header(headers, LOCATION, false, "Where it is.", Schema.text());
        header(headers, GRANTED, false, "What the token was granted.", Schema.text());
        header(
                headers,
                ACCEPTED,
                true,
                "What a token must be for, one of these; empty where it need not be for anything.",
                Schema.text());
        header(headers, RETRY_AFTER, true, "Seconds to wait.", Schema.count());
        header(headers, "X-RateLimit-Limit", false, "Requests an hour.", Schema.count());
        header(headers, "X-RateLimit-Remaining", false, "Those that are left.", Schema.count());
        header(headers, "X-RateLimit-Used", false, "Those that are gone.", Schema.count());
        header(headers, "X-RateLimit-Reset", false, "When the hour is over, in seconds since 1970.", Schema.count());
        header(headers, "X-RateLimit-Resource", false, "What the limit is of.", Schema.text());
        return headers;
    }

    private static void header(
            Map<String, Object> headers, String name, boolean always, String description, Schema schema) {
        headers.put(
                name,
                always
                        ? ordered("description", description, "required", true, "schema", schema.json())
                        : ordered("description", description, "schema", schema.json()));
    }
}
