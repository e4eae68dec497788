package org.forgelog.dynamodb;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The same on Amazon's image, so that both are held to one truth. */
class AmazonContractTest extends DynamoDbContract {

    private static final String IMAGE = "amazon/dynamodb-local:3.3.0";
    private static GenericContainer<?> container;

    @BeforeAll
    static void start() {
        boolean docker = isDockerThere();
        if (!docker) {
            System.out.println(
                    "SKIPPED AmazonContractTest: no Docker engine, so nothing is held against Amazon's image");
        }
        assumeTrue(docker, "no Docker engine");
        container = new GenericContainer<>(IMAGE)
                .withExposedPorts(8000)
                .withCommand("-jar", "DynamoDBLocal.jar", "-inMemory", "-disableTelemetry");
        container.start();
    }

    private static boolean isDockerThere() {
        try {
            return DockerClientFactory.instance().isDockerAvailable();
        } catch (RuntimeException e) {
            return false;
        }
    }

    @AfterAll
    static void stop() {
        if (container != null) {
            container.stop();
        }
    }

    /** It keeps a database for each access key. */
    @Override
    DynamoDbClient emptyEngine() {
        return Clients.at(
                URI.create("http://" + container.getHost() + ":" + container.getMappedPort(8000)),
                "key" + UUID.randomUUID().toString().replace("-", ""),
                Clients.SECRET);
    }
}
