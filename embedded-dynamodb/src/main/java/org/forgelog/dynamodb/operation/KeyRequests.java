package org.forgelog.dynamodb.operation;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.forgelog.dynamodb.protocol.Constraints;
import org.forgelog.dynamodb.protocol.DynamoDbError;
import org.forgelog.dynamodb.protocol.Request;
import org.forgelog.dynamodb.table.KeyAttribute;
import org.forgelog.dynamodb.table.KeySchema;

/** Reads and checks the key schemas of tables and indexes. */
final class KeyRequests {

    private KeyRequests() {}

    /** Adds what the model asks of each element. */
    static void check(Constraints constraints, String at, List<Request> elements) {
        for (int i = 0; i < elements.size(); i++) {
            String member = at + "." + (i + 1) + ".member.";
            String type = elements.get(i).string("KeyType");
            constraints
                    .notNull(member + "attributeName", elements.get(i).string("AttributeName"))
                    .notNull(member + "keyType", type)
                    .oneOf(member + "keyType", type, "HASH", "RANGE");
        }
    }

    /**
     * The key that a request describes.
     *
     * @param mostOfEachType most attributes of the partition key, and of the sort key
     * @param ofIndex what messages say of the index
     */
    static KeySchema key(List<Request> elements, Map<String, String> attributes, int mostOfEachType, String ofIndex) {
        List<String> names = elements.stream()
                .map(element -> Objects.requireNonNullElse(element.string("AttributeName"), ""))
                .toList();
        int partition = (int) elements.stream().takeWhile(KeyRequests::isHash).count();
        if (partition == 0) {
            throw DynamoDbError.validation(
                    "Invalid KeySchema: The first KeySchemaElement is not a HASH key type" + ofIndex);
        }
        if (new HashSet<>(names).size() < names.size()) {
            throw DynamoDbError.validation("Invalid KeySchema: Some index key attribute have no definition");
        }
        if (partition > mostOfEachType) {
            throw DynamoDbError.validation(
                    mostOfEachType == 1
                            ? "Invalid KeySchema: The second KeySchemaElement is not a RANGE key type" + ofIndex
                            : "Invalid KeySchema: More than " + mostOfEachType + " HASH key attributes" + ofIndex);
        }
        if (elements.size() - partition > mostOfEachType) {
            throw DynamoDbError.validation(
                    "Invalid KeySchema: More than " + mostOfEachType + " RANGE key attributes" + ofIndex);
        }
        if (elements.stream().skip(partition).anyMatch(KeyRequests::isHash)) {
            throw DynamoDbError.validation(
                    "Invalid KeySchema: A HASH key attribute follows a RANGE key attribute" + ofIndex);
        }
        for (String name : names) {
            if (!attributes.containsKey(name)) {
                throw DynamoDbError.invalidParameter(
                        "Some index key attributes are not defined in AttributeDefinitions." + " Keys: " + names
                                + ", AttributeDefinitions: " + attributes.keySet());
            }
        }
        List<KeyAttribute> key = names.stream()
                .map(name -> new KeyAttribute(name, Objects.requireNonNull(attributes.get(name))))
                .toList();
        return new KeySchema(key.subList(0, partition), key.subList(partition, key.size()));
    }

    private static boolean isHash(Request element) {
        return "HASH".equals(element.string("KeyType"));
    }
}
