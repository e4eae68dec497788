package org.forgelog.query.read;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import org.forgelog.eventlog.Signer;

/**
 * Makes and reads cursors: signed with a key that all nodes share, good for one query of one caller, and not for ever.
 * What stands in them is no secret.
 */
public final class Cursors {

    private static final int LONGEST = 1_000;

    private final Signer signer;
    private final Duration life;
    private final Clock clock;

    public Cursors(Signer signer, Duration life, Clock clock) {
        this.signer = signer;
        this.life = life;
        this.clock = clock;
    }

    /** @param query the query it belongs to, its caller included */
    public String encode(Cursor cursor, String query) {
        byte[] text = cursor.suffix().getBytes(StandardCharsets.UTF_8);
        ByteBuffer content = ByteBuffer.allocate(Long.BYTES + 1 + text.length)
                .putLong(clock.instant().plus(life).getEpochSecond())
                .put((byte) (cursor.backward() ? 1 : 0))
                .put(text);
        ByteBuffer signed = ByteBuffer.allocate(Signer.LENGTH + content.capacity())
                .put(signer.sign(content.array(), query.getBytes(StandardCharsets.UTF_8)))
                .put(content.array());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(signed.array());
    }

    /** @throws IllegalArgumentException when it was tampered with, belongs to another query or has expired */
    public Cursor decode(String encoded, String query) {
        if (encoded.length() > LONGEST) {
            throw new IllegalArgumentException("too long");
        }
        byte[] signed = Base64.getUrlDecoder().decode(encoded);
        if (signed.length <= Signer.LENGTH + Long.BYTES + 1) {
            throw new IllegalArgumentException("too short");
        }
        byte[] content = Arrays.copyOfRange(signed, Signer.LENGTH, signed.length);
        byte[] signature = Arrays.copyOf(signed, Signer.LENGTH);
        if (!signer.isSignature(signature, content, query.getBytes(StandardCharsets.UTF_8))) {
            throw new IllegalArgumentException("not made for this query");
        }
        ByteBuffer buffer = ByteBuffer.wrap(content);
        if (buffer.getLong() < clock.instant().getEpochSecond()) {
            throw new IllegalArgumentException("expired");
        }
        boolean backward = buffer.get() == 1;
        return new Cursor(backward, StandardCharsets.UTF_8.decode(buffer).toString());
    }
}
