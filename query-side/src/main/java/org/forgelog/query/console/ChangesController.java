package org.forgelog.query.console;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Tells pages that are open what has changed. */
@RestController
class ChangesController {

    private final Changes changes;

    ChangesController(Changes changes) {
        this.changes = changes;
    }

    @GetMapping(ConsoleAccess.ROOT + "/changes")
    SseEmitter changes(HttpServletRequest request) {
        SseEmitter page = changes.listen();
        if (request.getMethod().equals("HEAD")) {
            // There is no body to wait for.
            page.complete();
        }
        return page;
    }
}
