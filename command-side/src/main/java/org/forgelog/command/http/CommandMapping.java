package org.forgelog.command.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.ServerHttpObservationFilter;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.handler.AbstractHandlerMapping;

/**
 * Leads commands to {@link CommandEndpoint}. Asked before annotated controllers, since those answer for a path that they
 * know under another method only.
 */
public final class CommandMapping extends AbstractHandlerMapping {

    private final CommandEndpoint endpoint;
    private final HandlerMethod handler;

    public CommandMapping(CommandEndpoint endpoint) {
        this.endpoint = endpoint;
        try {
            this.handler = new HandlerMethod(endpoint, "handle", HttpServletRequest.class, HttpServletResponse.class);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
        setOrder(-1);
    }

    @Override
    protected @Nullable Object getHandlerInternal(HttpServletRequest request) {
        if (!endpoint.serves(request)) {
            return null;
        }
        String pattern = CommandEndpoint.pattern(request);
        request.setAttribute(BEST_MATCHING_PATTERN_ATTRIBUTE, pattern);
        ServerHttpObservationFilter.findObservationContext(request)
                .ifPresent(context -> context.setPathPattern(pattern));
        return handler;
    }
}
