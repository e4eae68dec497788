package org.forgelog.standalone;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Requests that a client might send by mistake or on purpose: known routes, with whatever may come in each place. */
final class RandomRequests {

    /** A route; the parts of its pattern that have a name are made up. */
    record Route(String method, String pattern) {}

    /**
     * A request as it goes over the wire.
     *
     * @param head whether its answer has no body
     */
    record Wire(byte[] bytes, boolean head) {

        @Override
        public String toString() {
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            return text.length() > 1_500 ? text.substring(0, 1_500) + " ..." : text;
        }
    }

    private static final List<String> PARTS = List.of(
            "ada",
            "ADA",
            "bob",
            "acme",
            "engine",
            "secret",
            "bug",
            "open",
            "1",
            "2",
            "0",
            "-1",
            "+1",
            "9007199254740991",
            "9007199254740992",
            "99999999999999999999",
            "1e3",
            "%31",
            "%20",
            "%2F",
            "%2e%2e",
            "..",
            ".",
            "%c0%af",
            "%ff",
            "%ed%a0%80",
            "%zz",
            "%",
            "%00",
            "%0a",
            "x;y=1",
            ";",
            "\u00e4",
            "%F0%9F%98%80",
            "{x}",
            "'",
            "a".repeat(300),
            "area%2Fcore");

    private static final List<String> NAMES = List.of(
            "per_page",
            "page",
            "cursor",
            "since",
            "state",
            "sort",
            "direction",
            "labels",
            "assignee",
            "creator",
            "filter",
            "type",
            "visibility",
            "affiliation",
            "after",
            "limit",
            "key",
            "aggregate",
            "sequence",
            "repository",
            "content",
            "username",
            "milestone",
            "role",
            "scope",
            "position",
            "table",
            "%zz",
            "");

    private static final List<String> VALUES = List.of(
            "",
            "1",
            "0",
            "-5",
            "100",
            "101",
            "1001",
            "999999999999",
            "1".repeat(40),
            "open",
            "all",
            "asc",
            "created",
            "updated",
            "comments",
            "full_name",
            "*",
            "none",
            "private",
            "owner,member",
            ",,,",
            "2026-01-01T00:00:00Z",
            "2026-13-01T00:00:00Z",
            "%2B999999999-12-31T23:59:59Z",
            "-999999999-01-01T00:00:00Z",
            "0000-00-00",
            "r:1",
            "R%231%20/%20R",
            "%20/%20x",
            "%00",
            "%zz",
            "%ff",
            "%c0%af",
            "%ed%a0%80",
            "%F0%9F%98%80",
            "eyJhIjoxfQ",
            "AAAA.BBBB",
            "a".repeat(2_000));

    private static final List<String> FIELDS = List.of(
            "name",
            "title",
            "body",
            "state",
            "state_reason",
            "labels",
            "assignees",
            "head",
            "base",
            "description",
            "private",
            "visibility",
            "archived",
            "default_branch",
            "login",
            "email",
            "admin",
            "scopes",
            "note",
            "content",
            "permission",
            "role",
            "new_owner",
            "new_name",
            "organization",
            "color",
            "names",
            "lock_reason",
            "sha",
            "merge_method",
            "path",
            "line",
            "start_line",
            "side",
            "commit_id",
            "in_reply_to",
            "commands",
            "method",
            "milestone",
            "has_issues",
            "allow_forking",
            "homepage",
            "hireable",
            "bio",
            "blog",
            "company",
            "reason");

    private static final List<String> JSON = List.of(
            "null",
            "true",
            "false",
            "0",
            "-0",
            "1",
            "-1",
            "1.5",
            "1e3",
            "1e400",
            "1e999999999",
            "9223372036854775808",
            "123456789012345678901234567890",
            "\"\"",
            "\"x\"",
            "\"open\"",
            "\"closed\"",
            "\"main\"",
            "\"ada\"",
            "\"admin\"",
            "\"bug\"",
            "\"ff0000\"",
            "\"+1\"",
            "\"a\\u0000b\"",
            "\"\\ud800\"",
            "\"\\udc00\\ud800\"",
            "\"\\ud83d\\ude00\"",
            "\"a\\r\\nb\"",
            "\"" + "\u20ac".repeat(300) + "\"",
            "\"" + "a".repeat(70_000) + "\"",
            "[]",
            "{}",
            "[\"bug\"]",
            "[\"bug\",\"bug\"]",
            "[null]",
            "[1]",
            "[[\"x\"]]",
            "[{\"name\":\"bug\"}]",
            "{\"name\":\"x\"}",
            "{\"a\":{\"b\":{\"c\":[]}}}");

