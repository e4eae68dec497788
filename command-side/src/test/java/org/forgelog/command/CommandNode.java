package org.forgelog.command;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.forgelog.api.Scopes;
import org.forgelog.engines.SharedEngines;
import org.forgelog.eventlog.EventLogSchema;
import org.slf4j.bridge.SLF4JBridgeHandler;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.JsonNode;

/** A command side of its own, on a port of its own, called as clients call it. */
public final class CommandNode implements AutoCloseable {

    public static final String ADMIN = "the-administrators-token";

    /** For tests alone: 32 bytes that everybody knows. */
    public static final String MASTER_KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    static {
        // Logging is set up once, by logback-test.xml: applications that start side by side would reset it under each
        // other.
        System.setProperty(LoggingSystem.SYSTEM_PROPERTY, LoggingSystem.NONE);
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }

    private static final SharedEngines.Template MIGRATED =
            new SharedEngines.Template(url -> EventLogSchema.migrate(new DriverManagerDataSource(url), true));

    private final ServletWebServerApplicationContext context;
    private final SettableClock clock;

    private CommandNode(ServletWebServerApplicationContext context, SettableClock clock) {
        this.context = context;
        this.clock = clock;
    }

    /** JDBC URL of a database with an empty log. */
    public static String freshDatabase() {
        return MIGRATED.copy();
    }

    public static CommandNode onFreshDatabase() {
        return on(freshDatabase());
    }

    /** One for all tests that share: each works with users of its own, see {@link #newLogin()}. */
    public static CommandNode shared() {
        return Shared.NODE;
    }

    private static final class Shared {
        static final CommandNode NODE = onFreshDatabase();
    }

    public static CommandNode on(String jdbcUrl) {
        return on(jdbcUrl, "0ms");
    }

    /** One that invites people instead of giving them rights at once. */
    public static CommandNode askingFirst(String jdbcUrl) {
        return on(jdbcUrl, "0ms", true, UnaryOperator.identity());
    }

    /** @param wait how long commands wait for the table */
    public static CommandNode on(String jdbcUrl, String wait) {
        return on(jdbcUrl, wait, false, UnaryOperator.identity());
    }

    /** One that counts how often it goes to the database. */
    public static CommandNode counting(String jdbcUrl) {
        return on(jdbcUrl, "0ms", false, CountingDataSource::new, Map.of("forgelog.webhooks.parallel", "0"));
    }

    /** What went to the database since it was asked last; not who is calling, which is cached for a while. */
    public List<String> trips() {
        return ((CountingDataSource) bean(DataSource.class))
                .trips().stream().filter(sql -> !sql.contains("sha256")).toList();
    }

    /** One with more settings, by name. */
    public static CommandNode with(String jdbcUrl, Map<String, Object> settings) {
        return on(jdbcUrl, "0ms", false, UnaryOperator.identity(), settings);
    }

    /** Most tests are about what comes of rights, and ask nobody. */
    private static CommandNode on(String jdbcUrl, String wait, boolean asksFirst, UnaryOperator<DataSource> wrapped) {
        return on(jdbcUrl, wait, asksFirst, wrapped, Map.of());
    }

