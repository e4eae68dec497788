package org.forgelog.dynamodb;

import org.junit.jupiter.api.AfterEach;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class InProcessContractTest extends DynamoDbContract {

    private DynamoDbEngine engine;

    @Override
    DynamoDbClient emptyEngine() {
        engine = DynamoDbEngine.inMemory().open();
        return Clients.of(engine);
    }

    @AfterEach
    void close() {
        engine.close();
    }
}
