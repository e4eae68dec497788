package org.forgelog.api.openapi;

import static org.forgelog.api.openapi.Operation.delete;
import static org.forgelog.api.openapi.Operation.get;
import static org.forgelog.api.openapi.Operation.patch;
import static org.forgelog.api.openapi.Operation.post;
import static org.forgelog.api.openapi.RepositoryCatalogue.REPOSITORY;

import java.util.List;
import org.forgelog.api.representation.LabelJson;
import org.forgelog.api.representation.MilestoneJson;
import org.forgelog.domain.Texts;

/** Milestones: what issues and pull requests are planned for. */
final class MilestoneCatalogue {

    private static final String MILESTONES = REPOSITORY + "/milestones";
    private static final String MILESTONE = MILESTONES + "/{milestone_number}";
    private static final Schema TITLE = Schema.text(Texts.TITLE_LIMIT);

    private MilestoneCatalogue() {}

    static List<Operation> all() {
        return List.of(
                get(MILESTONES, "issues/list-milestones", "The milestones of a repository")
                        .query("Milestone", Parameters.STATE, Parameters.MILESTONE_SORT, Parameters.OLDEST_FIRST)
                        .ofAnyMoment()
                        .list(MilestoneJson.class),
                post(MILESTONES, "issues/create-milestone", "Make a milestone")
                        .body(given(new Body().must("title", TITLE)))
                        .created(MilestoneJson.class),
                get(MILESTONE, "issues/get-milestone", "A milestone")
                        .ofAnyMoment()
                        .ok(MilestoneJson.class),
                patch(MILESTONE, "issues/update-milestone", "Edit, close or reopen a milestone")
                        .body(given(new Body().may("title", TITLE)))
                        .ok(MilestoneJson.class),
                delete(MILESTONE, "issues/delete-milestone", "Delete a milestone: nothing is planned for it any more")
                        .done(),
                get(
                                MILESTONE + "/labels",
                                "issues/list-labels-for-milestone",
                                "The labels of what is planned for a milestone, by name")
                        .list(LabelJson.class));
    }

    private static Body given(Body body) {
        return body.may("state", Schema.words(EnumValues.STATES))
                .may("description", Schema.text(Texts.BODY_LIMIT))
                .may("due_on", Schema.instant());
    }
}
