package org.forgelog.command.log;

import java.util.List;
import java.util.Map;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.forgelog.command.directory.DirectoryWriter;
import org.forgelog.domain.DomainEvent;

/**
 * Writes the directory the moment an event is published, not when it is appended at the end of the transaction: the
 * later commands of a batch must see it. Also gives each event the metadata of the request it comes from.
 */
public final class DirectoryEventStore extends EmbeddedEventStore {

    private final DirectoryWriter directory;

    private DirectoryEventStore(Builder builder, DirectoryWriter directory) {
        super(builder);
        this.directory = directory;
    }

    public static DirectoryEventStore on(PostgresEventStorageEngine engine, DirectoryWriter directory) {
        return new DirectoryEventStore(EmbeddedEventStore.builder().storageEngine(engine), directory);
    }

    @Override
    public void publish(List<? extends EventMessage<?>> events) {
        Map<String, Object> origin = CurrentUnitOfWork.map(UnitOfWork::root)
                .<Map<String, Object>>map(root -> root.getMessage().getMetaData())
                .orElse(Map.of());
        super.publish(events.stream()
                .<EventMessage<?>>map(event -> event.andMetaData(origin))
                .map(event -> event.getPayload() instanceof DomainEvent domainEvent
                        ? event.andMetaData(Map.of(PostgresEventStorageEngine.SEQUENCE_KEY, domainEvent.sequenceKey()))
                        : event)
                .toList());
        for (EventMessage<?> event : events) {
            if (event.getPayload() instanceof DomainEvent domainEvent) {
                directory.apply(domainEvent);
            }
        }
    }
}
