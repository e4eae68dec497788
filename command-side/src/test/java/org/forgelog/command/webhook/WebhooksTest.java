package org.forgelog.command.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;
import org.forgelog.command.Answered;
import org.forgelog.command.CommandNode;
import org.forgelog.command.subscription.Hooks;
import org.forgelog.command.webhook.Receiver.Got;
import org.forgelog.command.webhook.Receiver.Mood;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Hooks are told of what happens: at least once, in order, whatever fails. */
class WebhooksTest {

    private static final String DATABASE = CommandNode.freshDatabase();
    private static final Map<String, Object> IMPATIENT = Map.of(
            "forgelog.webhooks.allowed", "127.0.0.1/32",
            "forgelog.webhooks.timeout", "500ms",
            "forgelog.webhooks.first-pause", "10ms",
            "forgelog.webhooks.longest-pause", "50ms");
    private static final CommandNode NODE = CommandNode.with(DATABASE, IMPATIENT);

    private final Receiver receiver = new Receiver();
    private final CommandNode.User ada = NODE.newUser();
    private final String repository = ada.sharingRepository("engine");

    @AfterEach
    void closeReceiver() {
        receiver.close();
    }

    @AfterAll
    static void stop() {
        NODE.close();
    }

    private long hook(String owner, String events) {
        Answered made = ada.post(
                owner + "/hooks",
                "{\"config\":{\"url\":\"" + receiver.url() + "\",\"content_type\":\"json\",\"secret\":\"s3cr3t-"
                        + ada.login() + "\"},\"events\":[" + events + "]}");
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made.json().get("id").longValue();
    }

    private static void eventually(Runnable holds) {
        Awaitility.await().atMost(Duration.ofMinutes(5)).untilAsserted(holds::run);
    }

    private void open(int count) {
        for (int i = 0; i < count; i++) {
            ada.post(repository + "/issues", "{\"title\":\"Issue\"}");
        }
    }

    private static List<String> opened(int from, int to) {
        List<String> all = new ArrayList<>();
        for (int i = from; i <= to; i++) {
            all.add("issues.opened " + i);
        }
        return all;
    }

