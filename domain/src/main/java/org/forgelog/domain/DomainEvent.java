package org.forgelog.domain;

/**
 * Something that happened. Every event is a record that carries all its projectors need, so that the read side never
 * has to ask the write side anything.
 *
 * <p>The families ({@code AccountEvent}, {@code RepositoryEvent} ...) are sealed; this root is not, because a sealed
 * type cannot span packages outside a named module.
 */
public interface DomainEvent {

    /**
     * The sequence within which this event must be seen in order: {@code r:<repository id>} for everything that happens
     * inside a repository, {@code a:<account id>} for everything that happens to an account.
     */
    String sequenceKey();
}
