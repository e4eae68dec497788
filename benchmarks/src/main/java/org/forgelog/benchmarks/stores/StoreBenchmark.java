package org.forgelog.benchmarks.stores;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.forgelog.benchmarks.Load;
import org.forgelog.dynamodb.store.OrderedStore;
import org.forgelog.dynamodb.store.OrderedStore.Change;
import org.forgelog.dynamodb.store.RocksStore;

/**
 * What the stores make of the projection's load: an item of 600 bytes with references in four indexes, written so that it
 * outlives the process; the item by its key; 30 references of an index and their items. Two threads.
 */
public final class StoreBenchmark {

    private static final int ITEMS = Integer.getInteger("items", 300_000);
    private static final int SECONDS = Integer.getInteger("seconds", 8);
    private static final int THREADS = 2;
    private static final int INDEXES = 4;
    private static final int RANGE = 30;

    private final OrderedStore store;
    private final byte[] value = new byte[600];

    private StoreBenchmark(OrderedStore store) {
        this.store = store;
        byte[] words = "an issue with a title and labels, opened by somebody "
                .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        Random random = new Random(1);
        for (int i = 0; i < value.length; i++) {
            value[i] = i % 3 == 0 ? (byte) random.nextInt() : words[i % words.length];
        }
    }

    public static void main(String[] arguments) throws Exception {
        System.out.printf(
                Locale.ROOT,
                "%-10s %12s %12s %12s %10s %12s%n",
                "store",
                "writes/s",
                "gets/s",
                "ranges/s",
                "MB",
                "cpu us/write");
        Path folder = Files.createTempDirectory("store-benchmark");
        for (String name : List.of("rocksdb", "mvstore", "sqlite")) {
            Path place = Files.createDirectories(folder.resolve(name));
            try (OrderedStore store =
                    switch (name) {
                        case "rocksdb" -> RocksStore.open(place, 64L * 1024 * 1024);
                        case "mvstore" -> new MvStoreCandidate(place);
                        default -> new SqliteCandidate(place);
                    }) {
                new StoreBenchmark(store).run(name, place);
            }
        }
    }

    private void run(String name, Path place) throws Exception {
        com.sun.management.OperatingSystemMXBean system =
                (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        AtomicLong next = new AtomicLong();
        long start = System.nanoTime();
        long cpu = system.getProcessCpuTime();
        Load.Operation write = () -> store.write(item(next.getAndIncrement()));
        Load.Result writes =
                Load.run(THREADS, java.time.Duration.ZERO, java.time.Duration.ofSeconds(SECONDS), thread -> write);
        double cpuMicros = (system.getProcessCpuTime() - cpu) / 1_000.0 / writes.calls();
        while (next.get() < ITEMS && System.nanoTime() - start < 60_000_000_000L) {
            write.run();
        }
        long items = next.get();
        Load.Result gets = Load.run(
                THREADS,
                java.time.Duration.ofSeconds(1),
                java.time.Duration.ofSeconds(SECONDS / 2),
                thread -> () -> store.get(key(0, ThreadLocalRandom.current().nextLong(items))));
        Load.Result ranges = Load.run(
                THREADS,
                java.time.Duration.ofSeconds(1),
                java.time.Duration.ofSeconds(SECONDS / 2),
                thread -> () -> range(ThreadLocalRandom.current().nextLong(items - RANGE)));
        System.out.printf(
                Locale.ROOT,
                "%-10s %12.0f %12.0f %12.0f %10d %12.1f  (%d items)%n",
                name,
                writes.perSecond(),
                gets.perSecond(),
                ranges.perSecond(),
                size(place) >> 20,
                cpuMicros,
                items);
    }

    private static long size(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    private List<Change> item(long n) {
        List<Change> changes = new ArrayList<>();
        changes.add(new Change.Put(key(0, n), value));
        for (int index = 1; index <= INDEXES; index++) {
            changes.add(new Change.Put(key(index, index == 1 ? n : n * 7_919 % 1_000_003), new byte[0]));
        }
        return changes;
    }

    /** As long as those of real items. */
    private static byte[] key(int space, long n) {
        return ByteBuffer.allocate(48)
                .putInt(space)
                .putShort((short) (n / 1_000))
                .putLong(n)
                .array();
    }

    private void range(long from) {
        try (OrderedStore.View view = store.view();
                OrderedStore.Cursor cursor = view.scan(key(1, from), key(1, from + RANGE), false)) {
            List<byte[]> keys = new ArrayList<>();
            while (cursor.next()) {
                byte[] key = cursor.key();
                key[3] = 0;
                keys.add(key);
            }
            view.getAll(keys);
        }
    }
}
