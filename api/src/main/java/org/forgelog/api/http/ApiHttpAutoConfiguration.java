package org.forgelog.api.http;

import jakarta.servlet.Filter;
import java.time.Clock;
import org.apache.catalina.core.StandardHost;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.servlet.config.annotation.ContentNegotiationConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.json.JsonMapper;

/** GitHub's conventions, for any application with this module on its class path. */
@AutoConfiguration(
        beforeName = {
            "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration",
            "org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration"
        })
@Import({ApiErrorHandler.class, JsonErrorController.class})
public class ApiHttpAutoConfiguration {

    /** How much of a body that is too large is still read, so that the client gets to see the answer, in bytes. */
    private static final int SWALLOWED = 32 << 20;

    @Bean
    JsonMapper jsonMapper() {
        return ApiJson.mapper();
    }

    @Bean
    Authenticator authenticator(JdbcClient jdbc, @Value("${forgelog.admin-token:}") String adminToken) {
        return new Authenticator(jdbc, adminToken);
    }

    @Bean
    FilterRegistrationBean<Filter> conventionsFilter(JsonMapper json) {
        return ordered(new ConventionsFilter(new FailureWriter(json)), 0);
    }

    @Bean
    FilterRegistrationBean<Filter> bodyLimitFilter(JsonMapper json) {
        return ordered(new BodyLimitFilter(new FailureWriter(json)), 1);
    }

    @Bean
    FilterRegistrationBean<Filter> authenticationFilter(Authenticator authenticator, JsonMapper json) {
        return ordered(new AuthenticationFilter(authenticator, new FailureWriter(json)), 2);
    }

    /** The defaults let a client make a hundred requests a second, and sixteen without a token. */
    @Bean
    RateLimiter rateLimiter(
            ObjectProvider<Clock> clock,
            @Value("${forgelog.rate-limit.with-token:360000}") long withToken,
            @Value("${forgelog.rate-limit.anonymous:60000}") long anonymous) {
        return new RateLimiter(clock.getIfAvailable(Clock::systemUTC), withToken, anonymous);
    }

    @Bean
    FilterRegistrationBean<Filter> rateLimitFilter(RateLimiter limiter, JsonMapper json) {
        return ordered(new RateLimitFilter(limiter, new FailureWriter(json)), 3);
    }

    @Bean
    FilterRegistrationBean<Filter> etagFilter() {
        return ordered(new ETagFilter(), 4);
    }

    private static FilterRegistrationBean<Filter> ordered(Filter filter, int place) {
        FilterRegistrationBean<Filter> registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 100 + place);
        return registration;
    }

    /** Whatever a client accepts, it gets {@code application/json}, and never a 406. */
    @Bean
    WebMvcConfigurer alwaysJson() {
        return new WebMvcConfigurer() {
            @Override
            public void configureContentNegotiation(ContentNegotiationConfigurer configurer) {
                configurer.ignoreAcceptHeader(true).defaultContentType(MediaType.APPLICATION_JSON);
            }
        };
    }

    /** Labels such as {@code area/core} come as one path part with {@code %2F}; errors of Tomcat's own become JSON. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> tomcatConventions() {
        return factory -> {
            factory.addConnectorCustomizers(connector -> {
                connector.setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
                connector.setProperty("relaxedQueryChars", "[]|{}^\\`\"<>");
                connector.setProperty("maxSwallowSize", Integer.toString(SWALLOWED));
            });
            factory.addContextCustomizers(context -> {
                if (context.getParent() instanceof StandardHost host) {
                    host.setErrorReportValveClass(JsonErrorReportValve.class.getName());
                }
            });
        };
    }
}
