package org.forgelog.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.forgelog.dynamodb.Clients.item;
import static org.forgelog.dynamodb.Clients.key;

import org.forgelog.dynamodb.junit.EmbeddedDynamoDb;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

@EmbeddedDynamoDb
class ExtensionTest {

    @RepeatedTest(2)
    void eachTestBeginsWithoutTables(DynamoDbClient client) {
        assertThat(client.listTables().tableNames()).isEmpty();
        Clients.createTable(client);
    }

    @Test
    void asynchronousClientsReachTheSameEngine(DynamoDbClient client, DynamoDbAsyncClient async) {
        Clients.createTable(client);
        async.putItem(b -> b.tableName(Clients.TABLE).item(item("a", "1"))).join();
        assertThat(client.getItem(b -> b.tableName(Clients.TABLE).key(key("a", "1")))
                        .item())
                .isEqualTo(item("a", "1"));
        assertThat(async.getItem(b -> b.tableName(Clients.TABLE).key(key("a", "2")))
                        .join()
                        .hasItem())
                .isFalse();
    }
}
