package org.forgelog.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DynamoDbLocalTest {
    private static final String TABLE =
            """
            {"TableName":"mine","BillingMode":"PAY_PER_REQUEST",
             "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}],
             "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}]}""";

    @TempDir
    Path folder;

    private static String call(DynamoDbLocal server, String accessKeyId, String operation, String body)
            throws Exception {
        HttpRequest request = HttpRequest.newBuilder(server.endpoint())
                .header("X-Amz-Target", "DynamoDB_20120810." + operation)
                .header("Content-Type", "application/x-amz-json-1.0")
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=" + accessKeyId
                                + "/20200101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=any")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    @Test
    void showsTablesToTheAccessKeyAloneThatMadeThem() throws Exception {
        DynamoDbLocal server = SharedEngines.dynamoDb();
        String mine = DynamoDbLocal.newAccessKeyId();
        call(server, mine, "CreateTable", TABLE);

        assertThat(call(server, mine, "ListTables", "{}")).contains("mine");
        assertThat(call(server, DynamoDbLocal.newAccessKeyId(), "ListTables", "{}"))
                .contains("TableNames")
                .doesNotContain("mine");
    }

    @Test
    void endsItsProcessOnClose() {
        DynamoDbLocal server = DynamoDbLocal.start(EnginesOwner.dynamoDbIn(folder));
        ProcessHandle process = ProcessHandle.of(server.pid()).orElseThrow();
        assertThat(folder.resolve("dynamodb.pid")).hasContent(Long.toString(server.pid()));

        server.close();

        assertThat(Processes.ended(process, Duration.ofSeconds(1))).isTrue();
        assertThat(folder.resolve("dynamodb.pid")).doesNotExist();
    }

    @Test
    void sparesAnUnrelatedProcessThatItsPidFileNames() throws Exception {
        Process unrelated = new ProcessBuilder("sleep", "60").start();
        Files.writeString(folder.resolve("dynamodb.pid"), Long.toString(unrelated.pid()));

        try (DynamoDbLocal server = DynamoDbLocal.start(EnginesOwner.dynamoDbIn(folder))) {
            assertThat(server.pid()).isNotEqualTo(unrelated.pid());
            assertThat(unrelated.isAlive()).isTrue();
        } finally {
            unrelated.destroyForcibly();
        }
    }

    @Test
    void saysThatThePortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            assertThatThrownBy(() -> DynamoDbLocal.start(
                            DynamoDbLocal.Settings.defaults().withPort(taken.getLocalPort())))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("port " + taken.getLocalPort());
        }
    }
}
