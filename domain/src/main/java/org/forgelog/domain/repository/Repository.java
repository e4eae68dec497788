package org.forgelog.domain.repository;

import java.time.Instant;
import java.util.List;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.repository.RepositoryCommand.ArchiveRepository;
import org.forgelog.domain.repository.RepositoryCommand.CollaboratorCommand;
import org.forgelog.domain.repository.RepositoryCommand.CreateRepository;
import org.forgelog.domain.repository.RepositoryCommand.DeleteRepository;
import org.forgelog.domain.repository.RepositoryCommand.EditRepository;
import org.forgelog.domain.repository.RepositoryCommand.FollowOwnerLogin;
import org.forgelog.domain.repository.RepositoryCommand.RenameRepository;
import org.forgelog.domain.repository.RepositoryCommand.ReplaceTopics;
import org.forgelog.domain.repository.RepositoryCommand.TransferRepository;
import org.forgelog.domain.repository.RepositoryCommand.UnarchiveRepository;
import org.forgelog.domain.repository.RepositoryEvent.CollaboratorEvent;
import org.forgelog.domain.repository.RepositoryEvent.RepositoryArchived;
import org.forgelog.domain.repository.RepositoryEvent.RepositoryCreated;
import org.forgelog.domain.repository.RepositoryEvent.RepositoryDeleted;
import org.forgelog.domain.repository.RepositoryEvent.RepositoryEdited;
import org.forgelog.domain.repository.RepositoryEvent.RepositoryOwnerRenamed;
import org.forgelog.domain.repository.RepositoryEvent.RepositoryRenamed;
import org.forgelog.domain.repository.RepositoryEvent.RepositoryTransferred;
import org.forgelog.domain.repository.RepositoryEvent.RepositoryUnarchived;
import org.forgelog.domain.repository.RepositoryEvent.TopicsReplaced;
import org.jspecify.annotations.Nullable;

/**
 * The state of a repository and its rules, without side effects: time and ids come in with the commands.
 *
 * @param fork what it is forked from; {@code null} when it is no fork
 */
