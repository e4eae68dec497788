package org.forgelog.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.forgelog.engines.LocalPostgres;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * A load that looks like GitHub's public timeline, as far as we have its kinds of events: people and repositories by
 * Zipf's law, kinds by their share. Commands come at a steady rate, whether or not the earlier ones are answered, and
 * their times count from when they were due.
 *
 * <p>Properties: {@code rate} in commands a second (110: an estimate of the whole timeline with its pushes, from hourly
 * files of GH Archive of 150,000 to 400,000 lines), {@code seconds}, {@code warmUp}, {@code repositories}, {@code people}.
 */
public final class TimelineBenchmark {

    private static final int RATE = Integer.getInteger("rate", 110);
    private static final Duration MEASURED = Duration.ofSeconds(Integer.getInteger("seconds", 600));
    private static final Duration WARM_UP = Duration.ofSeconds(Integer.getInteger("warmUp", 60));
    private static final int REPOSITORIES = Integer.getInteger("repositories", 200);
    private static final int PEOPLE = Integer.getInteger("people", 100);
    private static final String BODY = "A body of the usual length, about as long as people write. ".repeat(4);

    /**
     * What people do, by its share of the timeline without pushes, branches and tags: an estimate in percent, after what is
     * published of GH Archive.
     */
    private enum Kind {
        OPEN_PULL_REQUEST(17),
        CLOSE_PULL_REQUEST(15),
        COMMENT_ON_ISSUE(22),
        COMMENT_ON_PULL_REQUEST(10),
        STAR(18),
        OPEN_ISSUE(8),
        CLOSE_ISSUE(5),
        CREATE_REPOSITORY(5);

        private final int share;

        Kind(int share) {
            this.share = share;
        }

        static Kind any(Random random) {
            int left = random.nextInt(
                    Arrays.stream(values()).mapToInt(k -> k.share).sum());
            for (Kind kind : values()) {
                left -= kind.share;
                if (left < 0) {
                    return kind;
                }
            }
            throw new IllegalStateException();
        }
    }

    private record Person(String login, Client client) {}

    private record Repository(Person owner, String path, AtomicInteger issues, AtomicInteger pulls) {}

    private final List<Person> people = new ArrayList<>();
    private final List<Repository> repositories = new ArrayList<>();
    private final AtomicInteger made = new AtomicInteger();

