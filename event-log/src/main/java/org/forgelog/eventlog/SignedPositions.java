package org.forgelog.eventlog;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** Positions in the form that clients carry: signed, since a reader waits for one. */
public final class SignedPositions {

    private static final int LONGEST = 4_000;

    private final Signer signer;

    public SignedPositions(Signer signer) {
        this.signer = signer;
    }

    public String encode(Position position) {
        byte[] text = position.text().getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(ByteBuffer.allocate(Signer.LENGTH + text.length)
                        .put(signer.sign(text))
                        .put(text)
                        .array());
    }

    /** @throws IllegalArgumentException when {@code encoded} was not made by {@link #encode}, on any node */
    public Position decode(String encoded) {
        byte[] signed = encoded.length() > LONGEST
                ? new byte[0]
                : Base64.getUrlDecoder().decode(encoded);
        if (signed.length <= Signer.LENGTH) {
            throw new IllegalArgumentException("not a position");
        }
        byte[] text = Arrays.copyOfRange(signed, Signer.LENGTH, signed.length);
        if (!signer.isSignature(Arrays.copyOf(signed, Signer.LENGTH), text)) {
            throw new IllegalArgumentException("not one of ours");
        }
        return Position.parse(new String(text, StandardCharsets.UTF_8));
    }
}
