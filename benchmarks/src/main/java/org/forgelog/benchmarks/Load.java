package org.forgelog.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntFunction;

/** Repeats an operation on some threads for some time, each thread one call after the other. */
public final class Load {

    /** One call; it throws when its answer is not the one expected. */
    public interface Operation {
        void run() throws Exception;
    }

    /**
     * What came of it.
     *
     * @param p50 median time of a call, in milliseconds
     * @param calls all of them, with those of the warming up
     */
    public record Result(double perSecond, double p50, double p99, long calls) {}

    private Load() {}

    /**
     * Runs {@code operations.apply(thread)} on {@code threads} threads.
     *
     * @param warmUp for how long calls are made that do not count
     */
    public static Result run(int threads, Duration warmUp, Duration measured, IntFunction<Operation> operations)
            throws InterruptedException, ExecutionException {
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            long start = System.nanoTime() + warmUp.toNanos();
            long end = start + measured.toNanos();
            LongAdder calls = new LongAdder();
            List<Callable<long[]>> loops = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                Operation operation = operations.apply(thread);
                loops.add(() -> loop(operation, start, end, calls));
            }
            List<long[]> times = new ArrayList<>();
            for (Future<long[]> loop : pool.invokeAll(loops)) {
                times.add(loop.get());
            }
            long[] all = times.stream().flatMapToLong(Arrays::stream).sorted().toArray();
            return new Result(all.length / (measured.toMillis() / 1000.0), at(all, 0.5), at(all, 0.99), calls.sum());
        }
    }

    private static long[] loop(Operation operation, long start, long end, LongAdder calls) throws Exception {
        long[] times = new long[1024];
        int count = 0;
        for (long before = System.nanoTime(); before < end; ) {
            operation.run();
            calls.increment();
            long after = System.nanoTime();
            if (before >= start && after <= end) {
                if (count == times.length) {
                    times = Arrays.copyOf(times, 2 * count);
                }
                times[count++] = after - before;
            }
            before = after;
        }
        return Arrays.copyOf(times, count);
    }

    /** A quantile of times in nanoseconds, in milliseconds. */
    static double at(long[] sorted, double quantile) {
        return sorted.length == 0
                ? Double.NaN
                : sorted[(int) Math.min(sorted.length - 1, Math.floor(quantile * sorted.length))] / 1e6;
    }
}
