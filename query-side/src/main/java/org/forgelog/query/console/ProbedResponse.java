package org.forgelog.query.console;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Keeps status and text of an answer, and nothing else, instead of sending it. */
final class ProbedResponse extends ServletOutputStream {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int status = HttpServletResponse.SC_OK;

    /** Where the answer is written to. */
    HttpServletResponse servlet() {
        return (HttpServletResponse) Proxy.newProxyInstance(
                ProbedResponse.class.getClassLoader(),
                new Class<?>[] {HttpServletResponse.class},
                (proxy, method, arguments) -> called(method, arguments));
    }

    private @Nullable Object called(Method method, Object @Nullable [] arguments) {
        switch (method.getName()) {
            case "setStatus", "sendError" -> status = (int) Objects.requireNonNull(arguments)[0];
            case "sendRedirect" -> status = HttpServletResponse.SC_FOUND;
            case "reset", "resetBuffer" -> bytes.reset();
            default -> {
                // What is said beside is not kept.
            }
        }
        return switch (method.getName()) {
            case "getStatus" -> status;
            case "getOutputStream" -> this;
            default -> nothing(method.getReturnType());
        };
    }

    private static @Nullable Object nothing(Class<?> type) {
        if (type == boolean.class) {
            return false;
        }
        return type == int.class ? Integer.valueOf(0) : type == Collection.class ? List.of() : null;
    }

    int status() {
        return status;
    }

    String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void write(int b) {
        bytes.write(b);
    }

    @Override
    public void write(byte[] some, int from, int length) {
        bytes.write(some, from, length);
    }
}
