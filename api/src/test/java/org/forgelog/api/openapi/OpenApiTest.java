package org.forgelog.api.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The description is a valid one, and {@code docs/openapi.json} is it. Run with {@code -Ddocs.write=true} to write that
 * anew.
 */
class OpenApiTest {

    private static final Path FILE = Path.of("../docs/openapi.json");
    /** Of the OpenAPI Initiative. */
    private static final String RULES = "/openapi/3.1/schema/2025-09-15";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String DESCRIPTION = OpenApi.json();
    private static final JsonNode DOCUMENT = JSON.readTree(DESCRIPTION);

    private final SchemaRegistry schemas = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    @Test
    void theFileIsWhatTheCodeSays() throws IOException {
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(FILE, DESCRIPTION);
        }
        assertThat(Files.readString(FILE))
                .as("run this test with -Ddocs.write=true")
                .isEqualTo(DESCRIPTION);
    }

    @Test
    void everyPropertyHasADescription() {
        Set<String> without = new TreeSet<>();
        withoutDescription(DOCUMENT.path("components"), without);
        withoutDescription(DOCUMENT.path("paths"), without);
        assertThat(without)
                .as("describe them where they are declared, or by name in descriptions.properties")
                .isEmpty();
    }

    private static void withoutDescription(JsonNode node, Set<String> found) {
        node.path("properties").properties().forEach(property -> {
            if (property.getValue().isObject() && !property.getValue().has("description")) {
                found.add(property.getKey());
            }
        });
        node.forEach(child -> withoutDescription(child, found));
    }

    @Test
    void everyBodyAndEveryAnswerHasAnExampleThatIsOne() {
        int examples = 0;
        for (String kind : List.of("requestBodies", "responses")) {
            for (Map.Entry<String, JsonNode> one :
                    DOCUMENT.path("components").path(kind).properties()) {
                JsonNode content = one.getValue().path("content").path("application/json");
                if (!content.isMissingNode()) {
                    assertThat(content.has("example")).as(one.getKey()).isTrue();
                    // A registry keeps the whole document for each schema that it was asked for.
                    SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
                            SpecificationVersion.DRAFT_2020_12,
                            builder -> builder.schemas(Map.of("https://forgelog.example/openapi.json", DESCRIPTION)));
                    assertThat(registry.getSchema(SchemaLocation.of("https://forgelog.example/openapi.json#/components/"
                                            + kind + "/"
                                            + one.getKey().replace("~", "~0").replace("/", "~1")
                                            + "/content/application~1json/schema"))
                                    .validate(content.path("example")))
                            .as("%s %s", one.getKey(), content.path("example"))
                            .isEmpty();
                    examples++;
                }
            }
        }
        assertThat(examples).isGreaterThan(100);
    }

    @Test
    void everyOperationOfOursHasAPlaceInTheDocumentation() {
        OwnOperations own = new OwnOperations();
        List<String> tags = DOCUMENT.path("tags")
                .valueStream()
                .map(tag -> tag.path("name").asString())
                .toList();
        int ours = 0;
        for (Map.Entry<String, JsonNode> path : DOCUMENT.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                String address = path.getKey().replaceAll("\\{[^}]+}", "7");
                if (operation.getValue().path("x-forgelog-own").asBoolean(false)) {
                    assertThat(tags)
                            .as(address)
                            .contains(own.tag(operation.getKey(), address).orElse("none"));
                    ours++;
                }
            }
        }
        assertThat(ours).isGreaterThan(20);
        assertThat(own.tag("GET", "/repos/ada/engine/issues")).isEmpty();
    }

    @Test
    void isTheSameTextEveryTime() {
        assertThat(OpenApi.json()).isEqualTo(DESCRIPTION);
    }

    @Test
    void keepsTheRulesOfOpenApi() throws IOException {
        try (InputStream rules = Objects.requireNonNull(OpenApiTest.class.getResourceAsStream(RULES))) {
            assertThat(schemas.getSchema(rules).validate(DOCUMENT)).isEmpty();
        }
    }

    @Test
    void theRulesAreLookedAt() throws IOException {
        JsonNode wrong = JSON.readTree(DESCRIPTION.replaceFirst("\"responses\"", "\"answers\""));
        try (InputStream rules = Objects.requireNonNull(OpenApiTest.class.getResourceAsStream(RULES))) {
            assertThat(schemas.getSchema(rules).validate(wrong)).isNotEmpty();
        }
    }

    @Test
    void everySchemaIsOne() throws IOException {
        String metaschema = "{\"$ref\": \"https://json-schema.org/draft/2020-12/schema\"}";
        List<JsonNode> all = DOCUMENT.findValues("schema");
        assertThat(all).hasSizeGreaterThan(60);
        all.forEach(schema -> assertThat(schemas.getSchema(metaschema).validate(schema))
                .as(schema.toString())
                .isEmpty());
        DOCUMENT.at("/components/schemas")
                .forEach(schema -> assertThat(schemas.getSchema(metaschema).validate(schema))
                        .as(schema.toString())
                        .isEmpty());
    }

    @Test
    void whateverIsPointedToIsThere() {
        List<String> addresses = DOCUMENT.findValuesAsString("$ref");
        assertThat(addresses).hasSizeGreaterThan(1_000);
        for (String address : addresses) {
            assertThat(address).startsWith("#/components/");
            assertThat(DOCUMENT.at(address.substring(1)).isMissingNode())
                    .as(address)
                    .isFalse();
        }
    }

    @Test
    void noTwoOperationsHaveTheSameId() {
        assertThat(DOCUMENT.findValuesAsString("operationId"))
                .hasSizeGreaterThan(150)
                .doesNotHaveDuplicates();
    }

    @Test
    void whateverIsSaidOfAFieldIsSaidOfOneThatExists() {
        EnumValues.WORDS.forEach((type, fields) ->
                assertThat(properties(type).keySet()).as(type.getSimpleName()).containsAll(fields.keySet()));
    }

    @Test
    void aMapWhoseFieldsNobodyNamedIsRefused() {
        assertThatThrownBy(() -> EnumValues.furtherFields(String.class)).hasMessageContaining("String");
    }

    record Example(long id, @org.jspecify.annotations.Nullable String stateReason, java.time.Instant createdAt) {}

    @Test
    void aRecordSaysWhatMayBeNull() {
        assertThat(RecordSchema.of(Example.class).json())
                .containsEntry("required", List.of("id", "state_reason", "created_at"));
        assertThat(properties(Example.class))
                .containsEntry("state_reason", Map.of("type", java.util.Arrays.asList("string", "null")))
                .containsEntry("created_at", Schema.instant().json());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> properties(Class<?> type) {
        return (Map<String, Object>)
                Objects.requireNonNull(RecordSchema.of(type).json().get("properties"));
    }
}
