package org.forgelog.command.log;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.forgelog.domain.DomainEvent;

/** Events to be stored, column by column: one statement takes any number of them as arrays. */
final class EventColumns {

    private static final List<String> TYPES =
            List.of("uuid", "text", "text", "bigint", "text", "int", "text", "text", "text", "text");

    private final List<Object[]> columns = new ArrayList<>();
    private int size;

    EventColumns(int capacity) {
        for (int i = 0; i < TYPES.size(); i++) {
            columns.add(new Object[capacity]);
        }
    }

    /** Adds an event and answers the sequence it belongs to. */
    String add(EventMessage<?> message, Serializer serializer) {
        DomainEventMessage<?> event = message instanceof DomainEventMessage<?> domainEvent
                ? domainEvent
                : new GenericDomainEventMessage<>("", message.getIdentifier(), 0, message, message::getTimestamp);
        SerializedObject<String> payload = event.serializePayload(serializer, String.class);
        String revision = payload.getType().getRevision();
        String sequence = sequenceKey(event);
        set(
                UUID.fromString(event.getIdentifier()),
                event.getType(),
                event.getAggregateIdentifier(),
                event.getSequenceNumber(),
                payload.getType().getName(),
                revision == null ? 0 : Integer.parseInt(revision),
                payload.getData(),
                event.serializeMetaData(serializer, String.class).getData(),
                sequence,
                event.getTimestamp().toString());
        return sequence;
    }

    private void set(Object... values) {
        for (int i = 0; i < values.length; i++) {
            columns.get(i)[size] = values[i];
        }
        size++;
    }

    private static String sequenceKey(DomainEventMessage<?> message) {
        return message.getPayload() instanceof DomainEvent event
                ? event.sequenceKey()
                : message.getAggregateIdentifier();
    }

    /** Sets the columns as the statement's parameters after {@code before}, in the order in which {@link #add} names them. */
    void bind(Connection connection, PreparedStatement statement, int before) throws SQLException {
        for (int i = 0; i < columns.size(); i++) {
            statement.setArray(before + i + 1, connection.createArrayOf(TYPES.get(i), columns.get(i)));
        }
    }
}
