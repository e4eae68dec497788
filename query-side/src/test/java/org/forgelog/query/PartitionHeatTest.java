package org.forgelog.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.forgelog.query.PartitionHeat.Partition;
import org.forgelog.query.table.Index;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.Keys;
import org.forgelog.query.table.Span;
import org.forgelog.query.table.Table;
import org.forgelog.query.table.Table.Range;
import org.forgelog.query.table.TableSchema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** Which partitions are hot, by what really goes to the table. */
class PartitionHeatTest {

    private static final long SECOND = 1_000_000_000L;
    private static final double WINDOW = 10;

    private final AtomicLong nanos = new AtomicLong();
    private final PartitionHeat heat = new PartitionHeat(nanos::get);
    private final TestTable table = new TestTable();
    private final DynamoDbClient client = table.client(List.of(heat));

    @BeforeEach
    void create() {
        new TableSchema(client, "heat", true).ensure();
    }

    @AfterEach
    void close() {
        client.close();
        table.close();
    }

    private static Item item(String pk, int characters) {
        return Item.read(Map.of(
                Keys.PK,
                Item.text(pk),
                Keys.SK,
                Item.text("1"),
                Index.GSI1.pk(),
                Item.text("found"),
                Index.GSI1.sk(),
                Item.text("1"),
                "text",
                Item.text("x".repeat(characters))));
    }

    private Partition of(String index, String key) {
        return heat.hottest(100).stream()
                .filter(partition ->
                        partition.index().equals(index) && partition.key().equals(key))
                .findFirst()
                .orElse(new Partition(index, key, 0, 0));
    }

    @Test
    void readsAndWritesCountForTheirPartitionsByTheirSizes() {
        client.putItem(b -> b.tableName("heat").item(item("a", 2_500).attributes()));
        assertThat(of("table", "a").writes()).isEqualTo(3 / WINDOW);
        assertThat(of("gsi1", "found").writes()).isEqualTo(3 / WINDOW);
        client.transactWriteItems(b -> b.transactItems(TransactWriteItem.builder()
                .put(Put.builder()
                        .tableName("heat")
                        .item(item("b", 10).attributes())
                        .build())
                .build()));
        assertThat(of("table", "b").writes()).isEqualTo(2 / WINDOW);

        Table read = new Table(client, "heat");
        read.find(item("a", 0).key());
        assertThat(of("table", "a").reads()).isEqualTo(1 / WINDOW);
        read.get(List.of(item("a", 0).key()), false);
        assertThat(of("table", "a").reads()).isEqualTo(1.5 / WINDOW);
        read.query(Range.all(new Span(Index.GSI1, "found", ""), 10, false));
        assertThat(of("gsi1", "found").reads()).isEqualTo(0.5 / WINDOW);
    }

    @Test
    void theBusiestTenSecondsCountForAWhile() {
        for (int i = 0; i < 5; i++) {
            client.putItem(b -> b.tableName("heat").item(item("a", 10).attributes()));
        }
        nanos.addAndGet(60 * SECOND);
        client.putItem(b -> b.tableName("heat").item(item("a", 10).attributes()));
        assertThat(of("table", "a").writes()).isEqualTo(5 / WINDOW);
        assertThat(heat.hottest(1)).hasSize(1);
        nanos.addAndGet(280 * SECOND);
        client.putItem(b -> b.tableName("heat").item(item("c", 10).attributes()));
        assertThat(of("table", "a").writes()).isEqualTo(1 / WINDOW);
        assertThat(new Partition("table", "a", 30, 500).percent()).isEqualTo(50);
    }
}
