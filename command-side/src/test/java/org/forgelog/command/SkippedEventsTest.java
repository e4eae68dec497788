package org.forgelog.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.forgelog.command.CommandNode.User;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An event that this program cannot read blocks its aggregate until operators skip it; then all goes on. */
class SkippedEventsTest {

    private static final String VERIFY = "/admin/directory/verify";
    private static final String REBUILD = "/admin/directory/rebuild";

    /** Appends an event to the aggregate that has the last event of the log; answers its position. */
    private static long append(CommandNode node, String type) {
        return node.sql()
                .sql(
                        """
                        insert into domain_event (event_id, aggregate_type, aggregate_id, sequence_number, type, revision,
                                                  payload, metadata, sequence_key, appended_at)
                        select gen_random_uuid(), aggregate_type, aggregate_id, sequence_number + 1, ?, 1, '{}', '{}',
                               sequence_key, now()
                        from domain_event order by global_index desc limit 1
                        returning global_index
                        """)
                .param(type)
                .query(Long.class)
                .single();
    }

    private static void skip(CommandNode node, long position) {
        node.sql()
                .sql(
                        """
                        insert into discarded_event (global_index, sequence_key, type, reason, discarded_by)
                        select global_index, sequence_key, type, 'unreadable', 'a test' from domain_event
                        where global_index = ?
                        """)
                .param(position)
                .update();
    }

    @ParameterizedTest
    @CsvSource({"repository-made-internal, PATCH, /repos/{}/r", "issue-opened, PATCH, /repos/{}/r/issues/1"})
    void givenAnUnreadableEvent_thenItsAggregateWaits_andGoesOnAfterItsDiscard(String type, String method, String at) {
        String database = CommandNode.freshDatabase();
        long position;
        User owner;
        String path;
        try (CommandNode node = CommandNode.on(database)) {
            owner = node.newUser();
            path = at.replace("{}", owner.login());
            String repository = owner.repository("r");
            if (path.endsWith("/1")) {
                owner.post(repository + "/issues", "{\"title\":\"before\"}");
            }
            position = append(node, type);

            Answered blocked = node.call(method, path, owner.token(), "{\"description\":\"x\",\"title\":\"x\"}");
            assertThat(blocked.status()).as(blocked.text()).isEqualTo(503);
            assertThat(blocked.header("Retry-After")).isNotNull();
            for (String directory : new String[] {VERIFY, REBUILD}) {
                assertThat(node.job(directory, null).status()).isEqualTo(409);
            }
            skip(node, position);
        }

        try (CommandNode restarted = CommandNode.on(database)) {
            assertThat(restarted.job(VERIFY, null).text()).contains("\"differences\":0");
            assertThat(restarted.job(REBUILD, null).text()).contains("\"differences\":0");
            for (String text : new String[] {"one", "two"}) {
                Answered changed = restarted.call(
                        method, path, owner.token(), "{\"description\":\"" + text + "\",\"title\":\"" + text + "\"}");
                assertThat(changed.status()).as(changed.text()).isEqualTo(200);
                assertThat(changed.text()).contains("\"" + text + "\"");
            }
            assertThat(restarted.job(VERIFY, null).text()).contains("\"differences\":0");
        }
    }

    @Test
    void givenAnUnreadableEvent_thenThoseWhoListenHearOfWhatComesAfterIt_onceItIsDiscarded() {
        try (CommandNode node = CommandNode.on(CommandNode.freshDatabase())) {
            User owner = node.newUser();
            String repository = owner.sharingRepository("r");
            assertThat(owner.post(
                                    repository + "/hooks",
                                    "{\"config\":{\"url\":\"http://127.0.0.1:1/\"},\"events\":[\"issues\"]}")
                            .status())
                    .isEqualTo(201);
            owner.post(repository + "/issues", "{\"title\":\"before\"}");
            long position = append(node, "issue-pinned");
            String feed = repository + "/events/stream?wait=0";
            Answered ends = node.call("GET", feed, null, null, "Last-Event-ID", "0");
            assertThat(ends.status()).isEqualTo(200);
            assertThat(ends.text()).contains("opened");

            skip(node, position);
            owner.patch(repository + "/issues/1", "{\"title\":\"after\"}");

            assertThat(node.call("GET", feed, null, null, "Last-Event-ID", Long.toString(position - 1))
                            .text())
                    .contains("\"action\":\"edited\"");
            Awaitility.await().atMost(Duration.ofMinutes(5)).untilAsserted(() -> {
                // Not in half a minute, but now.
                node.sql().sql("update hook set retry_at = null").update();
                assertThat(node.sql()
                                .sql("select action from hook_delivery where event = 'issues' order by id")
                                .query(String.class)
                                .list())
                        .containsExactly("opened", "edited");
            });
        }
    }

    @Test
    void givenTheFirstEventOfARepositoryIsDiscarded_thenItIsNoFailureOfOurs() {
        try (CommandNode node = CommandNode.on(CommandNode.freshDatabase())) {
            User owner = node.newUser();
            String repository = owner.repository("r");
            skip(node, node.events());

            assertThat(owner.patch(repository, "{\"description\":\"x\"}").status())
                    .isEqualTo(404);
            assertThat(node.job(REBUILD, null).status()).isEqualTo(200);
            assertThat(owner.patch(repository, "{\"description\":\"x\"}").status())
                    .isEqualTo(404);
        }
    }
}
