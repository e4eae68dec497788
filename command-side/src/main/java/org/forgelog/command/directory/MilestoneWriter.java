package org.forgelog.command.directory;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.forgelog.domain.conversation.ConversationKind;
import org.forgelog.domain.milestone.MilestoneEvent;
import org.forgelog.domain.milestone.MilestoneEvent.MilestoneClosed;
import org.forgelog.domain.milestone.MilestoneEvent.MilestoneCreated;
import org.forgelog.domain.milestone.MilestoneEvent.MilestoneDeleted;
import org.forgelog.domain.milestone.MilestoneEvent.MilestoneEdited;
import org.forgelog.domain.milestone.MilestoneEvent.MilestoneReopened;
import org.forgelog.domain.repository.RepositoryId;
import org.jspecify.annotations.Nullable;

/** What the directory knows of milestones. */
final class MilestoneWriter {

    private static final String THIS = " where repository_id = ? and number = ?";

    private final DirectoryTables tables;

    MilestoneWriter(DirectoryTables tables) {
        this.tables = tables;
    }

    void apply(MilestoneEvent event) {
        long repository = event.repositoryId().value();
        long number = event.number();
        switch (event) {
            case MilestoneCreated e -> create(e);
            case MilestoneEdited e -> edit(e);
            case MilestoneClosed e -> stand(e, false, e.closedAt());
            case MilestoneReopened e -> stand(e, true, e.reopenedAt());
            case MilestoneDeleted e -> {
                tables.update(
                        "update @conversation set milestone = null where repository_id = ? and milestone = ?",
                        repository,
                        number);
                tables.update("delete from @milestone" + THIS, repository, number);
            }
        }
    }

    private void create(MilestoneCreated e) {
        long repository = e.repositoryId().value();
        tables.update(
                "update @repository_number set last_milestone = greatest(last_milestone, ?) where repository_id = ?",
                e.number(),
                repository);
        tables.update(
                """
                insert into @milestone (repository_id, number, id, title, description, due_on, open, creator_id,
                                        created_at, updated_at)
                values (?, ?, ?, ?, ?, ?, true, ?, ?, ?)""",
                repository,
                e.number(),
                e.milestoneId(),
                e.title(),
                e.description(),
                time(e.dueOn()),
                e.createdBy().value(),
                time(e.createdAt()),
                time(e.createdAt()));
    }

    private void edit(MilestoneEdited e) {
        long repository = e.repositoryId().value();
        updated(repository, e.number(), e.editedAt());
        if (e.title() != null) {
            tables.update("update @milestone set title = ?" + THIS, e.title(), repository, e.number());
        }
        if (e.description() != null) {
            tables.update(
                    "update @milestone set description = ?" + THIS,
                    e.description().value(),
                    repository,
                    e.number());
        }
        if (e.dueOn() != null) {
            tables.update(
                    "update @milestone set due_on = ?" + THIS, time(e.dueOn().value()), repository, e.number());
        }
    }

    private void stand(MilestoneEvent event, boolean open, Instant at) {
        long repository = event.repositoryId().value();
        updated(repository, event.number(), at);
        tables.update(
                "update @milestone set open = ?, closed_at = ?" + THIS,
                open,
                time(open ? null : at),
                repository,
                event.number());
    }

    private void updated(long repository, long number, Instant at) {
        tables.update("update @milestone set updated_at = ?" + THIS, time(at), repository, number);
    }

    /** @param milestone the number of what an issue or pull request is planned for; {@code null} for nothing */
    void plan(RepositoryId repository, ConversationKind kind, long number, @Nullable Long milestone) {
        tables.update(
                "update @conversation set milestone = ? where repository_id = ? and kind = ? and number = ?",
                milestone,
                repository.value(),
                kind.name(),
                number);
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
