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

    /** What {@code unitOfWork}'s root appended so far; empty when nothing. */
    public static Optional<AppendedEvents> of(UnitOfWork<?> unitOfWork) {
        return Optional.ofNullable(unitOfWork.root().getResource(RESOURCE));
    }

    static void remember(UnitOfWork<?> unitOfWork, AppendedEvents appended) {
        Set<String> sequences = new TreeSet<>(appended.sequences);
        of(unitOfWork).ifPresent(earlier -> sequences.addAll(earlier.sequences));
        unitOfWork.root().resources().put(RESOURCE, new AppendedEvents(appended.lastPosition, sequences));
    }
}
