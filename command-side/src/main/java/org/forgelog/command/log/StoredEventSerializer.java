package org.forgelog.command.log;

import java.util.Map;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.ChainingConverter;
import org.axonframework.serialization.Converter;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.forgelog.domain.DomainEvent;
import org.forgelog.eventlog.EventCodec;
import org.forgelog.eventlog.UnreadableEventException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Lets Axon store and read events in the log's own format: aliases and revisions, never class names. A type or revision
 * that is not known here is an error; Axon's own serializers would skip the event.
 */
public final class StoredEventSerializer implements Serializer {

    private static final TypeReference<Map<String, Object>> METADATA = new TypeReference<>() {};

    private final EventCodec codec;
    private final JsonMapper metadata = new JsonMapper();
    private final Converter converter = new ChainingConverter();

    public StoredEventSerializer(EventCodec codec) {
        this.codec = codec;
    }

    @Override
    public <T> SerializedObject<T> serialize(@Nullable Object object, Class<T> representation) {
        if (object instanceof MetaData data) {
            return text(metadata.writeValueAsString(data), representation, typeForClass(MetaData.class));
        }
        if (object instanceof DomainEvent event) {
            EventCodec.Encoded encoded = codec.encode(event);
            return text(
                    encoded.json(),
                    representation,
                    new SimpleSerializedType(encoded.type(), Integer.toString(encoded.revision())));
        }
        throw new IllegalArgumentException("only domain events are stored, not " + object);
    }

    private <T> SerializedObject<T> text(String json, Class<T> representation, SerializedType type) {
        return new SimpleSerializedObject<>(
                converter.convert(json, String.class, representation), representation, type);
    }

    @Override
    public <T> boolean canSerializeTo(Class<T> representation) {
        return converter.canConvert(String.class, representation);
    }

    /** @throws UnreadableEventException when type or revision are unknown here */
    @Override
    @SuppressWarnings("unchecked")
    public <S, T> T deserialize(SerializedObject<S> serialized) {
        String json = converter.convert(serialized.getData(), serialized.getContentType(), String.class);
        SerializedType type = serialized.getType();
        if (isSkipped(type)) {
            return (T) SkippedPayload.INSTANCE;
        }
        return (T)
                (isMetadata(type)
                        ? MetaData.from(metadata.readValue(json, METADATA))
                        : codec.decode(type.getName(), Integer.parseInt(type.getRevision()), json));
    }

    /** @throws UnreadableEventException when the type is unknown here */
    @Override
    public Class<?> classForType(SerializedType type) {
        if (isSkipped(type)) {
            return SkippedPayload.class;
        }
        return isMetadata(type) ? MetaData.class : codec.eventClass(type.getName());
    }

    private static boolean isSkipped(SerializedType type) {
        return type.getName().equals(SkippedPayload.TYPE);
    }

    private static boolean isMetadata(SerializedType type) {
        return type.getName().equals(MetaData.class.getName());
    }

    /** Metadata only: an event's type depends on the codec that writes it. */
    @Override
    @SuppressWarnings("rawtypes")
    public SerializedType typeForClass(@Nullable Class type) {
        if (type == MetaData.class) {
            return new SimpleSerializedType(MetaData.class.getName(), null);
        }
        throw new UnsupportedOperationException("the stored type of " + type + " is known when it is encoded");
    }

    @Override
    public Converter getConverter() {
        return converter;
    }
}
