package org.forgelog.query.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.forgelog.api.Caller;
import org.forgelog.api.http.Callers;
import org.forgelog.api.http.EntityTag;
import org.forgelog.api.http.LastModified;
import org.forgelog.api.http.MediaTypes;
import org.forgelog.api.http.RequestCost;
import org.forgelog.api.http.RequestLinks;
import org.forgelog.api.openapi.AsOf;
import org.forgelog.api.openapi.Parameter;
import org.forgelog.api.openapi.Parameters;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.Rejection.Fault;
import org.forgelog.query.read.AccessPattern;
import org.forgelog.query.read.Accounts;
import org.forgelog.query.read.Address;
import org.forgelog.query.read.Cursor;
import org.forgelog.query.read.Cursors;
import org.forgelog.query.read.ListPage;
import org.forgelog.query.read.Listed;
import org.forgelog.query.read.MovedException;
import org.forgelog.query.read.Page;
import org.forgelog.query.read.PageRequest;
import org.forgelog.query.read.QueryExecutor;
import org.forgelog.query.read.QueryExecutor.Answer;
import org.forgelog.query.read.ReadContext;
import org.forgelog.query.table.Keys;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/** One GET: its parameters, parsed as its route declares them, and the way to an answer. */
final class QueryRequest {

    /** The request header with a position to wait for. */
    static final String POSITION = "X-Forgelog-Position";
    /** The answer's header that tells what it cost. */
    static final String COST = "X-Forgelog-Cost";

    private final QueryExecutor executor;
    private final Cursors cursors;
    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final Map<Parameter<?>, @Nullable Object> values;

    QueryRequest(
            QueryExecutor executor,
            Cursors cursors,
            HttpServletRequest request,
            HttpServletResponse response,
            Map<Parameter<?>, @Nullable Object> values) {
        this.executor = executor;
        this.cursors = cursors;
        this.request = request;
        this.response = response;
        this.values = values;
    }

    Caller caller() {
        return Callers.of(request);
    }

    /** The id of the user who asks; refuses who has no account. */
    long self() {
        return Accounts.self(caller());
    }

    /** What a parameter says, which the route must have been described with. */
    @SuppressWarnings("unchecked")
    <T extends @Nullable Object> T get(Parameter<T> parameter) {
        if (!values.containsKey(parameter)) {
            throw new IllegalStateException(parameter.name() + " is no parameter of " + request.getRequestURI());
        }
        return (T) values.get(parameter);
    }

    /** The repository that the path names, by owner and name or by id. */
    Address repository() {
        return values.containsKey(Parameters.REPOSITORY_ID)
                ? Address.of(get(Parameters.REPOSITORY_ID))
                : Address.of(get(Parameters.OWNER), get(Parameters.REPO));
    }

    boolean wantsStarDates() {
        return MediaTypes.wantsStarDates(request);
    }

    /** The page that is asked for. */
    PageRequest page() {
        String cursor = get(Parameters.CURSOR);
        if (cursor == null) {
            return numberedPage(Parameters.PER_PAGE);
        }
        try {
            return new PageRequest(get(Parameters.PER_PAGE), get(Parameters.PAGE), cursors.decode(cursor, binding()));
        } catch (IllegalArgumentException e) {
            throw Rejection.invalid(
                    "Page",
                    Parameters.CURSOR.name(),
                    Fault.INVALID,
                    "cursor is not valid here, or not any more: " + e.getMessage());
        }
    }

    /** The page that is asked for, of a list that knows no cursors. */
    PageRequest numberedPage(Parameter<Integer> perPage) {
        int size = get(perPage);
        int page = get(Parameters.PAGE);
        if ((page - 1L) * size > PageRequest.MOST_SKIPPED) {
            throw Rejection.invalid(
                    "Page",
                    Parameters.PAGE.name(),
                    Fault.CUSTOM,
                    "Only the first " + PageRequest.MOST_SKIPPED + " entries can be skipped by page, follow the links");
        }
        return new PageRequest(size, page, null);
    }

    /** The page of a list of all there is, which begins after the id that {@code since} names. */
    PageRequest pageSince() {
        PageRequest page = page();
        Long since = get(Parameters.AFTER_ID);
        return page.cursor() != null || since == null
                ? page
                : new PageRequest(page.size(), 1, new Cursor(false, Keys.byId(since)));
    }

