package org.forgelog.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.forgelog.command.CommandNode.User;
import org.junit.jupiter.api.Test;

class ConcurrencyTest {

    private final CommandNode node = CommandNode.shared();

    @Test
    void given64ConcurrentCreations_thenTheirNumbersAre1To64() throws Exception {
        User owner = node.newUser();
        String repository = owner.repository("busy");

        List<Long> numbers = Together.run(64, i -> owner.post(repository + "/issues", "{\"title\":\"Issue " + i + "\"}")
                .number());

        assertThat(numbers)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, 64).boxed().toList());
    }

    @Test
    void givenTwoNodesOnOneDatabase_whenBothCreate_thenNumbersHaveNeitherHolesNorDoubles() throws Exception {
        String database = CommandNode.freshDatabase();
        try (CommandNode first = CommandNode.on(database);
                CommandNode second = CommandNode.on(database)) {
            User owner = first.newUser();
            String repository = owner.repository("shared");

            List<Long> numbers = Together.run(24, i -> (i % 2 == 0 ? first : second)
                    .post(repository + "/issues", owner.token(), "{\"title\":\"x\"}")
                    .number());

            assertThat(numbers)
                    .containsExactlyInAnyOrderElementsOf(
                            LongStream.rangeClosed(1, 24).boxed().toList());
            assertThat(first.job("/admin/directory/verify", null)
                            .json()
                            .get("differences")
                            .longValue())
                    .isZero();
        }
    }

    @Test
    void givenConcurrentEditsOfDifferentFields_thenBothSurvive() throws Exception {
        User owner = node.newUser();
        String issue = owner.repository("edited") + "/issues";
        owner.post(issue, "{\"title\":\"old\",\"body\":\"old\"}");
        String path = issue + "/1";

        List<Answered> answers = Together.run(
                2, i -> owner.patch(path, i == 0 ? "{\"title\":\"new title\"}" : "{\"body\":\"new body\"}"));

        assertThat(answers).allMatch(answer -> answer.status() == 200);
        var now = owner.patch(path, "{}").json();
        assertThat(now.get("title").stringValue()).isEqualTo("new title");
        assertThat(now.get("body").stringValue()).isEqualTo("new body");
    }

    @Test
    void givenManyWantTheSameName_thenOneGetsItAndTheOthersAreTold() throws Exception {
        User owner = node.newUser();

        List<Answered> answers = Together.run(12, i -> owner.post("/user/repos", "{\"name\":\"wanted\"}"));

        assertThat(answers).filteredOn(a -> a.status() == 201).hasSize(1);
        assertThat(answers)
                .filteredOn(a -> a.status() != 201)
                .allMatch(a -> a.status() == 422 && a.fieldError().equals("name:already_exists"));
    }

    @Test
    void givenBatchesThatLockInOppositeOrder_thenDeadlocksAreRetriedAndNobodyHearsOfThem() throws Exception {
        User owner = node.newUser();
        String one = owner.repository("one");
        String two = owner.repository("two");

        List<Answered> answers =
                Together.run(6, i -> owner.post("/batch", i % 2 == 0 ? editBoth(one, two, i) : editBoth(two, one, i)));

        assertThat(answers).allMatch(answer -> answer.status() == 200);
    }

    private static String editBoth(String first, String second, int i) {
        String command = "{\"method\":\"PATCH\",\"path\":\"%s\",\"body\":{\"description\":\"" + i + "\"}}";
        return "{\"commands\":[" + command.formatted(first) + "," + command.formatted(second) + "]}";
    }
}
