package org.forgelog.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.forgelog.dynamodb.Clients.TABLE;
import static org.forgelog.dynamodb.Clients.item;
import static org.forgelog.dynamodb.Clients.key;
import static org.forgelog.dynamodb.Clients.n;
import static org.forgelog.dynamodb.Clients.ofOwner;
import static org.forgelog.dynamodb.Clients.put;
import static org.forgelog.dynamodb.Clients.s;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.IdempotentParameterMismatchException;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** What every DynamoDB does, through the AWS SDK: this engine by each way to it, and Amazon's image where Docker is. */
abstract class DynamoDbContract {

    private DynamoDbClient client;

    /** A client of an engine without tables. */
    abstract DynamoDbClient emptyEngine();

    @BeforeEach
    void createTable() {
        client = emptyEngine();
        Clients.createTable(client);
    }

    private static void assertRefused(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOfSatisfying(DynamoDbException.class, e -> assertThat(
                        e.awsErrorDetails().errorMessage())
                .contains(message));
    }

    private Map<String, AttributeValue> get(String pk, String sk) {
        return client.getItem(b -> b.tableName(TABLE).key(key(pk, sk)).consistentRead(true))
                .item();
    }

    @Test
    void anItemIsReadAsItWasPut() {
        Map<String, AttributeValue> item = item(
                "a",
                "1",
                "text",
                s("\u00fc\ud83d\ude00\"\\\n\u0001"),
                "number",
                AttributeValue.fromN("-12.5"),
                "set",
                AttributeValue.fromSs(List.of("x", "y")),
                "list",
                AttributeValue.fromL(List.of(n(1), AttributeValue.fromBool(true), AttributeValue.fromNul(true))),
                "map",
                AttributeValue.fromM(Map.of("inner", AttributeValue.fromNs(List.of("1", "2.5")))));
        put(client, item);
        assertThat(get("a", "1")).isEqualTo(item);
        assertThat(client.getItem(b -> b.tableName(TABLE).key(key("a", "2"))).hasItem())
                .isFalse();
    }

