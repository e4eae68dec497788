package org.forgelog.query.read;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.ItemSize;
import org.forgelog.query.table.Keys;
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

    /** More long bodies than this make an answer a large one; so do as many characters of them. */
    private static final int BODIES = 8;

    private static final long CHARACTERS = 500_000;

    private final Table table;
    private final ReadDispatcher.Read parallel;
    private final TableLookup lookup;
    private final Runnable expensive;
    private int rounds;
    private int requests;
    private double readUnits;

    /**
     * @param expensive called before much is fetched or rendered
     */
    ItemLoader(Table table, ReadDispatcher dispatcher, TableLookup lookup, Runnable expensive) {
        this.table = table;
        this.parallel = dispatcher.begin();
        this.lookup = lookup;
        this.expensive = expensive;
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
                    if (charactersOfBodies() > CHARACTERS) {
                        expensive.run();
                    }
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

    /** How long the bodies are that an answer may be made of. */
    private long charactersOfBodies() {
        return lookup.items().values().stream()
                .filter(Objects::nonNull)
                .mapToLong(
                        item -> Objects.requireNonNull(item.text(Attr.BODY, "")).length())
                .sum();
    }

    /** Sends all of a batch and waits for it; another round follows for what DynamoDB did not get round to. */
    private void fetch(Batch batch) {
        if (batch.keys().stream().filter(Keys::isLongBody).count() > BODIES) {
            expensive.run();
        }
        Map<Boolean, List<ItemKey>> keys =
                batch.keys().stream().collect(Collectors.partitioningBy(lookup::isReadConsistently));
        List<Request> left = new ArrayList<>();
        keys.forEach((consistently, some) -> {
            KeyRuns keyRuns = KeyRuns.of(some);
            List<ItemKey> others = keyRuns.others();
            keyRuns.runs().forEach(run -> left.add(new RunQuery(run, consistently)));
            for (int i = 0; i < others.size(); i += Table.GET_LIMIT) {
                left.add(new Gets(others.subList(i, Math.min(others.size(), i + Table.GET_LIMIT)), consistently));
            }
        });
        batch.ranges().forEach(range -> left.add(new Query(range, lookup.isReadConsistently(range))));
        List<Request> now = left;
        for (int attempt = 0; !now.isEmpty(); attempt++) {
            if (attempt == ATTEMPTS) {
                throw new TableBusyException();
            }
            now = send(now);
        }
    }

    /** One request to the table. */
    private sealed interface Request {}

    private record Gets(List<ItemKey> keys, boolean consistently) implements Request {}

    private record Query(Range range, boolean consistently) implements Request {}

    private record RunQuery(KeyRuns.Run run, boolean consistently) implements Request {}

    /** @return what DynamoDB did not get round to */
    private List<Request> send(List<Request> asked) {
        rounds++;
        requests += asked.size();
        List<Object> answers = parallel.run(asked.stream().map(this::task).toList());
        List<Request> left = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            switch (asked.get(i)) {
                case Gets gets -> {
                    List<ItemKey> unprocessed = took(gets, (Got) answers.get(i));
                    if (!unprocessed.isEmpty()) {
                        left.add(new Gets(unprocessed, gets.consistently));
                    }
                }
                case Query query -> took(query, (Queried) answers.get(i));
                case RunQuery query -> took(query, (Queried) answers.get(i));
            }
        }
        return left;
    }

    private Supplier<Object> task(Request request) {
        return switch (request) {
            case Gets gets -> () -> table.get(gets.keys, gets.consistently);
            case Query query -> () -> table.query(query.range.consistently(query.consistently));
            case RunQuery query -> () -> table.query(query.run.range(query.consistently));
        };
    }

    private List<ItemKey> took(Gets gets, Got got) {
        Set<ItemKey> absent = new HashSet<>(gets.keys);
        got.unprocessed().forEach(absent::remove);
        for (Item item : got.items()) {
            absent.remove(item.key());
            lookup.fetched(item.key(), item, gets.consistently);
            readUnits += ItemSize.readUnits(ItemSize.of(item), gets.consistently);
        }
        for (ItemKey key : absent) {
            lookup.fetched(key, null, gets.consistently);
            readUnits += ItemSize.readUnits(0, gets.consistently);
        }
        return got.unprocessed();
    }

    private void took(Query query, Queried answer) {
        lookup.fetched(query.range, answer, query.consistently);
        charge(answer, query.consistently);
    }

    /** What lies behind the end of a page that is full is asked for again. */
    private void took(RunQuery query, Queried answer) {
        Set<ItemKey> there = new HashSet<>();
        for (Item item : answer.items()) {
            there.add(item.key());
            lookup.fetched(item.key(), item, query.consistently);
        }
        query.run.keys().stream()
                .filter(key -> !there.contains(key) && answer.more() == null)
                .forEach(key -> lookup.fetched(key, null, query.consistently));
        charge(answer, query.consistently);
    }

    private void charge(Queried answer, boolean consistently) {
        long bytes = answer.items().stream().mapToLong(ItemSize::of).sum();
        readUnits += ItemSize.readUnits(bytes, consistently);
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
