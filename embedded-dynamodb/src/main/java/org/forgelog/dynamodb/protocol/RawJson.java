package org.forgelog.dynamodb.protocol;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.SerializableString;

/**
 * JSON that is there as bytes already and goes into an answer as it is: items are stored as the protocol writes them, so
 * that most reads need not understand them.
 */
public final class RawJson implements SerializableString {

    private final byte[] json;

    private RawJson(byte[] json) {
        this.json = json;
    }

    /** Writes the bytes from {@code offset} on as a value. */
    public static void write(byte[] bytes, int offset, JsonGenerator out) {
        out.writeRawValue(new RawJson(Arrays.copyOfRange(bytes, offset, bytes.length)));
    }

    @Override
    public byte[] asUnquotedUTF8() {
        return json;
    }

    @Override
    public int appendUnquotedUTF8(byte[] buffer, int offset) {
        if (buffer.length - offset < json.length) {
            return -1;
        }
        System.arraycopy(json, 0, buffer, offset, json.length);
        return json.length;
    }

    @Override
    public String getValue() {
        throw onlyBytes();
    }

    @Override
    public int charLength() {
        throw onlyBytes();
    }

    @Override
    public char[] asQuotedChars() {
        throw onlyBytes();
    }

    @Override
    public byte[] asQuotedUTF8() {
        throw onlyBytes();
    }

    @Override
    public int appendQuotedUTF8(byte[] buffer, int offset) {
        throw onlyBytes();
    }

    @Override
    public int appendQuoted(char[] buffer, int offset) {
        throw onlyBytes();
    }

    @Override
    public int appendUnquoted(char[] buffer, int offset) {
        throw onlyBytes();
    }

    @Override
    public int writeQuotedUTF8(OutputStream out) {
        throw onlyBytes();
    }

    @Override
    public int writeUnquotedUTF8(OutputStream out) {
        throw onlyBytes();
    }

    @Override
    public int putQuotedUTF8(ByteBuffer buffer) {
        throw onlyBytes();
    }

    @Override
    public int putUnquotedUTF8(ByteBuffer buffer) {
        throw onlyBytes();
    }

    private static UnsupportedOperationException onlyBytes() {
        return new UnsupportedOperationException("only the generator for UTF-8 is used");
    }
}
