package org.forgelog.standalone;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * Both sides in this process, and a client that holds every answer against their own description, and every answer of a
 * repository against the same by the repository's id.
 */
final class DescribedService implements AutoCloseable {

    static final String ADMIN = LocalService.ADMIN;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** An answer that is as described. */
    record Answered(int status, HttpHeaders headers, String text) {

        JsonNode json() {
            try {
                return text.isEmpty() ? MissingNode.getInstance() : JSON.readTree(text);
            } catch (JacksonException e) {
                return MissingNode.getInstance();
            }
        }
    }

    private final LocalService local;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final String base;
    private final Description description;
    private final GitHubDescription gitHub = GitHubDescription.load();
    private final Set<String> called = new TreeSet<>();
    private final List<String> problems = new ArrayList<>();
    private final Map<String, Long> repositories = new HashMap<>();
    private String position;

    private DescribedService(LocalService local) {
        this.local = local;
        this.base = local.base();
        this.description = Description.of(send("GET", "/openapi.json", null, "").body());
    }

    static DescribedService start() {
        return new DescribedService(LocalService.start());
    }

    ConfigurableApplicationContext application() {
        return local.application();
    }

    /** Appends an event that nobody knows, and answers its position. */
    long poison(String sequence) {
        return application()
                .getBean(JdbcClient.class)
                .sql(
                        """
                        with strange as (
                          insert into domain_event (event_id, aggregate_type, aggregate_id, sequence_number, type, revision,
                            payload, metadata, sequence_key, appended_at)
                          values (gen_random_uuid(), 'test', 'poison', 0, 'not-yet-known', 1, '{}', '{}', ?, now())
                          returning global_index)
                        select global_index from strange
                        """)
                .param(sequence)
                .query(Long.class)
                .single();
    }

    Description description() {
        return description;
    }

    String base() {
        return base;
    }

    /** The ids of the operations that were carried out. */
    Set<String> called() {
        return called;
    }

    /** Everything that was not as described, or not as asked for. */
    List<String> problems() {
        return problems;
    }

    /** Asks for something that is there. */
    JsonNode get(String path, String token, String... headers) {
        Answered answer = does("GET", path, token, null, headers);
        sameByRepositoryId(path, token, answer, headers);
        return answer.json();
    }

    /** Has something done. */
    JsonNode does(String method, String path, String token, Object body) {
        return does(method, path, token, body, new String[0]).json();
    }

    private Answered does(String method, String path, String token, Object body, String... headers) {
        Answered answer = ask(method, path, token, body, headers);
        if (answer.status() >= 300) {
            problem(method + " " + path, answer, List.of("it was refused"));
        }
        return answer;
    }

    /** Asks for what is answered with this status. */
    Answered answered(int status, String method, String path, String token, Object body, String... headers) {
        Answered answer = ask(method, path, token, body, headers);
        if (answer.status() != status) {
            problem(method + " " + path, answer, List.of(status + " was expected"));
        }
        return answer;
    }

    private void problem(String request, Answered answer, List<String> found) {
        problems.add(
                request + " was answered " + answer.status + " " + answer.text + "\n  " + String.join("\n  ", found));
    }

    private Answered ask(String method, String path, String token, Object body, String... headers) {
        String text = body == null ? "" : body instanceof String raw ? raw : JSON.writeValueAsString(body);
        HttpResponse<String> response = send(method, path, token, text, headers);
        Answered answer = new Answered(response.statusCode(), response.headers(), response.body());
        String request = method + " " + path + " " + text;
        URI uri = URI.create(base + path);
        Optional<Description.Operation> found = description.operation(method, uri);
        if (found.isEmpty()) {
            problem(request, answer, List.of("it is not described"));
            return answer;
        }
        Description.Operation operation = found.get();
        List<String> wrong = description.problems(operation, answer.status, answer.headers, answer.text);
        if (answer.status < 300) {
            wrong = Stream.of(wrong, description.problems(operation, uri, text))
                    .flatMap(List::stream)
                    .toList();
            wrong = Stream.of(
                            wrong,
                            gitHub.problems(operation.id(), method, uri, answer.status, answer.headers, answer.text))
                    .flatMap(List::stream)
                    .toList();
            called.add(operation.id());
            response.headers().firstValue("X-Forgelog-Position").ifPresent(value -> position = value);
            remember(answer.json());
        }
        if (!wrong.isEmpty()) {
            problem(request, answer, wrong);
        }
        return answer;
    }

    private void remember(JsonNode json) {
        if (json.has("full_name")) {
            repositories.put(json.path("full_name").asString(), json.path("id").asLong());
        }
    }

    private void sameByRepositoryId(String path, String token, Answered first, String... headers) {
        String[] parts = path.split("[/?]", 5);
        if (parts.length < 4 || !parts[1].equals("repos")) {
            return;
        }
        Long id = repositories.get(parts[2] + "/" + parts[3]);
        if (id != null) {
            String rest = path.substring(("/repos/" + parts[2] + "/" + parts[3]).length());
            Answered second = ask("GET", "/repositories/" + id + rest, token, null, headers);
            if (!second.text().equals(first.text())) {
                problem("GET " + path + " by the repository's id", second, List.of("by its name: " + first.text()));
            }
        }
    }

    private HttpResponse<String> send(String method, String path, String token, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(60))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (token != null) {
            request.header("Authorization", "token " + token);
        }
        if (!method.equals("GET")) {
            // It is the reads that wait, as long as they must: quicker than each write by itself.
            request.header("Prefer", "respond-async");
        } else if (position != null) {
            request.header("X-Forgelog-Position", position);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        local.close();
        http.close();
    }
}
