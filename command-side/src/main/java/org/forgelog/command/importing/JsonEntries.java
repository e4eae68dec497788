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
     */
    record Entry(long line, long index, @Nullable JsonNode node, @Nullable String broken) {}

    private final InputStream in;
    private final JsonParser parser;
    private @Nullable Entry next;
    private long index;
    private boolean ended;

    JsonEntries(InputStream in) {
        this.in = in;
        this.parser = JSON.createParser(in);
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
        try {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token != JsonToken.START_ARRAY && token != JsonToken.END_ARRAY) {
                    long line = parser.currentTokenLocation().getLineNr();
                    JsonNode node = parser.readValueAsTree();
                    return new Entry(line, ++index, node, null);
                }
            }
            ended = true;
            return null;
        } catch (JacksonException e) {
            ended = true;
            return new Entry(Math.max(0, parser.currentLocation().getLineNr()), index + 1, null, why(e));
        }
    }

    /** The object that a line is. */
    static Entry of(long line, String text) {
        try {
            return new Entry(line, 1, JSON.readTree(text), null);
        } catch (JacksonException e) {
            return new Entry(line, 1, null, why(e));
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
