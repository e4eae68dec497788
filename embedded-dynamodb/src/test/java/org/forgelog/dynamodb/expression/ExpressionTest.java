package org.forgelog.dynamodb.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.forgelog.dynamodb.item.AttributeValue;
import org.forgelog.dynamodb.item.ItemJson;
import org.forgelog.dynamodb.protocol.DynamoDbError;
import org.forgelog.dynamodb.protocol.Request;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expressions on an item with one attribute of most types. */
class ExpressionTest {

    private static final Map<String, AttributeValue> ITEM = item(
            """
            {"s": {"S": "hello"}, "n": {"N": "5"}, "flag": {"BOOL": true}, "nothing": {"NULL": true},
             "ss": {"SS": ["a", "b"]}, "l": {"L": [{"N": "1"}, {"M": {"x": {"S": "deep"}}}]},
             "m": {"M": {"a": {"N": "1"}, "b": {"M": {"c": {"S": "deeper"}}}}}}
            """);

    private static Map<String, AttributeValue> item(String json) {
        return ItemJson.read(json.getBytes(StandardCharsets.UTF_8), 0);
    }

    private static Placeholders placeholders() {
        return Placeholders.of(
                Request.read(
                        """
                        {"ConditionExpression": "x",
                         "ExpressionAttributeNames": {"#s": "s", "#name": "name"},
                         "ExpressionAttributeValues": {":hello": {"S": "hello"}, ":he": {"S": "he"}, ":five": {"N": "5.0"},
                            ":six": {"N": "6"}, ":a": {"S": "a"}, ":true": {"BOOL": true}, ":S": {"S": "S"},
                            ":bad": {"S": "XX"}, ":one": {"N": "1"}, ":set": {"SS": ["b"]}, ":list": {"L": [{"N": "9"}]}}}
                        """
                                .getBytes(StandardCharsets.UTF_8)),
                ExpressionKind.CONDITION);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    s = :hello                                         | true
                    :hello = #s                                        | true
                    n = :five                                          | true
                    n < :six AND n > :one                              | true
                    n BETWEEN :one AND :five                           | true
                    s = :five                                          | false
                    s <> :five                                         | true
                    absent <> :five                                   | true
                    absent = :five                                    | false
                    NOT absent = :five                                | true
                    s IN (:a, :hello)                                  | true
                    attribute_exists(m.b.c)                            | true
                    attribute_not_exists(m.b.d)                        | true
                    attribute_exists(l[1].x)                           | true
                    attribute_exists(l[2])                             | false
                    attribute_type(s, :S)                              | true
                    begins_with(s, :he)                                | true
                    contains(s, :he)                                   | true
                    contains(ss, :a)                                   | true
                    contains(l, :one)                                  | true
                    size(s) = :five                                    | true
                    size(n) = :one                                     | false
                    flag = :true                                       | true
                    s = :he OR n = :five AND absent = :a              | false
                    (s = :he OR n = :five) AND NOT absent = :a        | true
                    """)
    void conditionsHoldOrDoNot(String condition, boolean holds) {
        assertThat(Condition.parse(ExpressionKind.CONDITION, condition, placeholders())
                        .holds(ITEM))
                .isEqualTo(holds);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    s == :hello                  | Syntax error; token: "=", near: "== :hello"
                    s = :hello AND               | Syntax error; token: "<EOF>", near: "AND"
                    !!!                          | Syntax error; token: "!", near: "!!"
                    name = :a                    | Attribute name is a reserved keyword; reserved keyword: name
                    #no = :a                     | An expression attribute name used in the document path is not defined; attribute name: #no
                    s = :no                      | An expression attribute value used in expression is not defined; attribute value: :no
                    begins_with(s, :one)         | Incorrect operand type for operator or function; operator or function: begins_with, operand type: N
                    begins_with(s)               | Incorrect number of operands for operator or function; operator or function: begins_with, number of operands: 1
                    attribute_exists(:a)         | Operator or function requires a document path; operator or function: attribute_exists
                    attribute_type(s, :bad)      | Invalid attribute type name found; type: XX, valid types: {B,BOOL,BS,L,M,N,NS,NULL,S,SS}
                    n BETWEEN :six AND :one      | The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound operand: AttributeValue: {N:6}, upper bound operand: AttributeValue: {N:1}
                    n < :true                    | Incorrect operand type for operator or function; operator or function: <, operand type: BOOL
                    s = s                        | The first operand must be distinct from the remaining operands for this operator or function; operator: =, first operand: [s]
                    if_not_exists(s, :a) = :a    | The function is not allowed in a condition expression; function: if_not_exists
                    foo(s)                       | Invalid function name; function: foo
                    """)
    void mistakesInConditionsGetAwssMessages(String condition, String message) {
        assertThatThrownBy(() -> Condition.parse(ExpressionKind.CONDITION, condition, placeholders()))
                .isInstanceOf(DynamoDbError.class)
                .hasMessage("Invalid ConditionExpression: " + message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    SET n = n + :one                            | {"n": {"N": "6"}}
                    SET n = n - :six                            | {"n": {"N": "-1"}}
                    SET n = if_not_exists(n, :one)              | {"n": {"N": "5"}}
                    SET n = if_not_exists(q, :one) + :one       | {"n": {"N": "2"}}
                    SET l = list_append(l, :list) REMOVE m      | {"l": {"L": [{"N": "1"}, {"M": {"x": {"S": "deep"}}}, {"N": "9"}]}}
                    SET l[5] = :one REMOVE l[0]                 | {"l": {"L": [{"M": {"x": {"S": "deep"}}}, {"N": "1"}]}}
                    SET m.b.c = m.a REMOVE m.a                  | {"m": {"M": {"b": {"M": {"c": {"N": "1"}}}}}}
                    ADD n :one DELETE ss :set                   | {"n": {"N": "6"}, "ss": {"SS": ["a"]}}
                    """)
    void updatesChangeWhatTheyName(String update, String expected) {
        Map<String, AttributeValue> after =
                UpdateExpression.parse(update, placeholders()).applyTo(ITEM);
        assertThat(after).containsAllEntriesOf(item(expected));
        assertThat(ITEM.get("n")).as("the item itself").isEqualTo(new AttributeValue.N("5"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    INVALID SYNTAX HERE      | Invalid UpdateExpression: Syntax error; token: "INVALID", near: "INVALID SYNTAX"
                    SET a = :one SET b = :a  | Invalid UpdateExpression: The "SET" section can only be used once in an update expression;
                    SET a = :one REMOVE a.b  | Invalid UpdateExpression: Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a], path two: [a, b]
                    SET a.b = :a REMOVE a[0] | Invalid UpdateExpression: Two document paths conflict with each other; must remove or rewrite one of these paths; path one: [a, b], path two: [a, [0]]
                    ADD a :a                 | Invalid UpdateExpression: Incorrect operand type for operator or function; operator: ADD, operand type: STRING, typeSet: ALLOWED_FOR_ADD_OPERAND
                    SET a = absent          | The provided expression refers to an attribute that does not exist in the item
                    SET absent.x = :a       | The document path provided in the update expression is invalid for update
                    SET a = s + :one         | An operand in the update expression has an incorrect data type
                    """)
    void mistakesInUpdatesGetAwssMessages(String update, String message) {
        assertThatThrownBy(() -> UpdateExpression.parse(update, placeholders()).applyTo(ITEM))
                .isInstanceOf(DynamoDbError.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    s, absent     | {"s": {"S": "hello"}}
                    m.b.c, m.a     | {"m": {"M": {"b": {"M": {"c": {"S": "deeper"}}}, "a": {"N": "1"}}}}
                    l[1].x         | {"l": {"L": [{"M": {"x": {"S": "deep"}}}]}}
                    """)
    void projectionsKeepWhatTheyName(String projection, String expected) {
        assertThat(Projection.parse(projection, placeholders()).of(ITEM)).isEqualTo(item(expected));
    }
}
