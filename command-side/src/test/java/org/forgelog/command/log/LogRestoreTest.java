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

    private static final String RESTORE = "/admin/log/restore";

    private static final String LINES =
            """
            select json_build_object('position', global_index, 'event_id', event_id, 'aggregate_type', aggregate_type,
                'aggregate_id', aggregate_id, 'sequence_number', sequence_number, 'type', type, 'revision', revision,
                'sequence', sequence_key,
                'appended_at', to_char(coalesce(logged_at, appended_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                'metadata', metadata, 'payload', payload)::text
            from domain_event order by global_index
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
        StringBuilder lines = new StringBuilder();
        List<String> events = source.sql().sql(LINES).query(String.class).list();
        events.forEach(line -> lines.append(line).append('\n'));
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
        assertThat(target.post(RESTORE, CommandNode.ADMIN, cut).status()).isEqualTo(400);
        String changed = export.replaceFirst("kept", "lost");
        assertThat(target.post(RESTORE, CommandNode.ADMIN, changed).status()).isEqualTo(400);
        assertThat(target.post(RESTORE, CommandNode.ADMIN, export.substring(0, export.lastIndexOf("{\"events")))
                        .status())
                .isEqualTo(400);
        assertThat(target.post(RESTORE, null, export).status()).isEqualTo(401);
        assertThat(target.events()).isZero();

        Answered restored = target.post(RESTORE, CommandNode.ADMIN, export);
        assertThat(restored.status()).as(restored.text()).isEqualTo(200);
        assertThat(log(target)).isEqualTo(log(source));
        for (String table : List.of("account", "repository", "token", "conversation")) {
            assertThat(rows(target, table)).as(table).isEqualTo(rows(source, table));
        }
        assertThat(target.post(RESTORE, CommandNode.ADMIN, export).status()).isEqualTo(409);

        User later = target.newUser();
        assertThat(later.post("/user/repos", "{\"name\":\"new\"}").status()).isEqualTo(201);
        assertThat(target.post("/admin/directory/verify", CommandNode.ADMIN, null)
                        .text())
                .contains("\"differences\":0");
    }
}
