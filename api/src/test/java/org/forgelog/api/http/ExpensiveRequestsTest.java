package org.forgelog.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ExpensiveRequestsTest {

    private final ExpensiveRequests requests = new ExpensiveRequests(4);

    private void assertNoPlace(String caller) {
        assertThatThrownBy(() -> requests.enter(caller))
                .isInstanceOfSatisfying(
                        HttpFailure.class, e -> assertThat(e.status()).isEqualTo(503))
                .isInstanceOfSatisfying(
                        HttpFailure.class, e -> assertThat(e.headers()).containsKey("Retry-After"));
    }

    @Test
    void oneCallerHasHalfOfThePlacesAndAllHaveAsManyAsThereAre() {
        requests.enter("a");
        requests.enter("a");
        assertNoPlace("a");
        requests.enter("b");
        requests.enter("c");
        assertNoPlace("d");
        requests.leave("a");
        requests.enter("d");
        assertNoPlace("a");
    }

    @Test
    void aPlaceThatBecomesFreeGoesToWhoeverWaits() throws Exception {
        requests.enter("a");
        requests.enter("a");
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> {
            // As often as it takes, on a machine that has much else to do.
            for (int i = 0; i < 20; i++) {
                try {
                    requests.enter("a");
                    return;
                } catch (HttpFailure late) {
                    // Once more.
                }
            }
            throw new AssertionError("no place");
        });
        requests.leave("a");
        assertThat(waiting).succeedsWithin(Duration.ofMinutes(5));
    }
}
