package org.forgelog.query.console;

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
    SseEmitter changes() {
        return changes.listen();
    }
}
