package org.forgelog.standalone;

import java.net.URI;
import org.forgelog.cli.Service;
import org.forgelog.dynamodb.DynamoDbEngine;
import org.forgelog.engines.SharedEngines;
import org.forgelog.eventlog.EventLogSchema;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Both sides in the process of the test, on a database and a DynamoDB of their own. */
final class LocalService implements AutoCloseable {

    static final String ADMIN = "the-administrators-token";

    private static final SharedEngines.Template MIGRATED =
            new SharedEngines.Template(url -> EventLogSchema.migrate(new DriverManagerDataSource(url), true));

    private final DynamoDbEngine engine = DynamoDbEngine.inMemory().open();
    private final ConfigurableApplicationContext application;

    private LocalService() {
        this.application = new SpringApplicationBuilder(BothSides.class)
                .initializers(
                        context -> context.getBeanFactory().registerSingleton("embeddedDynamoDb", engine.httpClient()))
                .run(
                        "--server.address=127.0.0.1",
                        "--server.port=0",
                        "--spring.main.banner-mode=off",
                        "--logging.level.root=warn",
                        "--spring.datasource.url=" + MIGRATED.copy(),
                        "--forgelog.admin-token=" + ADMIN,
                        "--forgelog.personal-data.master-keys=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
                        // A busy machine may take its time.
                        "--spring.datasource.hikari.connection-timeout=120000",
                        "--forgelog.read-deadline=120s",
                        "--forgelog.position-wait=120s",
                        // As `up` has it: this engine has no replicas either.
                        "--forgelog.settle-delay=0s",
                        // Clients that know nothing of positions see what they wrote, on a busy machine too.
                        "--forgelog.wait-for-table=120s");
    }

    /** One after the other: logging, which all services of a JVM share, does not bear two that start at once. */
    static synchronized LocalService start() {
        return new LocalService();
    }

    ConfigurableApplicationContext application() {
        return application;
    }

    int port() {
        return Integer.parseInt(String.valueOf(application.getEnvironment().getProperty("local.server.port")));
    }

    String base() {
        return "http://127.0.0.1:" + port();
    }

    Service service() {
        return new Service(URI.create(base()));
    }

    @Override
    public void close() {
        application.close();
        engine.close();
    }
}
