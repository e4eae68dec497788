package org.forgelog.dynamodb.table;

import java.util.Map;
import org.forgelog.dynamodb.item.AttributeValue;
import org.forgelog.dynamodb.item.ItemJson;
import org.forgelog.dynamodb.item.ItemSize;
import org.forgelog.dynamodb.protocol.RawJson;
import tools.jackson.core.JsonGenerator;

/** An item as it is stored: its size, in four bytes, then its JSON, ready for an answer. */
public record StoredItem(byte[] bytes) {

    private static final int HEADER = 4;

    static StoredItem of(Map<String, AttributeValue> item) {
        byte[] json = ItemJson.write(item);
        int size = ItemSize.of(item);
        byte[] bytes = new byte[HEADER + json.length];
        bytes[0] = (byte) (size >>> 24);
        bytes[1] = (byte) (size >>> 16);
        bytes[2] = (byte) (size >>> 8);
        bytes[3] = (byte) size;
        System.arraycopy(json, 0, bytes, HEADER, json.length);
        return new StoredItem(bytes);
    }

    /** Bytes by AWS's rules. */
    public int size() {
        return (bytes[0] & 0xff) << 24 | (bytes[1] & 0xff) << 16 | (bytes[2] & 0xff) << 8 | bytes[3] & 0xff;
    }

    public Map<String, AttributeValue> item() {
        return ItemJson.read(bytes, HEADER);
    }

    /** Writes it as it is. */
    public void write(JsonGenerator out) {
        RawJson.write(bytes, HEADER, out);
    }
}
