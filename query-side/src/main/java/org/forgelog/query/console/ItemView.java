package org.forgelog.query.console;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.forgelog.query.projection.repair.EventTrial.Change;
import org.forgelog.query.table.Item;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An item beside another version of it, attribute by attribute.
 *
 * @param key of it
 * @param note what is to be said of it as a whole; empty for nothing
 * @param rows by attribute
 */
record ItemView(String key, String note, List<Row> rows) {

    private static final int LONGEST = 400;

    /**
     * One attribute.
     *
     * @param before empty where it is not there
     * @param after empty where it is not there
     */
    record Row(String name, String before, String after) {

        boolean differs() {
            return !before.equals(after);
        }
    }

    /** What an event makes of an item. */
    static ItemView of(Change change) {
        String key = change.key().toString();
        if (!change.counts().isEmpty()) {
            return new ItemView(
                    key,
                    "counts of several sequences",
                    change.counts().entrySet().stream()
                            .map(count ->
                                    new Row(count.getKey(), "", (count.getValue() > 0 ? "+" : "") + count.getValue()))
                            .toList());
        }
        if (change.after() == null) {
            return new ItemView(key, change.why(), List.of());
        }
        Item before = change.before() == null || change.before().isTombstone() ? null : change.before();
        String note = change.after().isTombstone() ? "is deleted" : before == null ? "is made" : "";
        return new ItemView(key, note, rows(plain(before), plain(change.after())));
    }

    static List<Row> rows(Map<String, String> before, Map<String, String> after) {
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        List<Row> rows = new ArrayList<>();
        for (String name : names) {
            if (!name.equals("pk") && !name.equals("sk")) {
                rows.add(new Row(name, before.getOrDefault(name, ""), after.getOrDefault(name, "")));
            }
        }
        return rows;
    }

    /** Those that differ, first of all. */
    List<Row> changed() {
        return rows.stream().filter(Row::differs).toList();
    }

    long same() {
        return rows.stream().filter(row -> !row.differs()).count();
    }

    static Map<String, String> plain(@Nullable Item item) {
        Map<String, String> plain = new TreeMap<>();
        if (item != null) {
            item.attributes().forEach((name, value) -> plain.put(name, text(value)));
        }
        return plain;
    }

    /** Values as another fold answers them. */
    static Map<String, String> plain(@Nullable Map<String, Object> item) {
        Map<String, String> plain = new TreeMap<>();
        if (item != null) {
            item.forEach((name, value) -> plain.put(name, shortened(String.valueOf(value))));
        }
        return plain;
    }

    private static String text(AttributeValue value) {
        return shortened(value(value).toString());
    }

    private static String shortened(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }

    /** As another fold answers it: whole numbers are such. */
    static Object value(AttributeValue value) {
        return switch (value.type()) {
            case S -> value.s();
            case N -> number(new BigDecimal(value.n()));
            case BOOL -> value.bool();
            case L -> value.l().stream().map(ItemView::value).toList();
            case M -> {
                Map<String, Object> map = new TreeMap<>();
                value.m().forEach((name, each) -> map.put(name, value(each)));
                yield map;
            }
            default -> value;
        };
    }

    private static Object number(BigDecimal number) {
        BigDecimal plain = number.stripTrailingZeros();
        return plain.scale() <= 0 ? (Object) plain.longValueExact() : plain;
    }
}
