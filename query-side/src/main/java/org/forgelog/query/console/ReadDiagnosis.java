package org.forgelog.query.console;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.forgelog.api.http.ApiJson;
import org.forgelog.eventlog.EventLogReader;
import org.forgelog.query.console.Probe.Probed;
import org.forgelog.query.console.ReadView.AskedItem;
import org.forgelog.query.console.ReadView.AskedRange;
import org.forgelog.query.console.ReadView.Entry;
import org.forgelog.query.operator.DirectoryNames;
import org.forgelog.query.projection.deployment.LoggedItems;
import org.forgelog.query.projection.deployment.ProjectedTable;
import org.forgelog.query.read.ReadTrace;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Index;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.ItemType;
import org.forgelog.query.table.KeySequences;
import org.forgelog.query.table.Keys;
import org.forgelog.query.table.Span;
import org.forgelog.query.table.Table;
import org.forgelog.query.table.Table.Queried;
import org.forgelog.query.table.Table.Range;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Tells why a read answers what it does: which keys were asked for, what lies near them, what the log says should be
 * there and is not, and what is there and not shown.
 */
final class ReadDiagnosis {

    private static final int SHOWN = 30;
    private static final int NEAR = 5;
    private static final int SEQUENCES = 20;
    /** Partitions of indexes that hold what repositories make. */
    private static final Pattern OF_ACCOUNT = Pattern.compile("(?:OWN|BY)#0*(\\d+)");

    private final LoggedItems logged;
    private final EventLogReader log;
    private final DirectoryNames directory;

    ReadDiagnosis(LoggedItems logged, EventLogReader log, DirectoryNames directory) {
        this.logged = logged;
        this.log = log;
        this.directory = directory;
    }

    ReadView of(ProjectedTable table, Probed probed, String as) {
        Map<ItemKey, @Nullable Item> items = new LinkedHashMap<>();
        Map<Range, Queried> pages = new LinkedHashMap<>();
        double units = 0;
        int rounds = 0;
        int requests = 0;
        String pattern = "";
        for (ReadTrace.Read read : probed.reads()) {
            items.putAll(read.items());
            pages.putAll(read.pages());
            units += read.readUnits();
            rounds += read.rounds();
            requests += read.requests();
            pattern = read.pattern().number() + ": " + read.pattern().title();
        }
        LogSays says = new LogSays(table, sequences(items, pages), items.keySet());
        List<AskedRange> ranges = pages.entrySet().stream()
                .map(page -> range(table.table(), page.getKey(), page.getValue(), says))
                .toList();
        return new ReadView(
                probed.route(),
                probed.status(),
                indented(probed.body()),
                pattern,
                requests == 0 && !pattern.isEmpty()
                        ? "answered from memory: nothing changed since it was read"
                        : Show.count(rounds, "round") + ", " + Show.count(requests, "request") + ", "
                                + Show.decimal(units) + " read units",
                new ReadFindings(probed, as, items, ranges, says.items).all(),
                items.entrySet().stream()
                        .map(item -> new AskedItem(
                                item.getKey().toString(),
                                state(item.getKey(), item.getValue(), says),
                                isThere(item.getValue())))
                        .toList(),
                ranges);
    }

    private static boolean isThere(@Nullable Item item) {
        return item != null && !item.isTombstone();
    }

    private static String state(ItemKey key, @Nullable Item item, LogSays says) {
        if (item == null) {
            return says.items.contains(key.toString()) ? "missing: the log says that it should be there" : "";
        }
        return item.isTombstone() ? "deleted" : ReadFindings.closed(item);
    }

    private Set<String> sequences(Map<ItemKey, @Nullable Item> items, Map<Range, Queried> pages) {
        Set<String> sequences = new TreeSet<>();
        items.forEach((key, item) -> sequences.addAll(KeySequences.of(key, item)));
        pages.forEach((range, page) -> {
            Span span = range.span();
            sequences.addAll(KeySequences.of(span, page.items()));
            Matcher account = OF_ACCOUNT.matcher(span.pk());
            if (account.matches()) {
                sequences.addAll(directory.repositoriesOf(Long.parseLong(account.group(1))));
            }
        });
        sequences.remove(KeySequences.STRUCTURE);
        sequences.removeIf(sequence -> log.countOfSequence(sequence, 0) > ItemDiagnosis.LONGEST / SEQUENCES);
        return sequences.size() > SEQUENCES
                ? new TreeSet<>(List.copyOf(sequences).subList(0, SEQUENCES))
                : sequences;
    }

