package org.forgelog.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.forgelog.api.Scopes;
import org.forgelog.cli.Answer;
import org.forgelog.cli.Service;
import org.forgelog.command.http.Routes;
import org.forgelog.standalone.RandomRequests.Route;
import org.forgelog.standalone.RandomRequests.Wire;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Random requests to every route of both sides: none is answered as if it were our fault, none is not answered. Some in
 * each build, many with {@code -Pfaults}; {@code -Dfaults.seed=...} makes the same happen again.
 */
class FuzzTest {

    private static final int REQUESTS = Integer.getInteger("faults.requests", 2_000);
    private static final int MANY = 50_000;
    private static final long MOST_GROWTH = 64L << 20;

    private final long seed = Long.getLong("faults.seed", 0) != 0
            ? Long.getLong("faults.seed")
            : new Random().nextLong(1, Integer.MAX_VALUE);

    @Test
    void nothingThatAClientSendsIsAFailureOfOurs() throws IOException {
        try (LocalService local = LocalService.start();
                RawClient client = new RawClient(local.port())) {
            Map<String, String> known = new TreeMap<>();
            List<String> tokens = people(local.service(), known);
            RandomRequests requests =
                    new RandomRequests(new Random(seed), routes(local), tokens, LocalService.ADMIN, known);
            System.out.println("Random requests: seed " + seed + ", " + REQUESTS);
            List<String> failures = new ArrayList<>();
            Map<Integer, Integer> statuses = new TreeMap<>();
            long early = 0;
            long slowest = 0;
            Wire before = null;
            for (int i = 1; i <= REQUESTS && failures.size() < 5; i++) {
                Wire request = requests.next();
                long start = System.nanoTime();
                RawClient.Answer answer;
                try {
                    answer = client.send(request.bytes(), request.head());
                } catch (SocketTimeoutException e) {
                    throw new AssertionError("seed " + seed + ", no answer to\n" + request + "\nafter\n" + before, e);
                }
                before = request;
                slowest = Math.max(slowest, System.nanoTime() - start);
                statuses.merge(answer.status(), 1, Integer::sum);
                if (answer.status() >= 500 && !(answer.status() == 503 && mayBeAway(answer))) {
                    failures.add(answer + "\n" + request);
                }
                if (i == REQUESTS / 4) {
                    early = usedMemory();
                }
            }
            System.out.println("Random requests: answers " + statuses + ", slowest " + slowest / 1_000_000 + " ms");
            assertThat(failures).as("seed " + seed).isEmpty();
            // Enough of them get through to where something could go wrong.
            assertThat(statuses).containsKeys(200, 201, 400, 401, 404, 422);
            if (REQUESTS >= MANY) {
                assertThat(usedMemory()).isLessThan(early + MOST_GROWTH);
            }
        }
    }

    /** A transaction that others got in the way of, for example. */
    private static boolean mayBeAway(RawClient.Answer answer) {
        return answer.headers().containsKey("Retry-After");
    }

    private static long usedMemory() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static List<Route> routes(LocalService local) {
        Stream<Route> commands = new Routes().all().stream().map(route -> new Route(route.method(), route.path()));
        Stream<Route> controllers = local
                .application()
                .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .keySet()
                .stream()
                .flatMap(info -> info.getPatternValues().stream()
                        .flatMap(pattern -> info.getMethodsCondition().getMethods().stream()
                                .map(method -> new Route(method.name(), pattern.replaceAll(":[^}]*", "")))));
        Stream<Route> others = Stream.of(
                        "/actuator",
                        "/actuator/health",
                        "/actuator/health/readiness",
                        "/actuator/prometheus",
                        "/nowhere",
                        "/error")
                .map(path -> new Route("GET", path));
        return Stream.of(commands, controllers, others, Stream.of(new Route("POST", "/batch")))
                .flatMap(all -> all)
                .sorted(Comparator.comparing(Route::pattern).thenComparing(Route::method))
                .toList();
    }

    /** Two users with tokens, an organization, and two repositories with something in them. */
    private static List<String> people(Service service, Map<String, String> known) {
        List<String> tokens = new ArrayList<>();
        for (String login : List.of("ada", "bob")) {
            created(service.send("POST", "/admin/users", LocalService.ADMIN, Map.of("login", login)));
            Answer token = created(service.send(
                    "POST",
                    "/admin/users/" + login + "/authorizations",
                    LocalService.ADMIN,
                    Map.of("scopes", Scopes.ALL.words())));
            tokens.add(token.body().path("token").asString());
        }
        String ada = tokens.getFirst();
        created(service.send(
                "POST", "/admin/organizations", LocalService.ADMIN, Map.of("login", "acme", "admin", "ada")));
        created(service.send("POST", "/orgs/acme/repos", ada, Map.of("name", "secret", "private", true)));
        Answer engine = created(service.send("POST", "/user/repos", ada, Map.of("name", "engine")));
        known.put("repository_id", engine.body().path("id").asString());
        known.put("id", engine.body().path("id").asString());
        created(service.send("POST", "/repos/ada/engine/labels", ada, Map.of("name", "bug")));
        created(service.send("POST", "/repos/ada/engine/issues", ada, Map.of("title", "one")));
        created(service.send(
                "POST", "/repos/ada/engine/pulls", ada, Map.of("title", "two", "head", "f", "base", "main")));
        Answer comment =
                created(service.send("POST", "/repos/ada/engine/issues/1/comments", ada, Map.of("body", "three")));
        known.put("comment_id", comment.body().path("id").asString());
        known.put("comment", comment.body().path("id").asString());
        return tokens;
    }

    private static Answer created(Answer answer) {
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(201);
        return answer;
    }
}
