package org.forgelog.command.importing;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A file with another forge's history, read record by record. What kind of file it is, its content tells. */
abstract sealed class ImportFile implements AutoCloseable permits ImportFile.OfRecords, MigrationArchive {

    /** Takes what is read. */
    interface Sink {

        /** @param bytes about how long the record was */
        void take(ImportedRecord record, long bytes);

        /** Hears of what cannot be read. */
        void broken(String where, String why);
    }

    /** Longer than any object that GitHub writes. */
    static final int LONGEST_ENTRY = 4 << 20;

    private static final int HEAD = 512;
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    /** What may come out of any file, and how often its size out of a larger one. Texts get a tenth of their size at best. */
    private static final long UNPACKED_ANYWAY = 64 << 20;

    private static final int UNPACKED_TIMES = 250;

    /** What the file is, in words. */
    abstract String format();

    /** How often it has to be read: 2 where its objects come in an order in which they do not refer backwards only. */
    abstract int passes();

    /** Hands everything over, in order. */
    abstract void read(int pass, Sink sink) throws IOException;

    /** How much of the file was read in this pass, from 0 to 1. */
    abstract double progress();

    @Override
    public void close() throws IOException {}

    /**
     * Looks what a file is.
     *
     * @throws Json.Malformed when it is nothing that can be imported
     */
    static ImportFile open(Path file, Instant now) throws IOException {
        byte[] head;
        try (InputStream in = content(new CountedFile(file))) {
            head = in.readNBytes(HEAD);
        } catch (EOFException | ZipException e) {
            throw new Json.Malformed("it ends too early, or is damaged: " + e.getMessage());
        }
        if (head.length == HEAD && new String(head, 257, 5, StandardCharsets.US_ASCII).equals("ustar")) {
            return MigrationArchive.unpack(file, now);
        }
        if (head.length > 1 && (head[0] == (byte) 0xff || head[0] == (byte) 0xfe)) {
            throw new Json.Malformed("it is in UTF-16: save it as UTF-8");
        }
        String text = new String(head, StandardCharsets.UTF_8);
        String start = (text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text).stripLeading();
        if (start.startsWith("[")) {
            return new Lists(file, now);
        }
        if (start.startsWith("{")) {
            // An event a line, unless objects are written over several lines.
            return start.lines().findFirst().orElse("").strip().equals("{")
                    ? new Lists(file, now)
                    : new Events(file, now);
        }
        throw new Json.Malformed("neither an archive of a migration, nor events or lists in JSON");
    }

    /** The content of a file, unpacked where it is compressed. */
    static InputStream content(CountedFile file) throws IOException {
        BufferedInputStream in = new BufferedInputStream(file.open(), 1 << 16);
        in.mark(2);
        int first = in.read();
        int second = in.read();
        in.reset();
        return first == 0x1f && second == 0x8b
                ? new BufferedInputStream(new Unpacked(new GZIPInputStream(in, 1 << 16), file), 1 << 16)
                : in;
    }

    /** Ends with an error when so much comes out of so little that it was made to fill memory or disks. */
    private static final class Unpacked extends CountedInput {

        private final CountedFile file;
        private long unpacked;

        Unpacked(InputStream in, CountedFile file) {
            super(in);
            this.file = file;
        }

        @Override
        void counted(int bytes) throws ZipException {
            unpacked += bytes;
            if (unpacked > mostOf(file.read)) {
                throw new ZipException("more than " + UNPACKED_TIMES + " times its size comes out of it");
            }
        }
    }

    /** How much may come out of so many bytes. */
    static long mostOf(long packed) {
        return Math.max(UNPACKED_ANYWAY, UNPACKED_TIMES * packed);
    }

    /** A file of which is known how much was read. */
    static final class CountedFile {

        private final Path file;
        private final long size;
        private long read;

        CountedFile(Path file) throws IOException {
            this.file = file;
            this.size = Files.size(file);
        }

        double progress() {
            return size == 0 ? 1 : (double) read / size;
        }

        InputStream open() throws IOException {
            read = 0;
            return new CountedInput(Files.newInputStream(file)) {
                @Override
                void counted(int bytes) {
                    read += bytes;
                }
            };
        }
    }

    /** What GH Archive or the REST API says, in one pass. */
    abstract static sealed class OfRecords extends ImportFile permits Events, Lists {

        final CountedFile file;
        final RestRecords records;
        private final String format;

        OfRecords(String format, Path file, Instant now) throws IOException {
            this.format = format;
            this.file = new CountedFile(file);
            this.records = new RestRecords(now);
        }

        @Override
        String format() {
            return format;
        }

        @Override
        int passes() {
            return 1;
        }

        @Override
        double progress() {
            return file.progress();
        }
    }

    /** GH Archive's: an event a line; also what the REST API answers, if it was saved an object a line. */
    static final class Events extends OfRecords {

        Events(Path file, Instant now) throws IOException {
            super("events, one a line", file, now);
        }

        @Override
        void read(int pass, Sink sink) throws IOException {
            try (Lines lines = new Lines(content(file), LONGEST_ENTRY)) {
                try {
                    for (Lines.Line line = lines.next(); line != null; line = lines.next()) {
                        if (!line.isBlank()) {
                            take("line " + line.number(), JsonEntries.of(line), records::read, sink);
                        }
                    }
                } catch (EOFException | ZipException e) {
                    sink.broken(
                            "line " + (lines.number() + 1),
                            "the file ends too early, or is damaged: " + e.getMessage());
                }
            }
        }
    }

    /** What the REST API answers for lists. */
    static final class Lists extends OfRecords {

        Lists(Path file, Instant now) throws IOException {
            super("lists of the REST API", file, now);
        }

        @Override
        void read(int pass, Sink sink) throws IOException {
            try (JsonEntries entries = new JsonEntries(content(file))) {
                while (entries.hasNext()) {
                    JsonEntries.Entry entry = entries.next();
                    take("line " + entry.line() + ", entry " + entry.index(), entry, records::read, sink);
                }
            }
        }
    }

    interface Reader {
        ImportedRecord read(String where, JsonNode node);
    }

    static void take(String where, JsonEntries.Entry entry, Reader reader, Sink sink) {
        ImportedRecord record = understood(where, entry, reader, sink);
        if (record != null) {
            sink.take(record, entry.bytes());
        }
    }

    static @Nullable ImportedRecord understood(String where, JsonEntries.Entry entry, Reader reader, Sink sink) {
        if (entry.node() == null) {
            sink.broken(where, String.valueOf(entry.broken()));
            return null;
        }
        try {
            return reader.read(where, entry.node());
        } catch (Json.Malformed e) {
            sink.broken(where, String.valueOf(e.getMessage()));
            return null;
        }
    }
}