    /** What the log says of what was asked for, folded when first wanted. */
    private final class LogSays {

        private final Set<String> items = new HashSet<>();
        private final List<Map<String, Object>> indexed = new ArrayList<>();

        LogSays(ProjectedTable table, Set<String> sequences, Set<ItemKey> asked) {
            Set<String> keys = new HashSet<>();
            asked.forEach(key -> keys.add(key.toString()));
            boolean names = asked.stream()
                    .anyMatch(key -> key.pk().startsWith("N#") || key.pk().startsWith("L#"));
            logged.each(table.name(), table.status().position(), sequences, names, (pk, sk, item) -> {
                if (item.containsKey("tombstone")) {
                    return;
                }
                if (keys.contains(pk + " / " + sk)) {
                    items.add(pk + " / " + sk);
                }
                indexed.add(item);
            });
        }

        /** The entries that a query should find. */
        List<Entry> in(Range range) {
            String pk = range.span().index() == null
                    ? Keys.PK
                    : range.span().index().pk();
            String sk = range.span().index() == null
                    ? Keys.SK
                    : range.span().index().sk();
            List<Entry> found = new ArrayList<>();
            for (Map<String, Object> item : indexed) {
                Object sort = item.get(sk);
                if (range.span().pk().equals(item.get(pk))
                        && sort instanceof String text
                        && text.compareTo(range.from()) >= 0
                        && text.compareTo(range.to()) <= 0) {
                    found.add(new Entry(item.get(Keys.PK) + " / " + item.get(Keys.SK), text, ""));
                }
            }
            return found;
        }

        /** Private entries lie apart from the others, in a partition of the same index whose key goes on. */
        List<Entry> apart(Range range) {
            List<Entry> found = new ArrayList<>();
            Index index = range.span().index();
            for (Map<String, Object> item : index == null ? List.<Map<String, Object>>of() : indexed) {
                if (item.get(Objects.requireNonNull(index).pk()) instanceof String partition
                        && partition.startsWith(range.span().pk() + "#")
                        && found.size() < NEAR) {
                    found.add(new Entry(
                            item.get(Keys.PK) + " / " + item.get(Keys.SK),
                            partition + " / " + item.get(index.sk()),
                            ReadFindings.PRIVATE));
                }
            }
            return found;
        }
    }

    private static AskedRange range(Table table, Range range, Queried page, LogSays says) {
        Span span = range.span();
        Set<String> answered = new HashSet<>();
        List<Entry> entries = new ArrayList<>();
        for (Item item : page.items()) {
            answered.add(item.key().toString());
            if (entries.size() < SHOWN) {
                entries.add(new Entry(item.key().toString(), sort(span, item), note(table, item)));
            }
        }
        List<Entry> missing = page.more() != null || range.after() != null
                ? List.of()
                : says.in(range).stream()
                        .filter(entry -> !answered.contains(entry.key()))
                        .limit(SHOWN)
                        .toList();
        return new AskedRange(
                span.index() == null ? "table" : span.index().indexName(),
                span.pk(),
                range.from(),
                range.to(),
                range.limit(),
                page.more() != null,
                entries,
                missing,
                page.items().isEmpty()
                        ? Stream.concat(says.apart(range).stream(), near(table, span).stream())
                                .toList()
                        : List.of());
    }

    private static String sort(Span span, Item item) {
        return span.index() == null ? item.key().sk() : item.string(span.index().sk());
    }

    /** What lies in the same partition, whatever its sort key. */
    private static List<Entry> near(Table table, Span span) {
        Span whole = new Span(span.index(), span.pk(), "");
        return table.query(new Range(whole, " ", "~~~", false, NEAR, null, false)).items().stream()
                .map(item -> new Entry(item.key().toString(), sort(span, item), note(table, item)))
                .toList();
    }

    private static String note(Table table, Item item) {
        if (item.isTombstone()) {
            return "deleted";
        }
        Item subject = item.is(ItemType.REPOSITORY)
                ? item
                : item.has(Attr.REPOSITORY_ID) ? table.find(Keys.repository(item.number(Attr.REPOSITORY_ID))) : null;
        if (subject == null) {
            return item.has(Attr.REPOSITORY_ID) ? "its repository is not there" : "";
        }
        String closed = ReadFindings.closed(subject);
        return closed.isEmpty() ? "" : (subject == item ? "" : "its repository is ") + closed;
    }

    private static String indented(String body) {
        try {
            return ApiJson.mapper().readTree(body).toPrettyString();
        } catch (JacksonException e) {
            return body;
        }
    }
}
