package org.forgelog.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code docs/configuration.md} and the list that each side knows properties by are made from the code's own metadata.
 * Run with {@code -Ddocs.write=true} to write both anew.
 */
class ConfigurationDocTest {

    private static final Path PAGE = Path.of("../docs/configuration.md");
    private static final Path LIST = Path.of("../api/src/main/resources/org/forgelog/api/config/properties.txt");
    private static final String METADATA = "META-INF/spring-configuration-metadata.json";

    private static final String HEAD =
            """
            # Configuration

            Every property of Forgelog's own. Each can be given as a property, on the command line of the JVM or in a file
            that `SPRING_CONFIG_ADDITIONAL_LOCATION` names, or as an environment variable: `FORGELOG_ADMIN_TOKEN` for
            `forgelog.admin-token`. A property that is not in this list stops the start. Both sides take the whole list; the
            second column says which one uses a property.

            Spring Boot's own properties work as its documentation says; what is usually set of them is in
            [docs/operating](operating/README.md).

            This page is made from the code: `mvn -pl standalone -am test -Dtest=ConfigurationDocTest
            -Dsurefire.failIfNoSpecifiedTests=false -Ddocs.write=true`.

            | property | side | meaning | default |
            |---|---|---|---|
            """;

    private record Property(String name, String side, String meaning, String otherwise) {

        static Property of(JsonNode json) {
            String type = json.path("sourceType").asString();
            String side = type.startsWith("org.forgelog.query")
                    ? "query"
                    : type.startsWith("org.forgelog.command") ? "command" : "both";
            return new Property(
                    json.path("name").asString(),
                    side,
                    json.path("description").asString(""),
                    json.path("defaultValue").isMissingNode()
                            ? ""
                            : json.path("defaultValue").asString());
        }

        String row() {
            String value = otherwise.isEmpty() ? "" : "`" + otherwise + "`";
            return ("| `" + name + "` | " + side + " | " + meaning + " | " + value + " |\n").replace("|  |", "| |");
        }
    }

    private static List<Property> properties() throws IOException {
        TreeMap<String, Property> all = new TreeMap<>();
        for (URL url :
                Collections.list(ConfigurationDocTest.class.getClassLoader().getResources(METADATA))) {
            try (InputStream metadata = url.openStream()) {
                JsonMapper.shared()
                        .readTree(metadata)
                        .path("properties")
                        .valueStream()
                        .filter(property -> property.path("name").asString().startsWith("forgelog."))
                        .map(Property::of)
                        .forEach(property -> all.put(property.name(), property));
            }
        }
        return List.copyOf(all.values());
    }

    @Test
    void thePageHasEveryProperty() throws IOException {
        holds(PAGE, HEAD + properties().stream().map(Property::row).collect(Collectors.joining()));
    }

    @Test
    void eachSideKnowsEveryProperty() throws IOException {
        holds(
                LIST,
                properties().stream().map(property -> property.name() + "\n").collect(Collectors.joining()));
    }

    @Test
    void everyPropertySaysWhatItMeans() throws IOException {
        assertThat(properties()).hasSizeGreaterThan(30);
        assertThat(properties())
                .allSatisfy(property ->
                        assertThat(property.meaning()).as(property.name()).isNotBlank());
    }

    private static void holds(Path file, String expected) throws IOException {
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(file, expected);
        }
        assertThat(Files.readString(file))
                .as("run this test with -Ddocs.write=true")
                .isEqualTo(expected);
    }
}
