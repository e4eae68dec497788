package org.forgelog.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.forgelog.standalone.UpProcess.created;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.forgelog.cli.Answer;
import org.forgelog.cli.Service;
import org.forgelog.command.CommandSideApplication;
import org.forgelog.dynamodb.DynamoDbEngine;
import org.forgelog.dynamodb.server.DynamoDbServer;
import org.forgelog.engines.SharedEngines;
import org.forgelog.query.QuerySideApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both sides as services of their own, on one PostgreSQL and one DynamoDB. */
class TwoServicesTest {

    private static final String ADMIN_TOKEN = "the-administrators-token";
    private static final String ACCESS_KEY_ID = "test";

    @TempDir
    Path folder;

    @Test
    void aWriteThroughOneIsReadThroughTheOther() throws Exception {
        String database = SharedEngines.freshDatabase();
        try (DynamoDbEngine engine = DynamoDbEngine.inMemory().open();
                DynamoDbServer server = new DynamoDbServer(
                        engine::execute, DynamoDbServer.Settings.onLoopback(0, ACCESS_KEY_ID, "secret"));
                JvmProcess commands = start(CommandSideApplication.class, "query-side", database, server.endpoint())) {
            commands.awaitReady(UpProcess.LIMIT);
            try (JvmProcess queries = start(QuerySideApplication.class, "command-side", database, server.endpoint())) {
                queries.awaitReady(UpProcess.LIMIT);
                writeAndRead(commands, queries);
            }
        }
    }

    private static void writeAndRead(JvmProcess commands, JvmProcess queries) {
        Service writes = new Service(URI.create(commands.url()));
        String token = UpProcess.userWithRepository(writes, ADMIN_TOKEN, "ada", "engine");
        for (int number = 1; number <= 20; number++) {
            Answer written =
                    created(writes.send("POST", "/repos/ada/engine/issues", token, Map.of("title", "Note " + number)));
            String position =
                    written.headers().firstValue("X-Forgelog-Position").orElseThrow();
            Service reads = new Service(URI.create(queries.url())).at(position);
            Answer read = reads.get("/repos/ada/engine/issues/" + number, null);
            assertThat(read.status()).as(read.body().toString()).isEqualTo(200);
            assertThat(read.body().path("title").asString()).isEqualTo("Note " + number);
        }
        assertThat(writes.get("/repos/ada/engine/issues/1", null).status())
                .as("the command side answers no reads")
                .isIn(404, 405);
        assertThat(counted(commands)).contains("http_server_requests_seconds_count");
        assertThat(counted(queries))
                .contains("forgelog_table_requests_total{operation=\"PutItem\",outcome=\"ok\"}")
                .contains("forgelog_projection_write_units_total{kind=\"issue-opened\",table=\"forgelog\"}");
        assertThat(new Service(URI.create(queries.url()))
                        .send("POST", "/repos/ada/engine/issues", token, Map.of("title", "Lost"))
                        .status())
                .as("the query side takes no writes")
                .isIn(404, 405);
    }

    private static String counted(JvmProcess service) {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(service.url() + "/actuator/prometheus"))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private JvmProcess start(Class<?> main, String without, String database, URI dynamoDb) {
        int port = JvmProcess.freePort();
        List<String> args = new ArrayList<>();
        args.add("--server.address=127.0.0.1");
        args.add("--server.port=" + port);
        args.add("--spring.datasource.url=" + database);
        args.add("--forgelog.admin-token=" + ADMIN_TOKEN);
        args.add("--forgelog.personal-data.master-keys=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
        args.add("--forgelog.dynamodb.endpoint=" + dynamoDb);
        args.add("--forgelog.dynamodb.region=us-east-1");
        Map<String, String> environment = Map.of("AWS_ACCESS_KEY_ID", ACCESS_KEY_ID, "AWS_SECRET_ACCESS_KEY", "secret");
        Path output = folder.resolve(main.getSimpleName() + ".out");
        return JvmProcess.start(main, port, classPath(without), output, environment, args.toArray(String[]::new));
    }

    /** As it is deployed: without the other side, and without what puts the two together. */
    private static String classPath(String without) {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !entry.contains("/" + without + "/target/") && !entry.contains("/standalone/target/"))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
