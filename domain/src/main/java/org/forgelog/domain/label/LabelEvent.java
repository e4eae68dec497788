package org.forgelog.domain.label;

import java.time.Instant;
import org.forgelog.domain.Change;
import org.forgelog.domain.DomainEvent;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.repository.RepositoryId;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a label. In the repository's sequence, before anything that carries the label.
 *
 * <p>Issues and pull requests name a label by its id alone, so that renaming, recolouring or deleting it is one event
 * and one write, however many carry it. Its present name is looked up where it is shown; a label that is no longer
 * there is not shown.
 */
public sealed interface LabelEvent extends DomainEvent {

    RepositoryId repositoryId();

    LabelId labelId();

    @Override
    default String sequenceKey() {
        return repositoryId().sequenceKey();
    }

    record LabelCreated(
            RepositoryId repositoryId,
            LabelId labelId,
            String name,
            String color,
            @Nullable String description,
            AccountId createdBy,
            Instant createdAt)
            implements LabelEvent {}

    /** @param oldName the name before; the same as {@code name} when that did not change */
    record LabelEdited(
            RepositoryId repositoryId,
            LabelId labelId,
            String oldName,
            String name,
            @Nullable String color,
            @Nullable Change<String> description,
            AccountId editedBy,
            Instant editedAt)
            implements LabelEvent {}

    record LabelDeleted(RepositoryId repositoryId, LabelId labelId, String name, AccountId deletedBy, Instant deletedAt)
            implements LabelEvent {}
}
