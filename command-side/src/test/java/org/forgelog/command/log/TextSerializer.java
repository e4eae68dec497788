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
import tools.jackson.databind.json.JsonMapper;

/** Stores the plain strings that Axon's suites use for events. */
final class TextSerializer implements Serializer {

    private final JsonMapper json = new JsonMapper();

    @Override
    public <T> SerializedObject<T> serialize(Object object, Class<T> representation) {
        return new SimpleSerializedObject<>(
                representation.cast(json.writeValueAsString(object)), representation, typeForClass(object.getClass()));
    }

    @Override
    public <T> boolean canSerializeTo(Class<T> representation) {
        return representation == String.class;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <S, T> T deserialize(SerializedObject<S> serialized) {
        String text = (String) serialized.getData();
        return (T)
                (classForType(serialized.getType()) == MetaData.class
                        ? MetaData.from(json.readValue(text, Map.class))
                        : json.readValue(text, String.class));
    }

    @Override
    public Class<?> classForType(SerializedType type) {
        return type.getName().equals(MetaData.class.getName()) ? MetaData.class : String.class;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public SerializedType typeForClass(Class type) {
        return new SimpleSerializedType(type.getName(), null);
    }

    @Override
    public Converter getConverter() {
        return new ChainingConverter();
    }
}
