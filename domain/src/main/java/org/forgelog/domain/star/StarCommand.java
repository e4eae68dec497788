package org.forgelog.domain.star;

import java.time.Instant;
import org.forgelog.domain.DomainCommand;

/** What can be asked of a star. */
public sealed interface StarCommand extends DomainCommand<Star> {

    StarKey key();

    @Override
    default String aggregateId() {
        return key().aggregateId();
    }

    @Override
    default String sequenceKey() {
        return key().repositoryId().sequenceKey();
    }

    record StarRepository(StarKey key, Instant starredAt) implements StarCommand {}

    record UnstarRepository(StarKey key, Instant unstarredAt) implements StarCommand {}
}
