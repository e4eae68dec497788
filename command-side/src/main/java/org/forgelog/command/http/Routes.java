package org.forgelog.command.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.forgelog.api.Caller;
import org.forgelog.api.openapi.Catalogue;
import org.forgelog.api.openapi.Operation;
import org.forgelog.api.representation.Links;
import org.forgelog.command.directory.AccountRow;
import org.forgelog.command.execution.Answer;
import org.forgelog.command.execution.Session;
import org.forgelog.command.operation.Actors;
import org.forgelog.command.operation.Handlers;
import org.forgelog.command.operation.OperationHandler;
import org.forgelog.command.operation.Request;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which operation serves which method and path: those that the catalogue declares, each with the handler that is bound to
 * its id. A tree with a level for each part of the path; where a part may be a word or a variable, the word wins.
 */
public final class Routes {

    /** An operation with what the path says. */
    public record Match(Route route, Map<String, String> variables) {}

    /** An operation and what handles it. */
    public record Route(Operation operation, OperationHandler handler) {

        /** In upper case, as requests have it. */
        public String method() {
            return operation.method().toUpperCase(Locale.ROOT);
        }

        /** With its variables in braces. */
        public String path() {
            return operation.path();
        }

        /** Does it, if the caller may. */
        Answer perform(
                Session session,
                String path,
                Map<String, String> variables,
                ObjectNode body,
                Caller caller,
                Links links,
                boolean alone) {
            AccountRow actor = Actors.actor(operation.audience(), session, caller);
            operation.scopes().check(caller);
            return handler.perform(session, new Request(operation, path, variables, body, caller, actor, links, alone));
        }
    }

    /** Where a path may have got to. */
    private static final class Node {
        private final Map<String, Node> words = new HashMap<>();
        private final Map<String, Leaf> leaves = new HashMap<>();
        private @Nullable Node variable;
    }

    /** @param variables the names of the variable parts, in their order */
    private record Leaf(Route route, List<String> variables) {}

    private final Node root = new Node();
    private final List<Route> routes = new ArrayList<>();

    /** @throws IllegalStateException when a command is declared and not handled, or handled and not declared */
    public Routes() {
        Map<String, OperationHandler> handlers = new Handlers().all();
        Set<String> declared = new HashSet<>();
        Catalogue.operations()
                .filter(operation ->
                        operation.isOfCommandSide() && !operation.path().equals(Batch.PATH))
                .forEach(operation -> {
                    OperationHandler handler = handlers.get(operation.handlerId());
                    if (handler == null) {
                        throw new IllegalStateException("nothing handles " + operation.id());
                    }
                    declared.add(operation.handlerId());
                    add(new Route(operation, handler));
                });
        if (!declared.containsAll(handlers.keySet())) {
            throw new IllegalStateException("not all of these are declared: " + handlers.keySet());
        }
    }

    private void add(Route route) {
        routes.add(route);
        Node node = root;
        List<String> variables = new ArrayList<>();
        for (String part : route.path().substring(1).split("/")) {
            if (part.startsWith("{")) {
                variables.add(part.substring(1, part.length() - 1));
                if (node.variable == null) {
                    node.variable = new Node();
                }
                node = node.variable;
            } else {
                node = node.words.computeIfAbsent(part, word -> new Node());
            }
        }
        if (node.leaves.put(route.method(), new Leaf(route, List.copyOf(variables))) != null) {
            throw new IllegalStateException("two operations at " + route.method() + " " + route.path());
        }
    }

    /** Every route, in the order they were declared. */
    public List<Route> all() {
        return List.copyOf(routes);
    }

    public Optional<Match> find(String method, PathContainer path) {
        List<String> parts = parts(path);
        List<String> values = new ArrayList<>();
        Leaf leaf = parts.isEmpty() ? null : find(root, parts, 0, method, values);
        if (leaf == null && method.equals("POST") && !parts.isEmpty()) {
            // As on GitHub: clients that cannot send PATCH send POST.
            leaf = find(root, parts, 0, "PATCH", values);
        }
        if (leaf == null) {
            return Optional.empty();
        }
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < values.size(); i++) {
            variables.put(leaf.variables.get(i), values.get(i));
        }
        return Optional.of(new Match(leaf.route, Map.copyOf(variables)));
    }

    /** The parts of a path, decoded; none for one that does not consist of a slash and a part, again and again. */
    private static List<String> parts(PathContainer path) {
        List<String> parts = new ArrayList<>();
        List<PathContainer.Element> elements = path.elements();
        for (int i = 0; i < elements.size(); i++) {
            boolean separator = elements.get(i) instanceof PathContainer.Separator;
            if (separator != (i % 2 == 0)) {
                return List.of();
            }
            if (elements.get(i) instanceof PathContainer.PathSegment segment) {
                parts.add(segment.valueToMatch());
            }
        }
        return elements.size() % 2 == 0 ? parts : List.of();
    }

    private static @Nullable Leaf find(Node node, List<String> parts, int depth, String method, List<String> values) {
        if (depth == parts.size()) {
            return node.leaves.get(method);
        }
        Node word = node.words.get(parts.get(depth));
        Leaf found = word == null ? null : find(word, parts, depth + 1, method, values);
        if (found != null || node.variable == null || parts.get(depth).isEmpty()) {
            return found;
        }
        values.add(parts.get(depth));
        found = find(node.variable, parts, depth + 1, method, values);
        if (found == null) {
            values.removeLast();
        }
        return found;
    }
}
