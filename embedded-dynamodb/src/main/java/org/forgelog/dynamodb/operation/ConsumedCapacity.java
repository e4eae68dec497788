package org.forgelog.dynamodb.operation;

import java.util.LinkedHashMap;
import java.util.Map;
import org.forgelog.dynamodb.protocol.Request;
import org.forgelog.dynamodb.table.Capacity;
import tools.jackson.core.JsonGenerator;

/** Tells what a request consumed, as far as it asked for that. */
final class ConsumedCapacity {

    private final boolean wanted;
    private final boolean byIndex;
    private final String kindMember;
    private final Map<String, Capacity> tables = new LinkedHashMap<>();

    private ConsumedCapacity(Request request, String kindMember) {
        String asked = request.string("ReturnConsumedCapacity");
        this.wanted = asked != null && !asked.equals("NONE");
        this.byIndex = "INDEXES".equals(asked);
        this.kindMember = kindMember;
    }

    static ConsumedCapacity of(Request request) {
        return new ConsumedCapacity(request, "");
    }

    /** Of a transaction, which tells reading and writing apart. */
    static ConsumedCapacity ofTransaction(Request request, boolean writes) {
        return new ConsumedCapacity(request, writes ? "WriteCapacityUnits" : "ReadCapacityUnits");
    }

    void add(String table, Capacity capacity) {
        if (wanted) {
            tables.computeIfAbsent(table, name -> new Capacity()).add(capacity);
        }
    }

    /** For operations on one table. */
    void write(JsonGenerator json) {
        tables.forEach((name, capacity) -> {
            json.writeName("ConsumedCapacity");
            write(name, capacity, json);
        });
    }

    /** For operations on several tables. */
    void writeList(JsonGenerator json) {
        if (wanted) {
            json.writeName("ConsumedCapacity");
            json.writeStartArray();
            tables.forEach((name, capacity) -> write(name, capacity, json));
            json.writeEndArray();
        }
    }

    private void write(String table, Capacity capacity, JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("TableName", table);
        units(capacity.total(), json);
        if (byIndex) {
            json.writeName("Table");
            json.writeStartObject();
            units(capacity.table(), json);
            json.writeEndObject();
            indexes("LocalSecondaryIndexes", capacity.local(), json);
            indexes("GlobalSecondaryIndexes", capacity.global(), json);
        }
        json.writeEndObject();
    }

    private void indexes(String member, Map<String, Double> indexes, JsonGenerator json) {
        if (!indexes.isEmpty()) {
            json.writeName(member);
            json.writeStartObject();
            indexes.forEach((name, units) -> {
                json.writeName(name);
                json.writeStartObject();
                units(units, json);
                json.writeEndObject();
            });
            json.writeEndObject();
        }
    }

    private void units(double units, JsonGenerator json) {
        json.writeNumberProperty("CapacityUnits", units);
        if (!kindMember.isEmpty()) {
            json.writeNumberProperty(kindMember, units);
        }
    }
}
