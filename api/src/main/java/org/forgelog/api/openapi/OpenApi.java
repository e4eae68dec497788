package org.forgelog.api.openapi;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.forgelog.api.http.AcceptedScopes;
import org.forgelog.api.openapi.Operation.Success;
import org.forgelog.api.openapi.Schema.Component;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.json.JsonMapper;

/** The OpenAPI 3.1 description of both sides, made from the catalogue and the representations: always the same text. */
public final class OpenApi {

    /** Of the description; moves with what is described. */
    private static final String VERSION = "0.1.0";

    private static final String ABOUT =
            """
            The back end of a software forge, in GitHub's form: what GitHub has too has GitHub's `operationId`, and
            an unmodified GitHub client works. What is ours alone is marked `x-forgelog-own`.

            Whatever answers `GET` answers `HEAD`. Lists are paged by the `Link` header. A read that carries the
            `X-Forgelog-Position` of a write sees that write. Resources you cannot see return 404, as if
            they did not exist.
            """;

    /** An object that is only the address of another, which reads better on one line. */
    private static final Pattern ADDRESS = Pattern.compile("\\{\\s+(\"\\$ref\" : \"[^\"]+\")\\s+}");

    private static final String DESCRIPTION = "description";
    private static final String TOKEN = "token";
    private static final String OPERATOR_TOKEN = "operator-token";

    private final Map<String, Object> parameters = new TreeMap<>();
    private final Map<String, Object> bodies = new TreeMap<>();
    private final Map<String, Object> answers = new TreeMap<>();
    private final Map<String, Object> schemas = new TreeMap<>();
    private final Deque<Component> undescribed = new ArrayDeque<>();
    private final PropertyDescriptions descriptions = new PropertyDescriptions();

    private OpenApi() {}

