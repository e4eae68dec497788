package org.forgelog.domain.subscription;

import java.time.Instant;
import org.forgelog.domain.DomainCommand;

/** What can be asked of a subscription. */
public sealed interface SubscriptionCommand extends DomainCommand<Subscription> {

    SubscriptionKey key();

    @Override
    default String aggregateId() {
        return key().aggregateId();
    }

    @Override
    default String sequenceKey() {
        return key().repositoryId().sequenceKey();
    }

    /** @param ignored whether the user wants to hear nothing, rather than everything */
    record Subscribe(SubscriptionKey key, boolean ignored, Instant subscribedAt) implements SubscriptionCommand {}

    /** Neither watches nor ignores any more. */
    record Unsubscribe(SubscriptionKey key, Instant unsubscribedAt) implements SubscriptionCommand {}
}
