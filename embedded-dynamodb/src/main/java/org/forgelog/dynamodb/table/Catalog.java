package org.forgelog.dynamodb.table;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;
import org.forgelog.dynamodb.item.ItemJson;
import org.forgelog.dynamodb.item.KeyBytes;
import org.forgelog.dynamodb.protocol.Constraints;
import org.forgelog.dynamodb.protocol.DynamoDbError;
import org.forgelog.dynamodb.protocol.Request;
import org.forgelog.dynamodb.store.OrderedStore;
import org.forgelog.dynamodb.store.OrderedStore.Change;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/** The tables that there are, kept in the store's first space. */
public final class Catalog {

    private static final int SPACE = 0;
    /** Those before it are for the catalog and for transactions. */
    private static final int FIRST_TABLE_SPACE = 16;

    private static final byte[] NEXT_SPACE = KeyBytes.concat(KeyBytes.space(SPACE), new byte[] {0});

    private final OrderedStore store;
    private final NavigableMap<String, Table> tables = new ConcurrentSkipListMap<>();
    private int nextSpace;

    public Catalog(OrderedStore store) {
        this.store = store;
        byte[] next = store.get(NEXT_SPACE);
        nextSpace = next == null ? FIRST_TABLE_SPACE : Integer.parseInt(new String(next, StandardCharsets.US_ASCII));
        try (OrderedStore.View view = store.view();
                OrderedStore.Cursor all = view.scan(KeyBytes.next(NEXT_SPACE), KeyBytes.space(SPACE + 1), false)) {
            while (all.next()) {
                Request stored = Request.read(all.value());
                Table table = new Table(read(stored));
                table.count(number(stored, "items"), number(stored, "bytes"));
                tables.put(table.name(), table);
            }
        }
    }

    /** @throws DynamoDbError when there is none of that name, or ARN */
    public Table table(String name) {
        Table table = find(name);
        if (table == null) {
            throw DynamoDbError.resourceNotFound();
        }
        return table;
    }

    public @Nullable Table find(String name) {
        return tables.get(Constraints.withoutArn(name));
    }

    /** All tables by name. */
    public NavigableMap<String, Table> all() {
        return tables;
    }

    /** A number that no space has had before. */
    public synchronized int newSpace() {
        return nextSpace++;
    }

    /** Makes a table. */
    public synchronized void add(TableDefinition definition) {
        if (tables.containsKey(definition.name())) {
            throw DynamoDbError.resourceInUse("Table already exists: " + definition.name());
        }
        Table table = new Table(definition);
        save(table, List.of());
        tables.put(definition.name(), table);
    }

    /** Gives a table another definition, while nobody writes into it. */
    public void change(Table table, UnaryOperator<TableDefinition> change, List<Change> also) {
        table.schemaLock().writeLock().lock();
        try {
            synchronized (this) {
                table.become(change.apply(table.definition()));
                save(table, also);
            }
        } finally {
            table.schemaLock().writeLock().unlock();
        }
    }

    /** Removes a table with all that is in it. */
    public void remove(Table table) {
        table.schemaLock().writeLock().lock();
        try {
            synchronized (this) {
                List<Change> changes = new ArrayList<>();
                changes.add(new Change.Delete(key(table.name())));
                changes.add(emptied(table.definition().space()));
                table.definition().indexes().forEach(index -> changes.add(emptied(index.space())));
                store.write(changes);
                tables.remove(table.name(), table);
            }
        } finally {
            table.schemaLock().writeLock().unlock();
        }
    }

    /** That a space has nothing any more. */
    public static Change emptied(int space) {
        return new Change.DeleteRange(KeyBytes.space(space), KeyBytes.space(space + 1));
    }

    /** Notes how many items tables have. */
    public synchronized void saveCounts() {
        tables.values().forEach(table -> save(table, List.of()));
    }

    private void save(Table table, List<Change> also) {
        List<Change> changes = new ArrayList<>(also);
        changes.add(new Change.Put(key(table.name()), write(table)));
        changes.add(new Change.Put(NEXT_SPACE, Integer.toString(nextSpace).getBytes(StandardCharsets.US_ASCII)));
        store.write(changes);
    }

