package org.forgelog.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.forgelog.command.CommandNode.User;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Milestones, and what is planned for them, as clients write them. */
class MilestonesTest {

    private static final CommandNode node = CommandNode.shared();

    private User owner;
    private User author;
    private String repository;

    @BeforeEach
    void aRepositoryWithAnIssueAndAPullRequestOfSomebodyElse() {
        owner = node.newUser();
        author = node.newUser();
        repository = owner.sharingRepository("planned");
        owner.post(
                repository + "/milestones",
                "{\"title\":\"v1\",\"description\":\"All of it.\",\"due_on\":\"2027-01-01T08:00:00Z\"}");
        owner.post(repository + "/milestones", "{\"title\":\"v2\"}");
        author.post(repository + "/issues", "{\"title\":\"x\"}");
        author.post(repository + "/pulls", "{\"title\":\"x\",\"head\":\"f\",\"base\":\"main\"}");
    }

    private JsonNode milestone(int number) {
        return owner.patch(repository + "/milestones/" + number, "{}").json();
    }

    private JsonNode plan(String what, String milestone) {
        Answered answer = owner.patch(repository + what, "{\"milestone\":" + milestone + "}");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().path("milestone");
    }

    @Test
    void givenANewMilestone_thenItIsAnsweredAsAMilestone() {
        Answered created = owner.post(repository + "/milestones", "{\"title\":\"v3\",\"state\":\"closed\"}");
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.header("Location")).endsWith(repository + "/milestones/3");
        JsonNode json = created.json();
        assertThat(json.path("number").longValue()).isEqualTo(3);
        assertThat(json.path("state").stringValue()).isEqualTo("closed");
        assertThat(json.path("closed_at").isNull()).isFalse();
        assertThat(json.path("due_on").isNull()).isTrue();
        assertThat(json.path("creator").path("login").stringValue()).isEqualTo(owner.login());
        assertThat(json.path("open_issues").longValue()).isZero();
        assertThat(milestone(1).path("due_on").stringValue()).isEqualTo("2027-01-01T08:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"title\":\" \"}",
                "{\"title\":\"v1\"}",
                "{\"title\":\"v4\",\"state\":\"odd\"}",
                "{\"title\":\"v4\",\"due_on\":\"soon\"}",
                "{\"title\":\"v4\",\"due_on\":4}",
                "{\"title\":\"v\\u0000\"}"
            })
    void givenWhatCannotBe_thenNoNumberIsBurnt(String body) {
        assertThat(owner.post(repository + "/milestones", body).status()).isEqualTo(422);
        assertThat(owner.post(repository + "/milestones", "{\"title\":\"v3\"}")
                        .json()
                        .path("number")
                        .longValue())
                .isEqualTo(3);
    }

    @Test
    void givenATitleOfAnother_whenEdited_thenItIsRefused() {
        assertThat(owner.patch(repository + "/milestones/2", "{\"title\":\"v1\"}")
                        .status())
                .isEqualTo(422);
        assertThat(owner.patch(repository + "/milestones/2", "{\"title\":\"v2\",\"due_on\":null}")
                        .status())
                .isEqualTo(200);
        // Older clients send POST.
        assertThat(owner.post(repository + "/milestones/2", "{\"title\":\"v2.0\",\"state\":\"closed\"}")
                        .json()
                        .path("title")
                        .stringValue())
                .isEqualTo("v2.0");
        assertThat(milestone(2).path("state").stringValue()).isEqualTo("closed");
    }

    @Test
    void givenSomethingPlanned_thenItsMilestoneCountsIt() {
        assertThat(plan("/issues/1", "1").path("title").stringValue()).isEqualTo("v1");
        assertThat(plan("/issues/2", "\"1\"").path("open_issues").longValue()).isEqualTo(2);
        assertThat(owner.patch(repository + "/pulls/2", "{}")
                        .json()
                        .path("milestone")
                        .path("number")
                        .longValue())
                .isEqualTo(1);
        owner.patch(repository + "/issues/1", "{\"state\":\"closed\"}");
        owner.put(repository + "/pulls/2/merge", "{}");
        assertThat(milestone(1).path("open_issues").longValue()).isZero();
        assertThat(milestone(1).path("closed_issues").longValue()).isEqualTo(2);
        owner.patch(repository + "/issues/1", "{\"state\":\"open\"}");
        assertThat(milestone(1).path("open_issues").longValue()).isEqualTo(1);
        assertThat(plan("/issues/1", "2").path("number").longValue()).isEqualTo(2);
        assertThat(milestone(1).path("open_issues").longValue()).isZero();
        assertThat(plan("/issues/1", "\"\"").isNull()).isTrue();
        assertThat(plan("/issues/2", "null").isNull()).isTrue();
        assertThat(milestone(1).path("closed_issues").longValue()).isZero();
    }

    @Test
    void givenADeletedMilestone_thenNothingIsPlannedForItAndItsNumberIsGone() {
        plan("/issues/1", "2");
        assertThat(owner.delete(repository + "/milestones/2").status()).isEqualTo(204);
        assertThat(owner.delete(repository + "/milestones/2").status()).isEqualTo(404);
        assertThat(owner.patch(repository + "/issues/1", "{}")
                        .json()
                        .path("milestone")
                        .isNull())
                .isTrue();
        assertThat(owner.patch(repository + "/issues/1", "{\"milestone\":2}").status())
                .isEqualTo(422);
        assertThat(owner.post(repository + "/milestones", "{\"title\":\"v2\"}")
                        .json()
                        .path("number")
                        .longValue())
                .isEqualTo(3);
    }

    @Test
    void givenAMilestoneWithANewIssue_thenItComesWithItForThoseWhoTriage() {
        String issue = "{\"title\":\"y\",\"milestone\":1}";
        assertThat(owner.post(repository + "/issues", issue)
                        .json()
                        .path("milestone")
                        .path("open_issues")
                        .longValue())
                .isEqualTo(1);
        assertThat(author.post(repository + "/issues", issue)
                        .json()
                        .path("milestone")
                        .isNull())
                .isTrue();
        assertThat(owner.post(repository + "/issues", "{\"title\":\"y\",\"milestone\":9}")
                        .status())
                .isEqualTo(422);
    }
}
