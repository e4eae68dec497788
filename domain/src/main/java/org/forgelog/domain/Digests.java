package org.forgelog.domain;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Stable identifiers made from what they stand for. */
public final class Digests {

    private Digests() {}

    /**
     * A commit id for a commit that does not exist (there is no git here): 40 hexadecimal digits, the same for the same
     * parts.
     */
    public static String syntheticCommit(Object... parts) {
        StringBuilder text = new StringBuilder();
        for (Object part : parts) {
            text.append(part).append('\n');
        }
        return hex("SHA-1", text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** SHA-256 of {@code text}, as 64 hexadecimal digits. */
    public static String sha256(String text) {
        return sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    /** SHA-256 of {@code bytes}, as 64 hexadecimal digits. */
    public static String sha256(byte[] bytes) {
        return hex("SHA-256", bytes);
    }

    private static String hex(String algorithm, byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }
}
