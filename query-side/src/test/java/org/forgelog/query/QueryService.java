package org.forgelog.query;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.forgelog.api.http.ApiJson;
import org.forgelog.domain.DomainEvent;
import org.forgelog.eventlog.Position;
import org.forgelog.eventlog.SignedPositions;
import org.forgelog.query.projection.deployment.Projections;
import org.slf4j.bridge.SLF4JBridgeHandler;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import tools.jackson.databind.JsonNode;

/** The query side as it runs, on a log and a table of its own, spoken to over HTTP. */
public final class QueryService implements AutoCloseable {

    public static final String ADMIN = "admin-token-of-the-test";

    /** Unless a test says otherwise. */
    private static final List<String> USUAL = List.of(
            // A busy machine may take its time.
            "--forgelog.read-deadline=60s",
            "--forgelog.position-wait=60s",
            "--spring.datasource.hikari.minimum-idle=1",
            // Loading is quicker that way, and tests of two nodes load before the second one is there.
            "--forgelog.projection.single-node=true");

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    static {
        // Logging is set up once, by logback-test.xml: applications that start side by side would reset it under each
        // other.
        System.setProperty(LoggingSystem.SYSTEM_PROPERTY, LoggingSystem.NONE);
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }

    private final TestLog log;
    private final TestTable table;
    private final ConfigurableApplicationContext context;
    private boolean beside;

    /** A second node on the same log and table. */
    public QueryService beside(String... properties) {
        QueryService node = new QueryService(log, table, properties);
        node.beside = true;
        return node;
    }

    /** A second node of another program: with these beans in place of its own. */
    public QueryService beside(Consumer<GenericApplicationContext> beans, String... properties) {
        QueryService node = new QueryService(log, table, beans, properties);
        node.beside = true;
        return node;
    }

    public QueryService(TestLog log, TestTable table, String... properties) {
        this(log, table, context -> {}, properties);
    }

    /** One of another program: with these beans in place of its own. */
    public QueryService(TestLog log, TestTable table, Consumer<GenericApplicationContext> beans, String... properties) {
        this.log = log;
        this.table = table;
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--spring.datasource.url=" + log.url(),
                "--spring.main.banner-mode=off",
                "--forgelog.admin-token=" + ADMIN,
                "--forgelog.operator-token=operators"));
        for (String property : properties) {
            arguments.add("--" + property);
        }
        for (String usual : USUAL) {
            String name = usual.substring(0, usual.indexOf('=') + 1);
            if (arguments.stream().noneMatch(argument -> argument.startsWith(name))) {
                arguments.add(usual);
            }
        }
        this.context = new SpringApplicationBuilder(QuerySideApplication.class)
                .initializers(c -> {
                    GenericApplicationContext application = (GenericApplicationContext) c;
                    beans.accept(application);
                    if (!application.containsBeanDefinition(DynamoDbClient.class.getName())) {
                        application.registerBean(
                                DynamoDbClient.class, () -> table.client(), bean -> bean.setDestroyMethodName(""));
                    }
                })
                .run(arguments.toArray(new String[0]));
    }

    public static QueryService start(String... properties) {
        return new QueryService(new TestLog(), new TestTable(), properties);
    }

    /** One that has events from the beginning: a table that does not serve yet is loaded faster. */
    public static QueryService startWith(List<? extends DomainEvent> events, String... properties) {
        TestLog log = new TestLog();
        log.appendAll(events);
        return new QueryService(log, new TestTable(), properties);
    }

    public TestLog log() {
        return log;
    }

    public TestTable table() {
        return table;
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public <T> T bean(String name, Class<T> type) {
        return context.getBean(name, type);
    }

    /** An answer over HTTP. */
    public record Answer(int status, String text, Map<String, List<String>> headers) {

        public JsonNode json() {
            return ApiJson.mapper().readTree(text);
        }

        public Optional<String> header(String name) {
            return headers.entrySet().stream()
                    .filter(e -> e.getKey().equalsIgnoreCase(name))
                    .map(e -> e.getValue().getFirst())
                    .findFirst();
        }

        /** The URL that the Link header gives for a relation. */
        public Optional<String> link(String rel) {
            Matcher matcher = Pattern.compile("<([^>]+)>; rel=\"" + rel + "\"")
                    .matcher(header("Link").orElse(""));
            return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
        }

        public String cost() {
            return header("X-Forgelog-Cost").orElse("none");
        }

        public int rounds() {
            return Integer.parseInt(cost().replaceAll(".*rounds=(\\d+).*", "$1"));
        }

        public double readUnits() {
            return Double.parseDouble(cost().replaceAll(".*read-units=([0-9.]+).*", "$1"));
        }

        public int requests() {
            return Integer.parseInt(cost().replaceAll(".*requests=(\\d+).*", "$1"));
        }
    }

    public Answer get(String path) {
        return get(path, null);
    }

    /** @param token whose, {@code null} for a stranger */
    public Answer get(String path, String token, String... headers) {
        return send("GET", path, token, headers);
    }

    public Answer send(String method, String path, String token, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(path.startsWith("http") ? path : base() + path))
                .timeout(Eventually.LONGEST)
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (token != null) {
            request.header("Authorization", "token " + token);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(
                    response.statusCode(), response.body(), response.headers().map());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public String property(String name) {
        return context.getEnvironment().getProperty(name);
    }

    public String base() {
        return "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port");
    }

    /** A position as the command side gives it. */
    public String position(long index, String... sequences) {
        return bean(SignedPositions.class).encode(new Position(index, Set.of(sequences)));
    }

    /** Waits until the table has everything that is in the log. */
    public void await() {
        await(log.reader().head());
    }

    public void await(long position) {
        try {
            if (!bean(Projections.class)
                    .serving()
                    .status()
                    .await(new Position(position, Set.of()), Eventually.LONGEST)) {
                throw new AssertionError("the table did not get to " + position);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        context.close();
        if (!beside) {
            log.close();
            table.close();
        }
    }
}
