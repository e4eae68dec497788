package org.forgelog.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.forgelog.domain.DomainEvent;
import org.forgelog.query.QueryService.Answer;
import org.junit.jupiter.api.Test;

/** A request may cost a thousand times another one: few of those run at once, and all of them are paid for. */
class LargeAnswersTest {

    private static final String LIST = "/repos/owner/repo/issues?per_page=30";

    private static QueryService start(String... properties) {
        QueryService service = QueryService.start(properties);
        List<DomainEvent> events = new ArrayList<>(
                List.of(EventFixtures.registered(1, "owner"), EventFixtures.created(10, 1, "owner", "repo")));
        for (int n = 1; n <= 30; n++) {
            events.add(EventFixtures.issue(10, n, 1, "issue " + n));
            events.add(EventFixtures.edited(10, n, null, "\u4e00".repeat(30_000)));
        }
        service.log().append(events);
        service.await();
        return service;
    }

    @Test
    void whileOneIsMadeOthersAreSentAwayAndSmallOnesGoOn() {
        // Without a cache all that is known is which keys are needed, so that the answer takes one round.
        try (QueryService service = start("forgelog.http.expensive=1", "forgelog.cache.bytes=0")) {
            assertThat(service.get(LIST).json().size()).isEqualTo(30);
            service.table().slowReads(Duration.ofSeconds(5));
            List<CompletableFuture<Answer>> three = Stream.generate(
                            () -> CompletableFuture.supplyAsync(() -> service.get(LIST)))
                    .limit(3)
                    .toList();
            CompletableFuture<Answer> small =
                    CompletableFuture.supplyAsync(() -> service.get("/repos/owner/repo/issues/1"));
            List<Answer> answers = three.stream().map(CompletableFuture::join).toList();
            assertThat(answers).extracting(Answer::status).contains(200, 503);
            assertThat(answers).filteredOn(answer -> answer.status() == 503).allSatisfy(answer -> assertThat(
                            answer.header("Retry-After"))
                    .isPresent());
            assertThat(small.join().status()).isEqualTo(200);
            service.table().slowReads(Duration.ZERO);
            assertThat(service.get(LIST).status()).isEqualTo(200);
        }
    }

    @Test
    void whoAskedForMoreThanAllowedIsTold() {
        // The list is 2.7 MB: 42 units to send, and 330 to read, or twice that.
        try (QueryService service = start("forgelog.rate-limit.cost-anonymous=300", "forgelog.settle-delay=0s")) {
            service.log().token(1, "owner", "owner-token");
            assertThat(service.get(LIST).status()).isEqualTo(200);
            Answer refused = service.get("/repos/owner/repo");
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.header("Retry-After")).isPresent();
            assertThat(refused.text()).contains("secondary rate limit");
            assertThat(service.get("/repos/owner/repo", "owner-token").status()).isEqualTo(200);
        }
    }
}
