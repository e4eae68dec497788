package org.forgelog.query.console;

import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.util.Collection;
import org.forgelog.query.console.Frame.Section;
import org.forgelog.query.operator.ActionLog;
import org.forgelog.query.projection.batch.DeadLetter;
import org.forgelog.query.projection.deployment.Projections;

/** Makes what is around pages. */
final class Frames {

    /** The parameter with the id of what was just done. */
    static final String DONE = "done";

    private final Projections projections;
    private final ActionLog actions;
    private final InstantSource clock;

    /** @param clock the log's */
    Frames(Projections projections, ActionLog actions, InstantSource clock) {
        this.projections = projections;
        this.actions = actions;
        this.clock = clock;
    }

    Frame of(HttpServletRequest request, Section section) {
        return of(request, section, section.label());
    }

    Frame of(HttpServletRequest request, Section section, String title) {
        String done = request.getParameter(DONE);
        boolean known = done != null && done.matches("\\d{1,18}");
        long blocked = projections.deadLetters().values().stream()
                .flatMap(Collection::stream)
                .map(DeadLetter::sequence)
                .distinct()
                .count();
        return new Frame(
                title,
                section,
                ConsoleAccess.operator(request),
                Math.toIntExact(blocked),
                known ? actions.find(Long.parseLong(done)) : null,
                clock.instant());
    }
}
