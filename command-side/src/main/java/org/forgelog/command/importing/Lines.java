package org.forgelog.command.importing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The lines of a text, as bytes. Of one that is too long nothing is kept, and the next one is read. */
final class Lines implements AutoCloseable {

    /** @param bytes without the line break; {@code null} when there are too many */
    record Line(long number, byte @Nullable [] bytes) {

        boolean isBlank() {
            if (bytes == null) {
                return false;
            }
            for (byte b : bytes) {
                if (b != ' ' && b != '\t' && b != '\r') {
                    return false;
                }
            }
            return true;
        }
    }

    private final InputStream in;
    private final int longest;
    private final byte[] chunk = new byte[1 << 16];
    private int from;
    private int to;
    private long number;

    Lines(InputStream in, int longest) {
        this.in = in;
        this.longest = longest;
    }

    /** The number of the line that was read last. */
    long number() {
        return number;
    }

    /** The next line; {@code null} when there is none. */
    @Nullable
    Line next() throws IOException {
        if (from == to && !fill()) {
            return null;
        }
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        boolean tooLong = false;
        do {
            int end = lineBreak();
            tooLong |= line.size() + end - from > longest;
            if (tooLong) {
                line = new ByteArrayOutputStream(0);
            } else {
                line.write(chunk, from, end - from);
            }
            from = end;
            if (from < to) {
                from++;
                break;
            }
        } while (fill());
        return new Line(++number, tooLong ? null : line.toByteArray());
    }

    /** Where the line ends, or what there is of it. */
    private int lineBreak() {
        int end = from;
        while (end < to && chunk[end] != '\n') {
            end++;
        }
        return end;
    }

    private boolean fill() throws IOException {
        from = 0;
        to = Math.max(0, in.read(chunk));
        return to > 0;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
