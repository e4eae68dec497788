package org.forgelog.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.forgelog.domain.DomainEvent;
import org.forgelog.domain.account.AccountEvent.AccountRegistered;
import org.forgelog.domain.comment.CommentEvent.CommentWritten;
import org.forgelog.domain.issue.IssueEvent.IssueOpened;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestOpened;
import org.forgelog.domain.repository.RepositoryEvent.RepositoryCreated;
import org.forgelog.query.QueryService.Answer;
import org.forgelog.query.projection.control.OperationRefused;
import org.forgelog.query.projection.deployment.ProjectedTable;
import org.forgelog.query.projection.deployment.Projections;
import org.forgelog.query.projection.deployment.Replays;
import org.forgelog.query.projection.deployment.Replays.Phase;
import org.forgelog.query.read.SequenceClock;
import org.forgelog.query.verify.RandomForge;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Answers from memory are what the table would answer: over random histories two nodes that remember say the same as one
 * that does not, at the same position, whoever projects, and whether the table was replayed or switched meanwhile. That they
 * would not if they heard of changes too late, never, or only of their own, shows that it is looked at closely enough.
 */
@Order(1)
class CacheExactnessTest {

    private static final int STEPS = Integer.getInteger("forgelog.cache.steps", 60);
    /** In so many steps the table is replayed in place once, and switched once. */
    private static final int REPLAYED = 30;

    private static final String[] REMEMBERING = {"forgelog.settle-delay=0s", "forgelog.position-wait=60s"};
    /** What there is to ask for, as far as a history has come. */
    private static final class Routes {

        private final List<String> routes = new ArrayList<>(List.of("/users", "/repositories", "/organizations"));
        private final Random random;
        private long caller;

        Routes(Random random) {
            this.random = random;
        }

        void learn(DomainEvent event) {
            switch (event) {
                case AccountRegistered e -> {
                    caller = caller == 0 ? e.accountId().value() : caller;
                    add("/users/" + e.login(), "", "/repos", "/orgs", "/owned", "/managed", "/starred");
                    add("/user/" + e.accountId().value(), "");
                    add("/orgs/" + e.login(), "", "/members", "/repos");
                }
                case RepositoryCreated e -> {
                    add("/repos/" + e.ownerLogin() + "/" + e.name(), "", "/issues", "/pulls?state=all", "/labels");
                    add(
                            "/repositories/" + e.repositoryId().value(),
                            "",
                            "/issues?state=all",
                            "/activity",
                            "/stargazers",
                            "/forks",
                            "/issues/comments",
                            "/issues/events",
                            "/events");
                }
                case IssueOpened e ->
                    add(
                            "/repositories/" + e.repositoryId().value() + "/issues/" + e.number(),
                            "",
                            "/comments",
                            "/timeline",
                            "/reactions");
                case PullRequestOpened e ->
                    add("/repositories/" + e.repositoryId().value() + "/pulls/" + e.number(), "", "/comments");
                case CommentWritten e ->
                    add(
                            "/repositories/" + e.place().repositoryId().value() + "/issues/comments/"
                                    + e.commentId().value(),
                            "");
                default -> {}
            }
        }

        private void add(String base, String... more) {
            Arrays.stream(more).forEach(each -> routes.add(base + each));
        }

        /** Some of them, the newest more often. */
        List<String> some(int count) {
            return random.ints(count, 0, routes.size())
                    .map(i -> random.nextBoolean() ? i : routes.size() - 1 - i / 10)
                    .mapToObj(routes::get)
                    .distinct()
                    .toList();
        }
    }

    /** @param clocks what each of the nodes that remember knows of changes by, if not by the usual one */
    private static void compare(long seed, int steps, SequenceClock... clocks) throws InterruptedException {
        Random random = new Random(seed);
        RandomForge forge = new RandomForge(seed);
        Routes routes = new Routes(random);
        try (QueryService asking = QueryService.start("forgelog.cache.bytes=0", "forgelog.position-wait=60s");
                QueryService first = beside(asking, clocks.length > 0 ? clocks[0] : null);
                QueryService second =
                        beside(asking, clocks.length > 1 ? clocks[1] : null, "forgelog.projection.enabled=false")) {
            List<QueryService> nodes = List.of(asking, first, second);
            for (int step = 0; step < steps; step++) {
                List<DomainEvent> events = forge.happens(step == 0 ? 150 : 1 + random.nextInt(6));
                events.forEach(routes::learn);
                if (step % REPLAYED == REPLAYED / 3) {
                    replayInPlace(nodes);
                } else if (step % REPLAYED == 2 * REPLAYED / 3) {
                    switchTables(nodes);
                }
                long head = asking.log().append(events);
                if (step == 0) {
                    asking.log().token(routes.caller, "caller", "token");
                }
                // What is asked for while the change is on its way is remembered as well as may be.
                routes.some(4).forEach(route -> nodes.forEach(node -> node.get(route)));
                check(nodes, routes.some(12), random.nextBoolean() ? "token" : null, head, random.nextBoolean());
            }
        }
    }

