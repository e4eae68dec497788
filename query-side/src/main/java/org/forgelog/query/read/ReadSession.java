package org.forgelog.query.read;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.ItemSize;
import org.forgelog.query.table.Table;
import org.jspecify.annotations.Nullable;

/**
 * One request's reading: rounds of parallel requests to the table, and a count of what they cost. Items read once are
 * kept for the request. Used by one thread.
 */
public final class ReadSession {

    /** Attempts at what DynamoDB does not get round to, before the request gives up. */
    private static final int ATTEMPTS = 20;

    private final Table table;
    private final ExecutorService threads;
    private final boolean consistent;
    private final Set<String> freshSequences;
    private final Map<ItemKey, @Nullable Item> known = new HashMap<>();
    private int rounds;
    private int requests;
    private double readUnits;

    /**
     * @param consistent whether items are read as they are now; index entries never can be
     * @param freshSequences sequences of which nothing remembered will do
     */
    ReadSession(Table table, ExecutorService threads, boolean consistent, Set<String> freshSequences) {
        this.table = table;
        this.threads = threads;
        this.consistent = consistent;
        this.freshSequences = freshSequences;
    }

    public boolean isConsistent() {
        return consistent;
    }

    boolean mustBeFresh(String sequence) {
        return freshSequences.contains(sequence);
    }

    /** A new round of requests; nothing is sent before {@link Round#run}. */
    public Round round() {
        return new Round();
    }

    /** An item that this session has read; {@code null} when it is not there or was not asked for. */
    public @Nullable Item item(ItemKey key) {
        Item item = known.get(key);
        return item == null || item.isTombstone() ? null : item;
    }

    /** As {@link #item}, of what would have been read if it were there. */
    @Nullable
    Item sought(ItemKey key) {
        known.putIfAbsent(key, null);
        return item(key);
    }

    /** An item as it was read, be it a tombstone. */
    @Nullable
    Item raw(ItemKey key) {
        return known.get(key);
    }

    boolean has(ItemKey key) {
        return known.containsKey(key);
    }

    /**
     * When the latest change was to any item that this session has read, in seconds since 1970; {@code null} when one of
     * them does not say.
     *
     * @param ofNothing what counts for what is not there
     */
    @Nullable
    Long lastChange(long ofNothing) {
        return lastChange(known.values(), ofNothing);
    }

    /** As {@link #lastChange(long)}, of other items. */
    static @Nullable Long lastChange(Collection<@Nullable Item> items, long ofNothing) {
        long latest = 0;
        for (Item item : items) {
            if (item != null && !item.has(Attr.CHANGED)) {
                return null;
            }
            latest = Math.max(latest, item == null ? ofNothing : item.number(Attr.CHANGED));
        }
        return latest;
    }

    public int rounds() {
        return rounds;
    }

    public int requests() {
        return requests;
    }

    /** Read units by AWS's rules, computed from the sizes of the items. */
    public double readUnits() {
        return readUnits;
    }

    /** What this session cost, as the header says it. */
    public String cost(AccessPattern pattern) {
        return String.format(
                Locale.ROOT,
                "pattern=%d; rounds=%d; requests=%d; read-units=%.1f",
                pattern.number(),
                rounds,
                requests,
                readUnits);
    }

    /** The answer to a query of a round; filled when the round has run. */
    public static final class Answer {

        private List<Item> items = List.of();
        private @Nullable Map<String, software.amazon.awssdk.services.dynamodb.model.AttributeValue> more;

        public List<Item> items() {
            return items;
        }

        /** Where to go on; {@code null} at the end. */
        public @Nullable Map<String, software.amazon.awssdk.services.dynamodb.model.AttributeValue> more() {
            return more;
        }
    }

    /** Requests that are sent together and waited for together. */
    public final class Round {

        private final Set<ItemKey> wanted = new LinkedHashSet<>();
        private final List<Table.Range> ranges = new ArrayList<>();
        private final List<Answer> answers = new ArrayList<>();

        /** Adds items to read; those that the session has already are not read again. */
        public Round get(ItemKey... keys) {
            return get(List.of(keys));
        }

        public Round get(Iterable<ItemKey> keys) {
            keys.forEach(key -> {
                if (!known.containsKey(key)) {
                    wanted.add(key);
                }
            });
            return this;
        }

        public Answer query(Table.Range range) {
            Answer answer = new Answer();
            ranges.add(range);
            answers.add(answer);
            return answer;
        }

        boolean isConsistent() {
            return consistent;
        }

        public boolean isEmpty() {
            return wanted.isEmpty() && ranges.isEmpty();
        }

        /** Sends everything and waits for all of it; another round follows for what DynamoDB did not get round to. */
        public void run() {
            if (isEmpty()) {
                return;
            }
            List<ItemKey> left = List.copyOf(wanted);
            List<Table.Range> toAsk = List.copyOf(ranges);
            for (int attempt = 0; !left.isEmpty() || !toAsk.isEmpty(); attempt++) {
                if (attempt == ATTEMPTS) {
                    throw new TableBusyException();
                }
                left = send(left, toAsk);
                toAsk = List.of();
            }
            wanted.forEach(key -> known.putIfAbsent(key, null));
        }

        private List<ItemKey> send(List<ItemKey> keys, List<Table.Range> toAsk) {
            List<Supplier<Table.Got>> gets = new ArrayList<>();
            for (int i = 0; i < keys.size(); i += Table.GET_LIMIT) {
                List<ItemKey> some = keys.subList(i, Math.min(keys.size(), i + Table.GET_LIMIT));
                gets.add(() -> table.get(some, consistent));
            }
            List<Supplier<?>> all = new ArrayList<>(gets);
            toAsk.forEach(range -> all.add(() -> table.query(range)));
            rounds++;
            requests += all.size();
            List<Object> results = inParallel(all);
            List<ItemKey> unprocessed = new ArrayList<>();
            int asked = keys.size();
            for (int i = 0; i < results.size(); i++) {
                if (results.get(i) instanceof Table.Got got) {
                    got.items().forEach(this::took);
                    unprocessed.addAll(got.unprocessed());
                    asked -= got.items().size() + got.unprocessed().size();
                } else if (results.get(i) instanceof Table.Queried queried) {
                    took(queried, i - gets.size());
                }
            }
            readUnits += asked * ItemSize.readUnits(0, consistent);
            return unprocessed;
        }

        private void took(Item item) {
            known.put(item.key(), item);
            readUnits += ItemSize.readUnits(ItemSize.of(item), consistent);
        }

        private void took(Table.Queried queried, int index) {
            Answer answer = answers.get(index);
            answer.items = queried.items();
            answer.more = queried.more();
            boolean ofTable = ranges.get(index).span().index() == null;
            long bytes = 0;
            for (Item item : queried.items()) {
                bytes += ItemSize.of(item);
                if (ofTable) {
                    known.put(item.key(), item);
                }
            }
            readUnits += ItemSize.readUnits(bytes, ofTable && ranges.get(index).consistent());
        }

        private List<Object> inParallel(List<Supplier<?>> tasks) {
            List<Future<?>> running = new ArrayList<>();
            for (Supplier<?> task : tasks.subList(1, tasks.size())) {
                running.add(threads.submit(task::get));
            }
            List<Object> results = new ArrayList<>();
            results.add(tasks.getFirst().get());
            for (Future<?> future : running) {
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
    }
}
