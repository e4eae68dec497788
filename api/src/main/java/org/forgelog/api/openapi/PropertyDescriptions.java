package org.forgelog.api.openapi;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** What properties mean: most names mean the same wherever they stand, so they are described once, by name. */
final class PropertyDescriptions {

    private static final String DESCRIPTION = "description";

    private final Properties known = new Properties();

    PropertyDescriptions() {
        try (Reader file = new InputStreamReader(
                Objects.requireNonNull(PropertyDescriptions.class.getResourceAsStream("descriptions.properties")),
                StandardCharsets.UTF_8)) {
            known.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A schema's properties, each with a description. */
    Map<String, Object> described(Map<?, ?> properties) {
        Map<String, Object> described = new LinkedHashMap<>();
        properties.forEach((name, schema) -> described.put((String) name, described((String) name, schema)));
        return described;
    }

    private Object described(String name, Object schema) {
        if (!(schema instanceof Map<?, ?> json) || json.containsKey(DESCRIPTION)) {
            return schema;
        }
        String text = of(name);
        if (text == null) {
            return schema;
        }
        Map<String, Object> copy = new LinkedHashMap<>();
        json.forEach((key, value) -> copy.put((String) key, value));
        copy.put(DESCRIPTION, text);
        return copy;
    }

    private @Nullable String of(String name) {
        String text = known.getProperty(name);
        if (text != null) {
            return text;
        }
        String words = name.replace('_', ' ');
        if (name.endsWith("_url")) {
            return "Address of: " + words.substring(0, words.length() - " url".length()) + ".";
        }
        if (name.endsWith("_count")) {
            return "How many there are: " + words.substring(0, words.length() - " count".length()) + ".";
        }
        if (name.startsWith("has_")) {
            return "Whether it has " + words.substring("has ".length()) + ".";
        }
        if (name.startsWith("allow_")) {
            return "Whether this is allowed: " + words.substring("allow ".length()) + ".";
        }
        if (name.startsWith("members_can_")) {
            return "Whether members may " + words.substring("members can ".length()) + ".";
        }
        return null;
    }
}
