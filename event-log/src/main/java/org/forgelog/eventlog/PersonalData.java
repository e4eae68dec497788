package org.forgelog.eventlog;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.SecretKey;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.account.Login;
import org.forgelog.eventlog.KeyRing.PersonKey;
import org.forgelog.eventlog.PersonalFields.Erased;
import org.forgelog.eventlog.PersonalFields.Field;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Encrypts the {@linkplain PersonalFields personal fields} of stored events, and decrypts them. In place of an encrypted value
 * stands an object that says whose it is: {@code {"of": 17, "sealed": "..."}}. Once that person's key is destroyed, or where
 * {@code sealed} is missing, the value is gone for good and something that says nothing is read instead.
 */
final class PersonalData {

    static final String OF = "of";
    static final String SEALED = "sealed";

    private final KeyRing keys;
    private final JsonMapper mapper;

    PersonalData(KeyRing keys, JsonMapper mapper) {
        this.keys = keys;
        this.mapper = mapper;
    }

    /**
     * Encrypts an event's fields in place; those of accounts without a key stay as they are.
     *
     * @param begins whether the event is the first of a person, who is given a key
     */
    void seal(String alias, ObjectNode event, boolean begins) {
        for (Field field : PersonalFields.of(alias)) {
            ObjectNode parent = parent(event, field);
            JsonNode value = parent == null ? null : parent.get(field.name());
            JsonNode person = event.get(field.person());
            if (parent == null || value == null || value.isNull() || person == null || !person.isIntegralNumber()) {
                continue;
            }
            long account = person.longValue();
            PersonKey key = begins ? added(account) : keys.find(account);
            if (key != null) {
                parent.set(field.name(), sealed(alias, field, account, key, value));
            }
        }
    }

    private @Nullable PersonKey added(long account) {
        PersonKey key = keys.find(account);
        return key == null ? keys.add(account) : key;
    }

    private ObjectNode sealed(String alias, Field field, long account, PersonKey key, JsonNode value) {
        ObjectNode sealed = mapper.createObjectNode().put(OF, account);
        SecretKey secret = key.key();
        if (secret != null) {
            byte[] plain = mapper.writeValueAsBytes(value);
            sealed.put(
                    SEALED,
                    Base64.getEncoder().encodeToString(AesGcm.seal(secret, plain, bytes(alias, field, account))));
        }
        return sealed;
    }

    /**
     * Decrypts an event's fields in place.
     *
     * @throws UnreadableEventException when a key is neither there nor destroyed, or is not the one
     */
    void open(String alias, ObjectNode event) {
        for (Field field : PersonalFields.of(alias)) {
            ObjectNode parent = parent(event, field);
            if (parent != null && parent.get(field.name()) instanceof ObjectNode sealed) {
                parent.set(field.name(), opened(alias, field, sealed));
            }
        }
    }

    private JsonNode opened(String alias, Field field, ObjectNode value) {
        JsonNode of = value.path(OF);
        if (!of.isIntegralNumber()) {
            throw new UnreadableEventException(field.context(alias) + " has another shape", null);
        }
        long account = of.longValue();
        JsonNode sealed = value.get(SEALED);
        if (sealed == null) {
            return erased(field, account);
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(sealed.asString());
            // A key may be older here than in the database.
            for (int attempt = 0; attempt < 2; attempt++) {
                PersonKey key = keys.find(account);
                if (key != null && key.key() == null) {
                    return erased(field, account);
                }
                Optional<byte[]> plain = key == null || key.key() == null
                        ? Optional.empty()
                        : AesGcm.open(key.key(), bytes, bytes(alias, field, account));
                if (plain.isPresent()) {
                    return mapper.readTree(plain.get());
                }
                keys.forget(account);
            }
        } catch (IllegalArgumentException | IllegalStateException | JacksonException e) {
            throw new UnreadableEventException(field.context(alias) + " cannot be decrypted: " + e.getMessage(), e);
        }
        throw new UnreadableEventException(
                field.context(alias) + " is encrypted with a key of a:" + account + " that is not here", null);
    }

    private static JsonNode erased(Field field, long account) {
        return switch (field.erased()) {
            case Erased.LOGIN -> JsonNodeFactory.instance.stringNode(Login.ofForgotten(new AccountId(account)));
            case Erased.NULL -> JsonNodeFactory.instance.nullNode();
            case Erased.EMPTY -> JsonNodeFactory.instance.arrayNode();
        };
    }

    static @Nullable ObjectNode parent(ObjectNode event, Field field) {
        return field.parent().isEmpty()
                ? event
                : event.get(field.parent()) instanceof ObjectNode parent ? parent : null;
    }

    private static byte[] bytes(String alias, Field field, long account) {
        return (PersonKeyStore.context(account) + " " + field.context(alias)).getBytes(StandardCharsets.UTF_8);
    }
}
