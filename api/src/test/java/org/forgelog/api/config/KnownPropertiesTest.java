package org.forgelog.api.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** A property of ours that is spelt wrong stops the start. */
class KnownPropertiesTest {

    private static void start(Map<String, Object> properties, Map<String, Object> variables) {
        StandardEnvironment environment = new StandardEnvironment() {
            @Override
            protected void customizePropertySources(MutablePropertySources sources) {
                sources.addLast(new MapPropertySource("properties", new HashMap<>(properties)));
                sources.addLast(new SystemEnvironmentPropertySource("variables", new HashMap<>(variables)));
            }
        };
        new KnownProperties().postProcessEnvironment(environment, new SpringApplication());
    }

    @Test
    void whatIsSpeltWrongStopsTheStartWithTheNearestName() {
        assertThatThrownBy(() -> start(Map.of("forgelog.admin-tokn", "x"), Map.of()))
                .isInstanceOf(UnknownPropertyException.class)
                .hasMessage("There is no property forgelog.admin-tokn. Did you mean forgelog.admin-token?");
        assertThatThrownBy(() -> start(Map.of("forgelog.projection.writer", 3), Map.of()))
                .hasMessageEndingWith("Did you mean forgelog.projection.writers?");
        assertThatThrownBy(() -> start(Map.of(), Map.of("FORGELOG_DYNAMODB_REGOIN", "x")))
                .hasMessage("There is no property FORGELOG_DYNAMODB_REGOIN. Did you mean FORGELOG_DYNAMODB_REGION?");
    }

    @Test
    void allSpellingsThatSpringBootBindsAreKnown() {
        start(
                Map.of("forgelog.admin-token", "x", "forgelog.adminToken", "x", "forgelog.gateway[0]", "x", "other", 1),
                Map.of("FORGELOG_ADMIN_TOKEN", "x", "FORGELOG_ADMINTOKEN", "x", "FORGELOG_GATEWAY_0", "x"));
    }

    @Test
    void whatOthersPutIntoTheEnvironmentIsNotOurs() {
        start(
                Map.of(),
                Map.of(
                        "FORGELOG_DATA", "x",
                        "FORGELOG_JAVA_OPTS", "x",
                        "FORGELOG_QUERY_SIDE_SERVICE_HOST", "10.0.0.1",
                        "FORGELOG_QUERY_SIDE_PORT_8080_TCP_ADDR", "10.0.0.1",
                        "FORGELOG_PORT", "tcp://10.0.0.1:80"));
    }

    @Test
    void itIsSaidInWords() {
        assertThat(new UnknownPropertyAnalyzer()
                        .analyze(new UnknownPropertyException("There is no property x."))
                        .getDescription())
                .isEqualTo("There is no property x.");
    }
}
