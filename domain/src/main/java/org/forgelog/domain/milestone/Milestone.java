package org.forgelog.domain.milestone;

import java.time.Instant;
import java.util.List;
import org.forgelog.domain.Change;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.Texts;
import org.forgelog.domain.milestone.MilestoneCommand.CloseMilestone;
import org.forgelog.domain.milestone.MilestoneCommand.CreateMilestone;
import org.forgelog.domain.milestone.MilestoneCommand.DeleteMilestone;
import org.forgelog.domain.milestone.MilestoneCommand.EditMilestone;
import org.forgelog.domain.milestone.MilestoneCommand.ReopenMilestone;
import org.forgelog.domain.milestone.MilestoneEvent.MilestoneClosed;
import org.forgelog.domain.milestone.MilestoneEvent.MilestoneCreated;
import org.forgelog.domain.milestone.MilestoneEvent.MilestoneDeleted;
import org.forgelog.domain.milestone.MilestoneEvent.MilestoneEdited;
import org.forgelog.domain.milestone.MilestoneEvent.MilestoneReopened;
import org.jspecify.annotations.Nullable;

/** The state of a milestone and its rules, without side effects: time and ids come in with the commands. */
public record Milestone(
        MilestoneKey key,
        String title,
        @Nullable String description,
        @Nullable Instant dueOn,
        boolean open,
        boolean deleted) {

    private static final String RESOURCE = "Milestone";

    /**
     * What {@code command} makes happen; nothing when it would change nothing.
     *
     * @param state the milestone, {@code null} before it was created
     * @throws Rejection when the rules forbid it
     */
    public static List<MilestoneEvent> decide(@Nullable Milestone state, MilestoneCommand command) {
        if (command instanceof CreateMilestone c) {
            return List.of(new MilestoneCreated(
                    c.key().repositoryId(),
                    c.key().number(),
                    c.milestoneId(),
                    Texts.title(RESOURCE, c.title()),
                    description(c.description()),
                    c.dueOn(),
                    c.createdBy(),
                    c.createdAt()));
        }
        if (state == null || state.deleted) {
            throw Rejection.notFound();
        }
        var repositoryId = state.key.repositoryId();
        long number = state.key.number();
        return switch (command) {
            case CreateMilestone c -> List.of();
            case EditMilestone c -> state.edit(c);
            case CloseMilestone c ->
                state.open ? List.of(new MilestoneClosed(repositoryId, number, c.closedBy(), c.closedAt())) : List.of();
            case ReopenMilestone c ->
                state.open
                        ? List.of()
                        : List.of(new MilestoneReopened(repositoryId, number, c.reopenedBy(), c.reopenedAt()));
            case DeleteMilestone c -> List.of(new MilestoneDeleted(repositoryId, number, c.deletedBy(), c.deletedAt()));
        };
    }

    private List<MilestoneEvent> edit(EditMilestone c) {
        if (c.title() != null) {
            Texts.title(RESOURCE, c.title().value());
        }
        if (c.description() != null) {
            description(c.description().value());
        }
        Change<String> newTitle = Change.unlessSame(c.title(), title);
        Change<String> newDescription = Change.unlessSame(c.description(), description);
        Change<Instant> newDueOn = Change.unlessSame(c.dueOn(), dueOn);
        return newTitle == null && newDescription == null && newDueOn == null
                ? List.of()
                : List.of(new MilestoneEdited(
                        key.repositoryId(),
                        key.number(),
                        newTitle == null ? null : newTitle.value(),
                        newDescription,
                        newDueOn,
                        c.editedBy(),
                        c.editedAt()));
    }

    private static @Nullable String description(@Nullable String text) {
        return Texts.body(RESOURCE, "description", text);
    }

    /** The milestone after {@code event}. */
    public static Milestone evolve(@Nullable Milestone state, MilestoneEvent event) {
        if (event instanceof MilestoneCreated e) {
            return new Milestone(e.key(), e.title(), e.description(), e.dueOn(), true, false);
        }
        if (state == null) {
            throw new IllegalStateException("a milestone's first event must be its creation, not " + event);
        }
        return switch (event) {
            case MilestoneCreated e -> state;
            case MilestoneEdited e ->
                new Milestone(
                        state.key,
                        e.title() == null ? state.title : e.title(),
                        Change.apply(e.description(), state.description),
                        Change.apply(e.dueOn(), state.dueOn),
                        state.open,
                        state.deleted);
            case MilestoneClosed e -> state.standing(false, state.deleted);
            case MilestoneReopened e -> state.standing(true, state.deleted);
            case MilestoneDeleted e -> state.standing(state.open, true);
        };
    }

    private Milestone standing(boolean open, boolean deleted) {
        return new Milestone(key, title, description, dueOn, open, deleted);
    }

    /** The identifier of the aggregate in the event log. */
    public String aggregateId() {
        return key.aggregateId();
    }
}
