package org.forgelog.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How often a command goes to PostgreSQL and back. The last time it takes the append lock, appends and commits. */
class RoundTripsTest {

    private static CommandNode node;
    private static CommandNode.User owner;
    private static String repository;

    @BeforeAll
    static void start() {
        node = CommandNode.counting(CommandNode.freshDatabase());
        owner = node.newUser();
        repository = owner.repository("r");
        owner.post(repository + "/issues", "{\"title\":\"First\"}");
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void openingAnIssue() {
        // Who acts, the repository, its next number; then directory, append and commit.
        trips(4, owner.post(repository + "/issues", "{\"title\":\"Another\"}"), 201);
    }

    @Test
    void closingAnIssue() {
        // Who acts, the repository, the issue; directory, what is told of it; then append and commit.
        trips(6, owner.patch(repository + "/issues/1", "{\"state\":\"closed\"}"), 200);
    }

    @Test
    void commenting() {
        // Who acts, the repository, the issue, an id; then directory, append and commit.
        trips(5, owner.post(repository + "/issues/1/comments", "{\"body\":\"Me too.\"}"), 201);
    }

    @Test
    void starring() {
        trips(4, owner.put("/user/starred" + repository.substring("/repos".length()), null), 204);
    }

    @BeforeEach
    void forget() {
        node.trips();
    }

    private static void trips(int most, Answered answer, int status) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(node.trips())
                .hasSizeLessThanOrEqualTo(most)
                .last()
                .asString()
                .contains("pg_advisory_xact_lock(4674, 1)")
                .endsWith("commit");
    }
}
