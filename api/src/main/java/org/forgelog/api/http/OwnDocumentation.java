package org.forgelog.api.http;

import org.forgelog.api.openapi.OwnOperations;
import org.forgelog.api.representation.ErrorJson;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

/** Errors of operations that are ours alone lead to our own documentation. */
@ControllerAdvice
class OwnDocumentation implements ResponseBodyAdvice<Object> {

    private final OwnOperations own = new OwnOperations();

    @Override
    public boolean supports(MethodParameter type, Class<? extends HttpMessageConverter<?>> converter) {
        return true;
    }

    @Override
    public @Nullable Object beforeBodyWrite(
            @Nullable Object body,
            MethodParameter type,
            MediaType mediaType,
            Class<? extends HttpMessageConverter<?>> converter,
            ServerHttpRequest request,
            ServerHttpResponse response) {
        if (!(body instanceof ErrorJson error) || !(request instanceof ServletServerHttpRequest servlet)) {
            return body;
        }
        return own.tag(request.getMethod().name(), request.getURI().getRawPath())
                .<Object>map(tag -> error.documentedAt(
                        RequestLinks.of(servlet.getServletRequest()).base() + "/docs#/" + tag))
                .orElse(body);
    }
}
