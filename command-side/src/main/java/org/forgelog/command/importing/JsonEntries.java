package org.forgelog.command.importing;

import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The objects of a JSON text, one at a time: those of an array, of arrays in an array and of arrays after each other, as
 * paged lists are saved. Where the text is broken there is one last entry that says so.
 */
final class JsonEntries implements Iterator<JsonEntries.Entry>, AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * An object, or why there is none.
     *
     * @param line where it begins; zero where that is not known
     * @param bytes about how long it is
     */
    record Entry(long line, long index, long bytes, @Nullable JsonNode node, @Nullable String broken) {}

    /** No more is read for one entry than it may be long, and what the parser reads ahead. */
    private static final class Measured extends CountedInput {

        private long begun;
        private long read;

        Measured(InputStream in) {
            super(in);
        }

        void begin() {
            begun = read;
        }

        long sinceBegun() {
            return read - begun;
        }

        @Override
        void counted(int bytes) throws IOException {
            read += bytes;
            if (sinceBegun() > ImportFile.LONGEST_ENTRY) {
                throw new IOException(TOO_LONG);
            }
        }
    }

    private static final String TOO_LONG = "it is longer than " + (ImportFile.LONGEST_ENTRY >> 20) + " MB";

    private final Measured in;
    private final JsonParser parser;
    private @Nullable Entry next;
    private long index;
    private boolean ended;

    JsonEntries(InputStream in) {
        this.in = new Measured(in);
        this.parser = JSON.createParser(this.in);
    }

    @Override
    public boolean hasNext() {
        if (next == null && !ended) {
            next = read();
        }
        return next != null;
    }

    @Override
    public Entry next() {
        if (!hasNext() || next == null) {
            throw new NoSuchElementException();
        }
        Entry entry = next;
        next = null;
        return entry;
    }

    private @Nullable Entry read() {
        in.begin();
        try {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token != JsonToken.START_ARRAY && token != JsonToken.END_ARRAY) {
                    long line = parser.currentTokenLocation().getLineNr();
                    JsonNode node = parser.readValueAsTree();
                    return new Entry(line, ++index, in.sinceBegun(), node, null);
                }
            }
            ended = true;
            return null;
        } catch (JacksonException e) {
            ended = true;
            return new Entry(Math.max(0, parser.currentLocation().getLineNr()), index + 1, 0, null, why(e));
        }
    }

    /** The object that a line is. */
    static Entry of(Lines.Line line) {
        if (line.bytes() == null) {
            return new Entry(line.number(), 1, 0, null, TOO_LONG);
        }
        try {
            return new Entry(line.number(), 1, line.bytes().length, JSON.readTree(line.bytes()), null);
        } catch (JacksonException e) {
            return new Entry(line.number(), 1, 0, null, why(e));
        }
    }

    /** What is wrong with a JSON text, without its place, which is told beside it. */
    static String why(JacksonException e) {
        String message = e.getOriginalMessage() == null ? e.getClass().getSimpleName() : e.getOriginalMessage();
        int column = e.getLocation() == null ? 0 : e.getLocation().getColumnNr();
        String first = message.lines().findFirst().orElse(message);
        return column > 0 ? "column " + column + ": " + first : first;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
