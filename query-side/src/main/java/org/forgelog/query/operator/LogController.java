package org.forgelog.query.operator;

import jakarta.servlet.http.HttpServletRequest;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.forgelog.api.http.HttpFailure;
import org.forgelog.eventlog.EventCodec;
import org.forgelog.eventlog.EventLogReader;
import org.forgelog.eventlog.EventLogReader.SkippedEvent;
import org.forgelog.eventlog.MasterKeys.Wrapped;
import org.forgelog.eventlog.PersonKeyStore;
import org.forgelog.eventlog.PersonKeyStore.StoredKey;
import org.forgelog.eventlog.StoredEvent;
import org.forgelog.query.projection.deployment.ProjectedTable;
import org.forgelog.query.projection.deployment.Projections;
import org.forgelog.query.projection.repair.ItemExplanation;
import org.forgelog.query.table.Item;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What the log says, and what it made of an item; for operators, so nothing is left out. Tokens never are in events. */
@RestController
class LogController {

    private static final int LARGEST = 1_000;

    private final EventLogReader log;
    private final PersonKeyStore keys;
    private final ItemExplanation explanation;
    private final Projections projections;
    private final DirectoryNames names;
    private final Operators operators;

    LogController(
            EventLogReader log,
            EventCodec codec,
            PersonKeyStore keys,
            Projections projections,
            DirectoryNames names,
            Operators operators) {
        this.log = log;
        this.keys = keys;
        this.explanation = new ItemExplanation(log, codec);
        this.projections = projections;
        this.names = names;
        this.operators = operators;
    }

    /**
     * Some events in the log's order; none left when there are none.
     *
     * @param names of the repositories and accounts that they are about or come from, by sequence key
     */
    record EventsJson(long head, List<EventJson> events, Map<String, String> names) {}

    /**
     * An item, and the events that made it what it is.
     *
     * @param names as in {@link EventsJson}
     */
    record ExplanationJson(String table, Map<String, Object> item, List<EventJson> events, Map<String, String> names) {}

    /**
     * The events after a position.
     *
     * @param repository only those of the sequence of the repository of this owner and name
     * @param sequence only those of one sequence
     * @param aggregate only those of one aggregate
     */
    @GetMapping("/operator/events")
    EventsJson events(
            HttpServletRequest request,
            @RequestParam(defaultValue = "0") long after,
            @RequestParam(defaultValue = "100") int limit,
            @RequestParam(required = false) @Nullable String repository,
            @RequestParam(required = false) @Nullable String sequence,
            @RequestParam(required = false) @Nullable String aggregate) {
        operators.check(request);
        int most = Math.clamp(limit, 1, LARGEST);
        long head = log.head();
        String key = repository != null ? RebuildController.sequenceOf(names, repository) : sequence;
        List<StoredEvent> events;
        if (aggregate != null) {
            events = log.ofAggregateAfter(aggregate, after, most);
        } else if (key != null) {
            events = log.ofSequence(key, after, most);
        } else {
            events = log.after(after, most);
        }
        Map<Long, SkippedEvent> discarded = log.skipped();
        return new EventsJson(
                head,
                events.stream()
                        .map(event -> EventJson.of(event, discarded.get(event.position())))
                        .toList(),
                names.of(EventJson.keys(events)));
    }

    /** Some keys, in the order of their accounts; none left when there are none. */
    record KeysJson(List<KeyJson> keys) {}

    /**
     * A person's key, encrypted.
     *
     * @param personKey id of the account
     * @param wrapped in Base64; {@code null} once it is destroyed
     */
    record KeyJson(long personKey, @Nullable String wrapped, @Nullable String masterKey, @Nullable String destroyedAt) {

        static KeyJson of(StoredKey key) {
            Wrapped wrapped = key.wrapped();
            return new KeyJson(
                    key.account(),
                    wrapped == null ? null : Base64.getEncoder().encodeToString(wrapped.bytes()),
                    wrapped == null ? null : wrapped.masterKey(),
                    key.destroyedAt() == null ? null : key.destroyedAt().toString());
        }
    }

    /** People's keys, which belong to the log when it is exported. */
    @GetMapping("/operator/person-keys")
    KeysJson keys(
            HttpServletRequest request,
            @RequestParam(defaultValue = "0") long after,
            @RequestParam(defaultValue = "1000") int limit) {
        operators.check(request);
        return new KeysJson(keys.after(after, Math.clamp(limit, 1, LARGEST)).stream()
                .map(KeyJson::of)
                .toList());
    }

    /** @param key what people call the item, see {@link ItemAddress} */
    @GetMapping("/operator/explain")
    ExplanationJson explain(HttpServletRequest request, @RequestParam(defaultValue = "") String key) {
        operators.check(request);
        if (key.isBlank()) {
            throw HttpFailure.badRequest("key: a URL, owner/name, owner/name#1, a login, or PK / SK");
        }
        ProjectedTable table = projections.serving();
        Item item = new ItemAddress(names)
                .keys(key).stream()
                        .map(table.table()::find)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElseThrow(() -> HttpFailure.notFound("There is no item " + key));
        List<StoredEvent> events = explanation.of(item);
        return new ExplanationJson(
                table.name(),
                plain(item.attributes()),
                events.stream().map(EventJson::of).toList(),
                names.of(EventJson.keys(events)));
    }

    private static Map<String, Object> plain(Map<String, AttributeValue> attributes) {
        Map<String, Object> plain = new TreeMap<>();
        attributes.forEach((name, value) -> plain.put(name, plain(value)));
        return plain;
    }

    private static Object plain(AttributeValue value) {
        return switch (value.type()) {
            case S -> value.s();
            case N -> new BigDecimal(value.n());
            case BOOL -> value.bool();
            case L -> value.l().stream().map(LogController::plain).toList();
            case M -> plain(value.m());
            default -> value.toString();
        };
    }
}
