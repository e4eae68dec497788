package org.forgelog.api.http;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** JSON as clients see it: snake case, and points in time in whole seconds with a {@code Z}, as GitHub writes them. */
public final class ApiJson {

    /** Deepest nesting taken from a client. */
    private static final int MAX_DEPTH = 100;

    private ApiJson() {}

    public static JsonMapper mapper() {
        SimpleModule dates = new SimpleModule("github-dates").addSerializer(Instant.class, new ValueSerializer<>() {
            @Override
            public void serialize(Instant instant, JsonGenerator generator, SerializationContext context) {
                generator.writeString(instant.truncatedTo(ChronoUnit.SECONDS).toString());
            }
        });
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .build())
                .build();
        return JsonMapper.builder(factory)
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .addModule(dates)
                .build();
    }
}
