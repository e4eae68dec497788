package org.forgelog.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.forgelog.cli.Answer;
import org.forgelog.cli.Service;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TenThousandEventsTest {

    private static final int ISSUES = 10_000;

    /** Very loose, for machines that do much else at the same time: what is promised for a quiet one is 15 s. */
    private static final Duration LIMIT = Duration.ofSeconds(150);

    /** Copies of the one issue that is there, with numbers and ids of their own. */
    private static final String MORE_ISSUES =
            """
            insert into domain_event (event_id, aggregate_type, aggregate_id, sequence_number, type, revision, payload,
                                      metadata, sequence_key, appended_at)
            select gen_random_uuid(), aggregate_type, regexp_replace(aggregate_id, '-1$', '-' || n), 0, type, revision,
                   jsonb_set(jsonb_set(payload, '{number}', to_jsonb(n)), '{issue_id}', to_jsonb(1000000 + n)),
                   metadata, sequence_key, appended_at
            from domain_event, generate_series(2, %d) n
            where type = 'issue-opened'
            order by n
            """
                    .formatted(ISSUES);

    @TempDir
    Path folder;

    @Test
    void areInTheTableSoonAfterAStart() throws Exception {
        Path data = folder.resolve("data");
        try (UpProcess up = UpProcess.startReady(data)) {
            Service service = up.service();
            String token = up.userWithRepository(service, "ada", "engine");
            UpProcess.created(service.send("POST", "/repos/ada/engine/issues", token, Map.of("title", "Note G")));
            try (Connection connection = DriverManager.getConnection(up.jdbcUrl());
                    Statement statement = connection.createStatement()) {
                assertThat(statement.executeUpdate(MORE_ISSUES)).isEqualTo(ISSUES - 1);
                statement.execute("update repository_number set last_issue = " + ISSUES);
            }
            up.jvm().terminate();
            up.jvm().awaitEnd(Duration.ofSeconds(20));
        }
        try (UpProcess again = UpProcess.start(data)) {
            Duration took = again.jvm().awaitReady(LIMIT);
            System.out.println("Ready with 10,000 events after " + took.toMillis() + " ms");
            Service service = again.service();
            Answer last = service.get("/repos/ada/engine/issues/" + ISSUES, null);
            assertThat(last.status()).as(last.body().toString()).isEqualTo(200);
            Answer repository = service.get("/repos/ada/engine", null);
            assertThat(repository.body().path("open_issues_count").asInt()).isEqualTo(ISSUES);
        }
    }
}
