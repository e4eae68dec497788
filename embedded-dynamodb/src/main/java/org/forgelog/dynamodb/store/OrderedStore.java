package org.forgelog.dynamodb.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keys and values, ordered by the keys as unsigned bytes. Any number of threads may use it; readers do not wait for
 * writers. All methods throw {@link StoreException} where the store cannot do its work.
 */
public interface OrderedStore extends AutoCloseable {

    /** The value of a key as it is now; null where there is none. */
    byte @Nullable [] get(byte[] key);

    /** The values of keys as they are now, in their order; null where there is none. */
    List<byte @Nullable []> getAll(List<byte[]> keys);

    /** Makes all changes, or none of them. Once it has returned they outlive the process. */
    void write(List<Change> changes);

    /** The store as it is now, whatever is written later. */
    View view();

    /** Takes out of the files what was deleted and replaced, where they keep it; may read and write all of them. */
    default void compact() {}

    /** Whether the stored bytes are what was written; reads all of them. */
    boolean isSound();

    @Override
    void close();

    /** One change of a {@link #write}. */
    sealed interface Change {

        /** Gives a key a value. */
        record Put(byte[] key, byte[] value) implements Change {}

        /** Takes a key away. */
        record Delete(byte[] key) implements Change {}

        /** Takes away all keys from the first to before the other. */
        record DeleteRange(byte[] from, byte[] to) implements Change {}
    }

    /** A state of the store. */
    interface View extends AutoCloseable {

        /** The value of a key; null where there is none. */
        byte @Nullable [] get(byte[] key);

        /** The values of keys, in their order; null where there is none. */
        List<byte @Nullable []> getAll(List<byte[]> keys);

        /** The entries from {@code from} to before {@code to}, in order or against it. */
        Cursor scan(byte[] from, byte[] to, boolean descending);

        @Override
        void close();
    }

    /** Goes over entries; before the first call of {@link #next} it stands before the first one. */
    interface Cursor extends AutoCloseable {

        boolean next();

        byte[] key();

        byte[] value();

        @Override
        void close();
    }
}
