package org.forgelog.api.openapi;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.lang.annotation.Annotation;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The schema of a representation, from its record: names as they are written, what may be null, what may be missing.
 * What the record itself does not say, {@link EnumValues} does.
 */
final class RecordSchema {

    private final Body body;

    private RecordSchema(Body body) {
        this.body = body;
    }

    static Schema of(Class<?> type) {
        return of(new Body(), type);
    }

    /** @param first fields that stand before the record's own */
    static Schema of(Body first, Class<?> type) {
        RecordSchema schema = new RecordSchema(first.copy());
        schema.addAll(type);
        return schema.body.schema();
    }

    private void addAll(Class<?> type) {
        if (!type.isRecord()) {
            throw new IllegalArgumentException(type + " is no record");
        }
        boolean leavesOut = leavesOutNull(type.getAnnotation(JsonInclude.class));
        for (RecordComponent component : type.getRecordComponents()) {
            add(type, component, leavesOut);
        }
    }

    private void add(Class<?> type, RecordComponent component, boolean leavesOut) {
        if (annotation(component, JsonUnwrapped.class) != null) {
            addAll(component.getType());
            return;
        }
        if (annotation(component, JsonAnyGetter.class) != null) {
            EnumValues.furtherFields(type).forEach(body::optional);
            return;
        }
        JsonProperty renamed = annotation(component, JsonProperty.class);
        String name = renamed == null ? snakeCase(component.getName()) : renamed.value();
        Schema schema = EnumValues.schema(type, name, schema(name, component.getGenericType()));
        boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
        if (nullable && (leavesOut || leavesOutNull(annotation(component, JsonInclude.class)))) {
            body.optional(name, schema);
        } else {
            body.must(name, nullable ? schema.orNull() : schema);
        }
    }

    private static boolean leavesOutNull(@Nullable JsonInclude include) {
        return include != null && include.value() == JsonInclude.Include.NON_NULL;
    }

    /** On a record's component annotations for Jackson stand on its accessor. */
    private static <A extends Annotation> @Nullable A annotation(RecordComponent component, Class<A> type) {
        return component.getAccessor().getAnnotation(type);
    }

    static String snakeCase(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }

    private static Schema schema(String name, Type type) {
        if (type instanceof ParameterizedType parameterized) {
            Type[] arguments = parameterized.getActualTypeArguments();
            if (parameterized.getRawType() == List.class) {
                return Schema.listOf(schema(name, arguments[0]));
            }
            if (parameterized.getRawType() == Map.class) {
                return arguments[1] == Object.class ? Schema.anyObject() : Schema.mapOf(schema(name, arguments[1]));
            }
        }
        if (type instanceof Class<?> plain) {
            return schema(name, plain);
        }
        throw new IllegalArgumentException("no schema for " + name + ", which is a " + type);
    }

    private static Schema schema(String name, Class<?> type) {
        if (type == String.class) {
            return name.equals("url") || name.endsWith("_url")
                    ? Schema.text().with("format", "uri-template")
                    : Schema.text();
        }
        if (type == boolean.class || type == Boolean.class) {
            return Schema.flag();
        }
        if (type == int.class || type == Integer.class) {
            return Schema.whole();
        }
        if (type == long.class || type == Long.class) {
            return name.equals("id") || name.equals("number") ? Schema.id() : Schema.count();
        }
        if (type == double.class) {
            return Schema.decimal();
        }
        if (type == Instant.class) {
            return Schema.instant();
        }
        return Schema.of(type);
    }
}