    @Test
    void aConditionThatFailsChangesNothingAndShowsTheItem() {
        put(client, item("a", "1", "v", n(1)));
        assertThatThrownBy(() -> client.putItem(b -> b.tableName(TABLE)
                        .item(item("a", "1", "v", n(2)))
                        .conditionExpression("attribute_not_exists(pk)")
                        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)))
                .isInstanceOfSatisfying(
                        ConditionalCheckFailedException.class,
                        e -> assertThat(e.item().get("v")).isEqualTo(n(1)));
        assertThat(get("a", "1").get("v")).isEqualTo(n(1));
    }

    @Test
    void anUpdateUsesTheItemAsItWas() {
        put(client, item("a", "1", "x", n(1), "list", AttributeValue.fromL(List.of(n(1), n(2), n(3)))));
        Map<String, AttributeValue> after = client.updateItem(b -> b.tableName(TABLE)
                        .key(key("a", "1"))
                        .updateExpression(
                                "SET x = y2, y2 = if_not_exists(z, :seven), #l[0] = x + :seven".replace("x = y2, ", "")
                                        + ", w = list_append(#l, :more) REMOVE #l[1] ADD hits :seven")
                        .expressionAttributeNames(Map.of("#l", "list"))
                        .expressionAttributeValues(
                                Map.of(":seven", n(7), ":more", AttributeValue.fromL(List.of(s("end")))))
                        .returnValues(ReturnValue.ALL_NEW))
                .attributes();
        assertThat(after.get("y2")).isEqualTo(n(7));
        assertThat(after.get("list").l()).containsExactly(n(8), n(3));
        assertThat(after.get("w").l()).containsExactly(n(1), n(2), n(3), s("end"));
        assertThat(after.get("hits")).isEqualTo(n(7));
    }

    @Test
    void setsGainAndLoseMembersAndGoWithTheLast() {
        put(client, item("a", "1", "tags", AttributeValue.fromSs(List.of("x"))));
        client.updateItem(b -> b.tableName(TABLE)
                .key(key("a", "1"))
                .updateExpression("ADD tags :t")
                .expressionAttributeValues(Map.of(":t", AttributeValue.fromSs(List.of("y")))));
        assertThat(get("a", "1").get("tags").ss()).containsExactlyInAnyOrder("x", "y");
        client.updateItem(b -> b.tableName(TABLE)
                .key(key("a", "1"))
                .updateExpression("DELETE tags :t")
                .expressionAttributeValues(Map.of(":t", AttributeValue.fromSs(List.of("x", "y")))));
        assertThat(get("a", "1")).doesNotContainKey("tags");
    }

    @Test
    void setsComeBackSorted() {
        put(
                client,
                item(
                        "a",
                        "1",
                        "words",
                        AttributeValue.fromSs(List.of("c", "a", "b")),
                        "numbers",
                        AttributeValue.fromNs(List.of("10", "9", "-1"))));
        client.updateItem(b -> b.tableName(TABLE)
                .key(key("a", "1"))
                .updateExpression("ADD words :w")
                .expressionAttributeValues(Map.of(":w", AttributeValue.fromSs(List.of("aa")))));

        assertThat(get("a", "1").get("words").ss()).containsExactly("a", "aa", "b", "c");
        assertThat(get("a", "1").get("numbers").ns()).containsExactly("-1", "9", "10");
    }

    private QueryResponse query(String condition, Map<String, AttributeValue> values, boolean forward, int limit) {
        return client.query(b -> b.tableName(TABLE)
                .keyConditionExpression(condition)
                .expressionAttributeValues(values)
                .scanIndexForward(forward)
                .consistentRead(true)
                .limit(limit));
    }

    private List<String> sorts(String condition, Map<String, AttributeValue> values) {
        return query(condition, values, true, 1_000).items().stream()
                .map(item -> item.get("sk").s())
                .toList();
    }

    @Test
    void sortKeysAreComparedAsBytesOfUtf8() {
        List<String> inOrder = List.of("", "A", "B", "a", "a#", "aa", "\u00e4", "\uffee", "\ud83d\ude00");
        inOrder.stream().filter(sk -> !sk.isEmpty()).forEach(sk -> put(client, item("a", sk)));
        put(client, item("b", "a"));
        assertThat(sorts("pk = :p", Map.of(":p", s("a")))).isEqualTo(inOrder.subList(1, inOrder.size()));
        assertThat(sorts("pk = :p AND sk > :s", Map.of(":p", s("a"), ":s", s("B"))))
                .isEqualTo(inOrder.subList(3, inOrder.size()));
        assertThat(sorts("pk = :p AND begins_with(sk, :s)", Map.of(":p", s("a"), ":s", s("a"))))
                .containsExactly("a", "a#", "aa");
        assertThat(sorts("pk = :p AND sk BETWEEN :s AND :t", Map.of(":p", s("a"), ":s", s("B"), ":t", s("a#"))))
                .containsExactly("B", "a", "a#");
        assertThat(query("pk = :p", Map.of(":p", s("a")), false, 2).items())
                .extracting(item -> item.get("sk").s())
                .containsExactly("\ud83d\ude00", "\uffee");
    }

    @Test
    void pagesGoOnWhereTheLastOneEnded() {
        IntStream.range(0, 25)
                .forEach(i -> put(client, item("a", "s" + (100 + i), "owner", s("me"), "rank", n(i / 5))));
        for (String index : List.of("", "by-owner", "by-rank")) {
            for (boolean forward : List.of(true, false)) {
                List<String> seen = new ArrayList<>();
                QueryRequest.Builder request = QueryRequest.builder()
                        .tableName(TABLE)
                        .indexName(index.isEmpty() ? null : index)
                        .keyConditionExpression("#k = :k")
                        .expressionAttributeNames(Map.of("#k", index.equals("by-owner") ? "owner" : "pk"))
                        .expressionAttributeValues(Map.of(":k", s(index.equals("by-owner") ? "me" : "a")))
                        .scanIndexForward(forward)
                        .limit(4);
                client.queryPaginator(request.build())
                        .items()
                        .forEach(item -> seen.add(item.get("sk").s()));
                List<String> expected = IntStream.range(0, 25)
                        .mapToObj(i -> "s" + (forward ? 100 + i : 124 - i))
                        .toList();
                assertThat(seen).as(index + forward).hasSize(25);
                if (index.isEmpty()) {
                    assertThat(seen).isEqualTo(expected);
                } else {
                    assertThat(new HashSet<>(seen)).isEqualTo(new HashSet<>(expected));
                }
            }
        }
    }

    @Test
    void anIndexHasItemsWithAllItsKeysAlone() {
        put(client, item("a", "1", "owner", s("me"), "rank", n(10)));
        put(client, item("a", "2", "owner", s("me")));
        put(client, item("a", "3", "owner", s("me"), "rank", n(9)));
        put(client, item("a", "4", "owner", s("me"), "rank", n(-1)));
        assertThat(ofOwner(client, "me")).containsExactly("4", "3", "1");
        client.updateItem(b -> b.tableName(TABLE)
                .key(key("a", "3"))
                .updateExpression("REMOVE #r")
                .expressionAttributeNames(Map.of("#r", "rank")));
        put(client, item("a", "1", "owner", s("you"), "rank", n(10)));
        assertThat(ofOwner(client, "me")).containsExactly("4");
        assertThat(ofOwner(client, "you")).containsExactly("1");
        client.deleteItem(b -> b.tableName(TABLE).key(key("a", "1")));
        assertThat(ofOwner(client, "you")).isEmpty();
        assertRefused(
                () -> put(client, item("a", "5", "owner", s("me"), "rank", s("first"))),
                "Type mismatch for Index Key rank Expected: N Actual: S IndexName: by-");
    }

    @Test
    void aTransactionHappensWholeOrNotAtAll() {
        put(client, item("a", "2"));
        assertThatThrownBy(() -> client.transactWriteItems(b -> b.transactItems(
                        putAction(item("a", "1"), null), putAction(item("a", "2"), "attribute_not_exists(pk)"))))
                .isInstanceOfSatisfying(TransactionCanceledException.class, e -> assertThat(e.cancellationReasons())
                        .extracting(CancellationReason::code)
                        .containsExactly("None", "ConditionalCheckFailed"));
        assertThat(get("a", "1")).isEmpty();
        client.transactWriteItems(b -> b.transactItems(
                putAction(item("a", "1", "owner", s("me"), "rank", n(1)), "attribute_not_exists(pk)"),
                TransactWriteItem.builder()
                        .delete(d -> d.tableName(TABLE).key(key("a", "2")))
                        .build()));
        assertThat(ofOwner(client, "me")).containsExactly("1");
        assertThat(client.transactGetItems(b -> b.transactItems(getAction("1"), getAction("2")))
                        .responses())
                .extracting(response -> response.hasItem())
                .containsExactly(true, false);
        assertRefused(
                () -> client.transactWriteItems(
                        b -> b.transactItems(putAction(item("a", "1"), null), putAction(item("a", "1"), null))),
                "Transaction request cannot include multiple operations on one item");
    }

    private static TransactWriteItem putAction(Map<String, AttributeValue> item, String condition) {
        return TransactWriteItem.builder()
                .put(p -> p.tableName(TABLE).item(item).conditionExpression(condition))
                .build();
    }

    private static TransactGetItem getAction(String sk) {
        return TransactGetItem.builder()
                .get(g -> g.tableName(TABLE).key(key("a", sk)))
                .build();
    }

    @Test
    void aTokenMakesATransactionOnce() {
        TransactWriteItem add = TransactWriteItem.builder()
                .update(u -> u.tableName(TABLE)
                        .key(key("a", "1"))
                        .updateExpression("ADD hits :one")
                        .expressionAttributeValues(Map.of(":one", n(1))))
                .build();
        for (int i = 0; i < 3; i++) {
            client.transactWriteItems(b -> b.clientRequestToken("once").transactItems(add));
        }
        assertThat(get("a", "1").get("hits")).isEqualTo(n(1));
        assertThatThrownBy(() -> client.transactWriteItems(
                        b -> b.clientRequestToken("once").transactItems(putAction(item("a", "9"), null))))
                .isInstanceOf(IdempotentParameterMismatchException.class);
    }

    @Test
    void batchesReadAndWriteSeveralItems() {
        List<WriteRequest> puts = IntStream.range(0, 25)
                .mapToObj(i -> WriteRequest.builder()
                        .putRequest(p -> p.item(item("a", "s" + i)))
                        .build())
                .toList();
        assertThat(client.batchWriteItem(b -> b.requestItems(Map.of(TABLE, puts)))
                        .unprocessedItems())
                .isEmpty();
        assertThat(client.batchGetItem(b -> b.requestItems(Map.of(
                                TABLE,
                                software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes.builder()
                                        .keys(key("a", "s1"), key("a", "s24"), key("a", "none"))
                                        .build())))
                        .responses()
                        .get(TABLE))
                .hasSize(2);
        assertRefused(
                () -> client.batchWriteItem(b -> b.requestItems(Map.of(TABLE, List.of(puts.get(0), puts.get(0))))),
                "Provided list of item keys contains duplicates");
    }

    @Test
    void aScanSeesEachItemOnceInHoweverManySegments() {
        IntStream.range(0, 200).forEach(i -> put(client, item("p" + i, "1")));
        for (int segments : List.of(1, 3, 16)) {
            Set<String> seen = new HashSet<>();
            int count = 0;
            for (int segment = 0; segment < segments; segment++) {
                int number = segment;
                for (ScanResponse page : client.scanPaginator(b -> b.tableName(TABLE)
                        .segment(number)
                        .totalSegments(segments)
                        .limit(7))) {
                    page.items().forEach(item -> seen.add(item.get("pk").s()));
                    count += page.count();
                }
            }
            assertThat(seen).hasSize(200);
            assertThat(count).isEqualTo(200);
        }
    }

    @Test
    void aFilterLeavesOutWhatWasRead() {
        IntStream.range(0, 10).forEach(i -> put(client, item("a", "s" + i, "v", n(i), "w", s("w" + i))));
        QueryResponse page = client.query(b -> b.tableName(TABLE)
                .keyConditionExpression("pk = :p")
                .filterExpression("v >= :v AND NOT contains(w, :nine)")
                .projectionExpression("v")
                .expressionAttributeValues(Map.of(":p", s("a"), ":v", n(7), ":nine", s("9")))
                .limit(9));
        assertThat(page.items()).containsExactly(Map.of("v", n(7)), Map.of("v", n(8)));
        assertThat(page.scannedCount()).isEqualTo(9);
        assertThat(page.lastEvaluatedKey()).isEqualTo(key("a", "s8"));
    }

    @Test
    void capacityIsCountedByAwssRules() {
        Map<String, AttributeValue> large = item("a", "1", "text", s("x".repeat(5_000)));
        assertThat(client.putItem(b ->
                                b.tableName(TABLE).item(large).returnConsumedCapacity(ReturnConsumedCapacity.TOTAL))
                        .consumedCapacity()
                        .capacityUnits())
                .isEqualTo(5.0);
        assertThat(client.getItem(b -> b.tableName(TABLE)
                                .key(key("a", "1"))
                                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL))
                        .consumedCapacity()
                        .capacityUnits())
                .isEqualTo(1.0);
        assertThat(client.query(b -> b.tableName(TABLE)
                                .keyConditionExpression("pk = :p")
                                .expressionAttributeValues(Map.of(":p", s("none")))
                                .consistentRead(true)
                                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL))
                        .consumedCapacity()
                        .capacityUnits())
                .isEqualTo(1.0);
    }

    @Test
    void mistakesGetAwssMessages() {
        assertRefused(
                () -> client.getItem(b -> b.tableName(TABLE).key(Map.of("pk", s("a")))),
                "The provided key element does not match the schema");
        assertRefused(
                () -> client.putItem(b -> b.tableName(TABLE).item(Map.of("pk", s("a")))),
                "Missing the key sk in the item");
        assertRefused(() -> put(client, item("a", "")), "cannot contain an empty string value. Key: sk");
        assertRefused(
                () -> put(client, item("a".repeat(2_049), "1")),
                "Size of hashkey has exceeded the maximum size limit of2048 bytes");
        assertRefused(
                () -> put(client, item("a", "1", "big", s("x".repeat(410_000)))),
                "Item size has exceeded the maximum allowed size");
        assertRefused(
                () -> client.updateItem(
                        b -> b.tableName(TABLE).key(key("a", "1")).updateExpression("SET a = a")),
                "The provided expression refers to an attribute that does not exist in the item");
        assertThatThrownBy(() -> client.getItem(b -> b.tableName("nothing").key(key("a", "1"))))
                .isInstanceOf(ResourceNotFoundException.class);
    }
}
