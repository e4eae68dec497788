package org.forgelog.api.openapi;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Examples of bodies, made from their schemas: every property is there, with a value that people can imagine. */
final class Examples {

    private static final String REF = "$ref";
    private static final String SCHEMAS = "#/components/schemas/";
    /** A repository is in its parent, and so on. */
    private static final int DEEPEST = 4;

    private static final Map<String, Object> BY_NAME = Map.ofEntries(
            entry("login", "ada"),
            entry("display_login", "ada"),
            entry("name", "engine"),
            entry("new_name", "engine-2"),
            entry("full_name", "ada/engine"),
            entry("description", "Notes on a machine"),
            entry("title", "Bernoulli numbers"),
            entry("body", "See note G."),
            entry("email", "ada@example.com"),
            entry("billing_email", "bills@example.com"),
            entry("color", "f29513"),
            entry("default_branch", "main"),
            entry("base", "main"),
            entry("head", "fix"),
            entry("ref", "fix"),
            entry("sha", "6dcb09b5b57875f334f61aebed695e2e4193db5e"),
            entry("commit_id", "6dcb09b5b57875f334f61aebed695e2e4193db5e"),
            entry("original_commit_id", "6dcb09b5b57875f334f61aebed695e2e4193db5e"),
            entry("merge_commit_sha", "6dcb09b5b57875f334f61aebed695e2e4193db5e"),
            entry("node_id", "MDU6SXNzdWUx"),
            entry("path", "notes/g.md"),
            entry("diff_hunk", "@@ -1 +1 @@"),
            entry("message", "Not Found"),
            entry("documentation_url", "https://docs.github.com/rest"),
            entry("language", "Ada"),
            entry("homepage", "https://example.com/engine"),
            entry("blog", "https://example.com"),
            entry("location", "London"),
            entry("company", "Analytical Engines"),
            entry("topics", List.of("computing")),
            entry("labels", List.of("bug")),
            entry("assignees", List.of("ada")),
            entry("scopes", List.of("repo")),
            entry("note", "for my editor"),
            entry("sequence", "r:3"),
            entry("pk", "R#0000000000000000003"),
            entry("sk", "R"),
            entry("table", "forgelog"),
            entry("content", "heart"));

    private final Map<String, Object> schemas;

    /** @param schemas by name, with the addresses of others in them */
    Examples(Map<String, Object> schemas) {
        this.schemas = schemas;
    }

    /** Gives the JSON contents of a body or an answer an example. */
    @SuppressWarnings("unchecked")
    void addTo(Object bodyOrAnswer) {
        if (((Map<String, Object>) bodyOrAnswer).get("content") instanceof Map<?, ?> contents
                && contents.get("application/json") instanceof Map<?, ?> content
                && content.get("schema") instanceof Map<?, ?> schema) {
            Object example = of(schema, "", 0);
            if (example != null) {
                ((Map<String, Object>) content).put("example", example);
            }
        }
    }

    private @Nullable Object of(Map<?, ?> schema, String name, int depth) {
        if (schema.get(REF) instanceof String address
                && schemas.get(address.substring(SCHEMAS.length())) instanceof Map<?, ?> referred) {
            return of(referred, name, depth + 1);
        }
        if (schema.get("anyOf") instanceof List<?> choices) {
            return choices.stream()
                    .map(choice -> (Map<?, ?>) choice)
                    .filter(choice -> !"null".equals(choice.get("type")))
                    .findFirst()
                    .map(choice -> of(choice, name, depth))
                    .orElse(null);
        }
        if (schema.containsKey("const")) {
            return schema.get("const");
        }
        if (schema.get("enum") instanceof List<?> words) {
            return words.getFirst();
        }
        if (depth > DEEPEST && isNullable(schema)) {
            return null;
        }
        return switch (type(schema)) {
            case "object" -> object(schema, depth);
            case "array" -> array(schema, name, depth);
            case "integer" -> schema.get("minimum") instanceof Number least && least.longValue() > 1 ? least : 1;
            case "number" -> 1.5;
            case "boolean" -> false;
            case "null" -> null;
            case "string" -> text(schema, name);
            default -> Map.of();
        };
    }

    private static String type(Map<?, ?> schema) {
        Object type = schema.get("type");
        if (type instanceof List<?> several) {
            return several.stream()
                    .map(String::valueOf)
                    .filter(one -> !one.equals("null"))
                    .findFirst()
                    .orElse("null");
        }
        return type instanceof String one ? one : schema.containsKey("properties") ? "object" : "";
    }

    private static boolean isNullable(Map<?, ?> schema) {
        return schema.get("type") instanceof List<?> several && several.contains("null");
    }

    private Map<String, @Nullable Object> object(Map<?, ?> schema, int depth) {
        Map<String, @Nullable Object> example = new LinkedHashMap<>();
        if (schema.get("properties") instanceof Map<?, ?> properties) {
            Set<?> must = schema.get("required") instanceof List<?> required ? Set.copyOf(required) : Set.of();
            properties.forEach((name, property) -> {
                if (must.contains(name) || depth <= DEEPEST && !isRecursive((Map<?, ?>) property, depth)) {
                    example.put((String) name, of((Map<?, ?>) property, (String) name, depth + 1));
                }
            });
        } else if (schema.get("additionalProperties") instanceof Map<?, ?> values) {
            example.put("key", of(values, "key", depth + 1));
        }
        return example;
    }

    /** What need not be there and leads to whole objects again is left out further down. */
    private static boolean isRecursive(Map<?, ?> property, int depth) {
        return depth > 2 && (property.containsKey(REF) || property.containsKey("anyOf"));
    }

    private List<@Nullable Object> array(Map<?, ?> schema, String name, int depth) {
        Map<?, ?> items = schema.get("items") instanceof Map<?, ?> some ? some : Map.of();
        if (BY_NAME.get(name) instanceof List<?> known && type(items).equals("string")) {
            return new ArrayList<>(known);
        }
        List<@Nullable Object> example = new ArrayList<>();
        if (!items.isEmpty() && depth <= DEEPEST) {
            example.add(of(items, singular(name), depth + 1));
        }
        return example;
    }

    private static String singular(String name) {
        return name.endsWith("s") ? name.substring(0, name.length() - 1) : name;
    }

    private static Object text(Map<?, ?> schema, String name) {
        Object format = schema.get("format");
        if ("date-time".equals(format)) {
            return "2026-01-01T00:00:00Z";
        }
        if ("uri".equals(format) || name.endsWith("_url") || name.equals("url") || name.equals("href")) {
            return "https://forge.example.com/" + name.replace("_url", "");
        }
        return BY_NAME.get(name) instanceof String known ? known : name.isEmpty() ? "text" : name.replace('_', ' ');
    }
}
