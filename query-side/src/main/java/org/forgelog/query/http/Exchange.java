package org.forgelog.query.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.forgelog.api.Caller;
import org.forgelog.api.http.Callers;
import org.forgelog.api.http.LastModified;
import org.forgelog.api.http.RequestLinks;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.Rejection.Fault;
import org.forgelog.query.read.AccessPattern;
import org.forgelog.query.read.Accounts.Listed;
import org.forgelog.query.read.Address;
import org.forgelog.query.read.Cursor;
import org.forgelog.query.read.Cursors;
import org.forgelog.query.read.MovedException;
import org.forgelog.query.read.PageRequest;
import org.forgelog.query.read.Reading;
import org.forgelog.query.read.Reads;
import org.forgelog.query.read.Slice;
import org.forgelog.query.table.Keys;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.servlet.HandlerMapping;

/** One GET: its parameters, and the way to an answer. */
final class Exchange {

    /** The request header with a position to wait for. */
    static final String POSITION = "X-Forgelog-Position";
    /** The answer's header that tells what it cost. */
    static final String COST = "X-Forgelog-Cost";

    private static final String CURSOR = "cursor";
    private static final String PAGE = "page";

    private final Reads reads;
    private final Cursors cursors;
    private final HttpServletRequest request;
    private final HttpServletResponse response;

    Exchange(Reads reads, Cursors cursors, HttpServletRequest request, HttpServletResponse response) {
        this.reads = reads;
        this.cursors = cursors;
        this.request = request;
        this.response = response;
    }

    Caller caller() {
        return Callers.of(request);
    }

    HttpServletRequest request() {
        return request;
    }

    /** Reads an answer; a repository under a former name is answered with where it is now. */
    ResponseEntity<?> answer(AccessPattern pattern, Function<Reading, ResponseEntity<?>> answer) {
        try {
            return reads.<ResponseEntity<?>>read(
                    pattern,
                    ReadScopes.viewer(request),
                    RequestLinks.of(request),
                    request.getHeader(POSITION),
                    cost -> response.setHeader(COST, cost),
                    answer);
        } catch (MovedException e) {
            String[] parts = request.getRequestURI().split("/", 5);
            String rest = parts.length > 4 ? "/" + parts[4] : "";
            String query = request.getQueryString() == null ? "" : "?" + request.getQueryString();
            String location = base() + "/repositories/" + e.repository() + rest + query;
            return ResponseEntity.status(301)
                    .header("Location", location)
                    .body(Map.of(
                            "message", "Moved Permanently",
                            "url", location,
                            "documentation_url", "https://docs.github.com/rest"));
        }
    }

    /** Reads an answer about one thing, and dates it by the last change to anything in it. */
    ResponseEntity<?> one(AccessPattern pattern, Function<Reading, ?> read) {
        return answer(pattern, reading -> {
            Object body = read.apply(reading);
            LastModified.set(request, reading.lastChange());
            return ResponseEntity.ok(body);
        });
    }

    /** Reads a page of a list, and answers it with its links. */
    ResponseEntity<?> list(AccessPattern pattern, Function<Reading, ? extends Listed<?>> read) {
        return answer(pattern, reading -> {
            Listed<?> listed = read.apply(reading);
            return paged(listed.page(), listed.entries());
        });
    }

    private String base() {
        return RequestLinks.of(request).base();
    }

    /** A part of the path. */
    String part(String name) {
        Object parts = request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
        Object value = parts instanceof Map<?, ?> map ? map.get(name) : null;
        if (value instanceof String text) {
            return text;
        }
        throw Rejection.notFound();
    }

    /** The repository that the path names, by owner and name or by id. */
    Address repository() {
        Object parts = request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
        return parts instanceof Map<?, ?> map && map.containsKey("id")
                ? Address.of(part("id"))
                : Address.of(part("owner"), part("repo"));
    }

    @Nullable
    String parameter(String name) {
        String value = request.getParameter(name);
        return value == null || value.isEmpty() ? null : value;
    }

    /** One of a few words; the first is what counts when none was sent. */
    String word(String resource, String name, String... words) {
        String value = parameter(name);
        if (value == null) {
            return words[0];
        }
        if (!Arrays.asList(words).contains(value)) {
            throw Rejection.invalid(
                    resource,
                    name,
                    Fault.INVALID,
                    name + " must be one of " + String.join(", ", new LinkedHashSet<>(Arrays.asList(words))));
        }
        return value;
    }

    boolean descending(String resource, boolean byDefault) {
        return word(resource, "direction", byDefault ? "desc" : "asc", "desc", "asc")
                .equals("desc");
    }

    /** The moment from which on things are wanted; {@code null} for all. */
    @Nullable
    Instant since(String resource) {
        return moment(resource, "since");
    }

    /** A moment; {@code null} when none was sent. */
    @Nullable
    Instant moment(String resource, String name) {
        String value = parameter(name);
        if (value == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(value.replace(' ', '+')).toInstant();
        } catch (DateTimeException e) {
            throw Rejection.invalid(resource, name, Fault.INVALID, name + " must be like 2026-01-31T12:00:00Z");
        }
    }

    /** A list of words with commas between them; empty when it was not sent. */
    List<String> list(String name) {
        String value = parameter(name);
        return value == null
                ? List.of()
                : Arrays.stream(value.split(","))
                        .map(String::strip)
                        .filter(word -> !word.isEmpty())
                        .toList();
    }

