package org.forgelog.query.table;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.forgelog.query.table.Table.Queried;
import org.forgelog.query.table.Table.Range;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A digest of everything that items say, in a form in which no two of them are alike. */
public final class ItemDigest {

    private final MessageDigest digest;

    public ItemDigest() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    public byte[] done() {
        return digest.digest();
    }

    /** An item, or that there is none. */
    public ItemDigest add(@Nullable Item item) {
        return item == null ? add('0', new byte[0]) : add('I', item.digest());
    }

    /** What a key led to; nothing, maybe. */
    public ItemDigest add(ItemKey key, @Nullable Item item) {
        return add(key.pk()).add(key.sk()).add(item);
    }

    /** What a query answered, and whether that was all. */
    public ItemDigest add(Range range, Queried page) {
        add(range.toString()).add(page.more() == null ? "last" : "more");
        page.items().forEach(this::add);
        return this;
    }

    public ItemDigest add(String text) {
        return add('S', text.getBytes(StandardCharsets.UTF_8));
    }

    /** A plain value: a text, a number, a switch, a list or a map of them. */
    public ItemDigest addPlain(@Nullable Object value) {
        switch (value == null ? "" : value) {
            case Map<?, ?> map -> {
                addSize('M', map.size());
                new TreeMap<>(map)
                        .forEach((name, each) -> add(String.valueOf(name)).addPlain(each));
            }
            case List<?> list -> {
                addSize('L', list.size());
                list.forEach(this::addPlain);
            }
            case String text -> add(text);
            case Number number -> add('N', number.toString().getBytes(StandardCharsets.UTF_8));
            default -> add('?', String.valueOf(value).getBytes(StandardCharsets.UTF_8));
        }
        return this;
    }

    private void addSize(char kind, int size) {
        add(kind, ByteBuffer.allocate(Integer.BYTES).putInt(size).array());
    }

    /** Kind, length and bytes. */
    private ItemDigest add(char kind, byte[] bytes) {
        digest.update(ByteBuffer.allocate(Character.BYTES + Integer.BYTES)
                .putChar(kind)
                .putInt(bytes.length)
                .flip());
        digest.update(bytes);
        return this;
    }

    ItemDigest add(Map<String, AttributeValue> attributes) {
        addSize('M', attributes.size());
        new TreeMap<>(attributes).forEach((name, value) -> add(name).add(value));
        return this;
    }

    private void add(AttributeValue value) {
        switch (value.type()) {
            case S -> add(value.s());
            case N -> add('N', value.n().getBytes(StandardCharsets.UTF_8));
            case BOOL -> add('B', new byte[] {(byte) (value.bool() ? 1 : 0)});
            case L -> {
                addSize('L', value.l().size());
                value.l().forEach(this::add);
            }
            case M -> add(value.m());
            default -> add('?', value.toString().getBytes(StandardCharsets.UTF_8));
        }
    }
}
