package org.forgelog.dynamodb.item;

import java.util.Arrays;
import java.util.Base64;

/** An immutable byte string, compared as unsigned bytes. The array that it was made of must not change any more. */
public final class Bytes implements Comparable<Bytes> {

    private final byte[] content;

    public Bytes(byte[] content) {
        this.content = content;
    }

    /** The content itself, not a copy. */
    public byte[] content() {
        return content;
    }

    public int length() {
        return content.length;
    }

    public boolean startsWith(Bytes prefix) {
        return content.length >= prefix.content.length
                && Arrays.equals(content, 0, prefix.content.length, prefix.content, 0, prefix.content.length);
    }

    @Override
    public int compareTo(Bytes other) {
        return Arrays.compareUnsigned(content, other.content);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes bytes && Arrays.equals(content, bytes.content);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content);
    }

    /** Base64, as on the wire. */
    @Override
    public String toString() {
        return Base64.getEncoder().encodeToString(content);
    }
}