    /** Open, closed or both (as {@code null}). */
    @Nullable
    Boolean state(String resource, String byDefault) {
        return switch (word(resource, "state", byDefault, "open", "closed", "all")) {
            case "open" -> true;
            case "closed" -> false;
            default -> null;
        };
    }

    /** The page that is asked for. */
    PageRequest page() {
        int size = Math.min(PageRequest.LARGEST_SIZE, whole("per_page", PageRequest.DEFAULT_SIZE));
        String cursor = parameter(CURSOR);
        if (cursor != null) {
            try {
                return new PageRequest(size, 1, cursors.decode(cursor, query()));
            } catch (IllegalArgumentException e) {
                throw Rejection.invalid(
                        "Page", CURSOR, Fault.INVALID, "cursor is not valid here, or not any more: " + e.getMessage());
            }
        }
        return numberedPage(size);
    }

    /** The page that is asked for, of a list that knows no cursors. */
    PageRequest numberedPage(int otherwise) {
        int size = Math.min(PageRequest.LARGEST_SIZE, whole("per_page", otherwise));
        int page = whole(PAGE, 1);
        if ((page - 1L) * size > PageRequest.MOST_SKIPPED) {
            throw Rejection.invalid(
                    "Page",
                    PAGE,
                    Fault.CUSTOM,
                    "Only the first " + PageRequest.MOST_SKIPPED + " entries can be skipped by page, follow the links");
        }
        return new PageRequest(size, page, null);
    }

    /** The page of a list of all there is, which begins after the id that {@code since} names. */
    PageRequest pageSince() {
        PageRequest page = page();
        String since = parameter("since");
        return page.cursor() != null || since == null || !since.matches("0*[1-9][0-9]{0,15}")
                ? page
                : new PageRequest(page.size(), 1, new Cursor(false, Keys.byId(Long.parseLong(since))));
    }

    /** A number from 1; what is none counts as not sent, what is less as 1. */
    private int whole(String name, int otherwise) {
        String value = parameter(name);
        if (value == null || !value.matches("-?[0-9]+")) {
            return otherwise;
        }
        if (value.startsWith("-")) {
            return 1;
        }
        return value.length() > 9 ? Integer.MAX_VALUE : Math.max(1, Integer.parseInt(value));
    }

    /** An answer with the numbers of the pages around it. */
    ResponseEntity<?> numbered(PageRequest page, boolean isLast, Object body) {
        StringBuilder link = new StringBuilder();
        if (page.page() > 1) {
            link(link, PAGE + "=" + (page.page() - 1), "prev");
        }
        if (!isLast) {
            link(link, PAGE + "=" + (page.page() + 1), "next");
        }
        if (page.page() > 1) {
            link(link, PAGE + "=1", "first");
        }
        ResponseEntity.BodyBuilder answer = ResponseEntity.ok();
        return (link.isEmpty() ? answer : answer.header("Link", link.toString())).body(body);
    }

    /** An answer with the links to the pages around it. */
    ResponseEntity<?> paged(org.forgelog.query.read.Page page, Object body) {
        StringBuilder link = new StringBuilder();
        link(link, page.previous(), "prev");
        link(link, page.next(), "next");
        if (page.previous() != null) {
            link.append(link.isEmpty() ? "" : ", ")
                    .append('<')
                    .append(address(""))
                    .append(">; rel=\"first\"");
        }
        ResponseEntity.BodyBuilder answer = ResponseEntity.ok();
        return (link.isEmpty() ? answer : answer.header("Link", link.toString())).body(body);
    }

    /** A page of a list that was read as a whole, with its links. */
    <T> ResponseEntity<?> slice(PageRequest page, List<T> all, Function<List<T>, Object> body) {
        Slice<T> slice = Slice.of(all, page);
        return paged(slice.page(), body.apply(slice.entries()));
    }

    private void link(StringBuilder link, @Nullable Cursor cursor, String rel) {
        if (cursor != null) {
            link(link, CURSOR + "=" + cursors.encode(cursor, query()), rel);
        }
    }

    private void link(StringBuilder link, String parameter, String rel) {
        link.append(link.isEmpty() ? "" : ", ")
                .append('<')
                .append(address(parameter))
                .append(">; rel=\"")
                .append(rel)
                .append('"');
    }

    private String address(String extra) {
        String kept = keptParameters();
        String all = kept.isEmpty() ? extra : extra.isEmpty() ? kept : kept + "&" + extra;
        return base() + request.getRequestURI() + (all.isEmpty() ? "" : "?" + all);
    }

    private String keptParameters() {
        String query = request.getQueryString();
        if (query == null) {
            return "";
        }
        return Arrays.stream(query.split("&", -1))
                .filter(p -> !p.isEmpty() && !p.matches("(cursor|page)(=.*)?"))
                .map(p -> p.replace("<", "%3C").replace(">", "%3E"))
                .collect(Collectors.joining("&"));
    }

    /** What a cursor is bound to: path, parameters in any order, caller. */
    private String query() {
        Map<String, String> parameters = new TreeMap<>();
        request.getParameterMap().forEach((name, values) -> {
            if (!name.equals(CURSOR) && !name.equals(PAGE)) {
                parameters.put(name, String.join("\u0000", values));
            }
        });
        return request.getRequestURI() + "\n" + parameters + "\n" + caller().key();
    }
}
