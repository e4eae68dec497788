package org.forgelog.query.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** The CloudFormation template makes the table that the code makes, and allows what the code calls and nothing else. */
class AwsTemplateTest {

    private static final Path TEMPLATE = Path.of("../deploy/aws/forgelog.yaml");

    private static Map<String, Map<String, Object>> resources;

    @BeforeAll
    static void read() throws IOException {
        resources = cast(map(new Yaml().load(Files.readString(TEMPLATE))).get("Resources"));
    }

    @Test
    void theTableIsTheCodes() {
        CreateTableRequest code = TableSchema.definition("forgelog");
        Map<String, Object> table = properties("Table");
        assertThat(table.get("BillingMode")).isEqualTo(code.billingModeAsString());
        assertThat(attributes(table))
                .containsExactlyElementsOf(code.attributeDefinitions().stream()
                        .map(AwsTemplateTest::text)
                        .toList());
        assertThat(keys(table)).isEqualTo(texts(code.keySchema()));
        List<Map<String, Object>> indexes = cast(table.get("GlobalSecondaryIndexes"));
        assertThat(indexes.stream().map(index -> "" + index.get("IndexName") + keys(index) + index.get("Projection")))
                .containsExactlyElementsOf(code.globalSecondaryIndexes().stream()
                        .map(index -> index.indexName()
                                + texts(index.keySchema())
                                + Map.of("ProjectionType", index.projection().projectionTypeAsString()))
                        .toList());
        assertThat(map(table.get("TimeToLiveSpecification"))).containsEntry("AttributeName", Attr.TTL);
    }

    @Test
    void theTableIsProtected() {
        Map<String, Object> table = properties("Table");
        assertThat(table.get("DeletionProtectionEnabled")).isEqualTo(true);
        assertThat(map(table.get("PointInTimeRecoverySpecification")))
                .containsEntry("PointInTimeRecoveryEnabled", true);
        assertThat(map(table.get("SSESpecification"))).containsEntry("SSEEnabled", true);
        assertThat(resources.get("Table"))
                .containsEntry("DeletionPolicy", "Retain")
                .containsEntry("UpdateReplacePolicy", "Retain");
    }

    @Test
    void theQuerySideMayDoWhatItsCodeCallsAndNothingElse() {
        assertThat(actions("QuerySidePolicy", "QuerySideReplayPolicy")).isEqualTo(calls());
        Set<String> ofTables = Set.of("dynamodb:CreateTable", "dynamodb:DeleteTable", "dynamodb:UpdateTimeToLive");
        assertThat(actions("QuerySidePolicy")).doesNotContainAnyElementsOf(ofTables);
        assertThat(statements("QuerySidePolicy", "QuerySideReplayPolicy")
                        .flatMap(statement ->
                                AwsTemplateTest.<List<Map<String, String>>>cast(statement.get("Resource")).stream()
                                        .map(resource -> resource.get("Fn::Sub"))))
                .allMatch(arn -> arn.contains(":table/${TableName}"));
    }

    @Test
    void theCommandSideMayDoNothing() {
        assertThat(properties("CommandSideRole")).doesNotContainKeys("Policies", "ManagedPolicyArns");
        assertThat(resources.values().stream()
                        .filter(resource -> resource.get("Type").equals("AWS::IAM::RolePolicy"))
                        .map(resource -> map(resource.get("Properties")).get("RoleName")))
                .hasSize(2)
                .containsOnly(Map.of("Ref", "QuerySideRole"));
    }

    @Test
    void alarmsTellOfThrottlingAndFailuresAndLeadToTheRunbook() throws IOException {
        String runbook = Files.readString(Path.of("../docs/operating/runbook.md"));
        List<Map<String, Object>> alarms = resources.values().stream()
                .filter(resource -> resource.get("Type").equals("AWS::CloudWatch::Alarm"))
                .map(resource -> map(resource.get("Properties")))
                .toList();
        assertThat(alarms.stream().map(alarm -> alarm.get("MetricName")))
                .contains("WriteThrottleEvents", "ReadThrottleEvents", "SystemErrors", "SuccessfulRequestLatency");
        assertThat(alarms.stream()
                        .map(alarm -> alarm.get("AlarmDescription").toString())
                        .filter(text -> text.contains("runbook.md, "))
                        .map(text -> text.replaceAll(".*runbook\\.md, (\\w+)\\.", "$1")))
                .hasSizeGreaterThan(3)
                .allMatch(name -> runbook.contains("\n## " + name + "\n"));
    }

    /** What IAM calls the requests that the code makes. */
    private static Set<String> calls() {
        JavaClasses ours = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("org.forgelog.query");
        Set<String> calls = new TreeSet<>();
        ours.stream().flatMap(type -> type.getMethodCallsFromSelf().stream()).forEach(call -> action(call)
                .ifPresent(calls::add));
        assertThat(calls).hasSizeGreaterThan(8);
        return calls;
    }

    private static Optional<String> action(JavaMethodCall call) {
        String name = call.getTarget().getName();
        String action = Character.toUpperCase(name.charAt(0)) + name.substring(1);
        if (call.getTargetOwner().isEquivalentTo(DynamoDbClient.class)) {
            // A transaction is allowed by what is in it.
            boolean whole = Set.of(
                            "TransactWriteItems",
                            "TransactGetItems",
                            "Builder",
                            "Close",
                            "ServiceName",
                            "ServiceClientConfiguration")
                    .contains(action);
            return whole ? Optional.empty() : Optional.of("dynamodb:" + action);
        }
        if (call.getTargetOwner().isEquivalentTo(TransactWriteItem.Builder.class)) {
            return switch (name) {
                case "put" -> Optional.of("dynamodb:PutItem");
                case "update" -> Optional.of("dynamodb:UpdateItem");
                case "delete" -> Optional.of("dynamodb:DeleteItem");
                case "conditionCheck" -> Optional.of("dynamodb:ConditionCheckItem");
                default -> Optional.empty();
            };
        }
        return Optional.empty();
    }

    private static Set<String> actions(String... policies) {
        return statements(policies)
                .flatMap(statement -> AwsTemplateTest.<List<String>>cast(statement.get("Action")).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<Map<String, Object>> statements(String... policies) {
        return Stream.of(policies)
                .map(policy -> map(properties(policy).get("PolicyDocument")))
                .flatMap(document ->
                        AwsTemplateTest.<List<Map<String, Object>>>cast(document.get("Statement")).stream());
    }

    private static Map<String, Object> properties(String resource) {
        return map(resources.get(resource).get("Properties"));
    }

    private static List<String> attributes(Map<String, Object> table) {
        List<Map<String, String>> attributes = cast(table.get("AttributeDefinitions"));
        return attributes.stream()
                .map(attribute -> attribute.get("AttributeName") + " " + attribute.get("AttributeType"))
                .toList();
    }

    private static String text(AttributeDefinition attribute) {
        return attribute.attributeName() + " " + attribute.attributeTypeAsString();
    }

    private static List<String> keys(Map<String, Object> tableOrIndex) {
        List<Map<String, String>> keys = cast(tableOrIndex.get("KeySchema"));
        return keys.stream()
                .map(key -> key.get("AttributeName") + " " + key.get("KeyType"))
                .toList();
    }

    private static List<String> texts(Collection<KeySchemaElement> keys) {
        return new ArrayList<>(keys)
                .stream()
                        .map(key -> key.attributeName() + " " + key.keyTypeAsString())
                        .toList();
    }

    private static Map<String, Object> map(Object value) {
        return cast(value);
    }

    @SuppressWarnings("unchecked")
    private static <T> T cast(Object value) {
        return (T) value;
    }
}
