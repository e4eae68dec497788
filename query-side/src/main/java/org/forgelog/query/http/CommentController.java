package org.forgelog.query.http;

import org.forgelog.api.openapi.Choices.CommentSort;
import org.forgelog.api.openapi.Parameter;
import org.forgelog.api.openapi.Parameters;
import org.forgelog.domain.conversation.ConversationKind;
import org.forgelog.query.read.AccessPattern;
import org.forgelog.query.read.Comments;
import org.forgelog.query.read.Comments.Query;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Comments on issues, and on pull requests. Both kinds of the latter, those on the whole and those that point into the
 * diff, are under {@code /pulls}.
 */
@RestController
class CommentController {

    @GetMapping({
        "/repos/{owner}/{repo}/issues/{issue_number}/comments",
        "/repositories/{repository_id}/issues/{issue_number}/comments"
    })
    ResponseEntity<?> ofIssue(QueryRequest request) {
        Query query = new Query(false, false, request.get(Parameters.SINCE));
        return request.list(AccessPattern.COMMENTS, (read, page) -> new Comments(read, ConversationKind.ISSUE)
                .ofConversation(request.repository(), request.get(Parameters.ISSUE_NUMBER), query, page));
    }

    @GetMapping({
        "/repos/{owner}/{repo}/pulls/{pull_number}/comments",
        "/repositories/{repository_id}/pulls/{pull_number}/comments"
    })
    ResponseEntity<?> ofPull(QueryRequest request) {
        Query query = query(request, Parameters.REVIEW_COMMENT_SORT);
        return request.list(AccessPattern.COMMENTS, (read, page) -> new Comments(read, ConversationKind.PULL_REQUEST)
                .ofConversation(request.repository(), request.get(Parameters.PULL_NUMBER), query, page));
    }

    @GetMapping({"/repos/{owner}/{repo}/issues/comments", "/repositories/{repository_id}/issues/comments"})
    ResponseEntity<?> ofIssues(QueryRequest request) {
        return ofRepository(request, ConversationKind.ISSUE, Parameters.COMMENT_SORT);
    }

    @GetMapping({"/repos/{owner}/{repo}/pulls/comments", "/repositories/{repository_id}/pulls/comments"})
    ResponseEntity<?> ofPulls(QueryRequest request) {
        return ofRepository(request, ConversationKind.PULL_REQUEST, Parameters.REVIEW_COMMENT_SORT);
    }

    private static ResponseEntity<?> ofRepository(
            QueryRequest request, ConversationKind kind, Parameter<CommentSort> sort) {
        Query query = query(request, sort);
        return request.list(AccessPattern.COMMENTS_OF_REPOSITORY, (read, page) -> new Comments(read, kind)
                .ofRepository(request.repository(), query, page));
    }

    private static Query query(QueryRequest request, Parameter<CommentSort> sort) {
        return new Query(
                request.get(sort) == CommentSort.UPDATED,
                request.get(Parameters.OLDEST_FIRST),
                request.get(Parameters.SINCE));
    }

    @GetMapping({
        "/repos/{owner}/{repo}/issues/comments/{comment_id:[0-9]+}",
        "/repositories/{repository_id}/issues/comments/{comment_id:[0-9]+}"
    })
    ResponseEntity<?> onIssue(QueryRequest request) {
        return comment(request, ConversationKind.ISSUE);
    }

    @GetMapping({
        "/repos/{owner}/{repo}/pulls/comments/{comment_id:[0-9]+}",
        "/repositories/{repository_id}/pulls/comments/{comment_id:[0-9]+}"
    })
    ResponseEntity<?> onPull(QueryRequest request) {
        return comment(request, ConversationKind.PULL_REQUEST);
    }

    private static ResponseEntity<?> comment(QueryRequest request, ConversationKind kind) {
        return request.one(AccessPattern.COMMENT, read -> new Comments(read, kind)
                .comment(request.repository(), request.get(Parameters.COMMENT_ID)));
    }
}
