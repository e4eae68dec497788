package org.forgelog.dynamodb.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import org.forgelog.dynamodb.DynamoDbEngine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** Whatever arrives on the socket gets AWS's error or a closed connection, and the engine goes on. */
class BadInputTest {

    private static DynamoDbEngine engine;
    private static DynamoDbServer server;

    @BeforeAll
    static void start() {
        engine = DynamoDbEngine.inMemory().open();
        server = new DynamoDbServer(engine::execute, DynamoDbServer.Settings.onLoopback(0, "id", "secret"));
    }

    @AfterAll
    static void stop() {
        assertAnswers();
        server.close();
        engine.close();
    }

    private static DynamoDbClient client(String id, String secret) {
        return DynamoDbClient.builder()
                .httpClientBuilder(Apache5HttpClient.builder())
                .endpointOverride(server.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(id, secret)))
                .overrideConfiguration(c -> c.retryStrategy(r -> r.maxAttempts(1)))
                .build();
    }

    private static void assertAnswers() {
        try (DynamoDbClient client = client("id", "secret")) {
            client.listTables();
        }
    }

    /** What comes back on a connection of its own until it is closed. */
    private static String send(byte[] request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.endpoint().getPort())) {
            socket.setSoTimeout(300_000);
            OutputStream out = socket.getOutputStream();
            try {
                out.write(request);
                out.flush();
                socket.shutdownOutput();
            } catch (IOException closedEarlier) {
                // Then there may be an answer all the same.
            }
            InputStream in = socket.getInputStream();
            try {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException reset) {
                return "";
            }
        }
    }

    private static byte[] post(String target, String body) {
        return ("POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Amz-Target: " + target + "\r\nContent-Length: "
                        + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void withoutTheAccessKeyNothingIsDone() throws IOException {
        assertThat(send(post("DynamoDB_20120810.ListTables", "{}")))
                .contains("400", "MissingAuthenticationTokenException");
        for (String[] wrong : List.of(new String[] {"other", "secret"}, new String[] {"id", "other"})) {
            try (DynamoDbClient client = client(wrong[0], wrong[1])) {
                assertThat(org.assertj.core.api.Assertions.catchThrowableOfType(
                                        DynamoDbException.class, client::listTables)
                                .awsErrorDetails()
                                .errorCode())
                        .isIn("UnrecognizedClientException", "InvalidSignatureException");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "[]",
                "null",
                "{",
                "{\"TableName\": 5}",
                "{\"TableName\": {\"a\": []}}",
                "{} {}",
                "{\"TableName\": \"abc\", \"Item\": []}",
                "{\"TableName\": \"abc\", \"Item\": {\"pk\": \"x\"}}",
                "{\"TableName\": \"abc\", \"Item\": {\"pk\": {\"S\": 5}}}",
                "{\"TableName\": \"abc\", \"Item\": {\"pk\": {\"B\": \"?\"}}}",
                "{\"TableName\": \"\\ud800\", \"Item\": {\"pk\": {\"N\": \"1e999999999\"}}}",
                "{\"TableName\": \"abc\", \"Item\": {\"pk\": {\"S\": \"a\", \"N\": \"1\"}}}"
            })
    void whatIsNoRequestGetsAwssError(String body) {
        for (String operation : List.of(
                "PutItem",
                "GetItem",
                "Query",
                "Scan",
                "UpdateItem",
                "BatchWriteItem",
                "TransactWriteItems",
                "CreateTable")) {
            String answer = new String(
                    engine.execute("DynamoDB_20120810." + operation, body.getBytes(StandardCharsets.UTF_8))
                            .body(),
                    StandardCharsets.UTF_8);
            assertThat(answer)
                    .as(operation)
                    .containsPattern("SerializationException|ValidationException|ResourceNotFoundException")
                    .doesNotContain("Exception:")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void nestingHasAnEnd() {
        for (int depth : List.of(40, 20_000)) {
            String body = "{\"TableName\": \"abc\", \"Item\": {\"pk\": {\"S\": \"a\"}, \"deep\": "
                    + "{\"L\": [".repeat(depth) + "{\"S\": \"x\"}" + "]}".repeat(depth) + "}}";
            String answer = new String(
                    engine.execute("DynamoDB_20120810.PutItem", body.getBytes(StandardCharsets.UTF_8))
                            .body(),
                    StandardCharsets.UTF_8);
            assertThat(answer).as(depth + " levels").containsPattern("SerializationException|Nesting Levels");
        }
        String condition = "(".repeat(2_000) + "a = :a" + ")".repeat(2_000);
        assertThat(new String(
                        engine.execute(
                                        "DynamoDB_20120810.PutItem",
                                        ("{\"TableName\": \"abc\", \"Item\": {\"pk\": {\"S\": \"a\"}}, \"ConditionExpression\": \""
                                                        + condition
                                                        + "\", \"ExpressionAttributeValues\": {\":a\": {\"S\": \"a\"}}}")
                                                .getBytes(StandardCharsets.UTF_8))
                                .body(),
                        StandardCharsets.UTF_8))
                .contains("ValidationException");
    }

    @Test
    void whatIsTooLongIsNotRead() throws IOException {
        byte[] head = ("POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 16777217\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        assertThat(send(head)).contains(" 413 ");
    }

    @Test
    void unknownOperationsAndServicesAreRefused() {
        for (String target : List.of(
                "",
                "DynamoDB_20120810.ExecuteStatement",
                "DynamoDBStreams_20120810.ListStreams",
                "DynamoDB_20120810.Nothing")) {
            assertThat(new String(
                            engine.execute(target, "{}".getBytes(StandardCharsets.UTF_8))
                                    .body(),
                            StandardCharsets.UTF_8))
                    .contains("UnknownOperationException");
        }
    }

    @Test
    void noiseOnTheSocketHarmsNobody() throws IOException {
        Random random = new Random(3);
        for (int i = 0; i < 50; i++) {
            byte[] noise = new byte[1 + random.nextInt(2_000)];
            random.nextBytes(noise);
            assertThat(send(noise)).doesNotContain("\tat ");
        }
        assertThat(send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII)))
                .contains("200", "healthy");
    }

    @Test
    void connectionsThatStallTakeNoThread() throws IOException {
        List<Socket> stalled = new ArrayList<>();
        try {
            for (int i = 0; i < 300; i++) {
                Socket socket = new Socket("127.0.0.1", server.endpoint().getPort());
                socket.getOutputStream()
                        .write("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{"
                                .getBytes(StandardCharsets.US_ASCII));
                stalled.add(socket);
            }
            assertAnswers();
        } finally {
            for (Socket socket : stalled) {
                socket.close();
            }
        }
    }

    @Test
    void answersBearTheirChecksum() throws IOException {
        String answer = send(post("DynamoDB_20120810.ListTables", "{}"));
        String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
        CRC32 crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.UTF_8));
        assertThat(answer.toLowerCase(java.util.Locale.ROOT)).contains("x-amz-crc32: " + crc.getValue());
    }
}
