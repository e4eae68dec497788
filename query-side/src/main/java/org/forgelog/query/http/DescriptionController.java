package org.forgelog.query.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.forgelog.api.openapi.OpenApi;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The description of both sides, for programs and for people. A browser fetches nothing from anywhere else. */
@RestController
class DescriptionController implements WebMvcConfigurer {

    private static final String OURS = "org/forgelog/query/docs/";
    private static final String SWAGGER_UI = "META-INF/maven/org.webjars/swagger-ui/pom.properties";

    private static final String ONLY_FROM_HERE =
            "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /** Made when first asked for, so that a start does not wait for it. */
    private static final class Description {
        static final byte[] JSON = OpenApi.json().getBytes(StandardCharsets.UTF_8);
    }

    @GetMapping("/openapi.json")
    ResponseEntity<byte[]> json() {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(Description.JSON);
    }

    @GetMapping("/docs")
    ResponseEntity<byte[]> page() throws IOException {
        return ResponseEntity.ok()
                .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
                .header("Content-Security-Policy", ONLY_FROM_HERE)
                .body(new ClassPathResource(OURS + "page.html").getContentAsByteArray());
    }

    /** What the page is made of. */
    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler("/docs/start*").addResourceLocations("classpath:/" + OURS);
        registry.addResourceHandler("/docs/swagger-ui*")
                .addResourceLocations("classpath:/META-INF/resources/webjars/swagger-ui/" + swaggerUiVersion() + "/");
    }

    private static String swaggerUiVersion() {
        try {
            Properties properties = PropertiesLoaderUtils.loadProperties(new ClassPathResource(SWAGGER_UI));
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException("Swagger UI is not on the class path", e);
        }
    }
}
