package org.forgelog.query.read;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.Table.Queried;
import org.forgelog.query.table.Table.Range;
import org.jspecify.annotations.Nullable;

/** What reads on this thread ask for while it is open: for operators who want to know why an answer is as it is. */
public final class ReadTrace implements AutoCloseable {

    private static final ThreadLocal<@Nullable ReadTrace> OPEN = new ThreadLocal<>();

    /**
     * One read.
     *
     * @param items that it asked for, by key; {@code null} for those that are not there
     * @param pages what its queries answered
     */
    public record Read(
            AccessPattern pattern,
            Map<ItemKey, @Nullable Item> items,
            Map<Range, Queried> pages,
            int rounds,
            int requests,
            double readUnits) {}

    private final List<Read> reads = new ArrayList<>();

    private ReadTrace() {}

    /** Begins to trace what this thread reads. */
    public static ReadTrace open() {
        ReadTrace trace = new ReadTrace();
        OPEN.set(trace);
        return trace;
    }

    static void tell(AccessPattern pattern, TableLookup lookup, ItemLoader loader) {
        ReadTrace trace = OPEN.get();
        if (trace != null) {
            trace.reads.add(new Read(
                    pattern,
                    new LinkedHashMap<>(lookup.items()),
                    new LinkedHashMap<>(lookup.pages()),
                    loader.rounds(),
                    loader.requests(),
                    loader.readUnits()));
        }
    }

    /** The reads so far. */
    public List<Read> reads() {
        return reads;
    }

    @Override
    public void close() {
        OPEN.remove();
    }
}
