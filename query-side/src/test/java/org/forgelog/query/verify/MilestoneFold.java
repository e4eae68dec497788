package org.forgelog.query.verify;

import static org.forgelog.query.verify.KeyFormat.digits;

import org.forgelog.domain.milestone.MilestoneEvent;
import org.forgelog.domain.milestone.MilestoneEvent.MilestoneClosed;
import org.forgelog.domain.milestone.MilestoneEvent.MilestoneCreated;
import org.forgelog.domain.milestone.MilestoneEvent.MilestoneDeleted;
import org.forgelog.domain.milestone.MilestoneEvent.MilestoneEdited;
import org.forgelog.domain.milestone.MilestoneEvent.MilestoneReopened;
import org.jspecify.annotations.Nullable;

/** Milestones, and how much of what is planned for each is open or closed. */
final class MilestoneFold {

    private MilestoneFold() {}

    private static Key milestone(long repository, long number) {
        return new Key("R#" + digits(repository) + "#M", digits(number));
    }

    static void apply(IndependentItems rows, MilestoneEvent event) {
        long repository = event.repositoryId().value();
        Key key = milestone(repository, event.number());
        switch (event) {
            case MilestoneCreated e ->
                rows.create(key, "milestone", said -> {
                    said.put("id", e.milestoneId());
                    said.put("repository_id", repository);
                    said.put("number", e.number());
                    said.put("title", e.title());
                    IndependentItems.text(said, "description", e.description());
                    IndependentItems.at(said, "due_on", e.dueOn());
                    said.put("creator_id", e.createdBy().value());
                    said.put("open_issues", 0L);
                    said.put("closed_issues", 0L);
                    IndependentItems.at(said, "created_at", e.createdAt());
                    IndependentItems.at(said, "updated_at", e.createdAt());
                });
            case MilestoneEdited e ->
                rows.edit(key, row -> {
                    if (e.title() != null) {
                        row.said().put("title", e.title());
                    }
                    IndependentItems.change(row.said(), "description", e.description());
                    if (e.dueOn() != null) {
                        IndependentItems.at(row.said(), "due_on", e.dueOn().value());
                    }
                    IndependentItems.at(row.said(), "updated_at", e.editedAt());
                });
            case MilestoneClosed e ->
                rows.edit(key, row -> {
                    IndependentItems.at(row.said(), "closed_at", e.closedAt());
                    IndependentItems.at(row.said(), "updated_at", e.closedAt());
                });
            case MilestoneReopened e ->
                rows.edit(key, row -> {
                    row.said().remove("closed_at");
                    IndependentItems.at(row.said(), "updated_at", e.reopenedAt());
                });
            case MilestoneDeleted e -> {
                rows.remove(key);
                rows.set(new Key("SWEEP", "M#" + digits(repository) + "#" + digits(e.number())), "sweep", said -> {
                    said.put("repository_id", repository);
                    said.put("milestone", e.number());
                });
            }
        }
    }

    /** So much more of a milestone is open, and closed. */
    static void count(IndependentItems rows, long repository, @Nullable Long number, int open, int closed) {
        if (number != null) {
            rows.edit(milestone(repository, number), row -> {
                row.said().put("open_issues", row.number("open_issues") + open);
                row.said().put("closed_issues", row.number("closed_issues") + closed);
            });
        }
    }
}
