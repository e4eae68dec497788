package org.forgelog.query.console;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.forgelog.query.console.Frame.Section;
import org.forgelog.query.operator.ActionLog;
import org.forgelog.query.operator.ActionLog.Action;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What operators did. */
@RestController
class ActionsController {

    private static final int ON_A_PAGE = 50;

    private final ActionLog actions;
    private final Frames frames;
    private final Pages pages;

    ActionsController(ActionLog actions, Frames frames, Pages pages) {
        this.actions = actions;
        this.frames = frames;
        this.pages = pages;
    }

    /**
     * What the page shows.
     *
     * @param older the id before which the next page begins; 0 on the last one
     */
    record ActionsPage(Frame frame, List<Action> actions, long older) {}

    @GetMapping(ConsoleAccess.ROOT + "/actions")
    ResponseEntity<String> page(
            HttpServletRequest request, @RequestParam(defaultValue = "" + Long.MAX_VALUE) long before) {
        List<Action> found = actions.before(before, ON_A_PAGE);
        return pages.show(
                "actions",
                new ActionsPage(
                        frames.of(request, Section.ACTIONS),
                        found,
                        found.size() == ON_A_PAGE ? found.getLast().id() : 0));
    }
}