public record Repository(
        RepositoryId id,
        AccountId ownerId,
        String ownerLogin,
        String name,
        RepositorySettings settings,
        @Nullable Fork fork,
        Numbering numbering,
        List<String> topics,
        Collaborators collaborators,
        boolean archived,
        boolean deleted,
        Instant createdAt,
        Instant updatedAt) {

    /**
     * What {@code command} makes happen; nothing when it would change nothing.
     *
     * @param state the repository, {@code null} before it was created
     * @throws Rejection when the rules forbid it
     */
    public static List<RepositoryEvent> decide(@Nullable Repository state, RepositoryCommand command) {
        if (command instanceof CreateRepository c) {
            c.settings().validate();
            return List.of(new RepositoryCreated(
                    c.repositoryId(),
                    c.ownerId(),
                    c.ownerLogin(),
                    c.name().value(),
                    RepositorySettings.DEFAULT.with(c.settings()),
                    c.fork(),
                    c.numbering(),
                    c.createdBy(),
                    c.createdAt()));
        }
        if (state == null || state.deleted) {
            throw Rejection.notFound();
        }
        return switch (command) {
            case CreateRepository c -> List.of();
            case EditRepository c -> {
                state.checkNotArchived();
                c.changes().validate();
                RepositorySettings.Changes changes = c.changes().against(state.settings);
                yield changes.changesNothing()
                        ? List.of()
                        : List.of(new RepositoryEdited(state.id, changes, c.editedAt()));
            }
            case RenameRepository c -> {
                state.checkNotArchived();
                yield c.name().value().equals(state.name)
                        ? List.of()
                        : List.of(new RepositoryRenamed(
                                state.id,
                                state.ownerId,
                                state.ownerLogin,
                                state.name,
                                c.name().value(),
                                c.renamedAt()));
            }
            case FollowOwnerLogin c ->
                c.ownerLogin().equals(state.ownerLogin)
                        ? List.of()
                        : List.of(new RepositoryOwnerRenamed(
                                state.id, state.ownerId, state.ownerLogin, c.ownerLogin(), state.name, c.renamedAt()));
            case TransferRepository c -> state.transfer(c);
            case ArchiveRepository c ->
                state.archived ? List.of() : List.of(new RepositoryArchived(state.id, c.archivedAt()));
            case UnarchiveRepository c ->
                state.archived ? List.of(new RepositoryUnarchived(state.id, c.unarchivedAt())) : List.of();
            case DeleteRepository c ->
                List.of(new RepositoryDeleted(state.id, state.ownerId, state.ownerLogin, state.name, c.deletedAt()));
            case ReplaceTopics c -> {
                state.checkNotArchived();
                List<String> topics = Topic.values(c.topics());
                yield topics.equals(state.topics)
                        ? List.of()
                        : List.of(new TopicsReplaced(state.id, topics, c.replacedBy(), c.replacedAt()));
            }
            case CollaboratorCommand c -> state.collaborators.decide(state, c);
        };
    }

    /** The repository after {@code event}. */
    public static Repository evolve(@Nullable Repository state, RepositoryEvent event) {
        if (event instanceof RepositoryCreated e) {
            return new Repository(
                    e.repositoryId(),
                    e.ownerId(),
                    e.ownerLogin(),
                    e.name(),
                    e.settings(),
                    e.fork(),
                    e.numbering(),
                    List.of(),
                    Collaborators.NONE,
                    false,
                    false,
                    e.createdAt(),
                    e.createdAt());
        }
        if (state == null) {
            throw new IllegalStateException("a repository's first event must be its creation, not " + event);
        }
        return switch (event) {
            case RepositoryCreated e -> state;
            case RepositoryEdited e ->
                state.named(state.ownerLogin, state.name, state.settings.with(e.changes()), e.editedAt());
            case RepositoryRenamed e -> state.named(state.ownerLogin, e.name(), state.settings, e.renamedAt());
            case RepositoryOwnerRenamed e -> state.named(e.ownerLogin(), state.name, state.settings, e.renamedAt());
            case RepositoryTransferred e -> state.transferred(e);
            case RepositoryArchived e -> state.standing(true, false, e.archivedAt());
            case RepositoryUnarchived e -> state.standing(false, false, e.unarchivedAt());
            case RepositoryDeleted e -> state.standing(state.archived, true, e.deletedAt());
            case TopicsReplaced e -> state.with(List.copyOf(e.topics()), state.collaborators, e.replacedAt());
            case CollaboratorEvent e -> state.with(state.topics, state.collaborators.evolve(e), state.updatedAt);
        };
    }

    /** The identifier of the aggregate in the event log. */
    public String aggregateId() {
        return id.aggregateId();
    }

    void checkNotArchived() {
        if (archived) {
            throw Rejection.of(Rejection.Code.ARCHIVED, "Repository was archived so is read-only.");
        }
    }

    private List<RepositoryEvent> transfer(TransferRepository c) {
        checkNotArchived();
        String newName = c.name().value();
        if (!c.ownerId().equals(ownerId)) {
            return List.of(new RepositoryTransferred(
                    id,
                    ownerId,
                    ownerLogin,
                    name,
                    c.ownerId(),
                    c.ownerLogin(),
                    newName,
                    c.transferredBy(),
                    c.transferredAt()));
        }
        return newName.equals(name)
                ? List.of()
                : List.of(new RepositoryRenamed(id, ownerId, ownerLogin, name, newName, c.transferredAt()));
    }

    private Repository transferred(RepositoryTransferred e) {
        return new Repository(
                id,
                e.ownerId(),
                e.ownerLogin(),
                e.name(),
                settings,
                fork,
                numbering,
                topics,
                collaborators.without(e.ownerId()),
                archived,
                deleted,
                createdAt,
                e.transferredAt());
    }

    private Repository named(String ownerLogin, String name, RepositorySettings settings, Instant at) {
        return new Repository(
                id,
                ownerId,
                ownerLogin,
                name,
                settings,
                fork,
                numbering,
                topics,
                collaborators,
                archived,
                deleted,
                createdAt,
                at);
    }

    private Repository standing(boolean archived, boolean deleted, Instant at) {
        return new Repository(
                id,
                ownerId,
                ownerLogin,
                name,
                settings,
                fork,
                numbering,
                topics,
                collaborators,
                archived,
                deleted,
                createdAt,
                at);
    }

    /** Collaborators are not part of what a repository says of itself: they leave its {@code updatedAt} alone. */
    private Repository with(List<String> topics, Collaborators collaborators, Instant at) {
        return new Repository(
                id,
                ownerId,
                ownerLogin,
                name,
                settings,
                fork,
                numbering,
                topics,
                collaborators,
                archived,
                deleted,
                createdAt,
                at);
    }
}
