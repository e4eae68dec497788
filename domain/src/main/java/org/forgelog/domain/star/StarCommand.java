package org.forgelog.domain.star;

import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** What can be asked of a star. */
public sealed interface StarCommand {

    StarKey key();

    /** The aggregate that takes the command. */
    @TargetAggregateIdentifier
    default String aggregateId() {
        return key().aggregateId();
    }

    record StarRepository(StarKey key, Instant starredAt) implements StarCommand {}

    record UnstarRepository(StarKey key, Instant unstarredAt) implements StarCommand {}
}