    /** The description as JSON, indented. */
    public static String json() {
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));
        String json = JsonMapper.builder()
                .defaultPrettyPrinter(printer)
                .build()
                .writerWithDefaultPrettyPrinter()
                .writeValueAsString(new OpenApi().document());
        return ADDRESS.matcher(json).replaceAll("{ $1 }") + "\n";
    }

    private Map<String, Object> document() {
        List<Catalogue.Group> groups = Catalogue.groups();
        Map<String, Object> paths = new LinkedHashMap<>();
        for (Catalogue.Group group : groups) {
            for (Operation operation : group.operations()) {
                add(paths, operation, group.tag());
            }
        }
        answers.putAll(resolved(CommonAnswers.responses()));
        describeSchemas();
        Examples examples = new Examples(schemas);
        bodies.values().forEach(examples::addTo);
        answers.values().forEach(examples::addTo);
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("openapi", "3.1.1");
        document.put(
                "info",
                ordered(
                        "title",
                        "Forgelog",
                        "version",
                        VERSION,
                        DESCRIPTION,
                        ABOUT,
                        "license",
                        ordered("name", "Apache-2.0", "identifier", "Apache-2.0")));
        document.put("servers", List.of(Map.of("url", "/")));
        document.put(
                "tags",
                groups.stream()
                        .map(group -> ordered("name", group.tag(), DESCRIPTION, group.description()))
                        .toList());
        document.put("paths", paths);
        document.put(
                "components",
                ordered(
                        "securitySchemes", securitySchemes(),
                        "parameters", parameters,
                        "headers", CommonAnswers.headers(),
                        "requestBodies", bodies,
                        "responses", answers,
                        "schemas", schemas));
        return document;
    }

    private static Map<String, Object> securitySchemes() {
        return ordered(
                TOKEN,
                ordered(
                        "type",
                        "http",
                        "scheme",
                        "bearer",
                        DESCRIPTION,
                        "`Authorization: bearer X` or `Authorization: token X`. The site administrator issues tokens."),
                OPERATOR_TOKEN,
                ordered("type", "apiKey", "in", "header", "name", "X-Forgelog-Operator-Token"));
    }

    @SuppressWarnings("unchecked")
    private void add(Map<String, Object> paths, Operation operation, String tag) {
        Map<String, Object> path =
                (Map<String, Object>) paths.computeIfAbsent(operation.path(), p -> new LinkedHashMap<>());
        if (path.put(operation.method(), described(operation, tag)) != null) {
            throw new IllegalStateException(operation.method() + " " + operation.path() + " is in the catalogue twice");
        }
    }

    private Map<String, Object> described(Operation operation, String tag) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("operationId", operation.id());
        json.put("tags", List.of(tag));
        json.put("summary", operation.summary());
        if (operation.description() != null) {
            json.put(DESCRIPTION, operation.description());
        }
        json.put("security", security(operation));
        json.put("parameters", parametersOf(operation));
        Body body = operation.body();
        if (body != null) {
            bodies.computeIfAbsent(operation.bodyId(), id -> resolved(body(body)));
            json.put("requestBody", ref("requestBodies", operation.bodyId()));
        }
        json.put("responses", responses(operation));
        if (operation.isOwn()) {
            json.put("x-forgelog-own", true);
        }
        return json;
    }

    /** One of these is enough; the scopes that a token must have are alternatives, too. */
    private static List<Object> security(Operation operation) {
        Map<String, Object> token = Map.of(TOKEN, List.of());
        return switch (operation.audience()) {
            case ANYBODY -> List.of(Map.of(), token);
            case USER, USER_OR_SITE_ADMIN, SITE_ADMIN -> tokens(operation.scopes());
            case OPERATOR -> List.of(Map.of(OPERATOR_TOKEN, List.of()), token);
        };
    }

    private static List<Object> tokens(AcceptedScopes accepted) {
        return accepted.scopes().isEmpty()
                ? List.of(Map.of(TOKEN, List.of()))
                : accepted.scopes().stream()
                        .<Object>map(scope -> Map.of(TOKEN, List.of(scope.word())))
                        .toList();
    }

    private List<Object> parametersOf(Operation operation) {
        List<Object> all = new ArrayList<>();
        operation.parameters().forEach(parameter -> all.add(shown(parameter)));
        for (Parameter<?> header : CommonAnswers.requestHeaders(operation)) {
            all.add(shown(header));
        }
        return all;
    }

    private Object shown(Parameter<?> parameter) {
        if (parameter.shared() == null) {
            return resolved(parameter.json());
        }
        Object before = parameters.put(parameter.shared(), resolved(parameter.json()));
        if (before != null && !before.equals(parameters.get(parameter.shared()))) {
            throw new IllegalStateException("two parameters are shared as " + parameter.shared());
        }
        return ref("parameters", parameter.shared());
    }

    private static Map<String, Object> body(Body body) {
        Map<String, Object> json = new LinkedHashMap<>();
        if (body.isRequired()) {
            json.put("required", true);
        }
        json.put(
                "content",
                Map.of("application/json", Map.of("schema", body.schema().json())));
        return json;
    }

    private Map<String, Object> responses(Operation operation) {
        Map<String, Object> responses = new TreeMap<>();
        for (Success success : operation.successes()) {
            Map<String, Object> response = new LinkedHashMap<>();
            response.put(DESCRIPTION, success.description());
            Map<String, Object> headers = new LinkedHashMap<>();
            for (String header : CommonAnswers.headersOf(operation, success)) {
                headers.put(header, ref("headers", header));
            }
            response.put("headers", headers);
            if (success.schema() != null) {
                response.put(
                        "content",
                        Map.of(
                                success.mediaType(),
                                Map.of("schema", success.schema().json())));
            }
            responses.put(
                    Integer.toString(success.status()),
                    ref("responses", shared(operation, success, resolved(response))));
        }
        CommonAnswers.errorsOf(operation)
                .forEach((status, name) -> responses.put(Integer.toString(status), ref("responses", name)));
        return responses;
    }

    /** Answers that are alike are described once. */
    private String shared(Operation operation, Success success, Map<String, Object> response) {
        String kind = operation.isPaged()
                ? "page"
                : operation.isCommand() ? "written" : operation.isOnItsOwn() ? "service" : "read";
        String name = what(operation, success) + "-" + kind + "-" + success.status();
        Object before = answers.putIfAbsent(name, response);
        if (before == null || before.equals(response)) {
            return name;
        }
        String longer = name + "-" + operation.bodyId();
        answers.put(longer, response);
        return longer;
    }

    /** A word for what is answered. */
    private static String what(Operation operation, Success success) {
        if (success.schema() == null) {
            return "nothing";
        }
        Map<String, Object> json = success.schema().json();
        if (json.get("items") instanceof Map<?, ?> items && items.get("$ref") instanceof Component component) {
            return name(component) + "-list";
        }
        return json.get("$ref") instanceof Component component ? name(component) : operation.bodyId();
    }

    private static Map<String, Object> ref(String kind, String name) {
        return Map.of("$ref", "#/components/" + kind + "/" + name);
    }

    /** With the addresses of components in place of these. */
    private Map<String, Object> resolved(Map<?, ?> tree) {
        Map<String, Object> copy = new LinkedHashMap<>();
        tree.forEach((key, value) -> {
            Object resolved = resolve(value);
            copy.put(
                    (String) key,
                    key.equals("properties") && resolved instanceof Map<?, ?> properties
                            ? descriptions.described(properties)
                            : resolved);
        });
        return copy;
    }

    private Object resolve(Object node) {
        return switch (node) {
            case Component component -> {
                undescribed.add(component);
                yield "#/components/schemas/" + name(component);
            }
            case Map<?, ?> map -> resolved(map);
            case List<?> list -> {
                List<@Nullable Object> copy = new ArrayList<>();
                // Among the words that a text may be there can be null.
                list.forEach(value -> copy.add(value == null ? null : resolve(value)));
                yield copy;
            }
            default -> node;
        };
    }

    private void describeSchemas() {
        while (!undescribed.isEmpty()) {
            Component component = undescribed.remove();
            if (!schemas.containsKey(name(component))) {
                schemas.put(name(component), Map.of());
                schemas.put(name(component), resolved(schema(component).json()));
            }
        }
    }

    private static Schema schema(Component component) {
        return switch (component) {
            case Component.OfRecord record -> RecordSchema.of(record.type());
            case Component.Extended extended -> RecordSchema.of(extended.first(), extended.type());
            case Component.Named named -> named.schema();
        };
    }

    private static String name(Component component) {
        return switch (component) {
            case Component.OfRecord record -> name(record.type());
            case Component.Extended extended -> extended.name();
            case Component.Named named -> named.name();
        };
    }

    /** {@code PullRequestJson.Ref} is {@code pull-request-ref}. */
    private static String name(Class<?> type) {
        String own = RecordSchema.snakeCase(type.getSimpleName().replaceAll("Json$", ""))
                .replace('_', '-');
        return type.getEnclosingClass() == null ? own : name(type.getEnclosingClass()) + "-" + own;
    }

    static Map<String, Object> ordered(Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }
}
