package org.forgelog.domain.label;

import java.time.Instant;
import org.forgelog.domain.Change;
import org.forgelog.domain.DomainCommand;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.repository.RepositoryId;
import org.jspecify.annotations.Nullable;

/** What can be asked of a label. That its name is the only one in its repository, the directory sees to. */
public sealed interface LabelCommand extends DomainCommand<Label> {

    LabelId labelId();

    /** Where the label is. */
    RepositoryId repositoryId();

    @Override
    default String aggregateId() {
        return labelId().aggregateId();
    }

    @Override
    default String sequenceKey() {
        return repositoryId().sequenceKey();
    }

    /** @param color {@link LabelColor#DEFAULT} when {@code null} */
    record CreateLabel(
            LabelId labelId,
            RepositoryId repositoryId,
            LabelName name,
            @Nullable LabelColor color,
            @Nullable String description,
            AccountId createdBy,
            Instant createdAt)
            implements LabelCommand {}

    /** Changes what is not {@code null}. */
    record EditLabel(
            LabelId labelId,
            RepositoryId repositoryId,
            @Nullable LabelName name,
            @Nullable LabelColor color,
            @Nullable Change<String> description,
            AccountId editedBy,
            Instant editedAt)
            implements LabelCommand {}

    record DeleteLabel(LabelId labelId, RepositoryId repositoryId, AccountId deletedBy, Instant deletedAt)
            implements LabelCommand {}
}
