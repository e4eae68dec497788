package org.forgelog.domain.label;

import java.time.Instant;
import java.util.List;
import org.forgelog.domain.Change;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.Texts;
import org.forgelog.domain.label.LabelCommand.CreateLabel;
import org.forgelog.domain.label.LabelCommand.DeleteLabel;
import org.forgelog.domain.label.LabelCommand.EditLabel;
import org.forgelog.domain.label.LabelEvent.LabelCreated;
import org.forgelog.domain.label.LabelEvent.LabelDeleted;
import org.forgelog.domain.label.LabelEvent.LabelEdited;
import org.forgelog.domain.repository.RepositoryId;
import org.jspecify.annotations.Nullable;

/** The state of a label and its rules, without side effects: time and ids come in with the commands. */
public record Label(
        LabelId id,
        RepositoryId repositoryId,
        String name,
        String color,
        @Nullable String description,
        boolean deleted,
        Instant createdAt,
        Instant updatedAt) {

    /** Longest description, in characters. */
    public static final int DESCRIPTION_LIMIT = 100;

    /**
     * What {@code command} makes happen; nothing when it would change nothing.
     *
     * @param state the label, {@code null} before it was created
     * @throws Rejection when the rules forbid it
     */
    public static List<LabelEvent> decide(@Nullable Label state, LabelCommand command) {
        if (command instanceof CreateLabel c) {
            LabelColor color = c.color() == null ? LabelColor.DEFAULT : c.color();
            return List.of(new LabelCreated(
                    c.repositoryId(),
                    c.labelId(),
                    c.name().value(),
                    color.value(),
                    description(c.description()),
                    c.createdBy(),
                    c.createdAt()));
        }
        if (state == null || state.deleted) {
            throw Rejection.notFound();
        }
        return switch (command) {
            case CreateLabel c -> List.of();
            case EditLabel c -> state.edit(c);
            case DeleteLabel c ->
                List.of(new LabelDeleted(state.repositoryId, state.id, state.name, c.deletedBy(), c.deletedAt()));
        };
    }

    private List<LabelEvent> edit(EditLabel c) {
        if (c.description() != null) {
            description(c.description().value());
        }
        String newName = c.name() == null ? name : c.name().value();
        String newColor = c.color() == null || c.color().value().equals(color)
                ? null
                : c.color().value();
        Change<String> newDescription = Change.unlessSame(c.description(), description);
        return newName.equals(name) && newColor == null && newDescription == null
                ? List.of()
                : List.of(new LabelEdited(
                        repositoryId, id, name, newName, newColor, newDescription, c.editedBy(), c.editedAt()));
    }

    private static @Nullable String description(@Nullable String text) {
        return Texts.line("Label", "description", text, DESCRIPTION_LIMIT);
    }

    /** The label after {@code event}. */
    public static Label evolve(@Nullable Label state, LabelEvent event) {
        if (event instanceof LabelCreated e) {
            return new Label(
                    e.labelId(),
                    e.repositoryId(),
                    e.name(),
                    e.color(),
                    e.description(),
                    false,
                    e.createdAt(),
                    e.createdAt());
        }
        if (state == null) {
            throw new IllegalStateException("a label's first event must be its creation, not " + event);
        }
        return switch (event) {
            case LabelCreated e -> state;
            case LabelEdited e ->
                new Label(
                        state.id,
                        state.repositoryId,
                        e.name(),
                        e.color() == null ? state.color : e.color(),
                        Change.apply(e.description(), state.description),
                        false,
                        state.createdAt,
                        e.editedAt());
            case LabelDeleted e ->
                new Label(
                        state.id,
                        state.repositoryId,
                        state.name,
                        state.color,
                        state.description,
                        true,
                        state.createdAt,
                        e.deletedAt());
        };
    }

    /** The identifier of the aggregate in the event log. */
    public String aggregateId() {
        return id.aggregateId();
    }
}
