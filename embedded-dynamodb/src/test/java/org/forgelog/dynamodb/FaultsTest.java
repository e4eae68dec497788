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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.forgelog.dynamodb.client.InProcessHttpClient;
import org.forgelog.dynamodb.junit.EmbeddedDynamoDb;
import org.forgelog.dynamodb.operation.Faults;
import org.forgelog.dynamodb.operation.Faults.Fault;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Faults happen as asked for, by the seed, and to those alone that asked. */
@EmbeddedDynamoDb
class FaultsTest {

    private final Faults faults = new Faults();
    private DynamoDbClient unlucky;
    private DynamoDbClient client;
    private DynamoDbEngine engine;

    @BeforeEach
    void start(DynamoDbEngine ofTest, DynamoDbClient lucky) {
        engine = ofTest;
        client = lucky;
        unlucky = Clients.of(new InProcessHttpClient(engine.with(faults)));
        faults.silence(Duration.ofMillis(1));
        Clients.createTable(client);
    }

    private List<String> outcomes(long seed) {
        faults.inject(seed, 0.3);
        List<String> outcomes = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            try {
                put(unlucky, item("a", "1"));
                outcomes.add("done");
            } catch (SdkException e) {
                outcomes.add(e.getClass().getSimpleName() + e.getMessage().replaceAll("Request ID.*", ""));
            }
        }
        return outcomes;
    }

    @Test
    void theSameSeedBringsTheSame() {
        List<String> first = outcomes(5);
        assertThat(outcomes(5)).isEqualTo(first);
        assertThat(outcomes(6)).isNotEqualTo(first);
        assertThat(faults.happened().keySet())
                .contains(Fault.THROTTLED, Fault.SERVER_ERROR, Fault.TIMEOUT, Fault.ANSWER_LOST);
        faults.heal();
        put(unlucky, item("a", "1"));
    }

    @Test
    void aLostAnswerIsDoneAndASilenceIsNot() {
        faults.inject(1, 1);
        int lost = 0;
        for (int i = 0; i < 40; i++) {
            Map<Fault, Integer> before = faults.happened();
            String sk = "s" + i;
            assertThatThrownBy(() -> put(unlucky, item("a", sk))).isInstanceOf(SdkException.class);
            boolean done =
                    client.getItem(b -> b.tableName(TABLE).key(key("a", sk))).hasItem();
            boolean answerLost = !faults.happened()
                    .getOrDefault(Fault.ANSWER_LOST, 0)
                    .equals(before.getOrDefault(Fault.ANSWER_LOST, 0));
            assertThat(done).isEqualTo(answerLost);
            lost += answerLost ? 1 : 0;
        }
        assertThat(lost).isPositive();
    }

    @Test
    void partsOfBatchesAreLeftOverAndSaidSo() {
        faults.leaveOver();
        List<WriteRequest> writes = IntStream.range(0, 10)
                .mapToObj(i -> WriteRequest.builder()
                        .putRequest(p -> p.item(item("a", "s" + i)))
                        .build())
                .toList();
        List<WriteRequest> left = unlucky.batchWriteItem(b -> b.requestItems(Map.of(TABLE, writes)))
                .unprocessedItems()
                .get(TABLE);
        assertThat(left).isNotEmpty().isSubsetOf(writes);
        assertThat(client.scan(b -> b.tableName(TABLE)).count()).isEqualTo(10 - left.size());
    }

    @Test
    void onlySoManyWritesAreTaken() {
        faults.takeWrites(2);
        put(unlucky, item("a", "1"));
        put(unlucky, item("a", "2"));
        assertThatThrownBy(() -> put(unlucky, item("a", "3")))
                .isInstanceOf(ProvisionedThroughputExceededException.class);
        put(client, item("a", "3"));
    }

    @Test
    void transactionsConflictOnRequest() {
        faults.inject(1, 1);
        List<String> messages = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            try {
                unlucky.transactWriteItems(b -> b.transactItems(TransactWriteItem.builder()
                        .put(p -> p.tableName(TABLE).item(item("a", "1")))
                        .build()));
            } catch (SdkException e) {
                messages.add(e.getMessage());
            }
        }
        assertThat(messages).anyMatch(message -> message.contains("[TransactionConflict]"));
        assertThat(messages).anyMatch(message -> message.contains("connection was lost"));
    }

    @Test
    void indexesTrailForThoseWhoAskedForIt() {
        engine.indexLag().between(Duration.ofHours(1), Duration.ofHours(2), 1);
        faults.trailIndexes();
        put(client, item("a", "1", "owner", s("me"), "rank", n(1)));
        put(client, item("a", "1", "owner", s("you"), "rank", n(2)));
        assertThat(ofOwner(client, "you")).containsExactly("1");
        assertThat(ofOwner(unlucky, "you")).isEmpty();
        engine.indexLag().catchUp();
        assertThat(ofOwner(unlucky, "you")).containsExactly("1");
        assertThat(ofOwner(unlucky, "me")).isEmpty();
    }
}
