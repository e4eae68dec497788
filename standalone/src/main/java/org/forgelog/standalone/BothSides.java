package org.forgelog.standalone;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.forgelog.command.CommandSideConfiguration;
import org.forgelog.command.personal.Remains.Purge;
import org.forgelog.query.QuerySideConfiguration;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import software.amazon.awssdk.http.SdkHttpClient;

/** The command side and the query side as one application on one port. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({CommandSideConfiguration.class, QuerySideConfiguration.class})
class BothSides {

    /** Set where the table is to be on another DynamoDB than the one in this process. */
    private static final String ENDPOINT = "forgelog.dynamodb.endpoint";

    /**
     * Starts the application, and waits for the engines where it first needs them.
     *
     * @param engines begins to start them, with or without one for the table; called once logging is set up
     * @param ready called once they answer, before anybody uses them
     */
    static ConfigurableApplicationContext start(
            int port,
            String adminToken,
            DataFolder folder,
            Function<Boolean, Engines> engines,
            Consumer<Engines> ready) {
        return new SpringApplicationBuilder(BothSides.class)
                .bannerMode(Banner.Mode.OFF)
                .registerShutdownHook(false)
                .properties(properties(port, adminToken, folder))
                .initializers(context -> {
                    ConfigurableEnvironment environment = context.getEnvironment();
                    Engines starting = engines.apply(!environment.containsProperty(ENDPOINT));
                    environment.getPropertySources().addFirst(new MapPropertySource("engines", starting.dataSource()));
                    SdkHttpClient dynamoDb = starting.dynamoDb();
                    Purge purge = starting::purge;
                    context.getBeanFactory().registerSingleton("purge", purge);
                    if (dynamoDb != null) {
                        context.getBeanFactory().registerSingleton("embeddedDynamoDb", dynamoDb);
                    }
                    context.getBeanFactory().addBeanPostProcessor(awaiting(starting, ready));
                })
                .run();
    }

    /** Holds up the first bean that reaches an engine; all others that do are made from it. */
    private static BeanPostProcessor awaiting(Engines engines, Consumer<Engines> ready) {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessBeforeInitialization(Object bean, String name) {
                if (bean instanceof DataSource) {
                    engines.await();
                    ready.accept(engines);
                }
                return bean;
            }
        };
    }

    private static Map<String, Object> properties(int port, String adminToken, DataFolder folder) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("server.address", "127.0.0.1");
        properties.put("server.port", port);
        properties.put("spring.lifecycle.timeout-per-shutdown-phase", "3s");
        properties.put("forgelog.admin-token", adminToken);
        properties.put("forgelog.operator-token", adminToken);
        properties.put("forgelog.personal-data.master-keys", String.join(",", folder.masterKeys()));
        // Nobody else reaches this process's own tables.
        properties.put("forgelog.projection.single-node", true);
        // This process's own engine has no replicas, and its indexes are never behind.
        properties.put("forgelog.settle-delay", "0s");
        // The user reads the terminal; everything else goes to the file.
        properties.put("logging.file.name", folder.log().toString());
        properties.put("logging.threshold.console", "OFF");
        return properties;
    }
}
