package org.forgelog.standalone;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.function.BooleanSupplier;

/** The table's way from empty to ready after a start, as the user sees it. */
final class Rebuild {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(1);

    private final String jdbcUrl;
    private final URI readiness;
    private final PrintStream out;

    Rebuild(String jdbcUrl, int port, PrintStream out) {
        this.jdbcUrl = jdbcUrl;
        this.readiness = URI.create("http://127.0.0.1:" + port + "/actuator/health/readiness");
        this.out = out;
    }

    /** To be called before the projection starts: what it told of an earlier table says nothing about this empty one. */
    static void forgetEarlierTable(String jdbcUrl) {
        try (Connection connection = DriverManager.getConnection(jdbcUrl);
                Statement statement = connection.createStatement()) {
            statement.execute("do $$ begin if to_regclass('projection_member') is not null then"
                    + " delete from projection_member; end if; end $$");
        } catch (SQLException e) {
            throw new StartFailure(StartFailure.NOT_STARTED, "the database does not answer: " + e.getMessage());
        }
    }

    /**
     * Waits until the service is ready and says meanwhile how far it is.
     *
     * @param stopped whether there is nothing to wait for any more
     * @return whether it got ready
     */
    boolean await(BooleanSupplier stopped) throws InterruptedException {
        long nextLine = System.nanoTime() + BETWEEN_LINES.toNanos();
        try (HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            while (!stopped.getAsBoolean()) {
                if (ready(http)) {
                    return true;
                }
                if (System.nanoTime() >= nextLine) {
                    tellProgress();
                    nextLine += BETWEEN_LINES.toNanos();
                }
                Thread.sleep(BETWEEN_LOOKS.toMillis());
            }
        }
        return false;
    }

    private boolean ready(HttpClient http) throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(readiness)
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private void tellProgress() {
        try (Connection connection = DriverManager.getConnection(jdbcUrl);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select coalesce((select s.position from projection_status s join projection_table t"
                                + " on t.name = s.name and t.state = 'serving'), 0),"
                                + " coalesce((select max(global_index) from domain_event), 0)")) {
            row.next();
            long done = row.getLong(1);
            long total = row.getLong(2);
            if (total > 0) {
                out.printf(
                        Locale.ROOT,
                        "Bringing the table up to date: %,d of %,d events (%d%%)%n",
                        done,
                        total,
                        100 * done / total);
            }
        } catch (SQLException e) {
            out.println("Bringing the table up to date ...");
        }
    }
}
