package org.forgelog.query.read;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.ItemSize;
import org.forgelog.query.table.Table;
import org.forgelog.query.table.Table.Got;
import org.forgelog.query.table.Table.Queried;
import org.forgelog.query.table.Table.Range;

/**
 * Runs a view until everything it asks for is there, each time after another round of parallel requests, and counts
 * what they cost. One for each request; used by one thread.
 */
final class ItemLoader {

    /** Attempts at what DynamoDB does not get round to, before the request gives up. */
    private static final int ATTEMPTS = 20;
    /** More passes than the longest list takes; a view that needs more asks on for ever. */
    private static final int PASSES = 500;

    private final Table table;
    private final ExecutorService threads;
    private final Lookup lookup;
    private int rounds;
    private int requests;
    private double readUnits;

    ItemLoader(Table table, ExecutorService threads, Lookup lookup) {
        this.table = table;
        this.threads = threads;
        this.lookup = lookup;
    }

    /**
     * @param view run several times; it must keep nothing from one time to the next
     * @throws TableBusyException when DynamoDB does not get round to all of it
     */
    <T> T load(Supplier<T> view) {
        for (int pass = 0; pass < PASSES; pass++) {
            try {
                T answer = view.get();
                if (lookup.isComplete()) {
                    lookup.finished();
                    return answer;
                }
            } catch (RuntimeException e) {
                // What comes of guesses may be anything.
                lookup.reject(e);
            }
            fetch(lookup.take());
        }
        throw new IllegalStateException("a view asks for ever more");
    }

    /** Sends all of a batch and waits for it; another round follows for what DynamoDB did not get round to. */
    private void fetch(Batch batch) {
        List<ItemKey> left = batch.keys();
        Set<ItemKey> absent = new HashSet<>(left);
        List<Range> ranges = batch.ranges();
        for (int attempt = 0; !left.isEmpty() || !ranges.isEmpty(); attempt++) {
            if (attempt == ATTEMPTS) {
                throw new TableBusyException();
            }
            left = send(left, ranges, absent);
            ranges = List.of();
        }
        absent.forEach(key -> lookup.fetched(key, null));
    }

    /** @return the keys that DynamoDB did not get round to */
    private List<ItemKey> send(List<ItemKey> keys, List<Range> ranges, Set<ItemKey> absent) {
        List<Supplier<Object>> all = new ArrayList<>();
        for (int i = 0; i < keys.size(); i += Table.GET_LIMIT) {
            List<ItemKey> some = keys.subList(i, Math.min(keys.size(), i + Table.GET_LIMIT));
            all.add(() -> table.get(some, lookup.isConsistent()));
        }
        int gets = all.size();
        ranges.forEach(range -> all.add(() -> table.query(range)));
        rounds++;
        requests += all.size();
        List<Object> answers = inParallel(all);
        List<ItemKey> unprocessed = new ArrayList<>();
        int notThere = keys.size();
        for (int i = 0; i < answers.size(); i++) {
            if (answers.get(i) instanceof Got got) {
                for (Item item : got.items()) {
                    lookup.fetched(item.key(), item);
                    absent.remove(item.key());
                    readUnits += ItemSize.readUnits(ItemSize.of(item), lookup.isConsistent());
                }
                unprocessed.addAll(got.unprocessed());
                notThere -= got.items().size() + got.unprocessed().size();
            } else if (answers.get(i) instanceof Queried queried) {
                took(ranges.get(i - gets), queried);
            }
        }
        readUnits += notThere * ItemSize.readUnits(0, lookup.isConsistent());
        return unprocessed;
    }

    private void took(Range range, Queried answer) {
        lookup.fetched(range, answer);
        long bytes = answer.items().stream().mapToLong(ItemSize::of).sum();
        readUnits += ItemSize.readUnits(bytes, range.span().index() == null && range.consistent());
    }

    private List<Object> inParallel(List<Supplier<Object>> tasks) {
        List<Future<Object>> running = new ArrayList<>();
        for (Supplier<Object> task : tasks.subList(1, tasks.size())) {
            running.add(threads.submit(task::get));
        }
        List<Object> results = new ArrayList<>();
        results.add(tasks.getFirst().get());
        for (Future<Object> future : running) {
            try {
                results.add(future.get());
            } catch (ExecutionException e) {
                throw e.getCause() instanceof RuntimeException r ? r : new IllegalStateException(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new TableBusyException();
            }
        }
        return results;
    }

    int rounds() {
        return rounds;
    }

    int requests() {
        return requests;
    }

    /** Read units by AWS's rules, computed from the sizes of the items. */
    double readUnits() {
        return readUnits;
    }

    /** What was read so far cost, as the header says it. */
    String cost(AccessPattern pattern) {
        return String.format(
                Locale.ROOT,
                "pattern=%d; rounds=%d; requests=%d; read-units=%.1f",
                pattern.number(),
                rounds,
                requests,
                readUnits);
    }
}
