package org.forgelog.eventlog;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;
import org.forgelog.domain.Change;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.comment.CommentId;
import org.forgelog.domain.invitation.InvitationId;
import org.forgelog.domain.label.LabelId;
import org.forgelog.domain.repository.RepositoryId;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** How the domain's records become JSON: ids as numbers, a {@link Change} as its value, absent when unchanged. */
final class DomainJson {

    private DomainJson() {}

    static JsonMapper mapper() {
        JsonMapper.Builder builder = JsonMapper.builder();
        configure(builder);
        return builder.build();
    }

    static void configure(JsonMapper.Builder builder) {
        SimpleModule module = new SimpleModule("forgelog-domain")
                .addSerializer(Change.class, new ChangeSerializer())
                .addDeserializer(Change.class, new ChangeDeserializer(null));
        id(module, AccountId.class, AccountId::value, AccountId::new);
        id(module, RepositoryId.class, RepositoryId::value, RepositoryId::new);
        id(module, LabelId.class, LabelId::value, LabelId::new);
        id(module, CommentId.class, CommentId::value, CommentId::new);
        id(module, InvitationId.class, InvitationId::value, InvitationId::new);
        builder.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .changeDefaultPropertyInclusion(i -> i.withValueInclusion(JsonInclude.Include.NON_NULL))
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .addModule(module);
    }

    private static <T> void id(SimpleModule module, Class<T> type, ToLongFunction<T> value, LongFunction<T> of) {
        module.addSerializer(type, new ValueSerializer<T>() {
            @Override
            public void serialize(T id, JsonGenerator generator, SerializationContext context) {
                generator.writeNumber(value.applyAsLong(id));
            }
        });
        module.addKeyDeserializer(type, new KeyDeserializer() {
            @Override
            public Object deserializeKey(String key, DeserializationContext context) {
                return of.apply(Long.parseLong(key));
            }
        });
        module.addDeserializer(type, new ValueDeserializer<T>() {
            @Override
            public T deserialize(JsonParser parser, DeserializationContext context) {
                return of.apply(parser.getLongValue());
            }
        });
    }

    @SuppressWarnings("rawtypes")
    private static final class ChangeSerializer extends ValueSerializer<Change> {
        @Override
        public void serialize(Change change, JsonGenerator generator, SerializationContext context) {
            if (change.value() == null) {
                generator.writeNull();
            } else {
                context.writeValue(generator, change.value());
            }
        }
    }

    @SuppressWarnings("rawtypes")
    private static final class ChangeDeserializer extends ValueDeserializer<Change> {

        private final @Nullable JavaType valueType;

        ChangeDeserializer(@Nullable JavaType valueType) {
            this.valueType = valueType;
        }

        @Override
        public ValueDeserializer<?> createContextual(DeserializationContext context, @Nullable BeanProperty property) {
            JavaType type = property == null ? context.getContextualType() : property.getType();
            return new ChangeDeserializer(type == null ? null : type.containedType(0));
        }

        @Override
        public Change deserialize(JsonParser parser, DeserializationContext context) {
            if (valueType == null) {
                throw new IllegalStateException("a change of an unknown type cannot be read");
            }
            return Change.to(context.<Object>readValue(parser, valueType));
        }

        @Override
        public Change getNullValue(DeserializationContext context) {
            return Change.to(null);
        }

        @Override
        public @Nullable Object getAbsentValue(DeserializationContext context) {
            return null;
        }
    }
}
