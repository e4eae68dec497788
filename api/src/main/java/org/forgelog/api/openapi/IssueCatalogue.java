package org.forgelog.api.openapi;

import static org.forgelog.api.openapi.Operation.delete;
import static org.forgelog.api.openapi.Operation.get;
import static org.forgelog.api.openapi.Operation.patch;
import static org.forgelog.api.openapi.Operation.post;
import static org.forgelog.api.openapi.RepositoryCatalogue.REPOSITORY;
import static org.forgelog.api.openapi.Schema.text;

import java.util.ArrayList;
import java.util.List;
import org.forgelog.api.openapi.Operation.Audience;
import org.forgelog.api.representation.CommentJson;
import org.forgelog.api.representation.IssueEventJson;
import org.forgelog.api.representation.IssueInRepositoryJson;
import org.forgelog.api.representation.IssueJson;
import org.forgelog.api.representation.LabelJson;
import org.forgelog.api.representation.SimpleUser;
import org.forgelog.domain.Texts;
import org.forgelog.domain.label.Label;
import org.forgelog.domain.label.LabelName;

/** Issues, the labels and milestones of repositories, and who can be assigned. */
final class IssueCatalogue {

    private static final String ISSUES = REPOSITORY + "/issues";
    private static final String ISSUE = ISSUES + "/{issue_number}";
    private static final String COMMENT = ISSUES + "/comments/{comment_id}";
    private static final String LABELS = REPOSITORY + "/labels";
    private static final Schema TITLE = text(Texts.TITLE_LIMIT);
    private static final Schema LONG = text(Texts.BODY_LIMIT);
    private static final Schema LABEL = text(LabelName.LIMIT);

    private IssueCatalogue() {}

    static List<Operation> all() {
        List<Operation> all = new ArrayList<>();
        all.addAll(issues());
        all.addAll(everywhere());
        all.addAll(labels());
        all.addAll(TriageCatalogue.of(ISSUE, "issues", "an issue", IssueJson.class));
        all.addAll(MilestoneCatalogue.all());
        all.addAll(comments());
        all.addAll(histories());
        return all;
    }

    private static List<Operation> issues() {
        return List.of(
                get(ISSUES, "issues/list-for-repo", "The issues of a repository")
                        .query(
                                "Issue",
                                Parameters.STATE,
                                Parameters.ISSUE_SORT,
                                Parameters.NEWEST_FIRST,
                                Parameters.SINCE,
                                Parameters.LABELS,
                                Parameters.ASSIGNEE,
                                Parameters.CREATOR,
                                Parameters.MENTIONED,
                                Parameters.MILESTONE,
                                Parameters.ISSUE_TYPE)
                        .refuses(410)
                        .ofAnyMoment()
                        .list(IssueJson.class),
                post(ISSUES, "issues/create", "Open an issue")
                        .body(TriageCatalogue.given(
                                new Body().must("title", TITLE).may("body", LONG)))
                        .created(IssueJson.class),
                get(ISSUE, "issues/get", "An issue").refuses(410).ofAnyMoment().ok(IssueJson.class),
                patch(ISSUE, "issues/update", "Edit, close or reopen an issue")
                        .body(TriageCatalogue.given(new Body()
                                .may("title", TITLE)
                                .may("body", LONG)
                                .may("state", Schema.words(EnumValues.STATES))
                                .may(
                                        "state_reason",
                                        Schema.words("completed", "not_planned", "duplicate", "reopened"))))
                        .ok(IssueJson.class));
    }

    /** Issues of all repositories. */
    private static List<Operation> everywhere() {
        return List.of(
                concerning("/issues", "issues/list", "The issues that concern the caller"),
                concerning("/user/issues", "issues/list-for-authenticated-user", "The same under another name"),
                concerning(
                        "/orgs/{org}/issues",
                        "issues/list-for-org",
                        "Those in an organization's repositories",
                        Parameters.ISSUE_TYPE));
    }

