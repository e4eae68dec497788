package org.forgelog.query.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.forgelog.query.Eventually.until;

import java.util.List;
import org.forgelog.eventlog.EventCodec;
import org.forgelog.query.EventFixtures;
import org.forgelog.query.QueryService;
import org.forgelog.query.TestLog;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Blocked sequences are shown, stepped into, retried and got past; events are found. */
class DeadLettersPageTest {

    private static QueryService service;
    private static ConsoleClient operator;

    @BeforeAll
    static void start() {
        service = QueryService.start();
        service.log().append(EventFixtures.registered(1, "ada"));
        service.log().token(1, "ada", "ada-token");
        operator = ConsoleClient.signedIn(service, QueryService.ADMIN);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    /** A repository with an event that cannot be projected, and one behind that; answers the position of the event. */
    private static long blocked(long repository, String type) throws InterruptedException {
        service.log().append(EventFixtures.created(repository, 1, "ada", "r" + repository));
        service.log().name(repository, 1, "r" + repository);
        long broken = service.log().appendRows(List.of(new TestLog.Row(type, 1, "{}", "r:" + repository)));
        service.log().append(EventFixtures.issue(repository, 2, 1, "behind it"));
        until(() -> operator.page("/console/dead-letters").contains("ada/r" + repository));
        return broken;
    }

    @Test
    void aDeadLetterTellsWhatFailedWhomItConcernsAndWhatWaits() throws Exception {
        long broken = blocked(20, "not-yet-known");
        assertThat(operator.page("/console/dead-letters"))
                .contains("unknown event type not-yet-known", "1 event waiting", "Blocked since", "in forgelog")
                .contains("Everybody — all but its owner ada — is answered 404")
                .contains("UnreadableEventException", "at org.forgelog")
                .doesNotContain("unknown</dd>");
        assertThat(operator.page("/console")).contains("blocked sequence");

        String step = operator.page("/console/dead-letters/step?table=forgelog&position=" + broken);
        assertThat(step).contains("unknown event type not-yet-known", "at org.forgelog");

        assertThat(operator.act("/console/dead-letters/retry", "sequence", "r:20"))
                .contains("blocked at " + broken);

        EventCodec.Encoded mended = new EventCodec().encode(EventFixtures.issue(20, 1, 1, "mended"));
        service.log().rewrite(broken, mended.type(), mended.json());
        assertThat(operator.page("/console/dead-letters/step?table=forgelog&position=" + broken))
                .contains("It can be projected", "is made", ">title<", "mended")
                .contains(">open_issues<");
        assertThat(service.get("/repos/ada/r20/issues/1", "ada-token").status())
                .as("a step writes nothing")
                .isEqualTo(404);
        operator.act("/console/dead-letters/retry", "sequence", "r:20");
        assertThat(operator.page("/console/dead-letters")).doesNotContain("ada/r20");
        assertThat(service.get("/repos/ada/r20/issues/1").status()).isEqualTo(200);
    }

    @Test
    void skippingTellsWhatItDoesToRightsAndKeepsWhy() throws Exception {
        long broken = blocked(21, "issue-opened");
        assertThat(operator.page("/console/dead-letters")).contains("It has nothing to do with rights");
        assertThat(operator.act(
                        "/console/dead-letters/skip",
                        "sequence",
                        "r:21",
                        "position",
                        Long.toString(broken + 1),
                        "reason",
                        "no"))
                .contains("refused");
        operator.act(
                "/console/dead-letters/skip",
                "sequence",
                "r:21",
                "position",
                Long.toString(broken),
                "reason",
                "<nothing> to be read");
        assertThat(operator.page("/console/dead-letters"))
                .contains("Skipped events", "&lt;nothing&gt; to be read", "site administrator");
        assertThat(operator.page("/console/events/" + broken)).contains("It is in no table");
        assertThat(service.get("/repos/ada/r21/issues/2").status()).isEqualTo(200);

        blocked(22, "repository-hidden");
        assertThat(operator.page("/console/dead-letters")).contains("stays visible to its owner");
        assertThat(operator.post("/console/dead-letters/skip", "sequence", "r:22", "reason", "x")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void eventsAreFoundByWhatTheyAreAboutAndTellWhatTheyChanged() {
        service.log().append(EventFixtures.created(30, 1, "ada", "r30"), EventFixtures.issue(30, 1, 1, "as it was"));
        long edited = service.log()
                .append(
                        List.of(EventFixtures.edited(30, 1, "as it is", null)),
                        "{\"actor\": \"a:1\", \"requestId\": \"REQUEST30\"}");
        service.log().name(30, 1, "r30");
        String all = operator.page("/console/events?about=ada/r30");
        assertThat(all).contains("repository-created", "issue-opened", "issue-edited");
        assertThat(all.indexOf(">issue-edited<")).as("newest first").isLessThan(all.indexOf(">issue-opened<"));
        for (String query : new String[] {"actor=ada", "request=REQUEST30", "type=issue-edited&about=r:30"}) {
            assertThat(operator.page("/console/events?" + query))
                    .as(query)
                    .contains("/console/events/" + edited + "\"")
                    .doesNotContain("repository-created");
        }
        assertThat(operator.page("/console/events?about=ada/r30&to=2000-01-01T00:00"))
                .contains("No such event");
        assertThat(operator.page("/console/events?about=nobody/r30")).contains("There is no repository or account");
        assertThat(operator.page("/console/events?from=yesterday")).contains("is no time");

        String event = operator.page("/console/events/" + edited);
        assertThat(event)
                .contains("issue-edited", "by <strong>ada</strong>", "REQUEST30")
                .contains("as it was", "as it is")
                .contains("/console/events/" + (edited - 1) + "\"");
        assertThat(operator.get("/console/events/999999").statusCode()).isEqualTo(404);
        assertThat(operator.get("/console/events/x").statusCode()).isEqualTo(400);
        assertThat(operator.get("/console/dead-letters/step").statusCode()).isEqualTo(400);
    }
}
