package org.forgelog.domain.milestone;

import java.time.Instant;
import org.forgelog.domain.Change;
import org.forgelog.domain.DomainCommand;
import org.forgelog.domain.account.AccountId;
import org.jspecify.annotations.Nullable;

/** What can be asked of a milestone. That its title is the only one in its repository, the directory sees to. */
public sealed interface MilestoneCommand extends DomainCommand<Milestone> {

    MilestoneKey key();

    @Override
    default String aggregateId() {
        return key().aggregateId();
    }

    @Override
    default String sequenceKey() {
        return key().repositoryId().sequenceKey();
    }

    /** @param milestoneId the public id, unlike the number unique across repositories */
    record CreateMilestone(
            MilestoneKey key,
            long milestoneId,
            @Nullable String title,
            @Nullable String description,
            @Nullable Instant dueOn,
            AccountId createdBy,
            Instant createdAt)
            implements MilestoneCommand {}

    /** Changes what is not {@code null}. */
    record EditMilestone(
            MilestoneKey key,
            @Nullable Change<String> title,
            @Nullable Change<String> description,
            @Nullable Change<Instant> dueOn,
            AccountId editedBy,
            Instant editedAt)
            implements MilestoneCommand {}

    record CloseMilestone(MilestoneKey key, AccountId closedBy, Instant closedAt) implements MilestoneCommand {}

    record ReopenMilestone(MilestoneKey key, AccountId reopenedBy, Instant reopenedAt) implements MilestoneCommand {}

    /** Nothing is planned for it from then on. */
    record DeleteMilestone(MilestoneKey key, AccountId deletedBy, Instant deletedAt) implements MilestoneCommand {}
}
