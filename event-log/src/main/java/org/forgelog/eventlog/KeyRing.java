package org.forgelog.eventlog;

import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/** The keys of people, by their accounts. */
public interface KeyRing {

    /** Nobody has a key: nothing is encrypted. */
    KeyRing EMPTY = new KeyRing() {
        @Override
        public @Nullable PersonKey find(long account) {
            return null;
        }

        @Override
        public @Nullable PersonKey add(long account) {
            return null;
        }

        @Override
        public void forget(long account) {}
    };

    /**
     * A person's key.
     *
     * @param key {@code null} once it is destroyed
     */
    record PersonKey(@Nullable SecretKey key) {

        static final PersonKey DESTROYED = new PersonKey(null);
    }

    /** {@code null} when there never was one: of organizations, and where nothing is encrypted. */
    @Nullable
    PersonKey find(long account);

    /** Gives a new person a key; {@code null} where nothing is encrypted. */
    @Nullable
    PersonKey add(long account);

    /** Has the key read again the next time, where it is remembered. */
    void forget(long account);
}
