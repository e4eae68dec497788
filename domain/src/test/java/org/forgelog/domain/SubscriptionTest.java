package org.forgelog.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.forgelog.domain.Samples.HELLO_WORLD;
import static org.forgelog.domain.Samples.NOW;
import static org.forgelog.domain.Samples.OCTOCAT;
import static org.forgelog.domain.Samples.THEN;

import org.forgelog.domain.subscription.Subscription;
import org.forgelog.domain.subscription.SubscriptionCommand.Subscribe;
import org.forgelog.domain.subscription.SubscriptionCommand.Unsubscribe;
import org.forgelog.domain.subscription.SubscriptionEvent;
import org.forgelog.domain.subscription.SubscriptionEvent.RepositoryIgnored;
import org.forgelog.domain.subscription.SubscriptionEvent.RepositoryUnignored;
import org.forgelog.domain.subscription.SubscriptionEvent.RepositoryUnwatched;
import org.forgelog.domain.subscription.SubscriptionEvent.RepositoryWatched;
import org.forgelog.domain.subscription.SubscriptionKey;
import org.junit.jupiter.api.Test;

class SubscriptionTest {

    private static final SubscriptionKey KEY = new SubscriptionKey(OCTOCAT, HELLO_WORLD);
    private static final RepositoryWatched WATCHED = new RepositoryWatched(OCTOCAT, HELLO_WORLD, THEN);
    private static final RepositoryIgnored IGNORED = new RepositoryIgnored(OCTOCAT, HELLO_WORLD, THEN);

    private static Subscription given(SubscriptionEvent... events) {
        Subscription state = null;
        for (SubscriptionEvent event : events) {
            state = Subscription.evolve(state, event);
        }
        return state;
    }

    @Test
    void watchingTwiceIsOnce() {
        assertThat(Subscription.decide(null, new Subscribe(KEY, false, THEN))).containsExactly(WATCHED);
        assertThat(Subscription.decide(given(WATCHED), new Subscribe(KEY, false, NOW)))
                .isEmpty();
        assertThat(given(WATCHED).since()).isEqualTo(THEN);
    }

    @Test
    void whoIgnoresNoLongerWatches() {
        assertThat(Subscription.decide(given(WATCHED), new Subscribe(KEY, true, NOW)))
                .containsExactly(
                        new RepositoryUnwatched(OCTOCAT, HELLO_WORLD, NOW),
                        new RepositoryIgnored(OCTOCAT, HELLO_WORLD, NOW));
        assertThat(Subscription.decide(given(IGNORED), new Subscribe(KEY, false, NOW)))
                .containsExactly(
                        new RepositoryUnignored(OCTOCAT, HELLO_WORLD, NOW),
                        new RepositoryWatched(OCTOCAT, HELLO_WORLD, NOW));
    }

    @Test
    void endsOnce() {
        RepositoryUnwatched unwatched = new RepositoryUnwatched(OCTOCAT, HELLO_WORLD, NOW);
        assertThat(Subscription.decide(given(WATCHED), new Unsubscribe(KEY, NOW)))
                .containsExactly(unwatched);
        assertThat(Subscription.decide(given(WATCHED, unwatched), new Unsubscribe(KEY, NOW)))
                .isEmpty();
        assertThat(Subscription.decide(given(IGNORED), new Unsubscribe(KEY, NOW)))
                .containsExactly(new RepositoryUnignored(OCTOCAT, HELLO_WORLD, NOW));
        assertThat(Subscription.decide(null, new Unsubscribe(KEY, NOW))).isEmpty();
    }
}
