package org.forgelog.command.log;

import java.util.List;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.forgelog.command.directory.DirectoryWriter;
import org.forgelog.domain.DomainEvent;

/**
 * Writes the directory the moment an event is published, not when it is appended at the end of the transaction: the
 * later commands of a batch must see it. Axon's subscribing event handlers come after the append.
 */
public final class DirectoryEventStore extends EmbeddedEventStore {

    private final DirectoryWriter directory;

    /** @param builder with a storage engine */
    public DirectoryEventStore(EmbeddedEventStore.Builder builder, DirectoryWriter directory) {
        super(builder);
        this.directory = directory;
    }

    @Override
    public void publish(List<? extends EventMessage<?>> events) {
        super.publish(events);
        for (EventMessage<?> event : events) {
            if (event.getPayload() instanceof DomainEvent domainEvent) {
                directory.apply(domainEvent);
            }
        }
    }
}
