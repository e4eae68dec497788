package org.forgelog.api.openapi;

import static org.forgelog.api.openapi.Operation.delete;
import static org.forgelog.api.openapi.Operation.get;
import static org.forgelog.api.openapi.Operation.patch;
import static org.forgelog.api.openapi.Operation.post;
import static org.forgelog.api.openapi.Operation.put;
import static org.forgelog.api.openapi.RepositoryCatalogue.REPOSITORY;
import static org.forgelog.api.openapi.Schema.flag;
import static org.forgelog.api.openapi.Schema.id;
import static org.forgelog.api.openapi.Schema.text;
import static org.forgelog.api.openapi.Schema.whole;
import static org.forgelog.api.openapi.Schema.words;

import java.util.ArrayList;
import java.util.List;
import org.forgelog.api.representation.PullRequestJson;
import org.forgelog.api.representation.ReviewCommentJson;
import org.forgelog.domain.Texts;
import org.forgelog.domain.comment.DiffAnchor;

/** Pull requests and the comments on them. */
final class PullRequestCatalogue {

    private static final String PULLS = REPOSITORY + "/pulls";
    private static final String PULL = PULLS + "/{pull_number}";
    private static final String COMMENT = PULLS + "/comments/{comment_id}";
    private static final Schema TITLE = text(Texts.TITLE_LIMIT);
    private static final Schema LONG = text(Texts.BODY_LIMIT);

    private PullRequestCatalogue() {}

    static List<Operation> all() {
        List<Operation> all = new ArrayList<>();
        all.addAll(pulls());
        all.addAll(TriageCatalogue.of(PULL, "pulls", "a pull request", PullRequestJson.class));
        all.addAll(comments());
        return all;
    }

    private static List<Operation> pulls() {
        return List.of(
                get(PULLS, "pulls/list", "The pull requests of a repository")
                        .query(
                                "PullRequest",
                                Parameters.STATE,
                                Parameters.PULL_SORT,
                                Parameters.PULL_DIRECTION,
                                Parameters.HEAD,
                                Parameters.BASE)
                        .ofAnyMoment()
                        .list(PullRequestJson.class),
                post(PULLS, "pulls/create", "Open a pull request")
                        .body(new Body()
                                .must("title", TITLE)
                                .must("head", text().described("A branch, or `owner:branch` of that owner's fork."))
                                .must("base", text())
                                .may("body", LONG)
                                .may("draft", flag().otherwise(false))
                                .may("maintainer_can_modify", flag().otherwise(true)))
                        .created(PullRequestJson.class),
                get(PULL, "pulls/get", "A pull request").ofAnyMoment().ok(PullRequestJson.class),
                patch(PULL, "pulls/update", "Edit, close or reopen a pull request")
                        .body(new Body()
                                .may("title", TITLE)
                                .may("body", LONG)
                                .may("state", words(EnumValues.STATES))
                                .may("base", text())
                                .may("maintainer_can_modify", flag()))
                        .ok(PullRequestJson.class),
                HistoryCatalogue.of(PULL, "pulls/get-history", "a pull request"),
                get(PULL + "/merge", "pulls/check-if-merged", "Whether a pull request is merged: 204 or 404")
                        .ofAnyMoment()
                        .done(),
                put(PULL + "/merge", "pulls/merge", "Merge a pull request")
                        .body(new Body()
                                .may("commit_title", text(Texts.TITLE_LIMIT))
                                .may("commit_message", LONG)
                                .may("sha", text().described("The head that is meant: 409 when it is another by now."))
                                .may("merge_method", words("merge", "squash", "rebase")))
                        .refuses(405, 409)
                        .ok(Schema.named(
                                "merge-result", Schema.object("sha", text(), "merged", flag(), "message", text()))));
    }

    private static List<Operation> comments() {
        Body edited = new Body().must("body", LONG);
        return List.of(
                get(PULLS + "/comments", "pulls/list-review-comments-for-repo", "The comments on pull requests")
                        .query(
                                "PullRequestReviewComment",
                                Parameters.REVIEW_COMMENT_SORT,
                                Parameters.OLDEST_FIRST,
                                Parameters.SINCE)
                        .ofAnyMoment()
                        .list(ReviewCommentJson.class),
                get(PULL + "/comments", "pulls/list-review-comments", "The comments on a pull request, oldest first")
                        .query(
                                "PullRequestReviewComment",
                                Parameters.REVIEW_COMMENT_SORT,
                                Parameters.OLDEST_FIRST,
                                Parameters.SINCE)
                        .ofAnyMoment()
                        .list(ReviewCommentJson.class),
                post(PULL + "/comments", "pulls/create-review-comment", "Comment on a pull request")
                        .about("A `path` makes it point into the diff; without one it is on the whole.")
                        .body(new Body()
                                .must("body", LONG)
                                .may("commit_id", text())
                                .may("path", text(DiffAnchor.PATH_LIMIT))
                                .may("position", whole())
                                .may("side", words("LEFT", "RIGHT"))
                                .may("line", whole())
                                .may("start_line", whole())
                                .may("start_side", words("LEFT", "RIGHT", "side"))
                                .may("in_reply_to", id())
                                .may("subject_type", words("line", "file")))
                        .created(ReviewCommentJson.class),
                post(PULL + "/comments/{comment_id}/replies", "pulls/create-reply-for-review-comment", "Reply")
                        .body(edited)
                        .created(ReviewCommentJson.class),
                get(COMMENT, "pulls/get-review-comment", "A comment on a pull request")
                        .ofAnyMoment()
                        .ok(ReviewCommentJson.class),
                patch(COMMENT, "pulls/update-review-comment", "Edit a comment on a pull request")
                        .body(edited)
                        .ok(ReviewCommentJson.class),
                delete(COMMENT, "pulls/delete-review-comment", "Delete a comment on a pull request")
                        .done());
    }
}
