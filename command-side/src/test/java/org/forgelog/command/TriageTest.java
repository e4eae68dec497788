package org.forgelog.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.forgelog.command.CommandNode.User;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Labels, assignees, locks and topics. */
@Isolated("counts the events of a node that others use, too")
class TriageTest {

    private final CommandNode node = CommandNode.shared();
    private User owner;
    private User author;
    private String repository;

    @BeforeEach
    void anIssueAndAPullRequestOfSomebodyElse() {
        owner = node.newUser();
        author = node.newUser();
        repository = owner.repository("triaged");
        author.post(repository + "/issues", "{\"title\":\"x\"}");
        author.post(repository + "/pulls", "{\"title\":\"x\",\"head\":\"f\",\"base\":\"main\"}");
    }

    @Test
    void givenALabel_whenEdited_thenWhatCarriesItShowsItAnew() {
        Answered created = owner.post(
                repository + "/labels", "{\"name\":\"area/core\",\"color\":\"F29513\",\"description\":\"the core\"}");
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.header("Location")).endsWith("/labels/area%2Fcore");
        assertThat(created.json().get("default").booleanValue()).isFalse();
        owner.post(repository + "/issues/1/labels", "{\"labels\":[\"Area/Core\"]}");

        JsonNode edited = owner.patch(
                        repository + "/labels/area%2Fcore", "{\"new_name\":\"Kernel\",\"description\":null}")
                .json();

