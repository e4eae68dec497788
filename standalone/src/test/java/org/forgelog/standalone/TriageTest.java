package org.forgelog.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.forgelog.standalone.UpProcess.created;

import java.util.List;
import java.util.Map;
import org.forgelog.cli.Answer;
import org.forgelog.cli.Service;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Labels, assignees, locks, topics and forks: what one side writes is what the other reads. */
class TriageTest {

    private static final String REPOSITORY = "/repos/ada/engine";

    private static LocalService local;
    private static Service service;
    private static String ada;
    private static String grace;

    @BeforeAll
    static void start() {
        local = LocalService.start();
        service = local.service();
        ada = UpProcess.userWithRepository(service, LocalService.ADMIN, "ada", "engine");
        grace = UpProcess.userWithRepository(service, LocalService.ADMIN, "grace", "compiler");
    }

    @AfterAll
    static void stop() {
        local.close();
    }

    /** Reads what a write of this token left behind. */
    private static JsonNode after(Answer write, String path, String token) {
        assertThat(write.status()).as(write.body().toString()).isBetween(200, 204);
        Answer read = service.at(
                        write.headers().firstValue("X-Forgelog-Position").orElseThrow())
                .get(path, token);
        assertThat(read.status()).as(read.body().toString()).isEqualTo(200);
        return read.body();
    }

    private static List<String> texts(JsonNode array, String field) {
        return array.valueStream().map(e -> e.path(field).asString()).toList();
    }

    @Test
    void whatIsWrittenOfAnIssueIsRead() {
        Answer opened = created(service.send(
                "POST",
                REPOSITORY + "/issues",
                ada,
                Map.of("title", "Overflow", "labels", List.of("bug", "area/core"), "assignees", List.of("ada"))));
        String issue = REPOSITORY + "/issues/" + opened.body().path("number").asLong();
        JsonNode read = after(opened, issue, null);
        for (String field : List.of("labels", "assignees", "assignee", "locked", "active_lock_reason")) {
            assertThat(read.path(field)).as(field).isEqualTo(opened.body().path(field));
        }

        Answer added = service.send("POST", issue + "/labels", ada, List.of("late"));
        assertThat(after(added, issue + "/labels", null)).isEqualTo(added.body());
        Answer replaced = service.send("PUT", issue + "/labels", ada, Map.of("labels", List.of("bug")));
        assertThat(texts(after(replaced, REPOSITORY + "/issues?labels=bug", null), "title"))
                .containsExactly("Overflow");
        Answer renamed = service.send("PATCH", REPOSITORY + "/labels/bug", ada, Map.of("new_name", "defect"));
        assertThat(texts(after(renamed, REPOSITORY + "/labels", null), "name"))
                .containsExactly("area/core", "defect", "late");
        assertThat(texts(after(renamed, issue + "/labels", null), "name")).containsExactly("defect");
        assertThat(after(renamed, REPOSITORY + "/labels/Defect", null)).isEqualTo(renamed.body());
        assertThat(after(renamed, REPOSITORY + "/issues?labels=bug", null).isEmpty())
                .isTrue();

        assertThat(texts(after(renamed, "/issues", ada), "title")).containsExactly("Overflow");
        Answer unassigned = service.send("DELETE", issue + "/assignees", ada, Map.of("assignees", List.of("ada")));
        assertThat(after(unassigned, "/issues", ada).isEmpty()).isTrue();
        assertThat(texts(after(unassigned, REPOSITORY + "/issues?assignee=none", null), "title"))
                .containsExactly("Overflow");

        Answer locked = service.send("PUT", issue + "/lock", ada, Map.of("lock_reason", "resolved"));
        assertThat(after(locked, issue, null).path("active_lock_reason").asString())
                .isEqualTo("resolved");
        Answer unlocked = service.send("DELETE", issue + "/lock", ada, null);
        assertThat(after(unlocked, issue, null).path("locked").asBoolean(true)).isFalse();
        Answer deleted = service.send("DELETE", REPOSITORY + "/labels/defect", ada, null);
        assertThat(after(deleted, issue, null).path("labels").isEmpty()).isTrue();
        assertThat(service.get(REPOSITORY + "/assignees/ada", null).status()).isEqualTo(204);
    }

    @Test
    void topicsAreRead() {
        Answer topics =
                service.send("PUT", REPOSITORY + "/topics", ada, Map.of("names", List.of("mathematics", "steam")));
        assertThat(after(topics, REPOSITORY + "/topics", null)).isEqualTo(topics.body());
        assertThat(after(topics, REPOSITORY, null).path("topics"))
                .isEqualTo(topics.body().path("names"));
    }

    @Test
    void aForkAndItsPullRequestAreRead() {
        Answer forked = service.send("POST", REPOSITORY + "/forks", grace, null);
        assertThat(texts(after(forked, REPOSITORY + "/forks", null), "full_name"))
                .containsExactly("grace/engine");
        JsonNode fork = after(forked, "/repos/grace/engine", null);
        assertThat(fork.at("/parent/full_name").asString()).isEqualTo("ada/engine");
        assertThat(fork.at("/source/full_name").asString()).isEqualTo("ada/engine");
        assertThat(after(forked, REPOSITORY, null).path("forks_count").asLong()).isEqualTo(1);
        Answer pull = created(service.send(
                "POST",
                REPOSITORY + "/pulls",
                grace,
                Map.of("title", "Faster", "head", "grace:faster", "base", "main")));
        String path = REPOSITORY + "/pulls/" + pull.body().path("number").asLong();
        assertThat(after(pull, path, null).at("/head/repo/full_name").asString())
                .isEqualTo("grace/engine");
        assertThat(texts(after(pull, REPOSITORY + "/pulls?head=grace:faster", null), "title"))
                .containsExactly("Faster");
        Answer labelled = service.send("POST", path + "/labels", ada, List.of("speed"));
        assertThat(texts(after(labelled, path + "/labels", null), "name")).containsExactly("speed");
    }
}