    private static Operation concerning(String path, String id, String summary, Parameter<?>... more) {
        List<Parameter<?>> query = new ArrayList<>(List.of(
                Parameters.ISSUE_FILTER,
                Parameters.STATE,
                Parameters.LABELS,
                Parameters.ISSUE_SORT,
                Parameters.NEWEST_FIRST,
                Parameters.SINCE));
        query.addAll(List.of(more));
        return get(path, id, summary)
                .by(Audience.USER)
                .query("Issue", query.toArray(Parameter<?>[]::new))
                .ofAnyMoment()
                .list(IssueInRepositoryJson.class);
    }

    private static List<Operation> labels() {
        Schema color = Schema.text().with("pattern", "^[0-9A-Fa-f]{6}$");
        Schema description = text(Label.DESCRIPTION_LIMIT);
        return List.of(
                get(LABELS, "issues/list-labels-for-repo", "The labels of a repository")
                        .ofAnyMoment()
                        .list(LabelJson.class),
                post(LABELS, "issues/create-label", "Make a label")
                        .body(new Body().must("name", LABEL).may("color", color).may("description", description))
                        .created(LabelJson.class),
                get(LABELS + "/{name}", "issues/get-label", "A label")
                        .ofAnyMoment()
                        .ok(LabelJson.class),
                patch(LABELS + "/{name}", "issues/update-label", "Edit a label")
                        .body(new Body()
                                .may("new_name", LABEL)
                                .may("name", text(LabelName.LIMIT).described("The older word for `new_name`."))
                                .may("color", color)
                                .may("description", description))
                        .ok(LabelJson.class),
                delete(LABELS + "/{name}", "issues/delete-label", "Delete a label: nothing carries it any more")
                        .done(),
                get(REPOSITORY + "/assignees", "issues/list-assignees", "Who can be assigned to any issue")
                        .list(SimpleUser.class),
                get(
                                REPOSITORY + "/assignees/{assignee}",
                                "issues/check-user-can-be-assigned",
                                "Whether somebody can be assigned to any issue: 204 or 404")
                        .done());
    }

    private static List<Operation> comments() {
        Body body = new Body().must("body", LONG);
        return List.of(
                get(ISSUES + "/comments", "issues/list-comments-for-repo", "The comments on a repository's issues")
                        .query("IssueComment", Parameters.COMMENT_SORT, Parameters.OLDEST_FIRST, Parameters.SINCE)
                        .refuses(410)
                        .ofAnyMoment()
                        .list(CommentJson.class),
                get(ISSUE + "/comments", "issues/list-comments", "The comments on an issue, oldest first")
                        .query("IssueComment", Parameters.SINCE)
                        .refuses(410)
                        .ofAnyMoment()
                        .list(CommentJson.class),
                post(ISSUE + "/comments", "issues/create-comment", "Comment on an issue")
                        .body(body)
                        .created(CommentJson.class),
                get(COMMENT, "issues/get-comment", "A comment on an issue")
                        .refuses(410)
                        .ofAnyMoment()
                        .ok(CommentJson.class),
                patch(COMMENT, "issues/update-comment", "Edit a comment on an issue")
                        .body(body)
                        .ok(CommentJson.class),
                delete(COMMENT, "issues/delete-comment", "Delete a comment on an issue")
                        .done());
    }

    private static List<Operation> histories() {
        Schema event = Schema.of(IssueEventJson.class);
        Schema commented = Schema.extended(
                "commented",
                new Body().must("event", Schema.words("commented")).must("actor", Schema.of(SimpleUser.class)),
                CommentJson.class);
        return List.of(
                get(ISSUES + "/events", "issues/list-events-for-repo", "What happened to issues, newest first")
                        .refuses(410)
                        .list(event),
                get(ISSUES + "/events/{event_id}", "issues/get-event", "Something that happened to an issue")
                        .refuses(410)
                        .ok(event),
                get(ISSUE + "/events", "issues/list-events", "What happened to an issue, in order")
                        .refuses(410)
                        .list(event),
                HistoryCatalogue.of(ISSUE, "issues/get-history", "an issue").refuses(410),
                get(ISSUE + "/timeline", "issues/list-events-for-timeline", "The same, and the comments")
                        .refuses(410)
                        .list(Schema.anyOf(event, commented)));
    }
}
