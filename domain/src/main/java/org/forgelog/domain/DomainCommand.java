package org.forgelog.domain;

import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Something that is asked of one aggregate. The families ({@code AccountCommand}, {@code RepositoryCommand} ...) are
 * sealed.
 *
 * @param <S> the state that carrying it out leaves
 */
public interface DomainCommand<S> {

    /** The aggregate that takes the command. */
    @TargetAggregateIdentifier
    String aggregateId();

    /** The sequence of every event that the command leads to: known before anything is looked up. */
    String sequenceKey();
}
