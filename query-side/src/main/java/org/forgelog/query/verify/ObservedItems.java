package org.forgelog.query.verify;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Items that are held against the log one by one. */
final class ObservedItems {

    static final ObservedItems NONE = new ObservedItems(List.of());

    private final Map<Key, ObservedItem> byKey = new HashMap<>();
    private final Map<String, List<ObservedItem>> edges = new HashMap<>();

    ObservedItems(Collection<ObservedItem> all) {
        for (ObservedItem item : all) {
            byKey.put(item.key(), item);
            if (item.key().isEdge()) {
                edges.computeIfAbsent(item.key().target(), id -> new ArrayList<>())
                        .add(item);
            }
        }
    }

    boolean isEmpty() {
        return byKey.isEmpty();
    }

    @Nullable
    ObservedItem of(Key key) {
        return byKey.get(key);
    }

    /** Those edges that lead to the issue or pull request with this id. */
    List<ObservedItem> ofEdges(String id) {
        return edges.getOrDefault(id, List.of());
    }
}
