package org.forgelog.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.forgelog.domain.Samples.HELLO_WORLD;
import static org.forgelog.domain.Samples.NOW;
import static org.forgelog.domain.Samples.THEN;
import static org.forgelog.domain.Samples.TORVALDS;

import org.forgelog.domain.star.Star;
import org.forgelog.domain.star.StarCommand.StarRepository;
import org.forgelog.domain.star.StarCommand.UnstarRepository;
import org.forgelog.domain.star.StarEvent.RepositoryStarred;
import org.forgelog.domain.star.StarEvent.RepositoryUnstarred;
import org.forgelog.domain.star.StarKey;
import org.junit.jupiter.api.Test;

class StarTest {

    private static final StarKey KEY = new StarKey(TORVALDS, HELLO_WORLD);
    private static final RepositoryStarred STARRED = new RepositoryStarred(TORVALDS, HELLO_WORLD, THEN);

    @Test
    void starringTwiceIsOneStarWithTheFirstDate() {
        assertThat(Star.decide(null, new StarRepository(KEY, THEN))).containsExactly(STARRED);
        assertThat(Star.decide(Star.evolve(null, STARRED), new StarRepository(KEY, NOW)))
                .isEmpty();
    }

    @Test
    void aStarTakenBackCanBeGivenAgain() {
        Star starred = Star.evolve(null, STARRED);
        RepositoryUnstarred unstarred = new RepositoryUnstarred(TORVALDS, HELLO_WORLD, NOW);
        assertThat(Star.decide(starred, new UnstarRepository(KEY, NOW))).containsExactly(unstarred);
        Star without = Star.evolve(starred, unstarred);
        assertThat(Star.decide(without, new UnstarRepository(KEY, NOW))).isEmpty();
        assertThat(Star.decide(without, new StarRepository(KEY, NOW))).hasSize(1);
    }
}
