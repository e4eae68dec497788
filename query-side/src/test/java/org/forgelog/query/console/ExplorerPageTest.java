package org.forgelog.query.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.forgelog.query.Eventually.until;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.forgelog.domain.conversation.ConversationKind;
import org.forgelog.query.EventFixtures;
import org.forgelog.query.QueryService;
import org.forgelog.query.TestTable;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.Keys;
import org.forgelog.query.table.Table;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** What lies in the table, beside what the log says, and why a list is empty. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ExplorerPageTest {

    private static final ItemKey FIRST = Keys.conversation(ConversationKind.ISSUE, 10, 1);

    private static QueryService service;
    private static ConsoleClient operator;

    @BeforeAll
    static void start() {
        // Nothing is answered from memory that was changed behind the service's back.
        service = QueryService.start("forgelog.cache.bytes=0");
        service.log()
                .append(
                        EventFixtures.registered(1, "ada"),
                        EventFixtures.registered(2, "bob"),
                        EventFixtures.created(10, 1, "ada", "engine"),
                        EventFixtures.issue(10, 1, 1, "first"),
                        EventFixtures.edited(10, 1, "renamed", null));
        service.log().token(1, "ada", "ada-token");
        service.log().token(2, "bob", "bob-token");
        service.log().name(10, 1, "engine");
        service.await();
        operator = ConsoleClient.signedIn(service, QueryService.ADMIN);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    /** What another test has damaged is put right. */
    @BeforeEach
    void mend() throws InterruptedException {
        if (!isAsTheLogSays()) {
            operator.act("/console/explorer/rebuild", "sequence", "r:10");
            until(ExplorerPageTest::isAsTheLogSays);
        }
    }

    private static boolean isAsTheLogSays() {
        return explain("ada/engine#1", "").contains("It matches the log");
    }

    private static String explain(String address, String as) {
        return operator.page(
                "/console/explorer?as=" + as + "&address=" + URLEncoder.encode(address, StandardCharsets.UTF_8));
    }

    private void change(ItemKey key, String attribute, String value) {
        service.table().client().updateItem(b -> b.tableName(TestTable.NAME)
                .key(Table.attributes(key))
                .updateExpression("SET #a = :v")
                .expressionAttributeNames(Map.of("#a", attribute))
                .expressionAttributeValues(Map.of(":v", Item.text(value))));
    }

    private void remove(ItemKey key) {
        service.table().client().deleteItem(b -> b.tableName(TestTable.NAME).key(Table.attributes(key)));
    }

    @Test
    void anItemIsFoundByItsNameAndHeldAgainstTheLog() {
        for (String address : new String[] {"ada/engine#1", "R#10#I / 1"}) {
            assertThat(explain(address, ""))
                    .as(address)
                    .contains("It matches the log", "renamed", "issue-opened", "issue-edited", "gsi");
        }
        assertThat(explain("ada", "")).contains("It matches the log");
        assertThat(explain("ada/engine", "")).contains("It matches the log");
        change(FIRST, "title", "damaged");
        assertThat(explain("ada/engine#1", ""))
                .contains("It differs from what the log says", "damaged", "renamed", "Rebuild ada/engine");
        remove(FIRST);
        assertThat(explain("ada/engine#1", "")).contains("It is missing");
        operator.act("/console/explorer/rebuild", "sequence", "r:10");
        assertThat(operator.page("/console/actions")).contains("rebuild");
        assertThat(explain("ada/engine#7", "")).contains("the log says that there should be none");
        assertThat(explain("what is this", "")).contains("Nobody knows what");
    }

    @Test
    void aRebuildFromThereMendsWhatIsMissing() throws InterruptedException {
        remove(FIRST);
        operator.act("/console/explorer/rebuild", "sequence", "r:10");
        until(ExplorerPageTest::isAsTheLogSays);
    }

    @Test
    void anAnswerTellsItsAccessPatternAndWhatItAskedFor() {
        assertThat(explain("/repos/ada/engine/issues?state=all", ""))
                .contains(
                        "issues or pull requests of a repository by state",
                        "Query of gsi",
                        "renamed",
                        "matches the log")
                .contains("N#ada/engine / N", "/console/explorer?address=N%23ada%2Fengine+%2F+N\"");
        assertThat(explain("http://example.org/users/ada", "")).contains("account by login");
        assertThat(explain("/no/such/route", "")).contains("has no route");
        assertThat(explain("/user/repos", "")).contains(">401 ");
        assertThat(explain("/user/repos", "nobody")).contains("There is no account nobody");
        assertThat(explain("/operator/projections", "")).contains("has no route");
        assertThat(operator.get("/console/explorer?address=/users/ada")
                        .headers()
                        .firstValue("X-Forgelog-Cost"))
                .as("of another answer")
                .isEmpty();
    }

    @Test
    void anEmptyListIsExplainedByWhatIsNear() {
        assertThat(explain("/repos/ada/engine/issues?state=closed", ""))
                .contains("Nothing lies in", "the log says that nothing should", "The same partition has others");
    }

    @Test
    void anEmptyListIsExplainedByWhatIsMissing() {
        remove(FIRST);
        assertThat(explain("/repos/ada/engine/issues", ""))
                .contains("1 item that the log says should be in", "cannot be found there", "1 missing");
        assertThat(explain("/repos/ada/engine/issues/1", ""))
                .contains(FIRST + " is missing in the table, although the log says");
    }

    @Test
    void anythingIsShownAsItWasAtAMoment() {
        long head = service.log().reader().head();
        assertThat(explain("ada/engine#1", ""))
                .contains("type=\"range\"", "max=\"" + head + "\" value=\"" + head + "\"");
        assertThat(at("ada/engine#1", "&moment=" + (head - 1) + "&end=" + head))
                .contains("As of event <a href=\"/console/events/" + (head - 1), "Then", "Now", "first", "renamed");
        assertThat(at("ada/engine#1", "&moment=3&end=" + head)).contains("There was no such item");
        assertThat(at("ada/engine#1", "&moment=" + head + "&end=" + head)).contains("It matches the log");
        assertThat(at("/repos/ada/engine/issues/1", "&at=" + (head - 1)))
                .contains("by today's rights", "first")
                .doesNotContain("renamed");
        assertThat(at("ada/engine#1", "&at=whenever")).contains("as_of is not one of ours");
        assertThat(at("/events", "&at=" + head)).contains("as_of cannot be asked for here");
        assertThat(at("L#ada / L", "&at=" + head)).contains("is not shown as it was");
    }

    private String at(String address, String moment) {
        return operator.page(
                "/console/explorer?as=&address=" + URLEncoder.encode(address, StandardCharsets.UTF_8) + moment);
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void anEmptyListIsExplainedByWhatIsHidden() {
        service.log().append(EventFixtures.madePrivate(10, true));
        service.await();
        assertThat(explain("/users/ada/repos", "bob"))
                .contains("the answer shows 0 of them to bob", "private: for its owner, members and collaborators");
        assertThat(explain("/repos/ada/engine", "")).contains("a stranger is told that there is none");
        assertThat(explain("/users/ada/repos", "ada")).contains("matches the log");
    }
}
