package org.forgelog.command.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.forgelog.api.Caller;
import org.forgelog.api.http.ErrorAnswers;
import org.forgelog.api.http.HttpFailure;
import org.forgelog.api.representation.ErrorJson;
import org.forgelog.api.representation.Links;
import org.forgelog.command.execution.Answer;
import org.forgelog.command.execution.Session;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.Rejection.Fault;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.PathContainer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code POST /batch}: several commands in one transaction, in their order; the first that fails undoes all. */
final class Batch {

    /** Most commands of a batch. */
    static final int LIMIT = 20;

    static final String PATH = "/batch";

    private static final String RESOURCE = "Batch";

    /** A command failed, and with it the batch. */
    static final class Failed extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final int index;
        private final transient ResponseEntity<ErrorJson> error;

        private Failed(int index, ResponseEntity<ErrorJson> error, RuntimeException cause) {
            super("command " + index + " failed", cause, false, false);
            this.index = index;
            this.error = error;
        }

        /** Which one, counted from 0. */
        int index() {
            return index;
        }

        /** What the command would have answered by itself. */
        ResponseEntity<ErrorJson> error() {
            return error;
        }
    }

    private record Command(String method, PathContainer path, ObjectNode body) {}

    /** What a batch answers: what its commands answer, in their order. */
    record Answers(List<Single> answers) {}

    /** What one command of a batch answers. */
    record Single(int status, Map<String, String> headers, @Nullable Object body) {}

    private final Routes routes;
    private final List<Command> commands;
    private final Caller caller;
    private final Links links;

    /** @throws Rejection when {@code body} is not a batch */
    Batch(Routes routes, ObjectNode body, Caller caller, Links links) {
        this.routes = routes;
        this.commands = commands(body);
        this.caller = caller;
        this.links = links;
    }

    Answer run(Session session) {
        List<Single> answers = new ArrayList<>();
        for (int i = 0; i < commands.size(); i++) {
            try {
                Answer answer = perform(session, commands.get(i));
                answers.add(new Single(answer.status(), answer.headers(), answer.body()));
            } catch (Rejection e) {
                throw new Failed(i, ErrorAnswers.of(e), e);
            } catch (HttpFailure e) {
                throw new Failed(i, ErrorAnswers.of(e), e);
            }
        }
        return Answer.ok(new Answers(answers));
    }

    private Answer perform(Session session, Command command) {
        Routes.Match match = routes.find(command.method(), command.path()).orElseThrow(Rejection::notFound);
        return match.route()
                .perform(session, command.path().value(), match.variables(), command.body(), caller, links, false);
    }

    private static List<Command> commands(ObjectNode body) {
        JsonNode list = body.get("commands");
        if (list == null || list.isNull()) {
            throw Rejection.invalid(RESOURCE, "commands", Fault.MISSING_FIELD, null);
        }
        if (!list.isArray() || list.isEmpty() || list.size() > LIMIT) {
            throw Rejection.invalid(
                    RESOURCE, "commands", Fault.INVALID, "commands must be a list of 1 to " + LIMIT + " commands");
        }
        List<Command> commands = new ArrayList<>();
        for (JsonNode node : list) {
            commands.add(command(node));
        }
        return commands;
    }

    private static Command command(JsonNode node) {
        JsonNode body = node.get("body");
        if (body == null || body.isNull()) {
            body = JsonNodeFactory.instance.objectNode();
        }
        String path = text(node, "path");
        ObjectNode object = JsonBody.object(path, body);
        if (object == null) {
            throw invalid("body");
        }
        return new Command(text(node, "method").toUpperCase(Locale.ROOT), parsed(path), object);
    }

    /** A path with percent-encoding that stands for nothing is refused, as the server refuses it outside a batch. */
    private static PathContainer parsed(String path) {
        try {
            return PathContainer.parsePath(path);
        } catch (IllegalArgumentException e) {
            throw invalid("path");
        }
    }

    private static String text(JsonNode command, String field) {
        JsonNode value = command.get(field);
        if (value == null || !value.isString()) {
            throw invalid(field);
        }
        return value.stringValue();
    }

    private static Rejection invalid(String field) {
        return Rejection.invalid(RESOURCE, "commands." + field, Fault.INVALID, null);
    }
}