    private static byte[] key(String name) {
        return KeyBytes.concat(KeyBytes.space(SPACE), name.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] write(Table table) {
        TableDefinition definition = table.definition();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = ItemJson.FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeStringProperty("name", definition.name());
            json.writeStringProperty("id", definition.id());
            json.writeNumberProperty("space", definition.space());
            write(definition.key(), json);
            write("attributes", definition.attributes(), json);
            json.writeName("indexes");
            json.writeStartArray();
            definition.indexes().forEach(index -> write(index, json));
            json.writeEndArray();
            json.writeNumberProperty("createdAt", definition.createdAt());
            json.writeBooleanProperty("onDemand", definition.onDemand());
            json.writeNumberProperty("readUnits", definition.readUnits());
            json.writeNumberProperty("writeUnits", definition.writeUnits());
            if (definition.ttlAttribute() != null) {
                json.writeStringProperty("ttlAttribute", definition.ttlAttribute());
            }
            json.writeBooleanProperty("deletionProtected", definition.deletionProtected());
            json.writeStringProperty("tableClass", definition.tableClass());
            write("tags", definition.tags(), json);
            json.writeNumberProperty("items", table.items());
            json.writeNumberProperty("bytes", table.bytes());
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    private static void write(KeySchema key, JsonGenerator json) {
        write("partitionKey", key.partition(), json);
        write("sortKey", key.sort(), json);
    }

    private static void write(String name, List<KeyAttribute> attributes, JsonGenerator json) {
        json.writeName(name);
        json.writeStartArray();
        for (KeyAttribute attribute : attributes) {
            json.writeStartObject();
            json.writeStringProperty("name", attribute.name());
            json.writeStringProperty("type", attribute.type());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void write(String name, Map<String, String> texts, JsonGenerator json) {
        json.writeName(name);
        json.writeStartObject();
        texts.forEach(json::writeStringProperty);
        json.writeEndObject();
    }

    private static void write(IndexDefinition index, JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("name", index.name());
        json.writeNumberProperty("space", index.space());
        json.writeBooleanProperty("global", index.global());
        write(index.key(), json);
        json.writeStringProperty("projection", index.projection());
        json.writeName("included");
        json.writeStartArray();
        index.included().forEach(json::writeString);
        json.writeEndArray();
        json.writeNumberProperty("readUnits", index.readUnits());
        json.writeNumberProperty("writeUnits", index.writeUnits());
        json.writeBooleanProperty("backfilling", index.backfilling());
        json.writeEndObject();
    }

    private static TableDefinition read(Request json) {
        return new TableDefinition(
                text(json, "name"),
                text(json, "id"),
                (int) number(json, "space"),
                readKey(json),
                readTexts(json, "attributes"),
                Objects.requireNonNull(json.objects("indexes")).stream()
                        .map(Catalog::readIndex)
                        .toList(),
                number(json, "createdAt"),
                json.isTrue("onDemand"),
                number(json, "readUnits"),
                number(json, "writeUnits"),
                json.string("ttlAttribute"),
                json.isTrue("deletionProtected"),
                text(json, "tableClass"),
                readTexts(json, "tags"));
    }

    private static IndexDefinition readIndex(Request json) {
        return new IndexDefinition(
                text(json, "name"),
                (int) number(json, "space"),
                json.isTrue("global"),
                readKey(json),
                text(json, "projection"),
                Objects.requireNonNull(json.strings("included")),
                number(json, "readUnits"),
                number(json, "writeUnits"),
                json.isTrue("backfilling"));
    }

    private static KeySchema readKey(Request json) {
        return new KeySchema(readAttributes(json, "partition"), readAttributes(json, "sort"));
    }

    /** Stores of before have one attribute, or none, where several are possible now. */
    private static List<KeyAttribute> readAttributes(Request json, String part) {
        List<Request> attributes = json.objects(part + "Key");
        if (attributes == null) {
            Request only = json.object(part);
            attributes = only == null ? List.of() : List.of(only);
        }
        return attributes.stream()
                .map(attribute -> new KeyAttribute(text(attribute, "name"), text(attribute, "type")))
                .toList();
    }

    private static Map<String, String> readTexts(Request json, String name) {
        Request object = Objects.requireNonNull(json.object(name));
        Map<String, String> texts = new LinkedHashMap<>();
        object.names().forEach(key -> texts.put(key, text(object, key)));
        return texts;
    }

    private static String text(Request json, String name) {
        return Objects.requireNonNull(json.string(name), name);
    }

    private static long number(Request json, String name) {
        return Objects.requireNonNull(json.integer(name), name);
    }
}
