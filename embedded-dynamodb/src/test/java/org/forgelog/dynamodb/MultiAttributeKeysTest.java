package org.forgelog.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * Global indexes with several attributes for the partition key and for the sort key.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.DesignPattern.MultiAttributeKeys.html">
 *     Multi-attribute keys</a>
 */
class MultiAttributeKeysTest {

    private static final String MATCHES = "matches";
    private static final String INDEX = "by_tournament";

    private DynamoDbEngine engine;
    private DynamoDbClient client;

    @BeforeEach
    void matchesOfTournaments() {
        engine = DynamoDbEngine.inMemory().open();
        client = Clients.of(engine);
        create(List.of("tournament", "region"), List.of("round", "bracket", "match"));
        int id = 0;
        for (String region : List.of("EU", "US")) {
            for (int round : List.of(2, 10)) {
                for (String bracket : List.of("lower", "upper")) {
                    put("m" + id++, region, round, bracket);
                }
            }
        }
    }

    @AfterEach
    void close() {
        client.close();
        engine.close();
    }

    private void create(List<String> partition, List<String> sort) {
        List<KeySchemaElement> keys = new java.util.ArrayList<>();
        partition.forEach(name -> keys.add(Clients.key(name, KeyType.HASH)));
        sort.forEach(name -> keys.add(Clients.key(name, KeyType.RANGE)));
        List<AttributeDefinition> attributes = new java.util.ArrayList<>();
        attributes.add(definition("match"));
        keys.stream()
                .map(KeySchemaElement::attributeName)
                .filter(name -> !name.equals("match"))
                .distinct()
                .forEach(name -> attributes.add(definition(name)));
        client.createTable(request -> request.tableName(MATCHES)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(attributes)
                .keySchema(Clients.key("match", KeyType.HASH))
                .globalSecondaryIndexes(GlobalSecondaryIndex.builder()
                        .indexName(INDEX)
                        .keySchema(keys)
                        .projection(projection -> projection.projectionType(ProjectionType.ALL))
                        .build()));
    }

    private static AttributeDefinition definition(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(name.equals("round") ? ScalarAttributeType.N : ScalarAttributeType.S)
                .build();
    }

    private void put(String match, String region, int round, String bracket) {
        client.putItem(request -> request.tableName(MATCHES)
                .item(Map.of(
                        "match", AttributeValue.fromS(match),
                        "tournament", AttributeValue.fromS("WINTER"),
                        "region", AttributeValue.fromS(region),
                        "round", AttributeValue.fromN(Integer.toString(round)),
                        "bracket", AttributeValue.fromS(bracket))));
    }

    private QueryResponse query(String condition, Map<String, AttributeValue> start) {
        Map<String, AttributeValue> values = new LinkedHashMap<>();
        Map<String, AttributeValue> all = Map.of(
                ":t", AttributeValue.fromS("WINTER"),
                ":r", AttributeValue.fromS("EU"),
                ":n", AttributeValue.fromN("2"),
                ":b", AttributeValue.fromS("upper"),
                ":p", AttributeValue.fromS("lo"));
        all.forEach((name, value) -> {
            if (condition.contains(name)) {
                values.put(name, value);
            }
        });
        return client.query(request -> request.tableName(MATCHES)
                .indexName(INDEX)
                .keyConditionExpression(condition.replace("region", "#region"))
                .expressionAttributeNames(condition.contains("region") ? Map.of("#region", "region") : null)
                .expressionAttributeValues(values)
                .exclusiveStartKey(start)
                .limit(start == null ? null : 3));
    }

    private List<String> matches(String condition) {
        return query(condition, null).items().stream()
                .map(item -> item.get("match").s())
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            tournament = :t AND region = :r                                               | m0 m1 m2 m3
            region = :r AND tournament = :t AND round = :n                                | m0 m1
            tournament = :t AND region = :r AND round > :n                                | m2 m3
            tournament = :t AND region = :r AND round = :n AND bracket = :b               | m1
            tournament = :t AND region = :r AND round = :n AND begins_with(bracket, :p)   | m0
            tournament = :t AND region = :r AND round = :n AND bracket BETWEEN :p AND :b  | m0 m1
            """)
    void sortAttributesNarrowFromTheLeftAndSortByTheirTypes(String condition, String expected) {
        assertThat(matches(condition)).containsExactly(expected.split(" "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            tournament = :t                                                      | Query condition missed key schema element: region
            tournament = :t AND begins_with(region, :r)                          | Query key condition not supported
            tournament = :t AND region = :r AND bracket = :b                     | Query condition missed key schema element: round
            tournament = :t AND region = :r AND round > :n AND bracket = :b      | Query key condition not supported
            """)
    void aPartWithoutWhatIsBeforeItIsRefused(String condition, String message) {
        assertThatThrownBy(() -> query(condition, null))
                .isInstanceOf(DynamoDbException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aPageGoesOnBehindTheKeyThatTheOneBeforeNamed() {
        QueryResponse first = client.query(request -> request.tableName(MATCHES)
                .indexName(INDEX)
                .keyConditionExpression("tournament = :t AND #region = :r")
                .expressionAttributeNames(Map.of("#region", "region"))
                .expressionAttributeValues(
                        Map.of(":t", AttributeValue.fromS("WINTER"), ":r", AttributeValue.fromS("EU")))
                .limit(3));

        assertThat(first.lastEvaluatedKey()).containsOnlyKeys("tournament", "region", "round", "bracket", "match");
        assertThat(query("tournament = :t AND region = :r", first.lastEvaluatedKey())
                        .items())
                .singleElement()
                .satisfies(item -> assertThat(item.get("match").s()).isEqualTo("m3"));
    }

    @Test
    void anItemWithoutOneOfTheAttributesHasNoEntry() {
        client.updateItem(request -> request.tableName(MATCHES)
                .key(Map.of("match", AttributeValue.fromS("m2")))
                .updateExpression("REMOVE bracket"));

        assertThat(matches("tournament = :t AND region = :r")).containsExactly("m0", "m1", "m3");
    }

    @Test
    void theDescriptionNamesAllAttributesAlsoAfterARestart(@TempDir Path folder) {
        client.close();
        engine.close();
        engine = DynamoDbEngine.at(folder).open();
        client = Clients.of(engine);
        create(List.of("tournament", "region"), List.of("round", "bracket", "match"));
        client.close();
        engine.close();
        engine = DynamoDbEngine.at(folder).open();
        client = Clients.of(engine);

        assertThat(client.describeTable(request -> request.tableName(MATCHES))
                        .table()
                        .globalSecondaryIndexes()
                        .getFirst()
                        .keySchema())
                .extracting(KeySchemaElement::attributeName)
                .containsExactly("tournament", "region", "round", "bracket", "match");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            a b c d e | f         | HASH key attributes
            a         | b c d e f | RANGE key attributes
            """)
    void moreThanFourOfATypeAreRefused(String partition, String sort, String message) {
        client.deleteTable(request -> request.tableName(MATCHES));

        assertThatThrownBy(() -> create(List.of(partition.split(" ")), List.of(sort.split(" "))))
                .isInstanceOf(DynamoDbException.class)
                .hasMessageContaining(message);
    }
}
