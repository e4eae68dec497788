package org.forgelog.api.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.stream.Stream;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.json.JsonMapper;

/** Indents JSON for curl, which shows answers to people, as GitHub does. Programs get it as short as it is. */
class PrettyJsonFilter extends OncePerRequestFilter {

    private static final DefaultPrettyPrinter PRINTER = new DefaultPrettyPrinter(Separators.createDefaultInstance()
                    .withObjectNameValueSpacing(Separators.Spacing.AFTER)
                    .withObjectEmptySeparator("")
                    .withArrayEmptySeparator(""))
            .withArrayIndenter(new DefaultIndenter("  ", "\n"))
            .withObjectIndenter(new DefaultIndenter("  ", "\n"));

    private final JsonMapper json;

    PrettyJsonFilter(JsonMapper json) {
        this.json = json;
    }

    /** Whether whoever asks reads the answer as it comes. */
    static boolean isWanted(HttpServletRequest request) {
        String agent = request.getHeader("User-Agent");
        return agent != null && agent.startsWith("curl/");
    }

    /** What operators ask for may be a whole log, and a stream never ends. */
    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = request.getRequestURI();
        return !isWanted(request)
                || path.endsWith("/events/stream")
                || Stream.of("/operator/", "/actuator", "/console").anyMatch(path::startsWith);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        ContentCachingResponseWrapper cached = new ContentCachingResponseWrapper(response);
        chain.doFilter(request, cached);
        String type = cached.getContentType();
        if (cached.getContentSize() > 0 && type != null && type.startsWith("application/json")) {
            byte[] pretty = pretty(cached.getContentAsByteArray());
            cached.resetBuffer();
            cached.getOutputStream().write(pretty);
        }
        cached.copyBodyToResponse();
    }

    private byte[] pretty(byte[] body) {
        ByteArrayOutputStream pretty = new ByteArrayOutputStream(2 * body.length);
        try (JsonParser parser = json.createParser(body);
                JsonGenerator generator = json.writer().with(PRINTER).createGenerator(pretty)) {
            while (parser.nextToken() != null) {
                generator.copyCurrentEventExact(parser);
            }
            generator.writeRaw('\n');
        } catch (JacksonException e) {
            // Not JSON after all.
            return body;
        }
        return pretty.toByteArray();
    }
}