    private static CommandNode on(
            String jdbcUrl,
            String wait,
            boolean asksFirst,
            UnaryOperator<DataSource> wrapped,
            Map<String, Object> settings) {
        SettableClock clock = new SettableClock();
        Map<String, Object> properties = new TreeMap<>(Map.of(
                "server.port",
                "0",
                "spring.datasource.url",
                jdbcUrl,
                "spring.datasource.hikari.maximum-pool-size",
                "12",
                "spring.datasource.hikari.minimum-idle",
                "1",
                "forgelog.admin-token",
                ADMIN,
                "forgelog.wait-for-table",
                wait,
                "forgelog.invitations",
                Boolean.toString(asksFirst),
                "spring.main.banner-mode",
                "off"));
        properties.put("forgelog.personal-data.master-keys", MASTER_KEY);
        // A busy machine may take its time.
        properties.put("spring.datasource.hikari.connection-timeout", "300000");
        properties.put(
                "spring.datasource.hikari.data-source-properties.options",
                "-c lock_timeout=300000 -c idle_in_transaction_session_timeout=300000");
        properties.putAll(settings);
        SpringApplication application = new SpringApplication(CommandSideApplication.class);
        application.setDefaultProperties(properties);
        application.addInitializers(context -> {
            ((GenericApplicationContext) context).registerBean("testClock", Clock.class, () -> clock);
            context.getBeanFactory().addBeanPostProcessor(new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    return bean instanceof DataSource dataSource ? wrapped.apply(dataSource) : bean;
                }
            });
        });
        String[] arguments = properties.entrySet().stream()
                .map(e -> "--" + e.getKey() + "=" + e.getValue())
                .toArray(String[]::new);
        return new CommandNode((ServletWebServerApplicationContext) application.run(arguments), clock);
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    <T> T bean(String name, Class<T> type) {
        return context.getBean(name, type);
    }

    /** Every bean's type, by name. */
    Map<String, Class<?>> beanTypes() {
        Map<String, Class<?>> types = new TreeMap<>();
        for (String name : context.getBeanDefinitionNames()) {
            Class<?> type = context.getType(name);
            if (type != null) {
                types.put(name, type);
            }
        }
        return types;
    }

    public JdbcClient sql() {
        return JdbcClient.create(bean(DataSource.class));
    }

    public SettableClock clock() {
        return clock;
    }

    public String url() {
        return "http://127.0.0.1:" + context.getWebServer().getPort();
    }

    /** Registers a user and answers a token of theirs. */
    public String user(String login) {
        Answered registered = post("/admin/users", ADMIN, "{\"login\":\"" + login + "\"}");
        if (registered.status() != 201) {
            throw new IllegalStateException(registered.toString());
        }
        return token(login);
    }

    /** A token of theirs, for everything. */
    public String token(String login) {
        return token(login, Scopes.ALL.words());
    }

    public String token(String login, List<String> scopes) {
        String words = scopes.isEmpty() ? "" : "\"" + String.join("\",\"", scopes) + "\"";
        return post("/admin/users/" + login + "/authorizations", ADMIN, "{\"scopes\":[" + words + "]}")
                .json()
                .get("token")
                .stringValue();
    }

    public Answered post(String path, String token, String body, String... headers) {
        return call("POST", path, token, body, headers);
    }

    /** Has the administrator's long work done: what it reports, or how it failed, as if it had been answered at once. */
    public Answered job(String path, String body) {
        Answered begun = post(path, ADMIN, body);
        if (begun.status() != 202) {
            return begun;
        }
        Answered now = begun;
        while (now.json().get("state").stringValue().equals("running")) {
            LockSupport.parkNanos(10_000_000);
            now = call("GET", "/admin/jobs/" + begun.json().get("id").stringValue(), ADMIN, null);
        }
        JsonNode failure = now.json().get("failure");
        return failure.isNull()
                ? new Answered(200, now.headers(), now.json().get("report").toString())
                : new Answered(failure.get("status").intValue(), now.headers(), failure.toString());
    }

    public Answered patch(String path, String token, String body, String... headers) {
        return call("PATCH", path, token, body, headers);
    }

    public Answered put(String path, String token, String body, String... headers) {
        return call("PUT", path, token, body, headers);
    }

    public Answered delete(String path, String token, String... headers) {
        return call("DELETE", path, token, null, headers);
    }

    /** @param token {@code null} for nobody */
    public Answered call(String method, String path, String token, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url() + path))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (token != null) {
            request.header("Authorization", "token " + token);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answered(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static final AtomicInteger logins = new AtomicInteger();

    /** A login that no other test uses. */
    public String newLogin() {
        return "user-" + logins.incrementAndGet();
    }

    /** A new user. */
    public User newUser() {
        String login = newLogin();
        return new User(this, login, user(login));
    }

    /** Registers an organization and answers its login. */
    public String newOrganization(User admin) {
        String login = "org-" + newLogin();
        Answered registered = post(
                "/admin/organizations", ADMIN, "{\"login\":\"" + login + "\",\"admin\":\"" + admin.login() + "\"}");
        if (registered.status() != 201) {
            throw new IllegalStateException(registered.toString());
        }
        return login;
    }

    /** A user with a token. */
    public record User(CommandNode node, String login, String token) {

        /** Creates a public repository, where issues and pull requests have separate number sequences, and answers its path. */
        public String repository(String name) {
            return repository(name, "");
        }

        /** Creates a public repository, where a pull request is an issue, and answers its path. */
        public String sharingRepository(String name) {
            return created(name, "");
        }

        /** @param settings more fields, each with a comma before it */
        public String repository(String name, String settings) {
            return created(name, ",\"numbering\":\"separate\"" + settings);
        }

        private String created(String name, String settings) {
            Answered created = node.post("/user/repos", token, "{\"name\":\"" + name + "\"" + settings + "}");
            if (created.status() != 201) {
                throw new IllegalStateException(created.toString());
            }
            return "/repos/" + login + "/" + name;
        }

        public Answered post(String path, String body, String... headers) {
            return node.post(path, token, body, headers);
        }

        public Answered patch(String path, String body, String... headers) {
            return node.patch(path, token, body, headers);
        }

        public Answered put(String path, String body, String... headers) {
            return node.put(path, token, body, headers);
        }

        public Answered delete(String path, String... headers) {
            return node.delete(path, token, headers);
        }
    }

    /** How many events there are. */
    public long events() {
        return sql().sql("select count(*) from domain_event").query(Long.class).single();
    }

    @Override
    public void close() {
        context.close();
    }
}
