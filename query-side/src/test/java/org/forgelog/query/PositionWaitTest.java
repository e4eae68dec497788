package org.forgelog.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.forgelog.query.QueryService.Answer;
import org.forgelog.query.projection.deployment.Projections;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Reads wait for a position that the table does not have yet; not all of the world at once. */
class PositionWaitTest {

    private static QueryService projecting;
    private static QueryService service;

    @BeforeAll
    static void start() {
        projecting = QueryService.start();
        projecting
                .log()
                .append(List.of(EventFixtures.registered(1, "owner"), EventFixtures.created(10, 1, "owner", "repo")));
        projecting.await();
        service = projecting.beside(
                "server.shutdown=immediate",
                "forgelog.projection.enabled=false",
                "forgelog.position-wait=1h",
                "forgelog.position-waits=2");
        service.await();
    }

    @AfterAll
    static void stop() {
        service.close();
        projecting.close();
    }

    private static CompletableFuture<Answer> read(String position) {
        return CompletableFuture.supplyAsync(
                () -> service.get("/repos/owner/repo", null, "X-Forgelog-Position", position));
    }

    @Test
    void asManyWaitAsMayAndOthersAreSentAwayAtOnce() {
        // Nothing is projected any more, so whoever waits stays.
        projecting.bean(Projections.class).close();
        String next = service.position(projecting.log().append(EventFixtures.issue(10, 1, 1, "one")), "r:10");
        List<CompletableFuture<Answer>> three =
                Stream.generate(() -> read(next)).limit(3).toList();
        Answer refused = (Answer) CompletableFuture.anyOf(three.toArray(CompletableFuture[]::new))
                .orTimeout(Eventually.LONGEST.toSeconds(), TimeUnit.SECONDS)
                .join();
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.header("Retry-After")).isPresent();
        assertThat(three.stream().filter(CompletableFuture::isDone)).hasSize(1);
        assertThat(service.get("/repos/owner/repo").status()).isEqualTo(200);
    }
}
