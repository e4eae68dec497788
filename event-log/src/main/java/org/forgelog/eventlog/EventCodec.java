package org.forgelog.eventlog;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.forgelog.domain.DomainEvent;
import org.forgelog.domain.account.AccountEvent.AccountRegistered;
import org.forgelog.domain.account.AccountKind;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Between events and what is stored of them. Immutable and safe for use by many threads. */
public final class EventCodec {

    /**
     * An event ready to be stored.
     *
     * @param type stored alias
     * @param json payload
     */
    public record Encoded(String type, int revision, String json) {}

    private final JsonMapper mapper = DomainJson.mapper();
    private final Map<String, Upcaster> upcasters = new HashMap<>();
    private final PersonalData personal;

    /** A codec that encrypts nothing. */
    public EventCodec() {
        this(KeyRing.EMPTY);
    }

    /** @param keys what tells who a person is, is encrypted with that person's */
    public EventCodec(KeyRing keys) {
        this.personal = new PersonalData(keys, mapper);
        add(List.of(
                Upcaster.ISSUE_CLOSED_WITHOUT_REASON,
                Upcaster.REPOSITORY_CREATED_BEFORE_FORKS,
                Upcaster.REPOSITORY_CREATED_BEFORE_NUMBERING,
                Upcaster.REPOSITORY_RENAMED_WITHOUT_OWNER,
                Upcaster.REPOSITORY_OWNER_RENAMED_WITHOUT_OWNER,
                Upcaster.ISSUE_EDITED_WITHOUT_OLD_TITLE,
                Upcaster.PULL_REQUEST_EDITED_WITHOUT_OLD_TITLE,
                Upcaster.PULL_REQUEST_MERGED_WITHOUT_AUTHOR));
        add(Upcaster.BEFORE_MILESTONES);
    }

    private void add(List<Upcaster> steps) {
        steps.forEach(step -> upcasters.put(step.alias() + "/" + step.from(), step));
    }

    /** Has a mapper write the domain's values as they are written in events. */
    public static void configure(JsonMapper.Builder builder) {
        DomainJson.configure(builder);
    }

    public Encoded encode(DomainEvent event) {
        EventTypes.EventType type = EventTypes.of(event);
        if (PersonalFields.of(type.alias()).isEmpty()) {
            return new Encoded(type.alias(), type.revision(), mapper.writeValueAsString(event));
        }
        ObjectNode json = mapper.valueToTree(event);
        personal.seal(
                type.alias(),
                json,
                event instanceof AccountRegistered registered && registered.kind() == AccountKind.USER);
        return new Encoded(type.alias(), type.revision(), mapper.writeValueAsString(json));
    }

    /**
     * Reads an event as it lies in the log.
     *
     * @throws UnreadableEventException also when it lies in another sequence than its own
     */
    public DomainEvent decode(StoredEvent event) {
        DomainEvent read = decode(event.type(), event.revision(), event.payload());
        if (!read.sequenceKey().equals(event.sequenceKey())) {
            throw new UnreadableEventException(
                    "is stored in another sequence than its own, " + read.sequenceKey(), null);
        }
        return read;
    }

    /**
     * Reads a stored event, of this or an older revision. What told of a person whose key is destroyed is read as nothing,
     * and as {@linkplain org.forgelog.domain.account.Login#ofForgotten a login that nobody can have}.
     *
     * @throws UnreadableEventException when type or revision are unknown here, the JSON does not fit, or a key is missing
     */
    public DomainEvent decode(String alias, int revision, String json) {
        EventTypes.EventType type = EventTypes.ofAlias(alias);
        if (type == null) {
            throw new UnreadableEventException("unknown event type " + alias, null);
        }
        if (revision > type.revision()) {
            throw new UnreadableEventException(
                    alias + " has revision " + revision + ", newer than the " + type.revision() + " known here", null);
        }
        try {
            boolean isPersonal = !PersonalFields.of(alias).isEmpty();
            if (revision == type.revision() && !isPersonal) {
                return mapper.readValue(json, type.eventClass());
            }
            JsonNode stored = mapper.readTree(json);
            if (isPersonal && stored instanceof ObjectNode event) {
                personal.open(alias, event);
            }
            return mapper.treeToValue(upcast(type, revision, stored), type.eventClass());
        } catch (JacksonException e) {
            throw new UnreadableEventException(alias + " revision " + revision + " has another shape", e);
        }
    }

    /**
     * The class that events of a stored type are decoded to.
     *
     * @throws UnreadableEventException when the type is unknown here
     */
    public Class<? extends DomainEvent> eventClass(String alias) {
        EventTypes.EventType type = EventTypes.ofAlias(alias);
        if (type == null) {
            throw new UnreadableEventException("unknown event type " + alias, null);
        }
        return type.eventClass();
    }

    /** Whether an event of a stored type may say who sees or does what. One of an unknown type may say anything. */
    public static boolean mayConcernRights(String alias) {
        EventTypes.EventType type = EventTypes.ofAlias(alias);
        return type == null || type.concernsRights();
    }

    private JsonNode upcast(EventTypes.EventType type, int revision, JsonNode stored) {
        JsonNode json = stored;
        for (int from = revision; from < type.revision(); from++) {
            Upcaster step = upcasters.get(type.alias() + "/" + from);
            if (step == null || !(json instanceof ObjectNode object)) {
                throw new UnreadableEventException("no way from " + type.alias() + " revision " + from, null);
            }
            json = step.step().apply(object);
        }
        return json;
    }
}