    private static final String SENSIBLE =
            """
            "name":"x%d","title":"t","body":"b","head":"h%d","base":"main","content":"heart","color":"ff0000","names":["a"],
            "permission":"push","role":"member","labels":["bug"],"assignees":["bob"],"new_owner":"bob","scopes":["repo"],
            """;

    private static final List<String> BROKEN = List.of(
            "",
            "{",
            "[",
            "nonsense",
            "{\"a\":}",
            "\u0000",
            "{\"a\":\"\u0001\"}",
            "\"text\"",
            "5",
            "null",
            "[]",
            "{} {}",
            "[".repeat(2_000),
            "{\"a\":".repeat(500),
            "name=x&title=y",
            "\ufeff{}");

    private static final List<String> HEADERS = List.of(
            "Accept: nonsense",
            "Accept: text/html",
            "Accept: application/vnd.github.v3.star+json",
            "Accept: */*;q=x",
            "Content-Type: garbage",
            "Content-Type: multipart/form-data",
            "Content-Type: multipart/mixed; boundary=",
            "Content-Type: application/x-www-form-urlencoded",
            "Content-Type: application/json; charset=nonsense",
            "Content-Type: text/plain;charset=UTF-16",
            "If-None-Match: *",
            "If-None-Match: \"x\", W/\"y",
            "If-Modified-Since: nonsense",
            "If-Modified-Since: Thu, 01 Jan 1970 00:00:00 GMT",
            "Range: bytes=0-0",
            "X-Forgelog-Position: nonsense",
            "X-Forgelog-Position: cDE",
            "Idempotency-Key: one",
            "Idempotency-Key: " + "k".repeat(300),
            "Prefer: respond-async",
            "Prefer: ,;=",
            "X-GitHub-Api-Version: 2022-11-28",
            "X-GitHub-Api-Version: 1999-01-01",
            "X-Forwarded-For: 1.2.3.4, unknown",
            "X-Forwarded-Host: evil.example",
            "X-Forwarded-Proto: gopher",
            "X-Forgelog-Operator-Token: wrong",
            "X-HTTP-Method-Override: DELETE",
            "Origin: https://evil.example",
            "Cookie: a=b; =; \u00e4",
            "Accept-Encoding: gzip",
            "Accept-Language: \u00e4-x",
            "Forwarded: for=_x;host=\"");

    private final Random random;
    private final List<Route> routes;
    private final List<String> tokens;
    private final String admin;
    private final Map<String, String> known;

