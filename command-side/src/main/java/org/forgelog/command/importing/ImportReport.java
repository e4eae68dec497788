package org.forgelog.command.importing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts what came of an import. */
final class ImportReport {

    private static final int MOST_NAMED = 100;
    /** Kinds are words of the file's, of which it may have any number. */
    private static final int MOST_KINDS = 200;

    private static final String OTHERS = "others";
    private static final int LONGEST_WORDS = 200;

    /**
     * Something that was counted.
     *
     * @param first where it was met first
     */
    record Counted(long count, @Nullable String first) {}

    record Broken(String where, String why) {}

    /**
     * What an import did.
     *
     * @param format what the file is
     * @param records how many there were
     * @param known how many were taken by an earlier import
     * @param events how many events came of it
     * @param taken what was made, by kind
     * @param mapped what became something else here
     * @param leftOut what there is nothing for here, or no place
     * @param broken how many records could not be read
     * @param faults the first of these
     */
    record Result(
            String format,
            long records,
            long known,
            long events,
            Map<String, Long> taken,
            Map<String, Counted> mapped,
            Map<String, Counted> leftOut,
            long broken,
            List<Broken> faults,
            double seconds) {}

    private long records;
    private long known;
    private long events;
    private long broken;
    private final Map<String, Long> taken = new TreeMap<>();
    private final Map<String, Counted> mapped = new TreeMap<>();
    private final Map<String, Counted> leftOut = new TreeMap<>();
    private final List<Broken> faults = new ArrayList<>();

    void record() {
        records++;
    }

    void known() {
        known++;
    }

    void events(int count) {
        events += count;
    }

    void taken(String kind) {
        taken.merge(kind, 1L, Long::sum);
    }

    void mapped(String what, String where) {
        count(mapped, what, where);
    }

    void leftOut(String what, String where) {
        count(leftOut, what, where);
    }

    void broken(String where, String why) {
        broken++;
        if (faults.size() < MOST_NAMED) {
            faults.add(new Broken(where, words(why)));
        }
    }

    /** The file's words may be anything, and not everything can be stored. */
    private static String words(String text) {
        return ImportedText.cleaned(text, LONGEST_WORDS, true);
    }

    private static void count(Map<String, Counted> counts, String what, @Nullable String where) {
        add(counts, words(what), new Counted(1, where));
    }

    private static void add(Map<String, Counted> counts, String what, Counted more) {
        boolean named = counts.size() < MOST_KINDS || counts.containsKey(what);
        counts.merge(named ? what : OTHERS, more, ImportReport::sum);
    }

    private static Counted sum(Counted before, Counted more) {
        return new Counted(before.count + more.count, before.first);
    }

    /** Adds what was counted of a part. */
    void add(ImportReport part) {
        records += part.records;
        known += part.known;
        events += part.events;
        part.taken.forEach((kind, count) -> taken.merge(kind, count, Long::sum));
        part.mapped.forEach((what, counted) -> add(mapped, what, counted));
        part.leftOut.forEach((what, counted) -> add(leftOut, what, counted));
        broken += part.broken;
        part.faults.forEach(fault -> {
            if (faults.size() < MOST_NAMED) {
                faults.add(fault);
            }
        });
    }

    long records() {
        return records;
    }

    long events() {
        return events;
    }

    Result result(String format, double seconds) {
        return new Result(format, records, known, events, taken, mapped, leftOut, broken, faults, seconds);
    }
}
