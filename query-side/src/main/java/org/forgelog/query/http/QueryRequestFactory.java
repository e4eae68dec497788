package org.forgelog.query.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.forgelog.api.http.Callers;
import org.forgelog.api.http.HttpFailure;
import org.forgelog.api.openapi.Catalogue;
import org.forgelog.api.openapi.Operation;
import org.forgelog.api.openapi.Parameter;
import org.forgelog.api.openapi.Parameters;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.Rejection.Fault;
import org.forgelog.query.read.Cursors;
import org.forgelog.query.read.QueryExecutor;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Gives controllers their {@link QueryRequest}, with all parameters parsed that the API's description has for the route. */
public final class QueryRequestFactory implements HandlerMethodArgumentResolver, WebMvcConfigurer {

    /** Made for the first request, so that a start does not wait for it. */
    private static final class ReadOperations {
        static final Map<String, Operation> BY_PATH = Catalogue.operations()
                .filter(Operation::isRead)
                .collect(Collectors.toMap(Operation::path, Function.identity()));
    }

    private final QueryExecutor executor;
    private final Cursors cursors;

    public QueryRequestFactory(QueryExecutor executor, Cursors cursors) {
        this.executor = executor;
        this.cursors = cursors;
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(this);
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == QueryRequest.class;
    }

    @Override
    public QueryRequest resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest web,
            @Nullable WebDataBinderFactory binders) {
        HttpServletRequest request = Objects.requireNonNull(web.getNativeRequest(HttpServletRequest.class));
        HttpServletResponse response = Objects.requireNonNull(web.getNativeResponse(HttpServletResponse.class));
        Operation operation = operation(request);
        if (operation.isForUsers() && Callers.of(request).isAnonymous()) {
            throw HttpFailure.authenticationRequired();
        }
        return new QueryRequest(executor, cursors, request, response, parse(operation, request));
    }

    private static Operation operation(HttpServletRequest request) {
        String pattern = String.valueOf(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE));
        Operation operation = ReadOperations.BY_PATH.get(pattern.replaceAll(":[^}]+}", "}"));
        if (operation == null) {
            throw new IllegalStateException(pattern + " is not described");
        }
        return operation;
    }

    private static Map<Parameter<?>, @Nullable Object> parse(Operation operation, HttpServletRequest request) {
        Map<?, ?> inPath = (Map<?, ?>) request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
        Map<Parameter<?>, @Nullable Object> values = new HashMap<>();
        for (Parameter<?> parameter : operation.parameters()) {
            String text = parameter.isInPath()
                    ? String.valueOf(inPath.get(parameter.name()))
                    : sent(request, parameter.name());
            values.put(parameter, parameter.parse(operation.resource(), text));
        }
        if (!values.containsKey(Parameters.AS_OF) && sent(request, Parameters.AS_OF.name()) != null) {
            // An answer about today would be taken for one about then.
            throw Rejection.invalid(
                    operation.resource(), Parameters.AS_OF.name(), Fault.CUSTOM, "as_of cannot be asked for here");
        }
        return values;
    }

    private static @Nullable String sent(HttpServletRequest request, String name) {
        String text = request.getParameter(name);
        return text == null || text.isEmpty() ? null : text;
    }
}
