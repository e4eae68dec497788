package org.forgelog.query.projection.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.forgelog.query.Eventually.until;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.forgelog.query.TestLog;
import org.forgelog.query.projection.control.ControlDatabase;
import org.forgelog.query.projection.control.OperationRefused;
import org.forgelog.query.projection.deployment.TableVerifier.Difference;
import org.forgelog.query.projection.deployment.TableVerifier.Kind;
import org.forgelog.query.projection.deployment.TableVerifier.Progress;
import org.forgelog.query.projection.deployment.TableVerifier.Report;
import org.forgelog.query.projection.deployment.Verifications.Verification;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A comparison of a table with the log is known to all nodes, whichever of them makes it. */
class VerificationsTest {

    private static final Report FOUND = new Report(
            7,
            20,
            1,
            true,
            List.of("R#1 / R is missing"),
            List.of(new Difference(Kind.MISSING, "R#1", "R", List.of(), Map.of("name", "hello", "id", 1), null)),
            4096,
            1,
            0,
            2.5,
            Duration.ofMillis(1_500));

    private final TestLog log = new TestLog();
    private final CountDownLatch compared = new CountDownLatch(1);
    private final TableControl control = new TableControl(log.dataSource());
    private Verifications first;
    private Verifications second;

    @BeforeEach
    void twoNodes() {
        control.begin("forgelog", 1);
        first = new Verifications(this::compare, control, log.dataSource());
        second = new Verifications(this::compare, control, log.dataSource());
    }

    private Report compare(String table, Long rate, Consumer<Progress> progress) {
        progress.accept(new Progress(3, 10));
        try {
            compared.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
        return FOUND;
    }

    @AfterEach
    void close() {
        compared.countDown();
        first.close();
        second.close();
        log.close();
    }

    @Test
    void anotherNodeTellsHowFarItIsAndWhatItFound() throws InterruptedException {
        assertThat(second.last(null)).isNull();
        String id = first.start(null, null).id();
        until(() -> second.last("forgelog").progress().equals(new Progress(3, 10)));
        assertThat(second.last(null).isRunning()).isTrue();
        assertThatThrownBy(() -> second.start("forgelog", null)).isInstanceOf(OperationRefused.class);
        compared.countDown();
        until(() -> !second.last(null).isRunning());
        Verification last = second.last("forgelog");
        assertThat(last.id()).isEqualTo(id);
        assertThat(last.report()).isEqualTo(FOUND);
        assertThat(second.start("forgelog", null).id()).isNotEqualTo(id);
    }

    @Test
    void oneWhoseNodeIsGoneHasFailedAndIsBegunAgain() {
        first.start(null, null);
        first.close();
        new ControlDatabase(log.dataSource())
                .quietly("update table_verification set seen_at = now() - interval '1 minute', error = null");
        assertThat(second.last(null).error()).contains("gone");
        assertThat(second.start(null, null).isRunning()).isTrue();
    }
}