    /** @param known the values that parts of paths have where there is something */
    RandomRequests(Random random, List<Route> routes, List<String> tokens, String admin, Map<String, String> known) {
        this.known = known;
        this.random = random;
        this.routes = routes;
        this.tokens = tokens;
        this.admin = admin;
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private boolean oneIn(int many) {
        return random.nextInt(many) == 0;
    }

    Wire next() {
        Route route = any(routes);
        while (endsEverything(route) && !oneIn(50)) {
            route = any(routes);
        }
        String method = oneIn(12)
                ? any(List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "FOO"))
                : route.method();
        StringBuilder text = new StringBuilder(method + " " + path(route.pattern()) + query() + " HTTP/1.1\r\n");
        text.append("Host: localhost\r\n");
        authorization(route, method)
                .ifPresent(token -> text.append("Authorization: ").append(token).append("\r\n"));
        for (int i = oneIn(2) ? 0 : random.nextInt(3); i > 0; i--) {
            text.append(any(HEADERS)).append("\r\n");
        }
        byte[] body = List.of("GET", "HEAD").contains(method) && !oneIn(20) ? new byte[0] : body(route);
        if (body.length > 0 || !List.of("GET", "HEAD").contains(method)) {
            text.append("Content-Length: ").append(body.length).append("\r\n");
        }
        text.append("\r\n");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(text.toString().getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(body);
        return new Wire(bytes.toByteArray(), method.equals("HEAD"));
    }

    private static boolean endsEverything(Route route) {
        return route.method().equals("DELETE") && route.pattern().matches("/(repos/\\{owner}/\\{repo}|orgs/\\{org})");
    }

    private String path(String pattern) {
        String path = pattern;
        while (path.contains("{")) {
            int start = path.indexOf('{');
            int end = path.indexOf('}', start);
            path = path.substring(0, start) + part(path.substring(start + 1, end)) + path.substring(end + 1);
        }
        return oneIn(30) ? path + any(List.of("/", "//", ";a=b", "/..", ".json", "/%2e%2e", "#x")) : path;
    }

    /** Usually what is there, or nobody would get beyond the first look. */
    private String part(String name) {
        if (oneIn(8)) {
            // Braces stand for parts that have not been made up yet.
            return any(PARTS).replace("{", "%7B").replace("}", "%7D");
        }
        return switch (name) {
            case "owner" -> any(List.of("ada", "acme"));
            case "repo" -> any(List.of("engine", "engine", "secret", "x1", "x2"));
            case "org" -> "acme";
            case "login", "username" -> any(List.of("ada", "bob", "acme"));
            case "name" -> "bug";
            default -> known.getOrDefault(name, "1");
        };
    }

    private String query() {
        return oneIn(2)
                ? ""
                : IntStream.rangeClosed(0, random.nextInt(3))
                        .mapToObj(i -> any(NAMES) + "=" + any(VALUES))
                        .collect(Collectors.joining("&", "?", ""));
    }

    /** The administrator changes nothing that the others need, and operates nothing. */
    private Optional<String> authorization(Route route, String method) {
        boolean harmless = List.of("GET", "HEAD").contains(method)
                || !route.pattern().startsWith("/operator")
                        && !route.pattern().startsWith("/admin/users/{")
                        && !route.pattern().startsWith("/users/{");
        return switch (random.nextInt(12)) {
            case 0, 1 -> Optional.empty();
            case 2 ->
                Optional.of(any(List.of("token wrong", "Basic Og==", "bearer", "\u00e4", "token a b", "token \u0001")));
            case 3 -> harmless ? Optional.of("token " + admin) : Optional.empty();
            default -> Optional.of("token " + any(tokens));
        };
    }

    private byte[] body(Route route) {
        if (oneIn(10)) {
            return new byte[0];
        }
        if (oneIn(10)) {
            return any(BROKEN).getBytes(StandardCharsets.UTF_8);
        }
        if (oneIn(20)) {
            byte[] bytes = new byte[1 + random.nextInt(40)];
            random.nextBytes(bytes);
            return bytes;
        }
        String json = route.pattern().equals("/batch") ? batch() : object();
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        if (oneIn(20)) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    private String object() {
        // Of two values the last one counts: what makes sense first, so that more than the first look is looked at.
        String sensible = oneIn(2) ? "" : SENSIBLE.formatted(random.nextInt(3), random.nextInt(1_000));
        return IntStream.rangeClosed(0, random.nextInt(5))
                .mapToObj(i -> "\"" + any(FIELDS) + "\":" + any(JSON))
                .collect(Collectors.joining(",", "{" + sensible, "}"));
    }

    private String batch() {
        return IntStream.rangeClosed(0, random.nextInt(3))
                .mapToObj(i -> {
                    Route route = any(routes);
                    String path = path(route.pattern()).replace("\"", "\\\"").replace("\\", "\\\\");
                    return "{\"method\":\"" + route.method() + "\",\"path\":\"" + path + "\",\"body\":"
                            + (oneIn(6) ? any(JSON) : object()) + "}";
                })
                .collect(Collectors.joining(",", "{\"commands\":[", "]}"));
    }
}
