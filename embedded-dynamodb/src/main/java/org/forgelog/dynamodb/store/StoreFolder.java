package org.forgelog.dynamodb.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The folder of a store. What is in it is checked when it is opened, in less than a second; where that would take longer,
 * the rest is checked while the store is in use already. A damaged store is set aside and an empty one takes its place.
 */
public final class StoreFolder {

    /** So many bytes are checked while somebody waits. */
    private static final long CHECKED_AT_ONCE = 128L * 1024 * 1024;

    private static final String MARK = "DAMAGED";
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private final Path folder;
    private final long memory;
    private final Consumer<String> damaged;
    private boolean checked;

    /** @param damaged is told in one sentence what happened to a damaged store */
    public StoreFolder(Path folder, long memory, Consumer<String> damaged) {
        this.folder = folder;
        this.memory = memory;
        this.damaged = damaged;
    }

    /** @throws StoreException when no store can be had there */
    public OrderedStore open() {
        try {
            Files.createDirectories(folder);
            if (Files.exists(folder.resolve(MARK))) {
                return setAside("an earlier process found it damaged");
            }
            RocksStore store = RocksStore.open(folder, memory);
            if (bytes() > CHECKED_AT_ONCE) {
                return store;
            }
            checked = true;
            if (store.isSound()) {
                return store;
            }
            store.close();
            return setAside("a checksum is wrong");
        } catch (StoreException e) {
            if (!e.isDamaged()) {
                throw e;
            }
            return setAside(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new StoreException("the folder " + folder + " cannot be used: " + e.getMessage(), e, false);
        }
    }

    private OrderedStore setAside(String why) {
        Path aside = folder.resolveSibling(folder.getFileName() + ".damaged-" + STAMP.format(Instant.now()));
        try {
            Files.move(folder, aside);
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new StoreException(
                    "the damaged store " + folder + " cannot be set aside: " + e.getMessage(), e, false);
        }
        damaged.accept("The store at " + folder + " is damaged (" + why + "). It was moved to " + aside
                + ", and an empty one takes its place.");
        checked = true;
        return RocksStore.open(folder, memory);
    }

    private long bytes() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    /** Whether all of it was checked before {@link #open()} returned. */
    public boolean isChecked() {
        return checked;
    }

    /** Checks all of an open store; a damaged one is set aside when it is opened the next time. */
    public void check(OrderedStore store) {
        boolean sound;
        try {
            sound = store.isSound();
        } catch (IllegalStateException closed) {
            return;
        }
        if (!sound) {
            mark();
            damaged.accept("The store at " + folder + " is damaged. It will be set aside at the next start.");
        }
    }

    /** Has the store set aside when it is opened the next time. */
    public void mark() {
        try {
            Files.writeString(folder.resolve(MARK), "Found damaged at " + Instant.now() + "\n");
        } catch (IOException e) {
            throw new StoreException(
                    "the store " + folder + " cannot be marked as damaged: " + e.getMessage(), e, false);
        }
    }
}
