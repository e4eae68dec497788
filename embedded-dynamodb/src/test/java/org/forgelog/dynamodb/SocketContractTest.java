package org.forgelog.dynamodb;

import java.nio.file.Path;
import org.forgelog.dynamodb.server.DynamoDbServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Over HTTP, and on disk. */
class SocketContractTest extends DynamoDbContract {

    @TempDir
    private Path folder;

    private DynamoDbEngine engine;
    private DynamoDbServer server;

    @Override
    DynamoDbClient emptyEngine() {
        engine = DynamoDbEngine.at(folder.resolve("store")).open();
        server = new DynamoDbServer(engine::execute, DynamoDbServer.Settings.onLoopback(0, Clients.ID, Clients.SECRET));
        return Clients.at(server.endpoint());
    }

    @AfterEach
    void close() {
        server.close();
        engine.close();
    }
}
