package org.forgelog.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
import org.forgelog.query.projection.deployment.TableStatus.Phase;
import org.forgelog.query.read.SequenceClock;
import org.forgelog.query.verify.RandomForge;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Answers from memory are what the table would answer: over a random history two nodes that remember say the same as one
 * that does not, at the same position, whoever projects, and whether the table was replayed or switched meanwhile. That they
 * would not if they heard of changes too late, never, or only of their own, shows that it is looked at closely enough.
 *
 * <p>All of it is one history on the same three nodes: what is asked for concerns what just happened, or anything.
 */
@Order(2)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CacheExactnessTest {

    private static final int STEPS = Boolean.getBoolean("faults.all") ? 200 : 20;
    private static final long SEED = Math.max(1, Long.getLong("faults.seed", 1));
    /** In so many steps the table is replayed in place once, and switched once. */
    private static final int REPLAYED = 20;

    /** Later than a busy machine asks. */
    private static final Duration LATE = Duration.ofSeconds(30);

    /** A clock that does not hear of all changes, or not in time. */
    private static final class FaultyClock extends SequenceClock {

        enum Hearing {
            ALL,
            LATE,
            NOTHING
        }

        private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor();
        private volatile Hearing hearing = Hearing.ALL;

        @Override
        protected void changed(String sequence, long position) {
            switch (hearing) {
                case ALL -> super.changed(sequence, position);
                case LATE ->
                    later.schedule(() -> super.changed(sequence, position), LATE.toMillis(), TimeUnit.MILLISECONDS);
                case NOTHING -> {}
            }
        }

        /** From now on; what was remembered before is useless. */
        void hear(Hearing now) {
            hearing = now;
            forgetAll();
        }
    }

    /** What there is to ask for, as far as the history has come. */
    private static final class Routes {

        private final List<String> all = new ArrayList<>(List.of("/users", "/repositories", "/organizations"));
        private final Map<String, List<String>> bySequence = new HashMap<>();
        private final Random random;

        Routes(Random random) {
            this.random = random;
        }

        void learn(DomainEvent event) {
            switch (event) {
                case AccountRegistered e -> {
                    add(e, "/users/" + e.login(), "", "/repos", "/orgs", "/owned", "/managed", "/starred");
                    add(e, "/user/" + e.accountId().value(), "");
                    add(e, "/orgs/" + e.login(), "", "/members", "/repos");
                }
                case RepositoryCreated e -> {
                    add(e, "/repos/" + e.ownerLogin() + "/" + e.name(), "", "/issues", "/pulls?state=all", "/labels");
                    add(
                            e,
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
                            e,
                            "/repositories/" + e.repositoryId().value() + "/issues/" + e.number(),
                            "",
                            "/comments",
                            "/timeline",
                            "/reactions");
                case PullRequestOpened e ->
                    add(e, "/repositories/" + e.repositoryId().value() + "/pulls/" + e.number(), "", "/comments");
                case CommentWritten e ->
                    add(
                            e,
                            "/repositories/" + e.place().repositoryId().value() + "/issues/comments/"
                                    + e.commentId().value(),
                            "");
                default -> {}
            }
        }

        private void add(DomainEvent event, String base, String... more) {
            List<String> ofSequence = bySequence.computeIfAbsent(event.sequenceKey(), sequence -> new ArrayList<>());
            for (String each : more) {
                all.add(base + each);
                ofSequence.add(base + each);
            }
        }

        /** Some of them, half of which concern what just happened. */
        Set<String> some(int count, List<DomainEvent> happened) {
            Set<String> some = new LinkedHashSet<>();
            for (int i = 0; i < count; i++) {
                List<String> from = i % 2 == 0
                        ? all
                        : bySequence.getOrDefault(
                                happened.get(random.nextInt(happened.size())).sequenceKey(), all);
                some.add(from.get(random.nextInt(from.size())));
            }
            return some;
        }
    }

    private static final Random RANDOM = new Random(SEED);
    private static final RandomForge FORGE = new RandomForge(SEED);
    private static final Routes ROUTES = new Routes(RANDOM);
    private static final FaultyClock FIRST_CLOCK = new FaultyClock();
    private static final FaultyClock SECOND_CLOCK = new FaultyClock();

    /** Answers nothing from memory. */
    private static QueryService asking;
    /** Those that remember: one projects, the other does not. */
    private static List<QueryService> remembering;

    private static List<QueryService> nodes;
    private static ExecutorService readers;

    @BeforeAll
    static void start() throws Exception {
        readers = Executors.newFixedThreadPool(3);
        asking = QueryService.start("forgelog.cache.bytes=0");
        Future<QueryService> second =
                readers.submit(() -> remembering(SECOND_CLOCK, "forgelog.projection.enabled=false"));
        remembering = List.of(remembering(FIRST_CLOCK), second.get());
        nodes = List.of(asking, remembering.getFirst(), remembering.getLast());
        List<DomainEvent> events = FORGE.happens(150);
        events.forEach(ROUTES::learn);
        asking.log().append(events);
        long caller = events.stream()
                .filter(AccountRegistered.class::isInstance)
                .mapToLong(event -> ((AccountRegistered) event).accountId().value())
                .findFirst()
                .orElseThrow();
        asking.log().token(caller, "caller", "token");
    }

    private static QueryService remembering(SequenceClock clock, String... more) {
        List<String> properties = new ArrayList<>(List.of("forgelog.settle-delay=0s"));
        Collections.addAll(properties, more);
        return asking.beside(
                beans -> beans.registerBean(SequenceClock.class, () -> clock), properties.toArray(String[]::new));
    }

    @AfterAll
    static void stop() {
        readers.shutdownNow();
        FIRST_CLOCK.later.shutdownNow();
        SECOND_CLOCK.later.shutdownNow();
        remembering.forEach(QueryService::close);
        asking.close();
    }

    @BeforeEach
    void allIsHeardOf() {
        FIRST_CLOCK.hear(FaultyClock.Hearing.ALL);
        SECOND_CLOCK.hear(FaultyClock.Hearing.ALL);
    }

    private static void compare(int steps) throws InterruptedException {
        for (int step = 1; step <= steps; step++) {
            List<DomainEvent> events = FORGE.happens(1 + RANDOM.nextInt(6));
            events.forEach(ROUTES::learn);
            if (step % REPLAYED == REPLAYED / 3) {
                replayInPlace();
            } else if (step % REPLAYED == 2 * REPLAYED / 3) {
                switchTables();
            }
            // What is remembered before something changes must not be answered after.
            Set<String> routes = ROUTES.some(12, events);
            routes.stream().limit(4).forEach(route -> remembering.forEach(node -> node.get(route)));
            long head = asking.log().append(events);
            // What is asked for while the change is on its way is remembered as well as may be.
            routes.stream().skip(4).limit(4).forEach(route -> remembering.forEach(node -> node.get(route)));
            check(routes, RANDOM.nextBoolean() ? "token" : null, head, RANDOM.nextBoolean());
        }
    }

    private static void replayInPlace() throws InterruptedException {
        ProjectedTable table = asking.bean(Projections.class).serving();
        assertThat(table.engine().requestReplay()).isTrue();
        Eventually.until(() -> !table.engine().isReplayDue() && areBuilt());
    }

    private static boolean areBuilt() {
        return nodes.stream()
                .allMatch(
                        node -> node.bean(Projections.class).serving().status().isReady());
    }

    private static void switchTables() throws InterruptedException {
        Replays replays = asking.bean(Replays.class);
        String before = asking.bean(Projections.class).serving().name();
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

    private static void check(Collection<String> routes, String token, long head, boolean asked)
            throws InterruptedException {
        String[] headers = asked ? new String[] {"X-Forgelog-Position", asking.position(head)} : new String[0];
        nodes.forEach(node -> node.await(head));
        List<Future<?>> checks = new ArrayList<>();
        routes.forEach(route -> checks.add(readers.submit(() -> check(route, token, headers))));
        for (Future<?> check : checks) {
            try {
                check.get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof AssertionError difference) {
                    throw difference;
                }
                throw new IllegalStateException(e.getCause());
            }
        }
    }

    private static void check(String route, String token, String[] headers) {
        Answer expected = asking.get(route, token, headers);
        checkTag(expected);
        // Twice: what the first answer remembered is what the second is made from.
        for (int i = 0; i < 2; i++) {
            for (QueryService node : remembering) {
                Answer answer = node.get(route, token, headers);
                checkTag(answer);
                assertThat(plain(answer, node)).as(route).isEqualTo(plain(expected, asking));
            }
        }
    }

    /** All answers that were given, by their tags: one tag never stands for two answers. */
    private static final Map<String, String> TAGGED = new ConcurrentHashMap<>();

    private static void checkTag(Answer answer) {
        answer.header("ETag").ifPresent(tag -> assertThat(answer.text())
                .as("tag " + tag)
                .isEqualTo(TAGGED.computeIfAbsent(tag, first -> answer.text())));
    }

    private static String plain(Answer answer, QueryService node) {
        return answer.status() + " " + answer.text().replace(node.base(), "");
    }

    @Test
    @Order(1)
    void nodesThatRememberAnswerAsOneThatDoesNot() throws InterruptedException {
        compare(STEPS);
    }

    @Test
    void itWouldShowIfNothingWasHeardOf() {
        FIRST_CLOCK.hear(FaultyClock.Hearing.NOTHING);
        SECOND_CLOCK.hear(FaultyClock.Hearing.NOTHING);
        assertThatThrownBy(() -> compare(STEPS)).isInstanceOf(AssertionError.class);
    }

    /** As the second node projects nothing it hears of nothing then. */
    @Test
    void itWouldShowIfOnlyWhatANodeProjectsWasHeardOf() {
        SECOND_CLOCK.hear(FaultyClock.Hearing.NOTHING);
        assertThatThrownBy(() -> compare(STEPS)).isInstanceOf(AssertionError.class);
    }

    @Test
    void itWouldShowIfChangesWereHeardOfLate() {
        FIRST_CLOCK.hear(FaultyClock.Hearing.LATE);
        SECOND_CLOCK.hear(FaultyClock.Hearing.LATE);
        assertThatThrownBy(() -> compare(STEPS)).isInstanceOf(AssertionError.class);
    }
}
