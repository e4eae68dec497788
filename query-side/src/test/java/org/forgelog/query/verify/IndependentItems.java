package org.forgelog.query.verify;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.forgelog.domain.Change;
import org.forgelog.eventlog.StoredEvent;
import org.jspecify.annotations.Nullable;

/** The items that events make, each by itself: what becomes of one never depends on another. */
final class IndependentItems {

    private final Map<Key, IndependentItem> rows = new LinkedHashMap<>();
    private final Predicate<Key> wanted;
    private final BiConsumer<FoldedItem, StoredEvent> changed;
    private @Nullable StoredEvent event;

    /**
     * @param wanted which items to keep
     * @param changed told after each change
     */
    IndependentItems(Predicate<Key> wanted, BiConsumer<FoldedItem, StoredEvent> changed) {
        this.wanted = wanted;
        this.changed = changed;
    }

    /** What follows is made of this event. */
    void begin(StoredEvent next) {
        event = next;
    }

    StoredEvent event() {
        if (event == null) {
            throw new IllegalStateException("no event yet");
        }
        return event;
    }

    Collection<IndependentItem> all() {
        return rows.values();
    }

    @Nullable
    IndependentItem find(Key key) {
        return rows.get(key);
    }

    /** The item comes to be, unless it is there. */
    void create(Key key, String type, Consumer<Map<String, Object>> says) {
        IndependentItem row = row(key, type);
        if (row != null && !row.isLive()) {
            says.accept(row.said());
            done(row, true);
        }
    }

    /** The item says this and nothing else from now on. */
    void set(Key key, String type, Consumer<Map<String, Object>> says) {
        IndependentItem row = row(key, type);
        if (row != null) {
            row.said().clear();
            says.accept(row.said());
            done(row, true);
        }
    }

    /** The item changes, where it is there. */
    void edit(Key key, Consumer<IndependentItem> change) {
        IndependentItem row = rows.get(key);
        if (row != null && row.isLive()) {
            change.accept(row);
            done(row, true);
        }
    }

    /** The item goes, where it is there. */
    void remove(Key key) {
        remove(key, row -> true);
    }

    void remove(Key key, Predicate<IndependentItem> which) {
        IndependentItem row = rows.get(key);
        if (row != null && row.isLive() && which.test(row)) {
            done(row, false);
        }
    }

    boolean isLive(Key key) {
        IndependentItem row = rows.get(key);
        return row != null && row.isLive();
    }

    private @Nullable IndependentItem row(Key key, String type) {
        return wanted.test(key) ? rows.computeIfAbsent(key, k -> new IndependentItem(k, type)) : null;
    }

    private void done(IndependentItem row, boolean lives) {
        row.changed(event(), lives);
        changed.accept(row, event());
    }

    // How values are said.

    static void text(Map<String, Object> said, String name, @Nullable String value) {
        value(said, name, value);
    }

    static void value(Map<String, Object> said, String name, @Nullable Object value) {
        if (value == null
                || (value instanceof Map<?, ?> map && map.isEmpty())
                || (value instanceof List<?> l && l.isEmpty())) {
            said.remove(name);
        } else {
            said.put(name, value);
        }
    }

    static void change(Map<String, Object> said, String name, @Nullable Change<?> change) {
        if (change != null) {
            value(said, name, change.value());
        }
    }

    static void at(Map<String, Object> said, String name, @Nullable Instant at) {
        value(said, name, at == null ? null : at.toString());
    }

    static Instant at(IndependentItem row, String name) {
        return Instant.parse(row.text(name));
    }

    static void index(Map<String, Object> said, int number, String pk, String sk) {
        said.put("gsi" + number + "pk", pk);
        said.put("gsi" + number + "sk", sk);
    }

    /** Changes a map within what is said; an empty one is not said at all. */
    static void map(Map<String, Object> said, String name, Consumer<Map<String, Object>> change) {
        Map<String, Object> copy = new HashMap<>();
        if (said.get(name) instanceof Map<?, ?> map) {
            map.forEach((key, value) -> copy.put(String.valueOf(key), value));
        }
        change.accept(copy);
        value(said, name, copy);
    }
}
