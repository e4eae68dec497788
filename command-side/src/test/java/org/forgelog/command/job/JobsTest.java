package org.forgelog.command.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.forgelog.api.http.HttpFailure;
import org.forgelog.command.CommandNode;
import org.forgelog.command.job.Job.State;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

class JobsTest {

    private static final Duration LONGEST = Duration.ofMinutes(5);

    private JdbcClient jdbc;
    private Jobs here;
    private Jobs elsewhere;

    @BeforeEach
    void twoNodesOnOneDatabase() {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(CommandNode.freshDatabase());
        jdbc = JdbcClient.create((DataSource) dataSource);
        here = new Jobs(jdbc, new JsonMapper());
        elsewhere = new Jobs(jdbc, new JsonMapper());
    }

    @AfterEach
    void stop() {
        here.close();
        elsewhere.close();
    }

    private Job elsewhere(Job job) {
        return elsewhere.find(job.id()).orElseThrow();
    }

    private void untilEnded(Job job) {
        Awaitility.await().atMost(LONGEST).until(() -> elsewhere(job).state() != State.RUNNING);
    }

    @Test
    void givenAJobThatRuns_thenEveryNodeTellsHowFarItIs_andNoneBeginsAnother() {
        CountDownLatch end = new CountDownLatch(1);
        Job job = here.start("count", progress -> {
            progress.at(3, 10);
            await(end);
            return Map.of("found", 7);
        });
        Awaitility.await().atMost(LONGEST).untilAsserted(() -> {
            assertThat(elsewhere(job).done()).isEqualTo(3);
            assertThat(elsewhere(job).total()).isEqualTo(10);
        });
        assertThatThrownBy(() -> elsewhere.start("count", progress -> Map.of()))
                .isInstanceOfSatisfying(
                        HttpFailure.class, e -> assertThat(e.status()).isEqualTo(409));
        end.countDown();
        untilEnded(job);
        assertThat(elsewhere(job).state()).isEqualTo(State.DONE);
        assertThat(elsewhere(job).report()).contains("7");
        untilEnded(elsewhere.start("count", progress -> Map.of()));
    }

    @Test
    void givenAJobThatFails_thenItSaysWhy() {
        Job refused = here.start("refuse", progress -> {
            throw HttpFailure.conflict("not now");
        });
        untilEnded(refused);
        assertThat(elsewhere(refused).failure()).isEqualTo(new Job.Failure(409, "not now"));
        Job broken = here.start("break", progress -> {
            throw new IllegalStateException("a secret of ours");
        });
        untilEnded(broken);
        assertThat(elsewhere(broken).failure()).isEqualTo(new Job.Failure(500, "Server Error"));
    }

    @Test
    void givenAJobWhoseNodeIsGone_thenItHasFailed_andAnotherMayBegin() {
        CountDownLatch end = new CountDownLatch(1);
        Job job = here.start("hang", progress -> {
            await(end);
            return Map.of();
        });
        here.close();
        jdbc.sql("update job set seen_at = now() - interval '1 minute'").update();
        assertThat(elsewhere(job).failure()).isEqualTo(new Job.Failure(503, "its node is gone"));
        untilEnded(elsewhere.start("count", progress -> Map.of()));
        end.countDown();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
