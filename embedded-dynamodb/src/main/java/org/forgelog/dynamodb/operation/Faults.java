package org.forgelog.dynamodb.operation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.forgelog.dynamodb.protocol.Answer;
import org.forgelog.dynamodb.protocol.DynamoDbError;
import org.forgelog.dynamodb.protocol.DynamoDbError.CancellationReason;
import org.forgelog.dynamodb.table.IndexLag;

/**
 * What DynamoDB does on bad days, on request and for tests: it throttles, fails, is slow or silent, leaves items of a batch
 * unprocessed, lets transactions conflict, or does what it was asked while the answer gets lost. What happens to the n-th
 * request of a seed is always the same. Operations on tables, and scans, are left alone.
 */
public final class Faults {

    /** What can go wrong. */
    public enum Fault {
        /** {@code ProvisionedThroughputExceededException}. */
        THROTTLED,
        /** {@code InternalServerError}, with nothing done. */
        SERVER_ERROR,
        /** Nothing is done, and no answer comes for the time set with {@link #silence}. */
        TIMEOUT,
        /** It is done, and the connection breaks before the answer. */
        ANSWER_LOST,
        /** A part of the batch is left over. */
        PARTIAL,
        /** Another transaction is under way. */
        CONFLICT
    }

    /** The connection breaks. */
    public static final class ConnectionLost extends RuntimeException {

        private static final long serialVersionUID = 1L;

        ConnectionLost() {
            super("the connection was lost on request", null, false, false);
        }
    }

    /** What of it the request has that the present thread carries out. */
    private record Present(boolean partial, boolean trailing) {}

    private static final ThreadLocal<Present> PRESENT = ThreadLocal.withInitial(() -> new Present(false, false));

    private static final Set<String> WRITES =
            Set.of("PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem", "TransactWriteItems");
    private static final Set<String> READS = Set.of("GetItem", "BatchGetItem", "Query", "TransactGetItems");

    private final AtomicInteger requests = new AtomicInteger();
    private final Map<Fault, AtomicInteger> happened = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> turns = new ConcurrentHashMap<>();
    private final AtomicInteger writesLeft = new AtomicInteger(Integer.MAX_VALUE);
    private final Map<String, Duration> delays = new ConcurrentHashMap<>();
    private volatile long seed;
    private volatile double share;
    private volatile boolean allBatchesPartial;
    private volatile boolean trailing;
    private volatile Duration silence = Duration.ofSeconds(1);

    /**
     * From now on such a share of all requests goes wrong; each operation meets each of its faults once before it is left
     * to chance.
     */
    public void inject(long newSeed, double newShare) {
        seed = newSeed;
        requests.set(0);
        turns.clear();
        share = newShare;
    }

    /** From now on everything goes well. */
    public void heal() {
        share = 0;
        allBatchesPartial = false;
        writesLeft.set(Integer.MAX_VALUE);
        delays.clear();
    }

    /** How long a {@link Fault#TIMEOUT} lasts. */
    public void silence(Duration time) {
        silence = time;
    }

    /** From now on takes so many writes; what is more is throttled. */
    public void takeWrites(int writes) {
        writesLeft.set(writes);
    }

    /** From now on a part of each batch is left over. */
    public void leaveOver() {
        allBatchesPartial = true;
    }

    /** From now on each request of that operation takes so much longer. */
    public void delay(String operation, Duration time) {
        delays.put(operation, time);
    }

    /** How often each fault happened. */
    public Map<Fault, Integer> happened() {
        Map<Fault, Integer> counts = new EnumMap<>(Fault.class);
        happened.forEach((fault, count) -> counts.put(fault, count.get()));
        return counts;
    }

    /** From now on those who are served with these faults read global indexes as {@link IndexLag} has them trail. */
    public void trailIndexes() {
        trailing = true;
    }

    /** What becomes of a request that is carried out. */
    private enum Course {
        USUAL,
        PARTIAL,
        ANSWER_LOST
    }

    /**
     * Carries out a request, or does not.
     *
     * @param actions how many actions a transaction has
     * @throws DynamoDbError the answer, where nothing is done
     * @throws ConnectionLost where there is none
     */
    public Answer execute(String operation, int actions, Supplier<Answer> usual) {
        Course course = next(operation, actions);
        PRESENT.set(new Present(course == Course.PARTIAL, trailing));
        try {
            Answer answer = usual.get();
            if (course == Course.ANSWER_LOST) {
                throw new ConnectionLost();
            }
            return answer;
        } finally {
            PRESENT.remove();
        }
    }

    private Course next(String operation, int actions) {
        boolean write = WRITES.contains(operation);
        if (!write && !READS.contains(operation)) {
            return Course.USUAL;
        }
        Duration delay = delays.get(operation);
        if (delay != null) {
            sleep(delay);
        }
        if (write && writesLeft.getAndUpdate(n -> n == Integer.MAX_VALUE ? n : Math.max(0, n - 1)) == 0) {
            note(Fault.THROTTLED);
            throw DynamoDbError.throttled();
        }
        if (allBatchesPartial && operation.equals("BatchWriteItem")) {
            note(Fault.PARTIAL);
            return Course.PARTIAL;
        }
        if (share == 0) {
            return Course.USUAL;
        }
        SplittableRandom random = new SplittableRandom(seed * 1_000_003 + requests.incrementAndGet());
        List<Fault> possible = possible(operation);
        int turn = turns.computeIfAbsent(operation, o -> new AtomicInteger()).getAndIncrement();
        if (turn >= possible.size() && random.nextDouble() >= share) {
            return Course.USUAL;
        }
        Fault fault = possible.get(turn < possible.size() ? turn : random.nextInt(possible.size()));
        note(fault);
        return happen(fault, actions);
    }

    private Course happen(Fault fault, int actions) {
        return switch (fault) {
            case THROTTLED -> throw DynamoDbError.throttled();
            case SERVER_ERROR -> throw DynamoDbError.internal();
            case TIMEOUT -> {
                sleep(silence);
                throw new ConnectionLost();
            }
            case ANSWER_LOST -> Course.ANSWER_LOST;
            case PARTIAL -> Course.PARTIAL;
            case CONFLICT -> {
                List<CancellationReason> reasons =
                        new ArrayList<>(Collections.nCopies(Math.max(0, actions - 1), CancellationReason.NONE));
                reasons.addFirst(
                        new CancellationReason("TransactionConflict", "Transaction is ongoing for the item", null));
                throw DynamoDbError.transactionCanceled(reasons);
            }
        };
    }

    private static List<Fault> possible(String operation) {
        List<Fault> possible =
                new ArrayList<>(List.of(Fault.THROTTLED, Fault.SERVER_ERROR, Fault.TIMEOUT, Fault.ANSWER_LOST));
        if (operation.startsWith("Batch")) {
            possible.add(Fault.PARTIAL);
        }
        if (operation.startsWith("Transact")) {
            possible.add(Fault.CONFLICT);
        }
        return possible;
    }

    private void note(Fault fault) {
        happened.computeIfAbsent(fault, f -> new AtomicInteger()).incrementAndGet();
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectionLost();
        }
    }

    /** How many items of a batch the present request gets round to. */
    static int shareOfBatch(int items) {
        return PRESENT.get().partial ? Math.max(1, items / 2) : items;
    }

    /** Whether the present request reads global indexes as they trail. */
    static boolean trailsIndexes() {
        return PRESENT.get().trailing;
    }
}