    private TimelineBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("forgelog-timeline");
        try (LocalPostgres postgres =
                        LocalPostgres.start(LocalPostgres.Settings.durableAt(folder.resolve("postgres")));
                ServiceProcess service = ServiceProcess.start(postgres, folder)) {
            TimelineBenchmark timeline = new TimelineBenchmark();
            timeline.populate(new Client(service.url(), ServiceProcess.ADMIN_TOKEN));
            JdbcClient log = JdbcClient.create(new DriverManagerDataSource(postgres.jdbcUrl()));
            timeline.run(WARM_UP, service, log, false);
            timeline.run(MEASURED, service, log, true);
        }
    }

    /** Each repository begins with an issue and a pull request. */
    private void populate(Client admin) throws Exception {
        for (int i = 0; i < PEOPLE; i++) {
            people.add(new Person("person-" + i, admin.user("person-" + i)));
        }
        for (int i = 0; i < REPOSITORIES; i++) {
            Person owner = people.get(i % PEOPLE);
            owner.client.send("POST", "/user/repos", repository("repository-" + i), 201);
            Repository repository = new Repository(
                    owner, "/repos/" + owner.login + "/repository-" + i, new AtomicInteger(1), new AtomicInteger(1));
            owner.client.send("POST", repository.path + "/issues", text("First"), 201);
            owner.client.send("POST", repository.path + "/pulls", pull("first"), 201);
            repositories.add(repository);
        }
    }

    private static String repository(String name) {
        // Issues and pull requests have numbers of their own, so that the load need not remember which is which.
        return "{\"name\":\"" + name + "\",\"numbering\":\"separate\"}";
    }

    private static String text(String title) {
        return "{\"title\":\"" + title + "\",\"body\":\"" + BODY + "\"}";
    }

    private static String pull(String branch) {
        return "{\"title\":\"Pull\",\"head\":\"" + branch + "\",\"base\":\"main\",\"body\":\"" + BODY + "\"}";
    }

    private void run(Duration length, ServiceProcess service, JdbcClient log, boolean told) throws Exception {
        ConcurrentLinkedQueue<Long> times = new ConcurrentLinkedQueue<>();
        ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
        AtomicLong worstLag = new AtomicLong();
        Duration before = service.processorTime();
        long head = head(log);
        long start = System.nanoTime();
        AtomicBoolean over = new AtomicBoolean();
        Thread watch = Thread.ofVirtual().start(() -> watch(log, worstLag, over));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Random random = new Random(42);
            long count = length.toMillis() * RATE / 1000;
            for (long i = 0; i < count; i++) {
                long due = start + i * 1_000_000_000L / RATE;
                for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                Kind kind = Kind.any(random);
                Repository repository = repositories.get(zipf(random, repositories.size()));
                Person person = people.get(zipf(random, people.size()));
                int pick = random.nextInt(Integer.MAX_VALUE);
                threads.submit(() -> {
                    try {
                        perform(kind, person, repository, pick);
                        times.add(System.nanoTime() - due);
                    } catch (Exception e) {
                        failures.add(kind + ": " + e.getMessage());
                    }
                });
            }
        }
        over.set(true);
        watch.join();
        if (told) {
            long[] sorted = times.stream().mapToLong(Long::longValue).sorted().toArray();
            System.out.printf(
                    Locale.ROOT,
                    "%d commands/s due for %d s: %d answered, p50 %.1f ms, p99 %.1f ms, %d events, table at most %.2f s"
                            + " behind, %.2f ms of the service's processors each, %d failed %s%n",
                    RATE,
                    length.toSeconds(),
                    sorted.length,
                    Load.at(sorted, 0.5),
                    Load.at(sorted, 0.99),
                    head(log) - head,
                    worstLag.get() / 1000.0,
                    service.processorTime().minus(before).toNanos() / 1e6 / sorted.length,
                    failures.size(),
                    failures.stream().limit(3).toList());
        }
    }

    private void perform(Kind kind, Person person, Repository repository, int pick) throws Exception {
        Client client = person.client;
        String path = repository.path;
        switch (kind) {
            case OPEN_ISSUE -> {
                client.send("POST", path + "/issues", text("Issue"), 201);
                repository.issues.incrementAndGet();
            }
            case CLOSE_ISSUE ->
                repository.owner.client.send(
                        "PATCH",
                        path + "/issues/" + (1 + pick % repository.issues.get()),
                        pick % 4 == 0 ? "{\"state\":\"open\"}" : "{\"state\":\"closed\"}",
                        200);
            case COMMENT_ON_ISSUE ->
                client.send(
                        "POST",
                        path + "/issues/" + (1 + pick % repository.issues.get()) + "/comments",
                        "{\"body\":\"" + BODY + "\"}",
                        201);
            case OPEN_PULL_REQUEST -> {
                client.send("POST", path + "/pulls", pull("branch-" + made.incrementAndGet()), 201);
                repository.pulls.incrementAndGet();
            }
            case CLOSE_PULL_REQUEST ->
                repository.owner.client.send(
                        "PATCH",
                        path + "/pulls/" + (1 + pick % repository.pulls.get()),
                        pick % 4 == 0 ? "{\"state\":\"open\"}" : "{\"state\":\"closed\"}",
                        200);
            case COMMENT_ON_PULL_REQUEST ->
                client.send(
                        "POST",
                        path + "/pulls/" + (1 + pick % repository.pulls.get()) + "/comments",
                        "{\"body\":\"" + BODY + "\"}",
                        201);
            case STAR ->
                people.get(pick % people.size())
                        .client
                        .send(
                                pick % 5 == 0 ? "DELETE" : "PUT",
                                "/user/starred" + path.substring("/repos".length()),
                                "",
                                204);
            case CREATE_REPOSITORY ->
                client.send("POST", "/user/repos", repository("made-" + made.incrementAndGet()), 201);
        }
    }

    /** By Zipf's law with exponent 1, by inversion of its continuous form. */
    private static int zipf(Random random, int size) {
        return (int) Math.min(size - 1, Math.floor(Math.pow(size + 1.0, random.nextDouble()) - 1));
    }

    private static long head(JdbcClient log) {
        return log.sql("select coalesce(max(global_index), 0) from domain_event")
                .query(Long.class)
                .single();
    }

    /** How long the oldest event waits that the table does not hold yet, in milliseconds; progress is noted now and then. */
    private static void watch(JdbcClient log, AtomicLong worst, AtomicBoolean over) {
        while (!over.get()) {
            long lag = log.sql(
                            """
                            select coalesce(extract(epoch from clock_timestamp() - min(logged_at)) * 1000, 0)::bigint
                            from domain_event where global_index > (select min(position) from projection_member where slots <> 0)""")
                    .query(Long.class)
                    .single();
            worst.accumulateAndGet(lag, Math::max);
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        }
    }
}
