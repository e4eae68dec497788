package org.forgelog.query.console;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.forgelog.eventlog.EventLogReader;
import org.forgelog.eventlog.StoredEvent;
import org.forgelog.query.console.StoredView.Attribute;
import org.forgelog.query.console.StoredView.Named;
import org.forgelog.query.operator.DirectoryNames;
import org.forgelog.query.projection.deployment.LoggedItems;
import org.forgelog.query.projection.deployment.ProjectedTable;
import org.forgelog.query.projection.repair.AttributeOrigins;
import org.forgelog.query.projection.repair.ItemExplanation;
import org.forgelog.query.table.Index;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.KeySequences;
import org.forgelog.query.table.Keys;
import org.jspecify.annotations.Nullable;

/** Holds one item against the log. */
final class ItemDiagnosis {

    /** A sequence with more events is not folded while somebody waits. */
    static final long LONGEST = 200_000;

    private final LoggedItems logged;
    private final ItemExplanation explanation;
    private final AttributeOrigins origins;
    private final EventLogReader log;
    private final DirectoryNames directory;

    ItemDiagnosis(
            LoggedItems logged,
            ItemExplanation explanation,
            AttributeOrigins origins,
            EventLogReader log,
            DirectoryNames directory) {
        this.logged = logged;
        this.explanation = explanation;
        this.origins = origins;
        this.log = log;
        this.directory = directory;
    }

    StoredView of(ProjectedTable table, ItemKey key) {
        Item item = table.table().find(key);
        Set<String> sequences = new TreeSet<>(KeySequences.of(key, item));
        boolean isName = key.pk().startsWith("L#") || key.pk().startsWith("N#");
        sequences.remove(KeySequences.STRUCTURE);
        boolean known = (isName || !sequences.isEmpty()) && !Keys.isSharedCounts(key);
        boolean tooLong = sequences.stream().anyMatch(sequence -> log.countOfSequence(sequence, 0) > LONGEST);
        Map<String, Object> expected = known && !tooLong ? expected(table, key, sequences, isName) : null;
        List<StoredEvent> events = item == null ? List.of() : explanation.of(item);
        Map<String, Object> actual = item == null ? null : values(item);
        List<String> differing = expected == null || actual == null ? List.of() : logged.differing(expected, actual);
        Boolean right = !known || tooLong ? null : Boolean.valueOf(isRight(expected, actual, differing));
        return new StoredView(
                key.toString(),
                item != null,
                verdict(item, expected, right, tooLong),
                right,
                attributes(item, expected, differing, item == null ? Map.of() : origins.of(item, events)),
                item == null ? List.of() : indexes(item),
                named(sequences),
                EventView.of(events, directory));
    }

    private @Nullable Map<String, Object> expected(
            ProjectedTable table, ItemKey key, Set<String> sequences, boolean isName) {
        List<Map<String, Object>> found = new ArrayList<>();
        logged.each(table.name(), table.status().position(), isName ? List.of() : sequences, isName, (pk, sk, item) -> {
            if (pk.equals(key.pk()) && sk.equals(key.sk())) {
                found.add(item);
            }
        });
        return found.isEmpty() ? null : found.getLast();
    }

    private static boolean isRight(
            @Nullable Map<String, Object> expected, @Nullable Map<String, Object> actual, List<String> differing) {
        if (expected == null || actual == null) {
            return (expected == null || expected.containsKey("tombstone")) && actual == null;
        }
        return differing.isEmpty();
    }

    private static String verdict(
            @Nullable Item item, @Nullable Map<String, Object> expected, @Nullable Boolean right, boolean tooLong) {
        if (tooLong) {
            return "Its sequence is too long to be folded here: verify the table.";
        }
        if (right == null) {
            return item == null
                    ? "There is no such item, and its key does not tell which events would make it."
                    : "Several sequences make it together: verify the table.";
        }
        if (item == null) {
            return right
                    ? "There is no such item, and the log says that there should be none."
                    : "It is missing: the log says that it should be there.";
        }
        if (right) {
            return item.isTombstone() ? "It was deleted, as in the log." : "It matches the log.";
        }
        return expected == null
                ? "It should not be there: the log says nothing of it."
                : "It differs from what the log says.";
    }

    private static List<Attribute> attributes(
            @Nullable Item item,
            @Nullable Map<String, Object> expected,
            List<String> differing,
            Map<String, Long> origins) {
        Map<String, String> stored = ItemView.plain(item);
        Map<String, String> said = expected == null ? new HashMap<>() : ItemView.plain(expected);
        Set<String> names = new TreeSet<>(stored.keySet());
        names.addAll(said.keySet());
        names.remove(Keys.PK);
        names.remove(Keys.SK);
        boolean whole = expected != null && item == null;
        return names.stream()
                .map(name -> {
                    boolean differs = whole || differing.contains(name);
                    String value = stored.getOrDefault(name, "");
                    return new Attribute(
                            name,
                            value,
                            differs ? said.getOrDefault(name, "") : value,
                            differs,
                            Objects.requireNonNullElse(origins.get(name), 0L));
                })
                .toList();
    }

    private static Map<String, Object> values(Item item) {
        Map<String, Object> values = new TreeMap<>();
        item.attributes().forEach((name, value) -> values.put(name, ItemView.value(value)));
        return values;
    }

    private static List<String> indexes(Item item) {
        List<String> found = new ArrayList<>();
        for (Index index : Index.values()) {
            if (item.has(index.pk())) {
                found.add(index.indexName() + ": " + item.string(index.pk()) + " / " + item.string(index.sk()));
            }
        }
        return found;
    }

    private List<Named> named(Set<String> sequences) {
        Map<String, String> names = directory.of(sequences);
        return sequences.stream()
                .map(sequence -> new Named(sequence, names.getOrDefault(sequence, sequence)))
                .toList();
    }
}
