package org.forgelog.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.forgelog.query.Eventually.until;

import java.time.Duration;
import java.util.List;
import org.forgelog.query.QueryService.Answer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** A table that does not answer costs each read its deadline, and soon nothing at all. */
class SilentTableTest {

    private static final int READS = 100;

    @Test
    void readsAreAnswered503AndSoonTheTableIsHardlyAskedAnyMore() throws InterruptedException {
        try (QueryService service = QueryService.start("forgelog.read-deadline=500ms", "forgelog.cache.bytes=0")) {
            service.log()
                    .append(List.of(
                            EventFixtures.registered(1, "owner"), EventFixtures.created(10, 1, "owner", "repo")));
            service.await();
            until(() -> service.get("/repos/owner/repo").status() == 200);
            service.table().slowReads(Duration.ofMinutes(10));
            service.table().forgetSent();
            for (int i = 0; i < READS; i++) {
                Answer answer = service.get("/repos/owner/repo");
                assertThat(answer.status()).isEqualTo(503);
                assertThat(answer.header("Retry-After")).isPresent();
            }
            assertThat(service.table().sent().stream()
                            .filter(sent -> sent.request() instanceof BatchGetItemRequest
                                    || sent.request() instanceof QueryRequest)
                            .count())
                    .isLessThan(READS / 2);
            service.table().slowReads(Duration.ZERO);
            until(() -> service.get("/repos/owner/repo").status() == 200);
        }
    }
}
