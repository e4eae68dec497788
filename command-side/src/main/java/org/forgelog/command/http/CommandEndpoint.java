package org.forgelog.command.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.forgelog.api.Caller;
import org.forgelog.api.http.AcceptedScopes;
import org.forgelog.api.http.Callers;
import org.forgelog.api.http.EvenTime;
import org.forgelog.api.http.HttpFailure;
import org.forgelog.api.http.RequestCost;
import org.forgelog.api.http.RequestLinks;
import org.forgelog.api.representation.ErrorJson;
import org.forgelog.api.representation.Links;
import org.forgelog.command.execution.CommandExecutor;
import org.forgelog.command.execution.CommandExecutor.Work;
import org.forgelog.command.execution.CommandMetrics;
import org.forgelog.command.execution.IdempotencyKey;
import org.forgelog.command.execution.Origin;
import org.forgelog.command.execution.ProjectionWait;
import org.forgelog.command.execution.Reply;
import org.forgelog.domain.Digests;
import org.forgelog.eventlog.SignedPositions;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.ServletRequestPathUtils;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Serves every command: finds its operation, has it run, waits a moment for the table, and answers. */
public final class CommandEndpoint {

    /** How far a reader must be to see what a command did. */
    public static final String POSITION = "X-Forgelog-Position";

    /** The request's attribute with its {@link Routes.Match}; a batch has none. */
    private static final String MATCH = Routes.Match.class.getName();

    private static final String RESPOND_ASYNC = "respond-async";

    private final Routes routes;
    private final CommandExecutor executor;
    private final ProjectionWait projection;
    private final SignedPositions positions;
    private final CommandMetrics metrics;
    private final JsonMapper json;

    public CommandEndpoint(
            Routes routes,
            CommandExecutor executor,
            ProjectionWait projection,
            SignedPositions positions,
            CommandMetrics metrics,
            JsonMapper json) {
        this.routes = routes;
        this.executor = executor;
        this.projection = projection;
        this.positions = positions;
        this.metrics = metrics;
        this.json = json;
    }

    /** Whether {@code request} is a command that is served here; which one, it remembers. */
    boolean serves(HttpServletRequest request) {
        if (isBatch(request)) {
            return true;
        }
        Optional<Routes.Match> match = routes.find(isRead(request) ? "GET" : request.getMethod(), path(request));
        match.ifPresent(found -> request.setAttribute(MATCH, found));
        return match.isPresent();
    }

    /** The path of the operation that serves {@code request}, with its variables. */
    static String pattern(HttpServletRequest request) {
        return request.getAttribute(MATCH) instanceof Routes.Match match
                ? match.route().path()
                : Batch.PATH;
    }

    private static boolean isRead(HttpServletRequest request) {
        return request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
    }

    private static PathContainer path(HttpServletRequest request) {
        return ServletRequestPathUtils.getParsedRequestPath(request).pathWithinApplication();
    }

    private static boolean isBatch(HttpServletRequest request) {
        return request.getMethod().equals("POST") && path(request).value().equals(Batch.PATH);
    }

    /** The handler method of {@link CommandMapping}. */
    public ResponseEntity<byte[]> handle(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Caller caller = Callers.of(request);
        Routes.Match match = (Routes.Match) request.getAttribute(MATCH);
        AcceptedScopes scopes =
                match == null ? AcceptedScopes.NONE : match.route().operation().scopes();
        scopes.tell(response);
        // Nobody's body is read for nothing.
        if (caller.isAnonymous()) {
            throw HttpFailure.authenticationRequired();
        }
        scopes.check(caller);
        boolean read = isRead(request);
        byte[] body = read ? query(request) : request.getInputStream().readAllBytes();
        RequestCost cost = RequestCost.of(request);
        if (cost != null) {
            cost.addBytes(body.length);
        }
        Work work = work(request, match, caller, JsonBody.parse(json, request.getRequestURI(), body));
        boolean async = prefersAsync(request);
        try {
            Origin origin = new Origin(caller, Callers.requestId(request));
            IdempotencyKey key = idempotencyKey(request, caller, body);
            String command = match == null ? "batch" : match.route().operation().handlerId();
            Reply reply = metrics.observe(command, origin.requestId(), () -> executor.execute(work, origin, key));
            if (read) {
                return answer(reply);
            }
            if (!async) {
                projection.await(reply.position().index());
            }
            return answer(reply, async);
        } catch (Batch.Failed e) {
            if (e.error().getStatusCode() == HttpStatus.NOT_FOUND) {
                EvenTime.await(request);
            }
            return failed(e);
        }
    }

    private Work work(HttpServletRequest request, Routes.@Nullable Match match, Caller caller, ObjectNode body) {
        Links links = RequestLinks.of(request);
        if (match == null) {
            Batch batch = new Batch(routes, body, caller, links);
            return batch::run;
        }
        String path = path(request).value();
        return session -> match.route().perform(session, path, match.variables(), body, caller, links, true);
    }

    private static @Nullable IdempotencyKey idempotencyKey(HttpServletRequest request, Caller caller, byte[] body) {
        String key = request.getHeader(IdempotencyKey.HEADER);
        return key == null
                ? null
                : IdempotencyKey.of(
                        caller.key(),
                        key,
                        request.getMethod() + " " + request.getRequestURI() + "\n"
                                + Digests.sha256(new String(body, StandardCharsets.UTF_8)));
    }

    private static boolean prefersAsync(HttpServletRequest request) {
        return Collections.list(request.getHeaders("Prefer")).stream()
                .flatMap(header -> header.lines().flatMap(line -> Arrays.stream(line.split(","))))
                .anyMatch(preference ->
                        preference.strip().toLowerCase(Locale.ROOT).equals(RESPOND_ASYNC));
    }

    /** The parameters of a read, for its operation to read them as fields. */
    private byte[] query(HttpServletRequest request) {
        Map<String, String> parameters = new TreeMap<>();
        request.getParameterMap().forEach((name, values) -> parameters.put(name, values[0]));
        return json.writeValueAsBytes(parameters);
    }

    private ResponseEntity<byte[]> answer(Reply reply, boolean async) {
        ResponseEntity.BodyBuilder builder = ResponseEntity.status(reply.status());
        builder.header(POSITION, positions.encode(reply.position()));
        if (async) {
            builder.header("Preference-Applied", RESPOND_ASYNC);
        }
        return answer(reply, builder);
    }

    private static ResponseEntity<byte[]> answer(Reply reply) {
        return answer(reply, ResponseEntity.status(reply.status()));
    }

    private static ResponseEntity<byte[]> answer(Reply reply, ResponseEntity.BodyBuilder builder) {
        reply.headers().forEach(builder::header);
        String body = reply.json();
        return body == null
                ? builder.build()
                : builder.contentType(MediaType.APPLICATION_JSON).body(body.getBytes(StandardCharsets.UTF_8));
    }

    private ResponseEntity<byte[]> failed(Batch.Failed failure) {
        ResponseEntity<ErrorJson> error = failure.error();
        ErrorJson body = error.getBody();
        if (body == null) {
            throw new IllegalStateException("an error without a body", failure);
        }
        return ResponseEntity.status(error.getStatusCode())
                .headers(error.getHeaders())
                .contentType(MediaType.APPLICATION_JSON)
                .body(json.writeValueAsBytes(body.inCommand(failure.index())));
    }
}
