package org.forgelog.command.log;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/**
 * What a root unit of work appended to the log. Axon itself forgets the positions, and an answer needs them.
 *
 * @param lastPosition position of the last event
 * @param sequences the sequences of all of them
 */
public record AppendedEvents(long lastPosition, Set<String> sequences) {

    private static final String RESOURCE = AppendedEvents.class.getName();
    private static final String LAST = RESOURCE + ".last";

    /** What {@code unitOfWork}'s root appended so far; empty when nothing. */
    public static Optional<AppendedEvents> of(UnitOfWork<?> unitOfWork) {
        return Optional.ofNullable(unitOfWork.root().getResource(RESOURCE));
    }

    /** Promises that the unit of work has nothing to do after it appended: its transaction is committed with that. */
    public static void nothingFollows(UnitOfWork<?> unitOfWork) {
        unitOfWork.root().resources().put(LAST, true);
    }

    /** Whether appending is the last that a unit of work does, and only once. */
    static boolean isLast(UnitOfWork<?> unitOfWork) {
        if (unitOfWork.root().getResource(LAST) == null) {
            return false;
        }
        if (of(unitOfWork).isPresent()) {
            throw new IllegalStateException("appends again, although it was committed");
        }
        return true;
    }

    static void remember(UnitOfWork<?> unitOfWork, AppendedEvents appended) {
        Set<String> sequences = new TreeSet<>(appended.sequences);
        of(unitOfWork).ifPresent(earlier -> sequences.addAll(earlier.sequences));
        unitOfWork.root().resources().put(RESOURCE, new AppendedEvents(appended.lastPosition, sequences));
    }
}
