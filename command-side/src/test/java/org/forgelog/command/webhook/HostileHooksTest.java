package org.forgelog.command.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.forgelog.command.Answered;
import org.forgelog.command.CommandNode;
import org.forgelog.command.subscription.Delivery;
import org.forgelog.command.subscription.Hooks;
import org.forgelog.eventlog.MasterKeys;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hooks that are made to get at something, or to fill the database. Nothing is sent here. */
class HostileHooksTest {

    private static final CommandNode NODE =
            CommandNode.with(CommandNode.freshDatabase(), Map.of("forgelog.webhooks.parallel", "0"));
    private static final String NOWHERE = "https://example.org/hook";

    private final CommandNode.User ada = NODE.newUser();
    private final CommandNode.User eve = NODE.newUser();

    @AfterAll
    static void stop() {
        NODE.close();
    }

    private static Answered make(CommandNode.User who, String repository, String url) {
        return who.post(repository + "/hooks", "{\"config\":{\"url\":\"" + url + "\",\"secret\":\"s3cr3t\"}}");
    }

    private static long hook(CommandNode.User who, String repository) {
        Answered made = make(who, repository, NOWHERE);
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made.json().get("id").longValue();
    }

    private static void waiting(long hook, String sequence, int attempts, int count) {
        NODE.sql()
                .sql("insert into hook_delivery (hook_id, sequence_key, guid, event, payload, attempts, next_at)"
                        + " select ?, ?, ?, 'issues', '{}', ?, now() - interval '1 minute' from generate_series(1, ?)")
                .params(hook, sequence, UUID.randomUUID(), attempts, count)
                .update();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://example.org/",
                "file:///etc/passwd",
                "gopher://example.org/",
                "http://",
                "http:///path",
                "http://example.org:0/",
                "http://example.org:99999/",
                "http://user:password@example.org/",
                "http://example.org/\\r\\nX-Header: 1",
                "http://exa mple.org/",
                "//example.org/",
                "javascript:alert(1)"
            })
    void anAddressThatNothingCanBeSentToIsRefused(String url) {
        assertThat(make(ada, ada.sharingRepository("refusing-" + UUID.randomUUID()), url)
                        .fieldError())
                .isEqualTo("url:custom");
    }

    @Test
    void moreEventsThanThereAreAreRefused() {
        String repository = ada.sharingRepository("many");
        StringBuilder events = new StringBuilder("\"issues\"");
        for (char c = 'a'; c <= 'z'; c++) {
            for (char d = 'a'; d <= 'z'; d++) {
                events.append(",\"").append(c).append(d).append('"');
            }
        }
        assertThat(ada.post(
                                repository + "/hooks",
                                "{\"config\":{\"url\":\"" + NOWHERE + "\"},\"events\":[" + events + "]}")
                        .fieldError())
                .isEqualTo("events:custom");
        assertThat(ada.patch(repository + "/hooks/" + hook(ada, repository), "{\"add_events\":[" + events + "]}")
                        .fieldError())
                .isEqualTo("events:custom");
    }

    @Test
    void whoGaveARepositoryAwaySeesNothingOfItsHooksAnyMore() {
        String repository = ada.repository("given", ",\"private\":true");
        long hook = hook(ada, repository);
        waiting(hook, "r:1", 0, 1);
        assertThat(ada.post(repository + "/transfer", "{\"new_owner\":\"" + eve.login() + "\"}")
                        .status())
                .isEqualTo(202);
        String now = "/repos/" + eve.login() + "/given";
        for (String path : List.of("/hooks", "/hooks/" + hook, "/hooks/" + hook + "/deliveries")) {
            Answered former = NODE.call("GET", now + path, ada.token(), null);
            assertThat(former.status()).as(path).isIn(403, 404);
            Answered owner = NODE.call("GET", now + path, eve.token(), null);
            assertThat(owner.status()).as(path).isEqualTo(200);
            assertThat(owner.text()).doesNotContain("s3cr3t");
            assertThat(NODE.call("GET", now + path, NODE.newUser().token(), null)
                            .status())
                    .isEqualTo(404);
        }
    }

    @Test
    void aHookIsFoundThroughWhatItBelongsToAlone() {
        long hook = hook(ada, ada.sharingRepository("mine"));
        waiting(hook, "r:1", 0, 1);
        String hers = eve.sharingRepository("hers");
        String organization = "/orgs/" + NODE.newOrganization(eve);
        for (String other : List.of(hers, organization)) {
            String path = other + "/hooks/" + hook;
            assertThat(NODE.call("GET", path, eve.token(), null).status()).isEqualTo(404);
            assertThat(NODE.call("GET", path + "/deliveries", eve.token(), null).status())
                    .isEqualTo(404);
            assertThat(eve.patch(path, "{\"active\":false}").status()).isEqualTo(404);
            assertThat(eve.post(path + "/pings", "").status()).isEqualTo(404);
            assertThat(eve.delete(path).status()).isEqualTo(404);
        }
    }

    @Test
    void whatWasNeverTriedGoesBeforeWhatFailedAlready() {
        Hooks hooks = new Hooks(NODE.sql(), NODE.bean(MasterKeys.class));
        long failing = hook(ada, ada.sharingRepository("failing"));
        long fine = hook(eve, eve.sharingRepository("fine"));
        NODE.sql().sql("delete from hook_delivery").update();
        for (int i = 0; i < 50; i++) {
            waiting(failing, "r:9" + i, 3, 1);
        }
        waiting(fine, "r:8", 0, 1);
        assertThat(hooks.claim(1, Duration.ofMinutes(1)))
                .extracting(Delivery::hookId)
                .containsExactly(fine);
    }

    @Test
    void nothingMoreIsAddedWhereTooMuchWaits() {
        String repository = ada.sharingRepository("full");
        long hook = hook(ada, repository);
        String delivery = NODE.sql()
                .sql("select id from hook_delivery where hook_id = ?")
                .param(hook)
                .query(String.class)
                .single();
        String path = repository + "/hooks/" + hook;
        assertThat(ada.post(path + "/deliveries/" + delivery + "/attempts", "").status())
                .isEqualTo(202);
        waiting(hook, "r:7", 0, Hooks.MOST_WAITING);
        assertThat(ada.post(path + "/deliveries/" + delivery + "/attempts", "").fieldError())
                .isEqualTo("base:custom");
        assertThat(ada.post(path + "/pings", "").fieldError()).isEqualTo("base:custom");
    }
}
