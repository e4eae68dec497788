package org.forgelog.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.forgelog.query.Eventually.until;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowingConsumer;
import org.forgelog.dynamodb.operation.Faults;
import org.forgelog.query.QueryService.Answer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What is remembered stays right where indexes trail the table, notifications get lost, and a sequence stops. */
class CacheUnderFaultsTest {

    /** Longer than any test takes: until it is told otherwise, the index does not know. */
    private static final Duration LAG = Duration.ofHours(1);

    private static final String LIST = "/repos/octocat/hello/issues?per_page=100";

    /**
     * Has a list read while an index does not know of a change, and once it does.
     *
     * @param quiet how long the service believes that indexes trail
     * @param meanwhile is done between the two
     * @return what is read then
     */
    private static String readBehindALaggingIndex(String quiet, ThrowingConsumer<QueryService> meanwhile)
            throws InterruptedException {
        try (TestLog log = new TestLog();
                TestTable table = new TestTable();
                DynamoDbClient late = late(table);
                QueryService service = new QueryService(
                        log,
                        table,
                        context -> context.registerBean(
                                DynamoDbClient.class, () -> late, bean -> bean.setDestroyMethodName("")),
                        "forgelog.settle-delay=" + quiet)) {
            table.engine().indexLag().between(Duration.ZERO, Duration.ZERO, 1);
            log.append(
                    EventFixtures.registered(1, "octocat"),
                    EventFixtures.created(10, 1, "octocat", "hello"),
                    EventFixtures.issue(10, 1, 1, "before"));
            service.await();
            until(table.engine().indexLag()::isUpToDate);
            until(() -> service.get(LIST).text().contains("before"));
            table.engine().indexLag().between(LAG, LAG, 1);
            log.append(EventFixtures.edited(10, 1, "after", null));
            service.await();
            assertThat(service.get(LIST).text()).contains("before");
            meanwhile.accept(service);
            table.engine().indexLag().catchUp();
            return service.get(LIST).text();
        }
    }

    /** A client that sees indexes late. */
    private static DynamoDbClient late(TestTable table) {
        Faults trailing = new Faults();
        trailing.trailIndexes();
        return table.client(table.http(trailing), List.of());
    }

    @Test
    void whatAnIndexSaysTooLateIsNotRemembered() throws InterruptedException {
        assertThat(readBehindALaggingIndex("1h", service -> {})).contains("after");
    }

    @Test
    void itWouldBeIfIndexesWereTrustedTooSoon() throws InterruptedException {
        assertThat(readBehindALaggingIndex(
                        "0s", service -> until(() -> service.get(LIST).requests() == 0)))
                .contains("before");
    }

    /** Ends every session that listens, as a failing network does; answers how many. */
    private static int cutLines(TestLog log) {
        try (Connection connection = log.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet cut = statement.executeQuery("select count(pg_terminate_backend(pid)) from pg_stat_activity"
                        + " where datname = current_database() and query like 'listen%'")) {
            cut.next();
            return cut.getInt(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whereNotificationsAreLostNothingOldIsAnswered() {
        try (QueryService service = QueryService.start("forgelog.settle-delay=0s");
                QueryService other = service.beside("forgelog.settle-delay=0s", "forgelog.projection.enabled=false")) {
            service.log()
                    .append(
                            EventFixtures.registered(1, "octocat"),
                            EventFixtures.created(10, 1, "octocat", "hello"),
                            EventFixtures.issue(10, 1, 1, "title 0"));
            service.await();
            int cut = 0;
            for (int round = 1; round <= 8; round++) {
                other.await(service.log().reader().head());
                other.get(LIST);
                other.get("/repos/octocat/hello/issues/1");
                cut += cutLines(service.log());
                long head = service.log().append(EventFixtures.edited(10, 1, "title " + round, null));
                String position = other.position(head, "r:10");
                for (String route : new String[] {"/repos/octocat/hello/issues/1", LIST}) {
                    Answer answer = other.get(route, null, "X-Forgelog-Position", position);
                    assertThat(answer.text()).as(route).contains("title " + round);
                    assertThat(other.get(route).text()).as(route).contains("title " + round);
                }
            }
            assertThat(cut).isPositive();
        }
    }

    @Test
    void aStopShowsAtOnceAndSoDoesItsEnd() throws InterruptedException {
        try (QueryService service = QueryService.start("forgelog.settle-delay=0s")) {
            service.log()
                    .append(
                            EventFixtures.registered(1, "octocat"),
                            EventFixtures.created(10, 1, "octocat", "hello"),
                            EventFixtures.issue(10, 1, 1, "an issue"));
            service.log().token(1, "octocat", "octo-token");
            service.await();
            String issue = "/repos/octocat/hello/issues/1";
            until(() -> service.get(issue).requests() == 0);
            service.log().appendRows(List.of(new TestLog.Row("from-the-future", 1, "{}", "r:10")));
            service.await();
            assertThat(service.get(issue).status()).isEqualTo(404);
            assertThat(service.get(issue, "octo-token").status()).isEqualTo(200);
        }
    }
}
