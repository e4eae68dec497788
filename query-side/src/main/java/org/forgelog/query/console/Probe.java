package org.forgelog.query.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Objects;
import org.forgelog.api.Caller;
import org.forgelog.api.http.Callers;
import org.forgelog.api.http.HttpFailure;
import org.forgelog.query.read.ReadTrace;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

/** Has a read of the API answered as its route answers it, for whoever it is to be for, and watches what that reads. */
final class Probe {

    private final RequestMappingHandlerMapping routes;
    private final RequestMappingHandlerAdapter adapter;
    private final HandlerExceptionResolver failures;

    Probe(
            RequestMappingHandlerMapping routes,
            RequestMappingHandlerAdapter adapter,
            HandlerExceptionResolver failures) {
        this.routes = routes;
        this.adapter = adapter;
        this.failures = failures;
    }

    /**
     * An answer, and what was read for it.
     *
     * @param body JSON
     */
    record Probed(String route, int status, String body, List<ReadTrace.Read> reads) {}

    /**
     * Answers a read.
     *
     * @param outer the operator's own request
     * @param address path and query
     * @throws HttpFailure 404 when there is no such route
     */
    Probed ask(HttpServletRequest outer, String address, Caller caller) {
        ProbedRequest request = new ProbedRequest(outer, address);
        ProbedResponse probed = new ProbedResponse();
        HttpServletResponse response = probed.servlet();
        Callers.set(request, caller);
        ServletRequestPathUtils.parseAndCache(request);
        try (ReadTrace trace = ReadTrace.open()) {
            HandlerExecutionChain chain = handler(request);
            HandlerMethod handler = (HandlerMethod) chain.getHandler();
            try {
                for (HandlerInterceptor interceptor : chain.getInterceptorList()) {
                    interceptor.preHandle(request, response, handler);
                }
                adapter.handle(request, response, handler);
            } catch (Exception e) {
                Objects.requireNonNull(failures.resolveException(request, response, handler, e), "unresolved");
            }
            return new Probed(route(request), probed.status(), probed.text(), trace.reads());
        }
    }

    private HandlerExecutionChain handler(ProbedRequest request) {
        HandlerExecutionChain chain;
        try {
            chain = routes.getHandler(request);
        } catch (Exception e) {
            throw HttpFailure.notFound("There is no route " + request.getRequestURI());
        }
        if (chain == null
                || !(chain.getHandler() instanceof HandlerMethod)
                || request.getRequestURI().startsWith(ConsoleAccess.ROOT)
                || request.getRequestURI().startsWith("/operator")) {
            throw HttpFailure.notFound("The query side has no route " + request.getRequestURI());
        }
        return chain;
    }

    private static String route(HttpServletRequest request) {
        return String.valueOf(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE));
    }
}
