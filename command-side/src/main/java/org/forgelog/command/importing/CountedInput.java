package org.forgelog.command.importing;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Hears how much is read, and may end it. */
abstract class CountedInput extends FilterInputStream {

    CountedInput(InputStream in) {
        super(in);
    }

    /** So many bytes were read, beside those before. */
    abstract void counted(int bytes) throws IOException;

    @Override
    public int read() throws IOException {
        int value = super.read();
        counted(value < 0 ? 0 : 1);
        return value;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = super.read(bytes, offset, length);
        counted(Math.max(0, count));
        return count;
    }
}
