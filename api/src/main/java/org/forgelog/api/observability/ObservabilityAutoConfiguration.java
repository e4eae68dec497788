package org.forgelog.api.observability;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.PropertySource;
import org.springframework.http.server.observation.ServerRequestObservationConvention;

/** What both sides tell of themselves to those who watch them. */
@AutoConfiguration(beforeName = "org.springframework.boot.webmvc.autoconfigure.WebMvcObservationAutoConfiguration")
@ConditionalOnClass(name = "io.micrometer.observation.ObservationRegistry")
@PropertySource("classpath:org/forgelog/api/observability/defaults.properties")
public class ObservabilityAutoConfiguration {

    @Bean
    ServerRequestObservationConvention requestObservation() {
        return new RequestObservation();
    }
}
