package org.forgelog.standalone;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * An OpenAPI description, to hold answers against. Stricter than it reads: an object has no fields but those that are
 * described.
 */
final class Description {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    private final JsonNode document;
    private final List<Operation> operations = new ArrayList<>();
    private final Map<JsonNode, Schema> compiled = new HashMap<>();
    private final SchemaRegistry schemas = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemaRegistryConfig(
                    SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

    /** What can be asked for: a method and the pattern of a path. */
    record Operation(String method, PathPattern pattern, JsonNode json) {

        String id() {
            return json.path("operationId").asString();
        }

        /** Method and path, with all parts in braces alike. */
        String route() {
            return Description.route(method, pattern.getPatternString());
        }

        @Override
        public String toString() {
            return method + " " + pattern.getPatternString();
        }
    }

    private Description(JsonNode document) {
        this.document = document;
        document.path("paths").properties().forEach(path -> path.getValue().properties().stream()
                .filter(entry -> METHODS.contains(entry.getKey()))
                .forEach(entry -> operations.add(new Operation(
                        entry.getKey().toUpperCase(Locale.ROOT),
                        PathPatternParser.defaultInstance.parse(path.getKey()),
                        entry.getValue()))));
        operations.sort(Comparator.comparing(Operation::pattern));
    }

    /** A description with objects that may have other fields too. */
    static Description open(String json) {
        return new Description(document(json));
    }

    private static JsonNode document(String json) {
        return JSON.readTree(json.replace("#/components/schemas/", "#/$defs/"));
    }

    static Description of(String json) {
        JsonNode document = document(json);
        document.at("/components/schemas").forEach(Description::close);
        document.at("/components/responses").forEach(Description::close);
        return new Description(document);
    }

    static String route(String method, String path) {
        return method + " " + path.replaceAll("\\{[^/]*}", "{}");
    }

    /** No fields but those that have a name. */
    private static void close(JsonNode node) {
        if (node instanceof ObjectNode object && object.has("properties") && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
        node.forEach(Description::close);
    }

    List<Operation> operations() {
        return operations;
    }

    Set<String> routes() {
        return operations.stream().map(Operation::route).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The operation that serves a request; the more particular of two. */
    Optional<Operation> operation(String method, URI uri) {
        PathContainer path = PathContainer.parsePath(uri.getRawPath());
        return operations.stream()
                .filter(operation -> operation.method.equals(method) && operation.pattern.matches(path))
                .findFirst();
    }

    /** What is wrong with an answer; nothing, when it is as described. */
    List<String> problems(Operation operation, int status, HttpHeaders headers, String body) {
        JsonNode response = resolved(operation.json.path("responses").path(Integer.toString(status)));
        if (response.isMissingNode()) {
            return List.of("the status is not described");
        }
        List<String> problems = new ArrayList<>();
        response.path("headers").properties().forEach(header -> {
            boolean required = resolved(header.getValue()).path("required").asBoolean(false);
            if (required && headers.firstValue(header.getKey()).isEmpty()) {
                problems.add("the header " + header.getKey() + " is missing");
            }
        });
        JsonNode content = response.path("content");
        String mediaType = headers.firstValue("Content-Type")
                .orElse("")
                .replaceAll(";.*", "")
                .strip();
        if (content.isMissingNode()) {
            if (!body.isEmpty()) {
                problems.add("there is a body, and none is described");
            }
        } else if (!content.has(mediaType)) {
            problems.add("a body of type '" + mediaType + "' is not described");
        } else if (mediaType.equals("application/json")) {
            problems.addAll(problems(content.path(mediaType).path("schema"), body));
        }
        return problems;
    }

    /** What is wrong with a request that was taken. */
    List<String> problems(Operation operation, URI uri, String body) {
        List<String> problems = new ArrayList<>();
        Set<String> known = new TreeSet<>();
        operation
                .json
                .path("parameters")
                .forEach(parameter -> known.add(resolved(parameter).path("name").asString()));
        if (uri.getRawQuery() != null) {
            for (String parameter : uri.getRawQuery().split("&", -1)) {
                String name = parameter.replaceAll("=.*", "");
                if (!known.contains(name)) {
                    problems.add("the parameter " + name + " is not described");
                }
            }
        }
        if (!body.isEmpty()) {
            JsonNode described = resolved(operation.json.path("requestBody"));
            if (described.isMissingNode()) {
                problems.add("a body was taken, and none is described");
            } else {
                problems.addAll(problems(described.at("/content/application~1json/schema"), body));
            }
        }
        return problems;
    }

    private List<String> problems(JsonNode schema, String body) {
        JsonNode value;
        try {
            value = JSON.readTree(body);
        } catch (JacksonException e) {
            return List.of("the body is no JSON: " + body);
        }
        return compiled.computeIfAbsent(schema, this::compile).validate(value).stream()
                .map(Error::toString)
                .toList();
    }

    private Schema compile(JsonNode schema) {
        ObjectNode whole = JSON.createObjectNode();
        whole.putArray("allOf").add(schema);
        whole.set("$defs", document.at("/components/schemas"));
        return schemas.getSchema(whole);
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").asString().substring(1)) : node;
    }

    /** The ids of operations, without those of the repositories' other addresses. */
    Set<String> ids() {
        return operations.stream()
                .map(Operation::id)
                .filter(id -> !id.endsWith("-by-repository-id"))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