    @Test
    void givenAHook_thenItIsPinged_andToldOfWhatItAskedFor_signed() throws GeneralSecurityException {
        long hook = hook(repository, "\"issues\",\"issue_comment\",\"label\"");
        ada.post(repository + "/issues", "{\"title\":\"Bernoulli’s numbers\"}");
        ada.post(repository + "/issues/1/labels", "{\"labels\":[\"bug\",\"new\"]}");
        ada.post(repository + "/issues/1/comments", "{\"body\":\"Yes\"}");
        ada.put("/user/starred" + repository.substring("/repos".length()), "");
        ada.patch(repository + "/issues/1", "{\"state\":\"closed\"}");

        eventually(() -> assertThat(receiver.said())
                .containsExactly(
                        "issues.opened 1",
                        "label.created",
                        "label.created",
                        "issues.labeled 1",
                        "issues.labeled 1",
                        "issue_comment.created 1",
                        "issues.closed 1"));
        Got ping = receiver.got().getFirst();
        assertThat(ping.event()).isEqualTo("ping");
        assertThat(ping.json().get("hook_id").longValue()).isEqualTo(hook);
        Got opened = receiver.got().stream()
                .filter(got -> got.event().equals("issues"))
                .findFirst()
                .orElseThrow();
        assertThat(opened.json().get("issue").get("title").stringValue()).isEqualTo("Bernoulli’s numbers");
        assertThat(opened.json().get("issue").get("state").stringValue()).isEqualTo("open");
        assertThat(opened.json().get("repository").get("full_name").stringValue())
                .isEqualTo(ada.login() + "/engine");
        assertThat(opened.json().get("sender").get("login").stringValue()).isEqualTo(ada.login());
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(("s3cr3t-" + ada.login()).getBytes(UTF_8), "HmacSHA256"));
        assertThat(opened.headers().get("x-hub-signature-256"))
                .isEqualTo("sha256="
                        + HexFormat.of().formatHex(mac.doFinal(opened.body().getBytes(UTF_8))));
        assertThat(opened.headers().get("x-github-hook-id")).isEqualTo(Long.toString(hook));
    }

    @Test
    void givenAReceiverThatFailsHangsAndDies_thenItGetsEverythingInOrderInTheEnd() {
        hook(repository, "\"issues\"");
        receiver.will(Mood.FAILS, Mood.HANGS, Mood.FAILS);
        open(5);
        receiver.will(Mood.HANGS, Mood.FAILS, Mood.FAILS, Mood.HANGS);
        open(5);
        receiver.die();
        open(5);
        receiver.comeBack();
        open(5);
        eventually(() -> assertThat(receiver.said()).containsExactlyElementsOf(opened(1, 20)));
    }

    @Test
    void givenANodeThatIsGone_thenAnotherOneSendsWhatItOwed() {
        String database = CommandNode.freshDatabase();
        try (CommandNode first = CommandNode.with(database, IMPATIENT)) {
            CommandNode.User bob = first.newUser();
            String path = bob.sharingRepository("owed");
            receiver.die();
            Answered made = bob.post(
                    path + "/hooks",
                    "{\"config\":{\"url\":\"" + receiver.url()
                            + "\",\"content_type\":\"json\"},\"events\":[\"issues\"]}");
            assertThat(made.status()).isEqualTo(201);
            for (int i = 0; i < 3; i++) {
                bob.post(path + "/issues", "{\"title\":\"Issue\"}");
            }
            eventually(() -> assertThat(first.sql()
                            .sql("select count(*) from hook_delivery where attempts > 0")
                            .query(Long.class)
                            .single())
                    .isPositive());
        }
        receiver.comeBack();
        try (CommandNode second = CommandNode.with(database, IMPATIENT)) {
            eventually(() -> assertThat(receiver.said()).containsExactlyElementsOf(opened(1, 3)));
            assertThat(second.events()).isPositive();
        }
    }

    @Test
    void givenAReplay_thenItIsToldOnceMoreInOrder_andARedeliveryKeepsItsName() {
        open(2);
        long hook = hook(repository, "\"*\"");
        open(1);
        eventually(() -> assertThat(receiver.said()).containsExactly("issues.opened 3"));

        assertThat(ada.post(repository + "/hooks/" + hook + "/replays", "{\"after\":0}")
                        .status())
                .isEqualTo(202);
        eventually(() -> assertThat(receiver.said())
                .containsExactly(
                        "issues.opened 3",
                        "repository.created",
                        "issues.opened 1",
                        "issues.opened 2",
                        "issues.opened 3"));

        JsonNode deliveries = NODE.call(
                        "GET", repository + "/hooks/" + hook + "/deliveries?per_page=2", ada.token(), null)
                .json();
        assertThat(deliveries).hasSize(2);
        String delivery = deliveries.get(0).get("id").toString();
        String guid = deliveries.get(0).get("guid").stringValue();
        long before = receiver.times(guid);
        assertThat(ada.post(repository + "/hooks/" + hook + "/deliveries/" + delivery + "/attempts", "")
                        .status())
                .isEqualTo(202);
        eventually(() -> assertThat(receiver.times(guid)).isGreaterThan(before));
    }

    @Test
    void givenAPrivateAddress_thenNothingIsSentThere_norWhereItIsRedirectedTo() {
        long redirected = hook(repository, "\"issues\"");
        eventually(() -> assertThat(receiver.got()).isNotEmpty());
        receiver.will(Mood.REDIRECTS, Mood.REDIRECTS);
        open(1);
        eventually(() -> assertThat(receiver.said()).containsExactly("issues.opened 1"));
        assertThat(redirected).isPositive();
        String database = CommandNode.freshDatabase();
        try (Receiver inside = new Receiver();
                CommandNode strict = CommandNode.with(database, Map.of("forgelog.webhooks.first-pause", "1h"))) {
            CommandNode.User eve = strict.newUser();
            String path = eve.sharingRepository("inside");
            for (String host :
                    List.of("127.0.0.1", "localhost", "[::1]", "0.0.0.0", "[::ffff:127.0.0.1]", "2130706433")) {
                String url = inside.url().replace("127.0.0.1", host);
                eve.post(path + "/hooks", "{\"config\":{\"url\":\"" + url + "\"}}");
            }
            eventually(() -> assertThat(strict.sql()
                            .sql("select count(*) from hook_delivery where attempts = 1 and status is not null")
                            .query(Long.class)
                            .single())
                    .isEqualTo(strict.sql()
                            .sql("select count(*) from hook")
                            .query(Long.class)
                            .single()));
            assertThat(strict.sql()
                            .sql("select distinct status from hook_delivery")
                            .query(String.class)
                            .list())
                    .allMatch(status -> status.equals("address not allowed") || status.equals("unknown host"));
            assertThat(inside.got()).isEmpty();
        }
    }

    @Test
    void givenAReplay_thenWhatWasDeletedSinceIsToldToNobodyAgain() {
        ada.post(repository + "/issues", "{\"title\":\"Issue\"}");
        long hook = hook(repository, "\"issue_comment\"");
        String comment = ada.post(repository + "/issues/1/comments", "{\"body\":\"indiscreet\"}")
                .json()
                .get("id")
                .toString();
        eventually(() -> assertThat(receiver.said()).containsExactly("issue_comment.created 1"));
        ada.delete(repository + "/issues/comments/" + comment);
        eventually(() ->
                assertThat(receiver.said()).containsExactly("issue_comment.created 1", "issue_comment.deleted 1"));
        long before = NODE.sql()
                .sql("select max(id) from hook_delivery where hook_id = ?")
                .param(hook)
                .query(Long.class)
                .single();

        ada.post(repository + "/hooks/" + hook + "/replays", "{\"after\":0}");

        eventually(() -> assertThat(NODE.sql()
                        .sql("select payload from hook_delivery where hook_id = ? and id > ?")
                        .params(hook, before)
                        .query(String.class)
                        .list())
                .singleElement()
                .asString()
                .contains("\"action\":\"deleted\"")
                .doesNotContain("indiscreet"));
    }

    @Test
    void givenMoreThanMayWait_thenTheHookReadsOnInTheLogLater() {
        long hook = hook(repository, "\"issues\"");
        eventually(() -> assertThat(receiver.got()).isNotEmpty());
        NODE.sql()
                .sql("insert into hook_delivery (hook_id, sequence_key, guid, event, payload, next_at)"
                        + " select ?, 'r:0', gen_random_uuid(), 'issues', '{}', now() + interval '1 day'"
                        + " from generate_series(1, ?)")
                .params(hook, Hooks.MOST_WAITING)
                .update();
        open(3);
        eventually(() -> assertThat(NODE.sql()
                        .sql("select count(position) from hook where id = ?")
                        .param(hook)
                        .query(Long.class)
                        .single())
                .isEqualTo(1));
        assertThat(receiver.said()).isEmpty();
        NODE.sql()
                .sql("delete from hook_delivery where hook_id = ? and sequence_key = 'r:0'")
                .param(hook)
                .update();
        NODE.sql()
                .sql("update hook set retry_at = null where id = ?")
                .param(hook)
                .update();
        eventually(() -> assertThat(receiver.said()).containsExactlyElementsOf(opened(1, 3)));
    }

    @Test
    void givenASecret_thenNoAnswerShowsIt_andTheLogHasNoneOfIt() {
        long hook = hook(repository, "\"issues\"");
        String shown =
                NODE.call("GET", repository + "/hooks", ada.token(), null).text();
        assertThat(shown).contains("********").doesNotContain("s3cr3t");
        assertThat(NODE.call("GET", repository + "/hooks/" + hook + "/config", ada.token(), null)
                        .text())
                .doesNotContain("s3cr3t");
        assertThat(NODE.sql()
                        .sql("select count(*) from domain_event where payload::text || metadata::text like '%s3cr3t%'")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void givenAHook_thenItsOwnersChangeIt_andNobodyElseKnowsOfIt() {
        long hook = hook(repository, "\"issues\"");
        String path = repository + "/hooks/" + hook;
        assertThat(ada.patch(path, "{\"add_events\":[\"label\"],\"active\":false}")
                        .json()
                        .get("events"))
                .hasSize(2);
        assertThat(ada.patch(path + "/config", "{\"content_type\":\"form\"}")
                        .json()
                        .get("content_type")
                        .stringValue())
                .isEqualTo("form");
        assertThat(ada.post(repository + "/hooks", "{\"config\":{\"url\":\"ftp://x\"}}")
                        .fieldError())
                .isEqualTo("url:custom");
        assertThat(ada.post(repository + "/hooks", "{}").fieldError()).isEqualTo("url:missing_field");
        CommandNode.User other = NODE.newUser();
        assertThat(other.post(repository + "/hooks", "{}").status()).isEqualTo(403);
        assertThat(NODE.call("GET", path, other.token(), null).status()).isEqualTo(403);
        assertThat(NODE.call("GET", path, null, null).status()).isEqualTo(401);
        assertThat(ada.delete(path).status()).isEqualTo(204);
        assertThat(NODE.call("GET", path, ada.token(), null).status()).isEqualTo(404);
    }

    @Test
    void givenAnOrganizationsHook_thenItIsToldOfItsRepositories_andOfItsMembers() {
        String organization = NODE.newOrganization(ada);
        hook("/orgs/" + organization, "\"*\"");
        ada.post("/orgs/" + organization + "/repos", "{\"name\":\"shared\"}");
        ada.post("/repos/" + organization + "/shared/issues", "{\"title\":\"Issue\"}");
        ada.post(repository + "/issues", "{\"title\":\"Of somebody else's\"}");
        CommandNode.User member = NODE.newUser();
        ada.put("/orgs/" + organization + "/memberships/" + member.login(), "{\"role\":\"member\"}");
        member.post("/repos/" + organization + "/shared/forks", "");

        eventually(() -> assertThat(receiver.said())
                .containsExactlyInAnyOrder(
                        "repository.created", "issues.opened 1", "organization.member_added", "fork."));
        assertThat(receiver.got()
                        .getLast()
                        .json()
                        .get("organization")
                        .get("login")
                        .stringValue())
                .isEqualTo(organization);
    }
}
