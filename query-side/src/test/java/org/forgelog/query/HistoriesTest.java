package org.forgelog.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.forgelog.domain.Change;
import org.forgelog.domain.account.AccountEvent.ProfileEdited;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.account.OrganizationRole;
import org.forgelog.domain.account.Profile;
import org.forgelog.query.QueryService.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What things were, change by change. */
class HistoriesTest {

    private static QueryService service;

    @BeforeAll
    static void start() {
        service = QueryService.start();
        service.log()
                .append(
                        EventFixtures.registered(1, "ada"),
                        EventFixtures.registered(2, "bob"),
                        EventFixtures.organization(3, "works"),
                        EventFixtures.member(3, 1, OrganizationRole.ADMIN),
                        EventFixtures.created(10, 1, "ada", "engine"),
                        EventFixtures.label(10, 70, "bug"),
                        EventFixtures.label(10, 71, "gone"),
                        EventFixtures.issue(10, 1, 2, "Overflow"),
                        EventFixtures.labelled(10, 1, 70, 71),
                        EventFixtures.assigned(10, 1, 1));
        service.log().append(List.of(EventFixtures.edited(10, 1, "Underflow", "see note G")), "{\"actor\": \"a:1\"}");
        service.log()
                .append(
                        EventFixtures.commented(10, 1, 80, 1, "indeed"),
                        EventFixtures.closed(10, 1, 1),
                        EventFixtures.labelDeleted(10, 71, "gone"),
                        EventFixtures.labelEdited(10, 70, "bug", "defect", "ff0000"),
                        EventFixtures.pull(10, 1, 2, "Fix"),
                        EventFixtures.merged(10, 1, 1),
                        EventFixtures.renamed(10, "ada", "engine", "motor"),
                        EventFixtures.topics(10, "computing"),
                        EventFixtures.starred(2, 10),
                        new ProfileEdited(
                                new AccountId(2),
                                new Profile.Changes(Change.to("Bob"), null, null, null, null, null, null, null, null),
                                EventFixtures.now()),
                        EventFixtures.renamed(2, "bob", "robert"),
                        EventFixtures.created(11, 1, "ada", "secret", true),
                        EventFixtures.issue(11, 1, 1, "hidden"));
        service.log().token(1, "ada", "ada-token");
        service.log().token(2, "robert", "bob-token");
        service.await();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    /** All changes of a field, as {@code actor: from -> to}. */
    private static List<String> changes(String path, String token, String field) {
        Answer answer = service.get(path, token);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        List<String> changes = new ArrayList<>();
        for (JsonNode entry : answer.json()) {
            for (JsonNode change : entry.path("changes")) {
                if (change.path("field").asString().equals(field)) {
                    changes.add(entry.path("actor").path("login").asString("nobody") + ": " + change.path("from")
                            + " -> " + change.path("to"));
                }
            }
        }
        return changes;
    }

    @Test
    void anIssueTellsEachChangeOfEachFieldWithWhoMadeItAndWhen() {
        String path = "/repos/ada/motor/issues/1/history";
        assertThat(changes(path, null, "title"))
                .containsExactly("robert: null -> \"Overflow\"", "ada: \"Overflow\" -> \"Underflow\"");
        assertThat(changes(path, null, "state"))
                .containsExactly("robert: null -> \"open\"", "ada: \"open\" -> \"closed\"");
        assertThat(changes(path, null, "comments")).containsExactly("ada: 0 -> 1");
        assertThat(changes(path, null, "body"))
                .containsExactly(
                        "robert: null -> \"the body of Overflow\"", "ada: \"the body of Overflow\" -> \"see note G\"");
        JsonNode opened = service.get(path).json().get(0);
        assertThat(opened.path("event").asString()).isEqualTo("issue-opened");
        assertThat(opened.path("at").asString())
                .isEqualTo(service.get("/repos/ada/motor/issues/1")
                        .json()
                        .path("created_at")
                        .asString());
        assertThat(opened.path("position").asLong()).isPositive();
    }

    @Test
    void labelsHaveTheirPresentNamesAndThoseThatAreGoneAreNotNamed() {
        assertThat(changes("/repos/ada/motor/issues/1/history", null, "labels"))
                .hasSize(1)
                .first()
                .asString()
                .endsWith("[] -> [\"defect\"]");
    }

    @Test
    void aPullRequestTellsWhoMergedIt() {
        assertThat(changes("/repositories/10/pulls/1/history", null, "merged")).containsExactly("ada: false -> true");
    }

    @Test
    void aRepositoryTellsItsNames() {
        assertThat(changes("/repos/ada/motor/history", null, "name"))
                .hasSize(2)
                .last()
                .asString()
                .endsWith("\"engine\" -> \"motor\"");
        assertThat(changes("/repos/ada/motor/history", null, "topics")).hasSize(1);
        assertThat(service.get("/repos/ada/motor/history").text()).doesNotContain("repository-starred");
    }

    @Test
    void anAccountTellsItsHistoryToItselfAlone() {
        assertThat(changes("/users/robert/history", "bob-token", "login"))
                .containsExactly("nobody: null -> \"bob\"", "nobody: \"bob\" -> \"robert\"");
        assertThat(changes("/users/robert/history", QueryService.ADMIN, "name")).hasSize(1);
        assertThat(service.get("/users/robert/history", "ada-token").status()).isEqualTo(403);
        assertThat(service.get("/users/robert/history").status()).isEqualTo(401);
        assertThat(service.get("/users/works/history", "ada-token").status()).isEqualTo(200);
        assertThat(service.get("/users/works/history", "bob-token").status()).isEqualTo(403);
    }

    @Test
    void whatIsHiddenHasNoHistory() {
        assertThat(service.get("/repos/ada/secret/history").status()).isEqualTo(404);
        assertThat(service.get("/repos/ada/secret/issues/1/history", "bob-token")
                        .status())
                .isEqualTo(404);
        assertThat(service.get("/repos/ada/secret/issues/1/history", "ada-token")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void moreTextThanOneAnswerIsMadeOfIsRefusedWithTheReason() {
        service.log().append(EventFixtures.created(12, 1, "ada", "long"), EventFixtures.issue(12, 1, 1, "long"));
        String path = "/repos/ada/long/issues/1/history";
        for (int i = 0; i < 3; i++) {
            edit(i, 50);
            Answer answer = service.get(path);
            assertThat(answer.status()).as(answer.text()).isEqualTo(i < 2 ? 200 : 422);
        }
        assertThat(service.get(path).text()).contains("more text");
        assertThat(service.get("/repos/ada/long/issues/1").status()).isEqualTo(200);
    }

    private static void edit(int round, int times) {
        for (int i = 0; i < times; i++) {
            String body = round + "-" + i + " " + "\u4e00".repeat(65_000);
            service.log().append(EventFixtures.edited(12, 1, "long " + round + "-" + i, body));
        }
        service.await();
    }

    @Test
    void aHistoryHasPages() {
        Answer first = service.get("/repos/ada/motor/issues/1/history?per_page=2");
        assertThat(first.json()).hasSize(2);
        assertThat(service.get(first.link("next").orElseThrow())
                        .json()
                        .get(0)
                        .path("position")
                        .asLong())
                .isGreaterThan(first.json().get(1).path("position").asLong());
    }

    @Test
    void eachPositionIsAMomentToAskFor() {
        for (JsonNode entry : service.get("/repos/ada/motor/issues/1/history").json()) {
            for (JsonNode change : entry.path("changes")) {
                if (change.path("field").asString().equals("title")) {
                    assertThat(service.get("/repos/ada/motor/issues/1?as_of=" + entry.path("position"))
                                    .json()
                                    .path("title"))
                            .isEqualTo(change.path("to"));
                }
            }
        }
    }
}
