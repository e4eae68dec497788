package org.forgelog.command.importing;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * GitHub's archive of a migration: files of objects by type. It is unpacked into a private folder, without what is no
 * JSON (repositories, attachments).
 *
 * <p>The first pass reads accounts and repositories, and then everything else in the order in which it was made, so
 * that the log tells of it in that order. The second says how things are in the end, and takes what referred to
 * something that came later.
 */
final class MigrationArchive extends ImportFile {

    private static final Pattern FILE = Pattern.compile("(?:.*/)?([a-z_]+)_(\\d{6,})\\.json");
    private static final List<String> FIRST = List.of("users", "organizations", "repositories");
    private static final List<String> MERGED = List.of(
            "milestones", "issues", "pull_requests", "issue_comments", "pull_request_review_comments", "issue_events");

    private static final int MOST_FILES = 10_000;

    private final Path folder;
    private final Map<String, List<Path>> files;
    private final @Nullable String damage;
    private final ArchiveRecords records;
    private final long size;
    private long done;

    private MigrationArchive(Path folder, Map<String, List<Path>> files, @Nullable String damage, Instant now)
            throws IOException {
        this.folder = folder;
        this.files = files;
        this.damage = damage;
        this.records = new ArchiveRecords(now);
        long bytes = 0;
        for (List<Path> parts : files.values()) {
            for (Path part : parts) {
                bytes += Files.size(part);
            }
        }
        this.size = Math.max(1, bytes);
    }

    static MigrationArchive unpack(Path archive, Instant now) throws IOException {
        Path folder = Files.createTempDirectory("forgelog-import-");
        try {
            Map<String, SortedSet<Path>> files = new TreeMap<>();
            String damage = null;
            try (TarArchiveInputStream tar = new TarArchiveInputStream(content(new CountedFile(archive)))) {
                unpack(tar, folder, ImportFile.mostOf(Files.size(archive)), files);
            } catch (EOFException | ZipException e) {
                damage = "the archive ends too early, or is damaged: " + e.getMessage();
            } catch (IOException e) {
                damage = "the archive is damaged: " + e.getMessage();
            }
            if (files.isEmpty()) {
                throw new Json.Malformed(damage == null ? "the archive holds no objects of a migration" : damage);
            }
            Map<String, List<Path>> inOrder = new TreeMap<>();
            files.forEach((type, parts) -> inOrder.put(type, List.copyOf(parts)));
            return new MigrationArchive(folder, inOrder, damage, now);
        } catch (IOException | RuntimeException e) {
            delete(folder);
            throw e;
        }
    }

    /** Names in the archive say of what kind a file is, and nothing of where it goes. What is a link or has holes is passed by. */
    private static void unpack(TarArchiveInputStream tar, Path folder, long most, Map<String, SortedSet<Path>> files)
            throws IOException {
        long left = most;
        int count = 0;
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            Matcher name = FILE.matcher(entry.getName());
            if (!entry.isFile() || entry.isLink() || entry.isSymbolicLink() || entry.isSparse() || !name.matches()) {
                continue;
            }
            left -= entry.getSize();
            if (left < 0 || ++count > MOST_FILES) {
                throw new IOException("it holds more than such an archive does");
            }
            Path file = folder.resolve(name.group(1) + "_" + name.group(2) + ".json");
            Files.copy(tar, file, StandardCopyOption.REPLACE_EXISTING);
            files.computeIfAbsent(name.group(1), type -> new TreeSet<>()).add(file);
        }
    }

    @Override
    String format() {
        return "archive of a migration";
    }

    @Override
    int passes() {
        return 2;
    }

    @Override
    double progress() {
        return Math.min(1, (double) done / size);
    }

    @Override
    void read(int pass, Sink sink) throws IOException {
        done = 0;
        if (pass == 1 && damage != null) {
            sink.broken("the archive", damage);
        }
        boolean settles = pass == 2;
        for (String type : FIRST) {
            try (Objects objects = new Objects(type, settles, sink)) {
                objects.all();
            }
        }
        if (settles) {
            for (String type : MERGED) {
                try (Objects objects = new Objects(type, true, sink)) {
                    objects.all();
                }
            }
            return;
        }
        inOrder(sink);
        for (String type : files.keySet()) {
            if (!FIRST.contains(type) && !MERGED.contains(type)) {
                try (Objects objects = new Objects(type, false, sink)) {
                    objects.all();
                }
            }
        }
    }

    private void inOrder(Sink sink) throws IOException {
        List<Objects> open = new ArrayList<>();
        try {
            PriorityQueue<Objects> queue = new PriorityQueue<>(Comparator.comparing(Objects::time));
            for (String type : MERGED) {
                Objects objects = new Objects(type, false, sink);
                open.add(objects);
                if (objects.advance()) {
                    queue.add(objects);
                }
            }
            for (Objects next = queue.poll(); next != null; next = queue.poll()) {
                sink.take(next.current(), next.bytes());
                if (next.advance()) {
                    queue.add(next);
                }
            }
        } finally {
            for (Objects objects : open) {
                objects.close();
            }
        }
    }

    /** The objects of a type, in all of its files. */
    private final class Objects implements AutoCloseable {

        private final String type;
        private final boolean settles;
        private final Sink sink;
        private final List<Path> parts;
        private int part = -1;
        private @Nullable JsonEntries entries;
        private @Nullable ImportedRecord current;
        private long bytes;
        private Instant time = Instant.MIN;

        Objects(String type, boolean settles, Sink sink) {
            this.type = type;
            this.settles = settles;
            this.sink = sink;
            this.parts = files.getOrDefault(type, List.of());
        }

        void all() throws IOException {
            while (advance()) {
                sink.take(current(), bytes());
            }
        }

        ImportedRecord current() {
            return java.util.Objects.requireNonNull(current);
        }

        long bytes() {
            return bytes;
        }

        /** When the current one was made; never earlier than the one before it. */
        Instant time() {
            return time;
        }

        boolean advance() throws IOException {
            while (true) {
                while (entries == null || !entries.hasNext()) {
                    if (!open()) {
                        return false;
                    }
                }
                JsonEntries.Entry entry = entries.next();
                String where = parts.get(part).getFileName() + ", line " + entry.line() + ", entry " + entry.index();
                ImportedRecord record = understood(where, entry, (at, node) -> read(at, node), sink);
                if (record != null) {
                    current = record;
                    bytes = entry.bytes();
                    return true;
                }
            }
        }

        private ImportedRecord read(String where, JsonNode node) {
            ImportedRecord record = records.read(where, type, node, settles);
            Instant made = Json.moment(node, "created_at");
            if (made != null && made.isAfter(time)) {
                time = made;
            }
            return record;
        }

        private boolean open() throws IOException {
            close();
            if (part + 1 >= parts.size()) {
                return false;
            }
            Path file = parts.get(++part);
            InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
            entries = new JsonEntries(in);
            return true;
        }

        @Override
        public void close() throws IOException {
            if (entries != null) {
                entries.close();
                entries = null;
                done += Files.size(parts.get(part));
            }
        }
    }

    @Override
    public void close() throws IOException {
        delete(folder);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
