package org.forgelog.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.forgelog.cli.Answer;
import org.forgelog.cli.Service;
import org.forgelog.eventlog.LogSignals;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/**
 * What an operator does in the console, in a real browser: with {@code -Ddocs.write=true} the pages are drawn into {@code
 * docs/console}, too.
 */
class ConsoleTest {

    private static final Path PICTURES = Path.of("../docs/console");
    private static final List<String> PAGES = List.of(
            "/console",
            "/console/deployment",
            "/console/dead-letters",
            "/console/explorer?address=/repos/ada/engine/issues",
            "/console/explorer?address=ada/engine%231",
            "/console/events",
            "/console/events/3",
            "/console/cost",
            "/console/actions");

    private static LocalService local;
    private static Service service;
    private static Browser browser;
    private static String ada;

    @BeforeAll
    static void start() {
        String missing = Browser.whatIsMissing();
        if (missing != null) {
            System.out.println("SKIPPED ConsoleTest: " + missing);
        }
        assumeTrue(missing == null, String.valueOf(missing));
        local = LocalService.start();
        service = local.service();
        ada = UpProcess.userWithRepository(service, LocalService.ADMIN, "ada", "engine");
        for (String title : List.of("Bernoulli numbers", "Overflow", "Cards jam")) {
            issue(title);
        }
        browser = Browser.open(local.base());
        browser.go("/console/explorer");
        browser.type("token", LocalService.ADMIN);
        browser.press("Sign in");
        browser.await("Explorer");
        assertThat(browser.address()).isEqualTo("/console/explorer");
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
        if (local != null) {
            local.close();
        }
    }

    private static int issue(String title) {
        return service.send("POST", "/repos/ada/engine/issues", ada, Map.of("title", title))
                .status();
    }

