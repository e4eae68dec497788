package org.forgelog.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.forgelog.query.Eventually.until;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.forgelog.query.projection.deployment.Projections;
import org.forgelog.query.projection.deployment.TableControl;
import org.forgelog.query.projection.deployment.TableVerifier;
import org.forgelog.query.projection.projector.ProjectionVersion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A program with a newer projection beside one with the present one. */
class UpgradeTest {

    private static final String NEW = "forgelog-2";

    private final ConcurrentLinkedQueue<String> verified = new ConcurrentLinkedQueue<>();
    private QueryService older;

    @BeforeEach
    void start() {
        older = QueryService.start("forgelog.projection.single-node=false");
        older.log()
                .append(
                        EventFixtures.registered(1, "owner"),
                        EventFixtures.created(10, 1, "owner", "repo"),
                        EventFixtures.issue(10, 1, 1, "a"));
        older.await();
    }

    @AfterEach
    void stop() {
        older.close();
    }

    private QueryService newer(long differences, String... properties) {
        return older.beside(
                context -> {
                    context.registerBean(
                            ProjectionVersion.class,
                            () -> new ProjectionVersion(ProjectionVersion.CURRENT.number() + 1));
                    context.registerBean(TableVerifier.class, () -> (table, rate, progress) -> {
                        verified.add(table);
                        return new TableVerifier.Report(
                                1, 1, differences, true, List.of(), List.of(), 1, 0, 0, 0, Duration.ZERO);
                    });
                },
                properties);
    }

    private static String serving(QueryService node) {
        return node.bean(Projections.class).serving().name();
    }

    @Test
    void theNewProgramBuildsVerifiesAndSwitchesByItselfAndTheOldOneFollows() throws Exception {
        try (QueryService newer = newer(0, "forgelog.projection.single-node=false")) {
            until(() -> serving(newer).equals(NEW) && serving(older).equals(NEW));
            assertThat(verified).contains(NEW);
            assertThat(newer.bean(TableControl.class).leaderOf(NEW))
                    .as("the old program leaves the new table alone")
                    .isEqualTo(newer.bean(Projections.class).settings().node());
            older.log().append(EventFixtures.issue(10, 2, 1, "b"));
            older.await();
            assertThat(older.get("/repos/owner/repo/issues/2").status()).isEqualTo(200);
        }
        older.log().append(EventFixtures.issue(10, 3, 1, "c"));
        until(() -> older.bean(TableControl.class).leaderOf(NEW) == null);
        assertThat(older.get("/repos/owner/repo/issues/2").status()).isEqualTo(200);
        assertThat(older.bean(Projections.class).find(NEW).status().isLeading()).isFalse();
    }

    @Test
    void aTableThatDiffersDoesNotServe() throws Exception {
        try (QueryService newer = newer(1, "forgelog.projection.single-node=false")) {
            until(() -> verified.contains(NEW));
            assertThat(serving(newer)).isEqualTo(TestTable.NAME);
            assertThat(newer.bean(TableControl.class).tables().stream()
                            .filter(table -> table.name().equals(NEW))
                            .findFirst()
                            .orElseThrow()
                            .verifiedPosition())
                    .isNull();
        }
    }
}
