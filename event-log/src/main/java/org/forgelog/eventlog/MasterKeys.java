package org.forgelog.eventlog;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.SecretKey;
import org.forgelog.domain.Digests;
import org.jspecify.annotations.Nullable;

/**
 * The keys that keys are encrypted with, which no table holds: the first encrypts, the others are those it was before. With
 * none of them nothing is encrypted.
 */
public final class MasterKeys {

    /** A secret that a master key has encrypted. */
    public record Wrapped(String masterKey, byte[] bytes) {}

    public static final MasterKeys NONE = new MasterKeys(List.of());

    private static final int ID_DIGITS = 16;

    private final Map<String, SecretKey> keys = new LinkedHashMap<>();
    private final @Nullable String first;

    /**
     * @param encoded 32 bytes each, in Base64
     * @throws IllegalArgumentException when one of them is not
     */
    public MasterKeys(List<String> encoded) {
        for (String text : encoded) {
            byte[] key = decoded(text.strip());
            keys.put(id(key), AesGcm.key(key));
        }
        this.first = keys.isEmpty() ? null : keys.keySet().iterator().next();
    }

    private static byte[] decoded(String text) {
        byte[] key;
        try {
            key = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("a master key is not Base64", e);
        }
        if (key.length != AesGcm.KEY_BYTES) {
            throw new IllegalArgumentException(
                    "a master key has " + AesGcm.KEY_BYTES + " bytes in Base64, not " + key.length);
        }
        return key;
    }

    /** A new key, as the constructor takes it. */
    public static String random() {
        return Base64.getEncoder().encodeToString(AesGcm.randomKey());
    }

    /** What a key is called where it must not be shown. */
    private static String id(byte[] key) {
        return Digests.sha256(key).substring(0, ID_DIGITS);
    }

    public boolean isEmpty() {
        return first == null;
    }

    /** What the keys are called. */
    public Set<String> ids() {
        return Set.copyOf(keys.keySet());
    }

    /** What the key is called that encrypts. */
    public String current() {
        if (first == null) {
            throw new IllegalStateException("there is no master key");
        }
        return first;
    }

    /** @param context what {@link #unwrap} must be given too */
    public Wrapped wrap(byte[] secret, String context) {
        return new Wrapped(current(), AesGcm.seal(key(current()), secret, bytes(context)));
    }

    /** @throws IllegalStateException when the master key is not here, or has not wrapped this for {@code context} */
    public byte[] unwrap(Wrapped wrapped, String context) {
        return AesGcm.open(key(wrapped.masterKey()), wrapped.bytes(), bytes(context))
                .orElseThrow(() ->
                        new IllegalStateException(context + " was not encrypted with the master key that it names"));
    }

    private SecretKey key(String id) {
        SecretKey key = keys.get(id);
        if (key == null) {
            throw new IllegalStateException("the master key " + id + " is not configured");
        }
        return key;
    }

    private static byte[] bytes(String context) {
        return context.getBytes(StandardCharsets.UTF_8);
    }
}
