package org.forgelog.api.http;

import jakarta.servlet.Filter;
import java.time.Clock;
import java.util.Set;
import org.forgelog.api.http.RateLimiter.Limits;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
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
@EnableConfigurationProperties(ConnectionLimits.class)
@PropertySource("classpath:org/forgelog/api/http/defaults.properties")
@Import({ApiErrorHandler.class, JsonErrorController.class})
public class ApiHttpAutoConfiguration {

    @Bean
    JsonMapper jsonMapper() {
        return ApiJson.mapper();
    }

    @Bean
    Authenticator authenticator(JdbcClient jdbc, @Value("${forgelog.admin-token:}") String adminToken) {
        return new Authenticator(jdbc, adminToken);
    }

    @Bean
    FilterRegistrationBean<Filter> apiAddress(
            @Value("${forgelog.web-url:}") String web, @Value("${forgelog.url:}") String api) {
        return ordered(new ApiAddress(web, api), -1);
    }

    @Bean
    FilterRegistrationBean<Filter> gatewayFilter(@Value("${forgelog.gateway:}") Set<String> gateways) {
        return ordered(new GatewayFilter(gateways), -10);
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
    FailedLogins failedLogins(
            ObjectProvider<Clock> clock, @Value("${forgelog.rate-limit.failures:60}") long failuresAMinute) {
        return new FailedLogins(clock.getIfAvailable(Clock::systemUTC), failuresAMinute);
    }

    @Bean
    FilterRegistrationBean<Filter> authenticationFilter(
            Authenticator authenticator, FailedLogins failed, JsonMapper json) {
        return ordered(new AuthenticationFilter(authenticator, failed, new FailureWriter(json)), 2);
    }

    /** The defaults let a client make a hundred requests a second, and sixteen without a token. */
    @Bean
    RateLimiter rateLimiter(
            ObjectProvider<Clock> clock,
            @Value("${forgelog.rate-limit.with-token:36000000}") long withToken,
            @Value("${forgelog.rate-limit.anonymous:6000000}") long anonymous,
            @Value("${forgelog.rate-limit.cost-with-token:600000}") long costWithToken,
            @Value("${forgelog.rate-limit.cost-anonymous:600000}") long costAnonymous) {
        return new RateLimiter(
                clock.getIfAvailable(Clock::systemUTC),
                new Limits(withToken, anonymous),
                new Limits(costWithToken, costAnonymous));
    }

    @Bean
    ExpensiveRequests expensiveRequests(@Value("${forgelog.http.expensive:0}") int most) {
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