    /** Reads an answer; a repository under a former name is answered with where it is now. */
    ResponseEntity<?> answer(AccessPattern pattern, Function<ReadContext, ResponseEntity<?>> view) {
        return this.<ResponseEntity<?>>read(pattern, view, Answer::body);
    }

    /** Reads an answer about one thing, and dates it by the last change to anything in it. */
    ResponseEntity<?> one(AccessPattern pattern, Function<ReadContext, ?> view) {
        return this.<Object>read(pattern, view::apply, answer -> {
            LastModified.set(request, answer.lastChange());
            return ResponseEntity.ok(answer.body());
        });
    }

    /** Reads the page of a list that is asked for, and answers it with its links. */
    ResponseEntity<?> list(AccessPattern pattern, BiFunction<ReadContext, PageRequest, ? extends Listed<?>> view) {
        return list(pattern, page(), view);
    }

    /** Reads a page of a list, and answers it with its links. */
    ResponseEntity<?> list(
            AccessPattern pattern, PageRequest page, BiFunction<ReadContext, PageRequest, ? extends Listed<?>> view) {
        return this.<Listed<?>>read(pattern, read -> view.apply(read, page), answer -> links().around(
                        answer.body().page(),
                        page.page(),
                        page.size(),
                        answer.body().total())
                .answer(answer.body().entries()));
    }

    /** Answers 204 where something holds, otherwise 404. */
    ResponseEntity<?> check(AccessPattern pattern, Function<ReadContext, Boolean> view) {
        return read(pattern, view, answer -> {
            if (!answer.body()) {
                throw Rejection.notFound();
            }
            return ResponseEntity.noContent().build();
        });
    }

    private <T> ResponseEntity<?> read(
            AccessPattern pattern, Function<ReadContext, T> view, Function<Answer<T>, ResponseEntity<?>> then) {
        try {
            Caller viewer = ReadScopes.viewer(request);
            Answer<T> answer = executor.read(
                    pattern,
                    viewer,
                    RequestLinks.of(request),
                    request.getHeader(POSITION),
                    (AsOf) values.get(Parameters.AS_OF),
                    RequestCost.of(request),
                    cost -> response.setHeader(COST, cost),
                    view);
            ResponseEntity<?> whole = then.apply(answer);
            return whole.getStatusCode().isSameCodeAs(HttpStatus.OK)
                            && EntityTag.isKnown(request, viewer, answer.fingerprint(), QueryRequest.class)
                    ? ResponseEntity.status(HttpStatus.NOT_MODIFIED)
                            .headers(whole.getHeaders())
                            .build()
                    : whole;
        } catch (MovedException e) {
            return moved(e.repository());
        }
    }

    private ResponseEntity<?> moved(long repository) {
        String[] parts = request.getRequestURI().split("/", 5);
        String rest = parts.length > 4 ? "/" + parts[4] : "";
        String query = request.getQueryString() == null ? "" : "?" + request.getQueryString();
        String location = RequestLinks.of(request).base() + "/repositories/" + repository + rest + query;
        return ResponseEntity.status(301)
                .header("Location", location)
                .body(Map.of(
                        "message", "Moved Permanently",
                        "url", location,
                        "documentation_url", "https://docs.github.com/rest"));
    }

    private PageLinks links() {
        return new PageLinks(request, cursor -> cursors.encode(cursor, binding()));
    }

    /** An answer with the numbers of the pages around it. */
    ResponseEntity<?> numbered(PageRequest page, boolean isLast, Object body) {
        return links().numbered(page.page(), isLast).answer(body);
    }

    /** An answer with the links to the pages around it. */
    ResponseEntity<?> paged(PageRequest request, Page page, Object body) {
        return links().around(page, request.page(), request.size(), null).answer(body);
    }

    /** A page of a list that was read as a whole, with its links. */
    <T> ResponseEntity<?> part(PageRequest page, List<T> all, Function<List<T>, Object> body) {
        ListPage<T> part = ListPage.of(all, page);
        return links().around(part.page(), page.page(), page.size(), (long) all.size())
                .answer(body.apply(part.entries()));
    }

    /** What a cursor is bound to: path, parameters in any order but for the size of a page, caller. */
    private String binding() {
        Map<String, String> parameters = new TreeMap<>();
        request.getParameterMap().forEach((name, sent) -> {
            if (!PageLinks.OWN.contains(name) && !name.equals(Parameters.PER_PAGE.name())) {
                parameters.put(name, String.join("\u0000", sent));
            }
        });
        return request.getRequestURI() + "\n" + parameters + "\n" + caller().key();
    }
}
