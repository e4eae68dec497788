package org.forgelog.command.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javax.sql.DataSource;
import org.forgelog.command.Answered;
import org.forgelog.command.CommandNode;
import org.forgelog.command.CommandNode.User;
import org.forgelog.domain.Digests;
import org.forgelog.eventlog.EventLogReader;
import org.forgelog.eventlog.StoredEvent;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class LogRestoreTest {

    private static final String RESTORE = "/admin/log/restore?forgotten=none";

    private static final String LINES =
            """
            select json_build_object('position', global_index, 'event_id', event_id, 'aggregate_type', aggregate_type,
                'aggregate_id', aggregate_id, 'sequence_number', sequence_number, 'type', type, 'revision', revision,
                'sequence', sequence_key,
                'appended_at', to_char(coalesce(logged_at, appended_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                'metadata', metadata, 'payload', payload,
                'discarded', (select json_build_object('reason', reason, 'by', discarded_by, 'at', discarded_at)
                              from discarded_event d where d.global_index = e.global_index))::text
            from domain_event e order by global_index
            """;

    private static final String KEYS =
            """
            select json_build_object('person_key', account_id, 'wrapped', replace(encode(wrapped, 'base64'), chr(10), ''),
                'master_key', master_key, 'destroyed_at', destroyed_at)::text
            from person_key order by account_id
            """;

    private static CommandNode source;
    private static CommandNode target;

    @BeforeAll
    static void start() {
        source = CommandNode.onFreshDatabase();
        target = CommandNode.onFreshDatabase();
        User owner = source.newUser();
        String repository = owner.repository("kept");
        owner.post(repository + "/issues", "{\"title\":\"one \\u00e9 \\ud83d\\ude00\"}");
    }

    @AfterAll
    static void stop() {
        source.close();
        target.close();
    }

    private static String export() {
        return export(source);
    }

    private static String export(CommandNode source) {
        StringBuilder lines = new StringBuilder();
        List<String> events = source.sql().sql(LINES).query(String.class).list();
        events.forEach(line -> lines.append(line).append('\n'));
        source.sql().sql(KEYS).query(String.class).list().forEach(line -> lines.append(line)
                .append('\n'));
        return lines + "{\"events\":" + events.size() + ",\"sha256\":\"" + Digests.sha256(lines.toString()) + "\"}\n";
    }

    private static List<String> rows(CommandNode node, String table) {
        JdbcClient sql = node.sql();
        return sql.sql("select to_jsonb(t)::text from " + table + " t order by 1")
                .query(String.class)
                .list();
    }

    private static List<StoredEvent> log(CommandNode node) {
        return new EventLogReader(node.bean(DataSource.class)).after(0, Integer.MAX_VALUE);
    }

    @Test
    void aLogIsRestoredToTheLetterWithItsDirectoryOrNotAtAll() {
        String export = export();
        String cut = export.substring(export.indexOf('\n') + 1);
        assertThat(target.job(RESTORE, cut).status()).isEqualTo(400);
        String changed = export.replaceFirst("kept", "lost");
        assertThat(target.job(RESTORE, changed).status()).isEqualTo(400);
        assertThat(target.job(RESTORE, export.substring(0, export.lastIndexOf("{\"events")))
                        .status())
                .isEqualTo(400);
        assertThat(target.post(RESTORE, null, export).status()).isEqualTo(401);
        assertThat(target.events()).isZero();

        // Somebody may have been forgotten since.
        assertThat(target.job("/admin/log/restore", export).status()).isEqualTo(400);
        assertThat(target.events()).isZero();

        Answered restored = target.job(RESTORE, export);
        assertThat(restored.status()).as(restored.text()).isEqualTo(200);
        assertThat(log(target)).isEqualTo(log(source));
        for (String table : List.of("account", "repository", "token", "conversation")) {
            assertThat(rows(target, table)).as(table).isEqualTo(rows(source, table));
        }
        assertThat(target.sql().sql(KEYS).query(String.class).list())
                .isEqualTo(source.sql().sql(KEYS).query(String.class).list());
        assertThat(target.job(RESTORE, export).status()).isEqualTo(409);

        User later = target.newUser();
        assertThat(later.post("/user/repos", "{\"name\":\"new\"}").status()).isEqualTo(201);
        assertThat(target.job("/admin/directory/verify", null).text()).contains("\"differences\":0");
    }

    @Test
    void givenAnExportFromBeforeSomebodyWasForgotten_thenTheRestoredLogHasForgottenThemToo() {
        try (CommandNode after = CommandNode.onFreshDatabase()) {
            User ada = source.newUser();
            User bob = source.newUser();
            ada.repository("engine");
            String loom = bob.repository("loom");
            bob.post(loom + "/issues", "{\"title\":\"For @" + ada.login() + "\"}");
            String export = export();
            long id = source.sql()
                    .sql("select id from account where login = ?")
                    .param(ada.login())
                    .query(Long.class)
                    .single();

            Answered restored = after.job("/admin/log/restore?forgotten=" + id, export);

            assertThat(restored.status()).as(restored.text()).isEqualTo(200);
            for (String table : List.of("domain_event", "account", "repository", "person_key")) {
                assertThat(rows(after, table).toString()).as(table).doesNotContain(ada.login());
            }
            assertThat(rows(after, "domain_event").toString()).contains("For @ghost");
            assertThat(after.job("/admin/directory/verify", null).text()).contains("\"differences\":0");
        }
    }

    @Test
    void whatCannotBeReadIsRestoredAndBlocksItsSequenceUnlessItWasDiscarded() {
        try (CommandNode before = CommandNode.onFreshDatabase();
                CommandNode after = CommandNode.onFreshDatabase();
                CommandNode again = CommandNode.onFreshDatabase()) {
            User owner = before.newUser();
            String blocked = owner.repository("blocked");
            String free = owner.repository("free");
            before.sql()
                    .sql(
                            """
                            insert into domain_event (event_id, aggregate_type, aggregate_id, sequence_number, type,
                                                      revision, payload, metadata, sequence_key, appended_at)
                            select gen_random_uuid(), aggregate_type, aggregate_id, sequence_number + 1, 'not-yet-known', 1,
                                   '{}', '{}', sequence_key, now()
                            from domain_event where payload ->> 'name' = 'blocked'
                            """)
                    .update();

            Answered restored = after.job(RESTORE, export(before));
            assertThat(restored.status()).as(restored.text()).isEqualTo(200);
            assertThat(restored.json().path("blocked").toString()).contains("\"r:", "unknown event type not-yet-known");
            assertThat(log(after)).isEqualTo(log(before));
            String token = after.token(owner.login());
            assertThat(after.patch(blocked, token, "{\"description\":\"x\"}").status())
                    .isEqualTo(503);
            assertThat(after.patch(free, token, "{\"description\":\"x\"}").status())
                    .isEqualTo(200);

            before.sql()
                    .sql(
                            """
                            insert into discarded_event (global_index, sequence_key, type, reason, discarded_by)
                            select global_index, sequence_key, type, 'of no use', 'somebody' from domain_event
                            where type = 'not-yet-known'
                            """)
                    .update();
            restored = again.job(RESTORE, export(before));
            assertThat(restored.json().path("discarded").asLong(0)).isEqualTo(1);
            assertThat(restored.json().path("blocked").isEmpty()).isTrue();
            assertThat(rows(again, "discarded_event")).isEqualTo(rows(before, "discarded_event"));
            assertThat(again.patch(blocked, again.token(owner.login()), "{\"description\":\"x\"}")
                            .status())
                    .isEqualTo(200);
        }
    }
}
