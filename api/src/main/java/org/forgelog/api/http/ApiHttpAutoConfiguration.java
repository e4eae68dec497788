package org.forgelog.api.http;

import jakarta.servlet.Filter;
import java.net.URI;
import java.time.Clock;
import org.forgelog.api.http.RateLimiter.Limits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.PropertySource;
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
@EnableConfigurationProperties({ApiProperties.class, ConnectionLimits.class, OidcProperties.class})
@PropertySource("classpath:org/forgelog/api/http/defaults.properties")
@Import({ApiErrorHandler.class, OwnDocumentation.class, JsonErrorController.class})
public class ApiHttpAutoConfiguration {

    private static final Logger log = LoggerFactory.getLogger(ApiHttpAutoConfiguration.class);

    @Bean
    JsonMapper jsonMapper() {
        return ApiJson.mapper();
    }

    @Bean
    Authenticator authenticator(JdbcClient jdbc, ApiProperties properties, OidcProperties oidc) {
        if (properties.adminToken().isBlank() && oidc.adminGroups().isEmpty()) {
            log.warn("forgelog.admin-token is not set: nobody is site administrator but users who were made one");
        }
        URI issuer = oidc.issuer();
        return new Authenticator(
                jdbc, properties.adminToken(), issuer == null ? null : new JwtSignIn(oidc, issuer, jdbc));
    }

    @Bean
    FilterRegistrationBean<Filter> apiAddress(ApiProperties properties) {
        return ordered(new ApiAddress(properties.webUrl(), properties.url()), -1);
    }

    @Bean
    FilterRegistrationBean<Filter> gatewayFilter(ApiProperties properties) {
        return ordered(new GatewayFilter(properties.gateway()), -10);
    }

    @Bean
    FilterRegistrationBean<Filter> prettyJsonFilter(JsonMapper json) {
        return ordered(new PrettyJsonFilter(json), -2);
    }

    /** Part of a node's liveness: whether it should be started again, since it does not recover by itself. */
    @Bean
    HealthIndicator vitals(ObjectProvider<Vital> vitals) {
        return () -> (vitals.stream().allMatch(Vital::isAlive) ? Health.up() : Health.down()).build();
    }

    @Bean
    FilterRegistrationBean<Filter> conventionsFilter(JsonMapper json) {
        return ordered(new ConventionsFilter(new FailureWriter(json)), 0);
    }

    @Bean
    FilterRegistrationBean<Filter> bodyFilter(JsonMapper json, ConnectionLimits limits) {
        return ordered(new BodyFilter(new FailureWriter(json), limits.body()), 1);
    }

    @Bean
    FailedLogins failedLogins(ObjectProvider<Clock> clock, ApiProperties properties) {
        return new FailedLogins(
                clock.getIfAvailable(Clock::systemUTC), properties.rateLimit().failures());
    }

    @Bean
    FilterRegistrationBean<Filter> authenticationFilter(
            Authenticator authenticator, FailedLogins failed, JsonMapper json) {
        return ordered(new AuthenticationFilter(authenticator, failed, new FailureWriter(json)), 2);
    }

    @Bean
    RateLimiter rateLimiter(ObjectProvider<Clock> clock, ApiProperties properties) {
        ApiProperties.RateLimit limit = properties.rateLimit();
        return new RateLimiter(
                clock.getIfAvailable(Clock::systemUTC),
                new Limits(limit.withToken(), limit.anonymous()),
                new Limits(limit.costWithToken(), limit.costAnonymous()));
    }

    @Bean
    ExpensiveRequests expensiveRequests(ConnectionLimits limits) {
        int most = limits.expensive();
        return new ExpensiveRequests(most > 0 ? most : ExpensiveRequests.usual());
    }

    @Bean
    FilterRegistrationBean<Filter> rateLimitFilter(RateLimiter limiter, ExpensiveRequests expensive, JsonMapper json) {
        return ordered(new RateLimitFilter(limiter, expensive, new FailureWriter(json)), 3);
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

    @Bean
    TomcatConventions tomcatConventions(ConnectionLimits limits) {
        return new TomcatConventions(limits);
    }
}