    /** Appends an event that no projector knows, as a newer program would. */
    private static void breakProjector(String repository) throws SQLException {
        DataSource dataSource = local.application().getBean(DataSource.class);
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement lock = connection.prepareStatement("select pg_advisory_xact_lock(4674, 1)")) {
                lock.execute();
            }
            try (PreparedStatement insert = connection.prepareStatement(
                    """
                    insert into domain_event (event_id, aggregate_type, aggregate_id, sequence_number, type, revision,
                      payload, metadata, sequence_key, appended_at)
                    select ?, 'issue', 'from-the-future', 0, 'issue-weighed', 1, '{"grams": 7}', '{}', 'r:' || r.id, now()
                    from repository r where r.name = ? returning global_index
                    """)) {
                insert.setObject(1, UUID.randomUUID());
                insert.setString(2, repository);
                try (var row = insert.executeQuery()) {
                    row.next();
                    LogSignals.appended(connection, row.getLong(1));
                }
            }
            connection.commit();
        }
    }

    @Test
    void aBrokenProjectorIsMendedFromTheConsoleAlone() throws Exception {
        browser.go("/console/dead-letters");
        browser.await("live");
        browser.await("No sequence is blocked");
        breakProjector("engine");
        // The page that is open says so by itself.
        browser.await("unknown event type issue-weighed");
        browser.await("all but its owner ada");
        draw("dead-letters");
        assertThat(service.get("/repos/ada/engine", null).status()).isEqualTo(404);

        browser.unfold("Retry");
        browser.press("Retry");
        browser.await("blocked at");
        browser.unfold("Skip the event");
        browser.type("reason", "nobody here weighs issues");
        browser.press("Skip event " + position() + " for good");
        browser.await("Skipped events");
        browser.await("No sequence is blocked");
        // What it meant nobody knows, so its owner alone sees the repository now.
        assertThat(service.get("/repos/ada/engine", ada).status()).isEqualTo(200);
        browser.go("/console/actions");
        browser.await("skip event");
        assertThat(browser.text()).contains("site administrator", "retry");
        nothingWentWrong();
    }

    private static String position() {
        return browser.text().replaceAll("(?s).*Leaves event ([0-9,]+) out.*", "$1");
    }

    @Test
    void aTableIsBuiltVerifiedAndSwitchedToUnderLoad() throws Exception {
        String bob = UpProcess.userWithRepository(service, LocalService.ADMIN, "bob", "loaded");
        try (Load load = new Load(bob)) {
            browser.go("/console/deployment");
            browser.await("live");
            draw("deployment");
            browser.unfold("Build a new table beside it");
            browser.press("Build a new table beside it");
            browser.await("is built, and follows the log");
            browser.unfold("Verify against the log");
            browser.press("Verify against the log");
            browser.await("forgelog-2 was verified");
            browser.unfold("Switch reads to it");
            browser.press("Switch reads to it");
            browser.await("is kept current since it served last");
            load.goOn();
            browser.unfold("Drop it");
            browser.press("Drop it");
            browser.go("/console");
            browser.awaitWithout("retired");
            load.goOn();
        }
        assertThat(browser.text()).contains("forgelog-2");
        nothingWentWrong();
    }

    /** Writes and reads what it wrote until it is closed; what fails fails the test. */
    private static final class Load implements AutoCloseable {

        private final AtomicBoolean ended = new AtomicBoolean();
        private final AtomicInteger done = new AtomicInteger();
        private final Queue<String> faults = new ConcurrentLinkedQueue<>();
        private final Thread thread;

        Load(String token) {
            thread = Thread.ofPlatform().start(() -> {
                while (!ended.get()) {
                    Answer written = service.send(
                            "POST", "/repos/bob/loaded/issues", token, Map.of("title", "issue " + done.get()));
                    String position =
                            written.headers().firstValue("X-Forgelog-Position").orElse("");
                    String path = "/repos/bob/loaded/issues/"
                            + written.body().path("number").asLong();
                    int status = service.at(position).get(path, null).status();
                    if (written.status() != 201 || status != 200) {
                        faults.add(written.status() + ", then " + status);
                    }
                    done.incrementAndGet();
                }
            });
        }

        void goOn() {
            int from = done.get();
            Awaitility.await().until(() -> done.get() > from + 5 || !faults.isEmpty() || !thread.isAlive());
            assertThat(faults).isEmpty();
        }

        @Override
        public void close() throws InterruptedException {
            ended.set(true);
            thread.join();
            assertThat(faults).isEmpty();
        }
    }

    @Test
    void whyAListIsEmptyIsFoundOut() throws Exception {
        String grace = UpProcess.userWithRepository(service, LocalService.ADMIN, "grace", "secret");
        assertThat(service.send("PATCH", "/repos/grace/secret", grace, Map.of("private", true))
                        .status())
                .isEqualTo(200);
        assertThat(service.get("/users/grace/repos", ada).body()).isEmpty();
        browser.go("/console/explorer");
        browser.type("address", "/users/grace/repos");
        browser.type("as", "ada");
        browser.press("Explain");
        browser.await("the answer shows 0 of them to ada");
        browser.await("private: for its owner, members and collaborators");
        draw("explorer-empty");
        nothingWentWrong();
    }

    @Test
    void aSliderShowsWhatWas() {
        browser.go("/console/explorer?address=ada/engine");
        browser.await("It matches the log");
        browser.slideBack("moment");
        browser.await("As of event 1");
        browser.await("There was no such item");
        nothingWentWrong();
    }

    @Test
    void theKeyboardIsEnough() {
        browser.go("/console");
        browser.await("live");
        browser.keys(Keys.TAB);
        assertThat(browser.tabTo("Skip to the content")).isTrue();
        assertThat(browser.tabTo("Verify against the log")).isTrue();
        browser.keys(Keys.ENTER);
        browser.await("compares it, item by item");
        // The rate, then the button.
        browser.keys(Keys.TAB, Keys.TAB, Keys.ENTER);
        browser.await("items, 0 differences");
        nothingWentWrong();
    }

    @Test
    void everyPageFitsANarrowWindow() throws IOException {
        for (String page : PAGES) {
            for (int width : new int[] {1280, 400}) {
                browser.width(width);
                browser.go(page);
                assertThat(browser.overflow())
                        .as(page + " at " + width + ": " + browser.tooWide())
                        .isLessThanOrEqualTo(0);
            }
            browser.width(1280);
            draw(page.replaceFirst("/console/?", "")
                    .replaceFirst("^$", "projections")
                    .replaceFirst("\\?address=/.*", "-read")
                    .replaceFirst("\\?address=.*", "-item")
                    .replaceFirst("/3$", "-one"));
        }
        browser.scheme("dark");
        browser.go("/console");
        browser.await("live");
        if (Boolean.getBoolean("docs.write")) {
            browser.draw(PICTURES.resolve("projections-dark.png"), 1280);
        }
        browser.scheme("light");
        nothingWentWrong();
    }

    private static void draw(String name) throws IOException {
        if (Boolean.getBoolean("docs.write")) {
            browser.draw(PICTURES.resolve(name + ".png"), 1280);
            browser.draw(PICTURES.resolve(name + "-400.png"), 400);
            browser.width(1280);
        }
    }

    /** Nothing was refused to a page, and no script failed. */
    private static void nothingWentWrong() {
        assertThat(browser.complaints()).isEmpty();
    }
}
