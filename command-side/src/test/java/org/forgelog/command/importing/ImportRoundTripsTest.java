package org.forgelog.command.importing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.forgelog.command.CommandNode;
import org.junit.jupiter.api.Test;

/** How often an import goes to PostgreSQL and back: as often for two hundred records as for a few. */
class ImportRoundTripsTest {

    private static final int MOST = 50;

    private static String records(int first, String state) {
        return IntStream.range(first, first + 150)
                .mapToObj(i -> event(i, state))
                .collect(Collectors.joining("\n"));
    }

    private static String event(int i, String state) {
        String issue =
                """
                {"number":%d,"title":"Title","user":{"login":"author-%d"},"state":"%s","labels":[{"name":"label-%d"}],\
                "assignees":[],"locked":false,"created_at":"2024-01-01T00:00:00Z","body":"Body"}"""
                        .formatted(i % 150 + 1, i % 7, state, i % 5);
        String payload = i % 3 == 0 ? "{}" : "{\"action\":\"edited\",\"issue\":" + issue + "}";
        return """
                {"id":"%d","type":"%s","actor":{"login":"reader-%d"},"repo":{"id":%d,"name":"owner-%d/name"},"payload":%s,\
                "created_at":"2024-02-01T00:%02d:%02dZ"}"""
                .formatted(
                        i,
                        i % 3 == 0 ? "WatchEvent" : "IssuesEvent",
                        i % 11,
                        i % 4 + 1,
                        i % 4,
                        payload,
                        i / 60 % 60,
                        i % 60);
    }

    @Test
    void givenManyRecords_thenWhatTheyNeedIsReadTogether_andSoIsWhatComesOfThemWritten() {
        try (CommandNode node = CommandNode.counting(CommandNode.freshDatabase())) {
            imported(node, records(0, "open"));
            // Now all of it is here, and every issue is loaded and changed.
            imported(node, records(150, "closed"));
            assertThat(node.sql()
                            .sql("select count(*) from domain_event where type = 'issue-closed'")
                            .query(Long.class)
                            .single())
                    .isEqualTo(100);
            assertThat(node.job("/admin/directory/verify", "")
                            .json()
                            .get("differences")
                            .intValue())
                    .isZero();
        }
    }

    private static void imported(CommandNode node, String file) {
        node.trips();
        new Importer(node).report(file);
        // Without those of the job itself, which tells how far it is.
        List<String> trips = node.trips().stream()
                .filter(sql -> !sql.contains(" job ") && !sql.contains("into job"))
                .toList();
        assertThat(trips).hasSizeLessThanOrEqualTo(MOST);
    }
}