        assertThat(edited.get("id")).isEqualTo(created.json().get("id"));
        assertThat(edited.get("description").isNull()).isTrue();
        assertThat(edited.get("color").stringValue()).isEqualTo("F29513");
        assertThat(labels(owner.patch(repository + "/issues/1", "{}"))).containsExactly("Kernel");
        assertThat(owner.delete(repository + "/labels/kernel").status()).isEqualTo(204);
        assertThat(owner.delete(repository + "/labels/kernel").status()).isEqualTo(404);
        assertThat(labels(owner.patch(repository + "/issues/1", "{}"))).isEmpty();
        assertThat(owner.post(repository + "/labels", "{\"name\":\"kernel\"}").status())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/issues/1", "/pulls/1"})
    void givenLabels_thenTheyAreAddedReplacedAndRemoved(String path) {
        String labels = repository + path + "/labels";

        Answered added = owner.post(labels, "{\"labels\":[\"bug\",{\"name\":\"new one\"},\"BUG\"]}");
        assertThat(added.status()).isEqualTo(200);
        assertThat(names(added.json())).containsExactly("bug", "new one");
        assertThat(added.json().at("/0/default").booleanValue()).isTrue();
        assertThat(names(owner.post(labels, "[\"bug\",{\"name\":\"bare\"}]").json()))
                .containsExactly("bug", "new one", "bare");
        assertThat(owner.post(labels, "[1]").status()).isEqualTo(422);
        assertThat(owner.post(repository + "/issues", "[]").status()).isEqualTo(400);
        assertThat(owner.delete(labels + "/bare").status()).isEqualTo(200);
        assertThat(added.json().at("/1/color").stringValue()).isEqualTo("ededed");
        assertThat(names(owner.put(labels, "{\"labels\":[\"x\",\"bug\"]}").json()))
                .containsExactly("bug", "x");
        assertThat(names(owner.delete(labels + "/bug").json())).containsExactly("x");
        assertThat(owner.delete(labels + "/bug").status()).isEqualTo(404);
        assertThat(owner.delete(labels + "/unknown").status()).isEqualTo(404);
        assertThat(owner.delete(labels).status()).isEqualTo(204);
        assertThat(labels(owner.patch(repository + path, "{}"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/issues/1", "/pulls/1"})
    void givenAssignees_thenThoseWithoutAPartInItAreLeftOut(String path) {
        User stranger = node.newUser();
        String assignees = repository + path + "/assignees";
        String body = "{\"assignees\":[\"" + owner.login().toUpperCase() + "\",\"" + author.login() + "\",\""
                + stranger.login() + "\",\"no-such-user\",\"#\"]}";

        Answered assigned = owner.post(assignees, body);

        assertThat(assigned.status()).isEqualTo(201);
        assertThat(assignees(assigned)).containsExactly(owner.login(), author.login());
        assertThat(assigned.json().at("/assignee/login").stringValue()).isEqualTo(owner.login());
        Answered unassigned =
                node.call("DELETE", assignees, owner.token(), "{\"assignees\":[\"" + owner.login() + "\"]}");
        assertThat(unassigned.status()).isEqualTo(200);
        assertThat(assignees(unassigned)).containsExactly(author.login());
    }

    @Test
    void givenAnAssigneeWhoseAccountGoes_thenNobodyIsShownInTheirPlace() {
        owner.post(repository + "/issues/1/assignees", "{\"assignees\":[\"" + author.login() + "\"]}");

        node.delete("/admin/users/" + author.login(), CommandNode.ADMIN);

        assertThat(assignees(owner.patch(repository + "/issues/1", "{}"))).isEmpty();
    }

    @Test
    void givenLabelsAndAssigneesWithAnIssue_thenTheyCountFromThoseWithPushAccessAlone() {
        String body = "{\"title\":\"x\",\"labels\":[\"first\",\"second\"],\"assignee\":\"" + owner.login() + "\"}";

        Answered byOwner = owner.post(repository + "/issues", body);
        Answered byAuthor = author.post(repository + "/issues", body.replace("first", "third"));

        assertThat(labels(byOwner)).containsExactly("first", "second");
        assertThat(assignees(byOwner)).containsExactly(owner.login());
        assertThat(byAuthor.status()).isEqualTo(201);
        assertThat(labels(byAuthor)).isEmpty();
        assertThat(assignees(byAuthor)).isEmpty();
        String issue = repository + "/issues/" + byOwner.number();
        Answered edited = owner.patch(issue, "{\"labels\":[\"second\"],\"assignee\":null,\"title\":\"y\"}");
        assertThat(labels(edited)).containsExactly("second");
        assertThat(assignees(edited)).isEmpty();
        String own = repository + "/issues/" + byAuthor.number();
        assertThat(labels(author.patch(own, "{\"labels\":[\"first\"]}"))).isEmpty();
        assertThat(owner.delete(repository + "/labels/third").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/issues/1", "/pulls/1"})
    void givenALock_thenItShowsWithItsReason(String path) {
        String lock = repository + path + "/lock";
        assertThat(owner.put(lock, "{\"lock_reason\":\"too heated\"}").status()).isEqualTo(204);
        JsonNode locked = owner.patch(repository + path, "{}").json();
        assertThat(locked.get("locked").booleanValue()).isTrue();
        assertThat(locked.get("active_lock_reason").stringValue()).isEqualTo("too heated");

        assertThat(owner.put(lock, null).status()).isEqualTo(204);
        assertThat(owner.patch(repository + path, "{}")
                        .json()
                        .get("active_lock_reason")
                        .isNull())
                .isTrue();
        assertThat(owner.delete(lock).status()).isEqualTo(204);
        assertThat(owner.patch(repository + path, "{}").json().get("locked").booleanValue())
                .isFalse();
    }

    @Test
    void givenTopics_thenTheyAreReplacedInLowerCase() {
        Answered answer = owner.put(repository + "/topics", "{\"names\":[\"Java\",\"event-log\",\"java\"]}");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("{\"names\":[\"java\",\"event-log\"]}");
        assertThat(owner.patch(repository, "{}").json().get("topics").size()).isEqualTo(2);
        assertThat(owner.put(repository + "/topics", "{\"names\":[]}").text()).isEqualTo("{\"names\":[]}");
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /labels",
        "PATCH, /labels/bug",
        "DELETE, /labels/bug",
        "PUT, /topics",
        "POST, /issues/1/labels",
        "PUT, /issues/1/labels",
        "DELETE, /issues/1/labels",
        "DELETE, /issues/1/labels/bug",
        "POST, /issues/1/assignees",
        "DELETE, /issues/1/assignees",
        "PUT, /issues/1/lock",
        "DELETE, /issues/1/lock",
        "POST, /pulls/1/labels",
        "PUT, /pulls/1/labels",
        "DELETE, /pulls/1/labels",
        "DELETE, /pulls/1/labels/bug",
        "POST, /pulls/1/assignees",
        "DELETE, /pulls/1/assignees",
        "PUT, /pulls/1/lock",
        "DELETE, /pulls/1/lock"
    })
    void givenNoPushAccess_then403AndInAHiddenOrArchivedRepositoryWhatHoldsThere(String method, String path) {
        long before = node.events();
        assertThat(node.call(method, repository + path, author.token(), "{}").status())
                .isEqualTo(403);
        assertThat(node.call(method, repository + path, null, "{}").status()).isEqualTo(401);
        assertThat(node.events()).isEqualTo(before);
        long id =
                owner.patch(repository, "{\"archived\":true}").json().get("id").longValue();
        String body = "{\"names\":[],\"name\":\"x\",\"labels\":[],\"assignees\":[]}";
        assertThat(node.call(method, "/repositories/" + id + path, owner.token(), body)
                        .status())
                .isEqualTo(403);
        owner.patch(repository, "{\"archived\":false,\"private\":true}");
        Answered hidden = node.call(method, repository + path, author.token(), "{}");
        assertThat(hidden.status()).isEqualTo(404);
        assertThat(hidden.text())
                .isEqualTo(node.call(method, "/repos/no/where" + path, author.token(), "{}")
                        .text());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "POST  | /labels | {} | name:missing_field",
                "POST  | /labels | {\"name\":\"Taken\"} | name:already_exists",
                "POST  | /labels | {\"name\":5} | name:invalid",
                "POST  | /labels | {\"name\":\"a\\u0000\"} | name:invalid",
                "POST  | /labels | {\"name\":\"\\ud800\"} | name:invalid",
                "POST  | /labels | {\"name\":\" a\"} | name:invalid",
                "POST  | /labels | {\"name\":\"a\",\"color\":\"#ffffff\"} | color:invalid",
                "POST  | /labels | {\"name\":\"a\",\"color\":7} | color:invalid",
                "PATCH | /labels/free | {\"new_name\":\"taken\"} | name:already_exists",
                "PATCH | /labels/free | {\"new_name\":\"\"} | name:missing_field",
                "PATCH | /labels/free | {\"description\":[]} | description:invalid",
                "POST  | /issues/1/labels | {} | labels:missing_field",
                "POST  | /issues/1/labels | {\"labels\":\"bug\"} | labels:invalid",
                "POST  | /issues/1/labels | {\"labels\":[5]} | labels:invalid",
                "POST  | /issues/1/labels | {\"labels\":[{}]} | labels:invalid",
                "POST  | /issues/1/labels | {\"labels\":[\"a\\u0000\"]} | name:invalid",
                "PUT   | /pulls/1/labels | {\"labels\":[\"\"]} | name:missing_field",
                "POST  | /issues | {\"title\":\"x\",\"labels\":{}} | labels:invalid",
                "POST  | /issues | {\"title\":\"x\",\"assignees\":\"me\"} | assignees:invalid",
                "POST  | /issues | {\"title\":\"x\",\"assignee\":[]} | assignee:invalid",
                "PATCH | /issues/1 | {\"labels\":[null]} | labels:invalid",
                "POST  | /issues/1/assignees | {} | assignees:missing_field",
                "DELETE| /pulls/1/assignees | {\"assignees\":[1]} | assignees:invalid",
                "PUT   | /issues/1/lock | {\"lock_reason\":\"boring\"} | lock_reason:invalid",
                "PUT   | /pulls/1/lock | {\"lock_reason\":1} | lock_reason:invalid",
                "PUT   | /topics | {} | names:missing_field",
                "PUT   | /topics | {\"names\":\"java\"} | names:invalid",
                "PUT   | /topics | {\"names\":[\"a b\"]} | names:invalid",
                "PUT   | /topics | {\"names\":[\"\"]} | names:invalid"
            })
    void givenAWrongField_then422NamesItAndNothingIsStored(String method, String path, String body, String error) {
        owner.post(repository + "/labels", "{\"name\":\"taken\"}");
        owner.post(repository + "/labels", "{\"name\":\"free\"}");
        long before = node.events();

        Answered answer = node.call(method.strip(), repository + path.strip(), owner.token(), body);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.fieldError()).isEqualTo(error);
        assertThat(node.events()).isEqualTo(before);
    }

    @Test
    void givenMoreThanTheLimits_then422AndNothingIsStored() {
        long before = node.events();
        List<String> many = new ArrayList<>();
        for (int i = 0; i <= 100; i++) {
            many.add("\"label-" + i + "\"");
        }
        assertThat(owner.post(repository + "/issues/1/labels", "{\"labels\":" + many + "}")
                        .fieldError())
                .isEqualTo("labels:custom");
        assertThat(owner.put(repository + "/topics", "{\"names\":" + many.subList(0, 21) + "}")
                        .fieldError())
                .isEqualTo("names:custom");
        assertThat(owner.post(repository + "/labels", "{\"name\":\"" + "x".repeat(51) + "\"}")
                        .fieldError())
                .isEqualTo("name:custom");
        assertThat(owner.post(repository + "/labels", "{\"name\":\"x\",\"description\":\"" + "x".repeat(101) + "\"}")
                        .fieldError())
                .isEqualTo("description:custom");
        assertThat(node.events()).isEqualTo(before);
    }

    private static List<String> labels(Answered conversation) {
        return names(conversation.json().get("labels"));
    }

    private static List<String> names(JsonNode labels) {
        List<String> names = new ArrayList<>();
        labels.forEach(label -> names.add(label.get("name").stringValue()));
        return names;
    }

    private static List<String> assignees(Answered conversation) {
        List<String> logins = new ArrayList<>();
        conversation
                .json()
                .get("assignees")
                .forEach(user -> logins.add(user.get("login").stringValue()));
        return logins;
    }
}
