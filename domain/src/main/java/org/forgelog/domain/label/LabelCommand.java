package org.forgelog.domain.label;

import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.forgelog.domain.Change;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.repository.RepositoryId;
import org.jspecify.annotations.Nullable;

/** What can be asked of a label. That its name is the only one in its repository, the directory sees to. */
public sealed interface LabelCommand {

    LabelId labelId();

    /** The aggregate that takes the command. */
    @TargetAggregateIdentifier
    default String aggregateId() {
        return labelId().aggregateId();
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
            @Nullable LabelName name,
            @Nullable LabelColor color,
            @Nullable Change<String> description,
            AccountId editedBy,
            Instant editedAt)
            implements LabelCommand {}

    record DeleteLabel(LabelId labelId, AccountId deletedBy, Instant deletedAt) implements LabelCommand {}
}
