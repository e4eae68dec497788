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
        return hex("SHA-1", text.toString());
    }

    /** SHA-256 of {@code text}, as 64 hexadecimal digits. */
    public static String sha256(String text) {
        return hex("SHA-256", text);
    }

    private static String hex(String algorithm, String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }
}
