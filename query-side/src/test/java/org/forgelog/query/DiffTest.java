package org.forgelog.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.forgelog.domain.Permission;
import org.forgelog.domain.account.OrganizationRole;
import org.forgelog.query.QueryService.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What differs between two moments, for operators. */
class DiffTest {

    private static final String LONG = "x".repeat(6_000);

    private static QueryService service;
    private static long before;
    private static long after;

    @BeforeAll
    static void start() {
        service = QueryService.start();
        before = service.log()
                .append(
                        EventFixtures.registered(1, "ada"),
                        EventFixtures.registered(2, "bob"),
                        EventFixtures.organization(3, "works"),
                        EventFixtures.created(10, 1, "ada", "engine"),
                        EventFixtures.label(10, 70, "bug"),
                        EventFixtures.starred(2, 10),
                        EventFixtures.issue(10, 1, 2, "Overflow"),
                        EventFixtures.issue(10, 2, 2, "Untouched"));
        after = service.log()
                .append(
                        EventFixtures.edited(10, 1, "Underflow", LONG),
                        EventFixtures.labelled(10, 1, 70),
                        EventFixtures.assigned(10, 1, 1),
                        EventFixtures.closed(10, 1, 1),
                        EventFixtures.unstarred(2, 10),
                        EventFixtures.collaborator(10, 2, Permission.WRITE),
                        EventFixtures.labelEdited(10, 70, "bug", "defect", "ff0000"),
                        EventFixtures.member(3, 2, OrganizationRole.MEMBER),
                        EventFixtures.renamed(2, "bob", "robert"));
        service.log().token(1, "ada", "ada-token");
        service.log().token(2, "robert", "bob-token");
        service.log().token(3, "works", "works-token");
        service.log().name(10, 1, "engine");
        service.await();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static Answer diff(String query) {
        return service.get("/operator/diff?" + query, QueryService.ADMIN);
    }

    /** Differences as {@code change what} and {@code what.field: from -> to}. */
    private static List<String> told(String query) {
        Answer answer = diff(query);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        List<String> told = new ArrayList<>();
        for (JsonNode difference : answer.json().path("differences")) {
            String what = difference.path("what").asString();
            told.add(difference.path("change").asString() + " " + what);
            difference
                    .path("fields")
                    .forEach(field -> told.add(what + "." + field.path("field").asString() + ": " + field.path("from")
                            + " -> " + field.path("to")));
        }
        return told;
    }

    @Test
    void aRepositoryIsComparedItemByItemWithNames() {
        assertThat(told("of=ada/engine&from=" + before + "&to=" + after))
                .contains(
                        "changed issue #1",
                        "issue #1.title: \"Overflow\" -> \"Underflow\"",
                        "issue #1.open: true -> false",
                        "issue #1.labels: null -> [\"defect\"]",
                        "issue #1.assignees: null -> [\"ada\"]",
                        "issue #1.closed_by: null -> \"ada\"",
                        "changed label defect",
                        "label defect.name: \"bug\" -> \"defect\"",
                        "removed star of robert",
                        "added collaborator of robert",
                        "counters.stars: 1 -> 0")
                .anyMatch(line -> line.startsWith("issue #1.body: ") && line.contains(LONG))
                .noneMatch(line -> line.contains("#2") || line.contains("gsi") || line.contains(".pos"));
    }

    @Test
    void anAccountIsComparedAndNowIsTheEndWhereNoneIsSaid() {
        assertThat(told("of=robert&from=" + before))
                .containsExactly("changed account", "account.login: \"bob\" -> \"robert\"");
        assertThat(told("of=works&from=" + before)).contains("added member of robert");
    }

    @Test
    void fromTheBeginningEverythingIsNew() {
        assertThat(told("of=ada/engine&to=" + before))
                .contains("added issue #1", "added repository", "added label bug");
    }

    @Test
    void itIsForOperatorsAndKnowsWhatIsNotThere() {
        assertThat(service.get("/operator/diff?of=ada/engine", "ada-token").status())
                .isIn(401, 403, 404);
        assertThat(diff("of=ada/nothing").status()).isEqualTo(404);
        assertThat(diff("of=nobody").status()).isEqualTo(404);
        assertThat(diff("").status()).isEqualTo(400);
        assertThat(diff("of=ada/engine&from=soon").status()).isEqualTo(422);
    }
}
