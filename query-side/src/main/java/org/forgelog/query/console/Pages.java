package org.forgelog.query.console;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** Makes HTML of what pages show, with the template of each. */
final class Pages {

    private static final String TEMPLATES = "org.forgelog.query";
    private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

    private final TemplateEngine engine =
            TemplateEngine.createPrecompiled(null, ContentType.Html, Pages.class.getClassLoader(), TEMPLATES);

    /** @param page what the template takes */
    ResponseEntity<String> show(String template, Object page) {
        return show(HttpStatus.OK, template, page);
    }

    ResponseEntity<String> show(HttpStatus status, String template, Object page) {
        StringOutput html = new StringOutput();
        engine.render("console/" + template + ".jte", page, html);
        return ResponseEntity.status(status).contentType(HTML).body(html.toString());
    }

    /** Has the browser look at another page, after a change. */
    static ResponseEntity<String> goTo(String path) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .header("Location", path)
                .build();
    }
}