    private static void replayInPlace(List<QueryService> nodes) throws InterruptedException {
        ProjectedTable table = nodes.getFirst().bean(Projections.class).serving();
        assertThat(table.engine().requestReplay()).isTrue();
        Eventually.until(() -> !table.engine().isReplayDue() && areBuilt(nodes));
    }

    private static boolean areBuilt(List<QueryService> nodes) {
        return nodes.stream()
                .allMatch(
                        node -> node.bean(Projections.class).serving().status().isReady());
    }

    private static void switchTables(List<QueryService> nodes) throws InterruptedException {
        Replays replays = nodes.getFirst().bean(Replays.class);
        String before = nodes.getFirst().bean(Projections.class).serving().name();
        String next = replays.start(null, null);
        Eventually.until(() -> replays.tables().stream()
                .anyMatch(table -> table.spec().name().equals(next) && table.phase() == Phase.READY));
        replays.serve(next, true);
        Eventually.until(() -> nodes.stream()
                .allMatch(node -> node.bean(Projections.class).serving().name().equals(next)));
        Eventually.until(() -> isDropped(replays, before));
    }

    /** Not while a node has not told yet that it reads from another one. */
    private static boolean isDropped(Replays replays, String table) {
        try {
            replays.drop(table);
            return true;
        } catch (OperationRefused e) {
            return false;
        }
    }

    private static QueryService beside(QueryService service, SequenceClock clock, String... more) {
        List<String> properties = new ArrayList<>(List.of(REMEMBERING));
        properties.addAll(List.of(more));
        return service.beside(
                beans -> {
                    if (clock != null) {
                        beans.registerBean(SequenceClock.class, () -> clock);
                    }
                },
                properties.toArray(String[]::new));
    }

    private static void check(List<QueryService> nodes, List<String> routes, String token, long head, boolean asked) {
        String[] headers =
                asked ? new String[] {"X-Forgelog-Position", nodes.getFirst().position(head)} : new String[0];
        nodes.forEach(node -> node.await(head));
        for (String route : routes) {
            Answer expected = nodes.getFirst().get(route, token, headers);
            // Twice: what the first answer remembered is what the second is made from.
            for (int i = 0; i < 2; i++) {
                for (QueryService node : nodes) {
                    Answer answer = node.get(route, token, headers);
                    checkTag(answer, node);
                    assertThat(plain(answer, node)).as(route).isEqualTo(plain(expected, nodes.getFirst()));
                }
            }
        }
    }

    /** All answers that were given, by their tags: one tag never stands for two answers. */
    private static final Map<String, String> TAGGED = new ConcurrentHashMap<>();

    private static void checkTag(Answer answer, QueryService node) {
        answer.header("ETag").ifPresent(tag -> assertThat(answer.text())
                .as("tag " + tag)
                .isEqualTo(TAGGED.computeIfAbsent(tag, first -> answer.text())));
    }

    private static String plain(Answer answer, QueryService node) {
        return answer.status() + " " + answer.text().replace(node.base(), "");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void nodesThatRememberAnswerAsOneThatDoesNot(long seed) throws InterruptedException {
        compare(seed, STEPS);
    }

    /** Hears of nothing. */
    private static SequenceClock deaf() {
        return new SequenceClock() {
            @Override
            protected void changed(String sequence, long position) {}
        };
    }

    @Test
    void itWouldShowIfNothingWasHeardOf() {
        assertThatThrownBy(() -> compare(1, STEPS, deaf(), deaf())).isInstanceOf(AssertionError.class);
    }

    /** As the second node projects nothing it hears of nothing then. */
    @Test
    void itWouldShowIfOnlyWhatANodeProjectsWasHeardOf() {
        assertThatThrownBy(() -> compare(1, STEPS, new SequenceClock(), deaf())).isInstanceOf(AssertionError.class);
    }

    @Test
    void itWouldShowIfChangesWereHeardOfLate() {
        try (ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor()) {
            assertThatThrownBy(() -> compare(1, STEPS, late(later), late(later)))
                    .isInstanceOf(AssertionError.class);
        }
    }

    private static SequenceClock late(ScheduledExecutorService later) {
        return new SequenceClock() {
            @Override
            protected void changed(String sequence, long position) {
                later.schedule(() -> super.changed(sequence, position), 200, TimeUnit.MILLISECONDS);
            }
        };
    }
}
