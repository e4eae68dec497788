package org.forgelog.dynamodb.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.forgelog.dynamodb.item.KeyBytes;
import org.forgelog.dynamodb.store.OrderedStore.Change;
import org.forgelog.dynamodb.store.RocksStore;
import org.junit.jupiter.api.Test;

/** Tables that were stored by an earlier version are there again. */
class CatalogTest {

    private static final String STORED =
            """
            {"name": "things", "id": "1b2c", "space": 16,
             "partition": {"name": "pk", "type": "S"}, "sort": {"name": "sk", "type": "N"},
             "attributes": {"pk": "S", "sk": "N", "by": "S"},
             "indexes": [{"name": "by", "space": 17, "global": true, "partition": {"name": "by", "type": "S"},
                          "projection": "ALL", "included": [], "readUnits": 0, "writeUnits": 0, "backfilling": false}],
             "createdAt": 1, "onDemand": true, "readUnits": 0, "writeUnits": 0, "deletionProtected": false,
             "tableClass": "STANDARD", "tags": {}, "items": 3, "bytes": 99}
            """;

    @Test
    void keysOfOneAttributeForEachPartAreRead() throws Exception {
        try (RocksStore store = RocksStore.inMemory(8L << 20)) {
            byte[] key = KeyBytes.concat(KeyBytes.space(0), "things".getBytes(StandardCharsets.UTF_8));
            store.write(List.of(new Change.Put(key, STORED.getBytes(StandardCharsets.UTF_8))));

            TableDefinition things = new Catalog(store).table("things").definition();

            assertThat(things.key())
                    .isEqualTo(
                            new KeySchema(List.of(new KeyAttribute("pk", "S")), List.of(new KeyAttribute("sk", "N"))));
            assertThat(things.indexes())
                    .singleElement()
                    .extracting(IndexDefinition::key)
                    .isEqualTo(new KeySchema(List.of(new KeyAttribute("by", "S")), List.of()));
        }
    }
}
