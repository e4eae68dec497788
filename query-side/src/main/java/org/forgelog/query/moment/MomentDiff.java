package org.forgelog.query.moment;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.ItemType;
import org.forgelog.query.table.Keys;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What differs between two moments of a repository or an account, in words that people know. */
public final class MomentDiff {

    /** What says of every change that there was one, or only where an item is. */
    private static final Pattern LEFT_OUT = Pattern.compile("pk|sk|gsi\\d[ps]k|type|v|pos|at|ttl|updated_at|long_body");
    /** Who, by id. */
    private static final Pattern PEOPLE =
            Pattern.compile(".*_by|(author|account|owner|creator)_id|assignees|contributors");
    /** What only leads to other items, or is told of with them. */
    private static final Set<ItemType> UNTOLD = Set.of(ItemType.COMMENT_PLACE, ItemType.LABEL_NAME, ItemType.BODY);

    /**
     * @param change added, removed or changed
     * @param fields those that differ
     */
    public record Difference(String what, String change, List<Field> fields) {}

    /** A field that has another value; {@code null} for none. */
    public record Field(String field, @Nullable Object from, @Nullable Object to) {}

    private final Map<ItemKey, Item> before;
    private final Map<ItemKey, Item> after;
    private final Map<Long, String> labels = new HashMap<>();
    private Map<String, String> names = Map.of();

    /** @param sequence of a repository or an account */
    public MomentDiff(MomentItems before, MomentItems after, String sequence) {
        this.before = before.all(sequence);
        this.after = after.all(sequence);
        for (Map<ItemKey, Item> items : List.of(this.before, this.after)) {
            items.values().stream()
                    .filter(item -> item.is(ItemType.LABEL))
                    .forEach(label -> labels.put(label.number(Attr.ID), label.string(Attr.NAME)));
        }
    }

    /**
     * All differences.
     *
     * @param known from sequence keys of accounts to their names
     */
    public List<Difference> differences(Function<Collection<String>, Map<String, String>> known) {
        Set<ItemKey> keys = new LinkedHashSet<>(before.keySet());
        keys.addAll(after.keySet());
        keys.removeIf(key -> isUntold(key) || Objects.equals(before.get(key), after.get(key)));
        names = known.apply(people(keys));
        Map<String, Difference> differences = new TreeMap<>();
        for (ItemKey key : keys) {
            Item old = before.get(key);
            Item now = after.get(key);
            List<Field> fields = fields(key, old, now);
            if (!fields.isEmpty()) {
                String what = what(Objects.requireNonNullElse(now, Objects.requireNonNull(now == null ? old : now)));
                differences.put(
                        sortable(what) + key,
                        new Difference(what, old == null ? "added" : now == null ? "removed" : "changed", fields));
            }
        }
        return List.copyOf(differences.values());
    }

    private static String sortable(String what) {
        return Pattern.compile("\\d+").matcher(what).replaceAll(number -> Keys.byId(Long.parseLong(number.group())));
    }

    private boolean isUntold(ItemKey key) {
        Item item = after.getOrDefault(key, before.get(key));
        return item == null || UNTOLD.stream().anyMatch(item::is);
    }

    private Set<String> people(Set<ItemKey> keys) {
        Set<String> people = new TreeSet<>();
        for (ItemKey key : keys) {
            for (Map<ItemKey, Item> items : List.of(before, after)) {
                Item item = items.get(key);
                if (item != null) {
                    item.attributes().forEach((name, value) -> {
                        if (PEOPLE.matcher(name).matches()) {
                            ids(value).forEach(id -> people.add("a:" + id));
                        }
                    });
                }
            }
        }
        return people;
    }

    private static List<String> ids(AttributeValue value) {
        return value.n() != null
                ? List.of(value.n())
                : value.l().stream()
                        .map(AttributeValue::n)
                        .filter(Objects::nonNull)
                        .toList();
    }

    private List<Field> fields(ItemKey key, @Nullable Item old, @Nullable Item now) {
        Map<String, @Nullable Object> from = values(before, key, old);
        Map<String, @Nullable Object> to = values(after, key, now);
        Set<String> fields = new TreeSet<>(from.keySet());
        fields.addAll(to.keySet());
        List<Field> differing = new ArrayList<>();
        for (String field : fields) {
            if (!Objects.equals(from.get(field), to.get(field))) {
                differing.add(new Field(field, from.get(field), to.get(field)));
            }
        }
        return differing;
    }

    private Map<String, @Nullable Object> values(Map<ItemKey, Item> items, ItemKey key, @Nullable Item item) {
        Map<String, @Nullable Object> values = new TreeMap<>();
        if (item == null) {
            return values;
        }
        item.attributes().forEach((name, value) -> {
            if (!LEFT_OUT.matcher(name).matches()) {
                values.put(name, value(name, value));
            }
        });
        Item body = item.flag(Attr.LONG_BODY)
                ? items.get(item.is(ItemType.COMMENT) ? Keys.commentBody(key) : Keys.body(key))
                : null;
        if (body != null) {
            values.put(Attr.BODY, body.text(Attr.BODY, null));
        }
        return values;
    }

    private @Nullable Object value(String name, AttributeValue value) {
        if (PEOPLE.matcher(name).matches()) {
            return named(value, id -> names.getOrDefault("a:" + id, "account " + id));
        }
        if (name.equals(Attr.LABELS)) {
            return named(value, id -> labels.getOrDefault(Long.valueOf(id), "label " + id));
        }
        return plain(value);
    }

    private static Object named(AttributeValue value, UnaryOperator<String> name) {
        List<String> found = ids(value).stream().map(name).toList();
        return value.n() != null ? found.getFirst() : found;
    }

    private static Object plain(AttributeValue value) {
        return switch (value.type()) {
            case S -> value.s();
            case N -> Long.valueOf(value.n());
            case BOOL -> value.bool();
            case L -> value.l().stream().map(MomentDiff::plain).toList();
            case M ->
                value.m().entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey,
                                entry -> plain(entry.getValue()),
                                (one, other) -> one,
                                TreeMap::new));
            default -> value.toString();
        };
    }

    /** What people call an item. */
    private String what(Item item) {
        String type = item.string(Attr.TYPE).replace('_', ' ');
        if (item.is(ItemType.ISSUE) || item.is(ItemType.PULL_REQUEST)) {
            return type + " #" + item.number(Attr.NUMBER);
        }
        if (item.is(ItemType.COMMENT)) {
            return "comment " + item.number(Attr.ID) + " on #" + item.number(Attr.NUMBER);
        }
        if (item.is(ItemType.LABEL)) {
            return "label " + item.string(Attr.NAME);
        }
        if (item.is(ItemType.MILESTONE)) {
            return "milestone " + item.number(Attr.NUMBER);
        }
        boolean ofSomebody = item.has(Attr.ACCOUNT_ID) && !item.is(ItemType.EMAILS);
        return ofSomebody
                ? type + " of "
                        + names.getOrDefault(
                                "a:" + item.number(Attr.ACCOUNT_ID), "account " + item.number(Attr.ACCOUNT_ID))
                : type;
    }
}
