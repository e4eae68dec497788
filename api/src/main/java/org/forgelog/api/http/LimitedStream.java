package org.forgelog.api.http;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.time.Duration;

/** A body that may have so many bytes, and has to arrive in time. Throws {@link HttpFailure} where it does not. */
final class LimitedStream extends ServletInputStream {

    /**
     * @param bytes most of them
     * @param time from the first read to the last
     */
    record Limits(long bytes, Duration time) {}

    private final ServletInputStream in;
    private final long deadline;
    private long left;

    LimitedStream(ServletInputStream in, Limits limits) {
        this.in = in;
        this.left = limits.bytes();
        this.deadline = System.nanoTime() + limits.time().toNanos();
    }

    private interface Read {
        int read() throws IOException;
    }

    private int inTime(Read read) {
        if (System.nanoTime() - deadline > 0) {
            throw HttpFailure.timedOut();
        }
        try {
            return read.read();
        } catch (IOException e) {
            // Silence for too long, or the end of the connection: then nobody hears the answer.
            throw HttpFailure.timedOut();
        }
    }

    private void count(int read) {
        left -= read;
        if (left < 0) {
            throw HttpFailure.tooLarge();
        }
    }

    @Override
    public int read() {
        int read = inTime(in::read);
        count(read < 0 ? 0 : 1);
        return read;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        int read = inTime(() -> in.read(target, offset, length));
        count(Math.max(0, read));
        return read;
    }

    @Override
    public boolean isFinished() {
        return in.isFinished();
    }

    @Override
    public boolean isReady() {
        return in.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
        in.setReadListener(listener);
    }
}
