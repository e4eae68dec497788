package org.forgelog.query.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.forgelog.api.http.ApiJson;
import org.forgelog.query.console.Probe.Probed;
import org.forgelog.query.console.ReadView.AskedRange;
import org.forgelog.query.console.ReadView.Entry;
import org.forgelog.query.console.ReadView.Finding;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.ItemType;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Says in words why an answer is as it is, what is wrong before what is right. */
final class ReadFindings {

    /** What is said of a private repository. */
    static final String PRIVATE = "private: for its owner, members and collaborators";

    private static final int NOT_FOUND = 404;
    /** Partitions of what belongs to a repository are longer than the repository's own. */
    private static final int REPOSITORY = 22;

    private final Probed probed;
    private final String who;
    private final Map<ItemKey, @Nullable Item> items;
    private final List<AskedRange> ranges;
    private final Set<String> logged;
    private final List<Finding> found = new ArrayList<>();

    /** @param logged the keys among those of {@code items} that the log says should be there */
    ReadFindings(
            Probed probed, String as, Map<ItemKey, @Nullable Item> items, List<AskedRange> ranges, Set<String> logged) {
        this.probed = probed;
        this.who = as.isEmpty() ? "a stranger" : as;
        this.items = items;
        this.ranges = ranges;
        this.logged = logged;
    }

    List<Finding> all() {
        long shown = shown(probed.body());
        items.forEach((key, item) -> {
            if (item == null && logged.contains(key.toString())) {
                add("bad", key + " is missing in the table, although the log says that it should be there.");
            }
        });
        ranges.forEach(this::missing);
        ranges.forEach(range -> hidden(range, shown));
        if (shown == 0) {
            ranges.forEach(this::empty);
        }
        if (probed.status() == NOT_FOUND) {
            items.forEach(this::notFound);
        }
        if (found.isEmpty()) {
            add("good", "Everything that was asked for matches the log, as far as that can be told here.");
        }
        return found;
    }

    private void add(String tone, String text) {
        found.add(new Finding(tone, text));
    }

    private void missing(AskedRange range) {
        if (!range.missing().isEmpty()) {
            add(
                    "bad",
                    Show.count(range.missing().size(), "item") + " that the log says should be in " + where(range)
                            + " cannot be found there: "
                            + range.missing().getFirst().key()
                            + (range.missing().size() > 1 ? " and others." : "."));
        }
    }

    private static String where(AskedRange range) {
        return range.where() + " " + range.partition();
    }

    private void hidden(AskedRange range, long shown) {
        List<Entry> closed = range.entries().stream()
                .filter(entry -> !entry.note().isEmpty())
                .toList();
        if (isTelling(range)
                && !closed.isEmpty()
                && shown >= 0
                && shown < range.entries().size()) {
            Entry first = closed.getFirst();
            add(
                    "busy",
                    "The table found " + range.entries().size() + " in " + where(range) + ", and the answer shows "
                            + shown
                            + " of them to " + who + ": " + first.key() + ", " + first.note()
                            + (closed.size() > 1 ? ", and others." : "."));
        }
    }

    private void empty(AskedRange range) {
        if (!isTelling(range) || !range.entries().isEmpty() || !range.missing().isEmpty()) {
            return;
        }
        List<Entry> apart = range.near().stream()
                .filter(entry -> entry.note().equals(PRIVATE))
                .toList();
        if (!apart.isEmpty()) {
            Entry first = apart.getFirst();
            add(
                    "busy",
                    "The log says that " + apart.size() + " lie apart from " + where(range)
                            + ", and the answer shows 0 of them to " + who + ": " + first.key() + ", " + PRIVATE
                            + (apart.size() > 1 ? ", and others." : "."));
        } else {
            add(
                    "busy",
                    "Nothing lies in " + where(range) + " from “" + range.from() + "” to “" + range.to()
                            + "”, and the log says that nothing should"
                            + (range.near().isEmpty()
                                    ? ". That whole partition is empty."
                                    : ". The same partition has others, such as "
                                            + range.near().getFirst().sort() + "."));
        }
    }

    /** Whether it decides what a list holds; what belongs to entries is asked of the table itself. */
    private boolean isTelling(AskedRange range) {
        return isOfIndex(range) || ranges.stream().noneMatch(ReadFindings::isOfIndex);
    }

    private static boolean isOfIndex(AskedRange range) {
        return !range.where().equals("table");
    }

    private void notFound(ItemKey key, @Nullable Item item) {
        if (item == null) {
            if (!logged.contains(key.toString()) && isWhole(key)) {
                add("busy", key + " is not there, and the log says that it should not be.");
            }
        } else if (!closed(item).isEmpty()) {
            add("busy", key + " is " + closed(item) + "; " + who + " is told that there is none.");
        }
    }

    /** Whether what is asked for stands or falls with it. */
    private static boolean isWhole(ItemKey key) {
        return key.pk().startsWith("N#")
                || key.pk().startsWith("L#")
                || key.pk().startsWith("R#") && key.pk().length() > REPOSITORY;
    }

    /** Why a repository or account is not for everybody; empty when it is. */
    static String closed(Item item) {
        if (item.has(Attr.QUARANTINED)) {
            return "for its owner alone: an event at position " + item.number(Attr.QUARANTINED)
                    + " cannot be projected, or was skipped";
        }
        if (item.flag(Attr.DELETED)) {
            return "deleted";
        }
        return item.is(ItemType.REPOSITORY) && item.flag(Attr.PRIVATE) ? PRIVATE : "";
    }

    /** How many entries the answer lists; -1 when it is no list. */
    private static long shown(String body) {
        try {
            JsonNode json = ApiJson.mapper().readTree(body);
            return json.isArray() ? json.size() : -1;
        } catch (JacksonException e) {
            return -1;
        }
    }
}
