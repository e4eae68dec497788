package org.forgelog.query.http;

import org.forgelog.api.openapi.Parameter;
import org.forgelog.api.openapi.Parameters;
import org.forgelog.domain.conversation.ConversationKind;
import org.forgelog.query.read.AccessPattern;
import org.forgelog.query.read.Reactions;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Reactions to issues, to pull requests, and to comments on either. */
@RestController
class ReactionController {

    @GetMapping({
        "/repos/{owner}/{repo}/issues/{issue_number}/reactions",
        "/repositories/{repository_id}/issues/{issue_number}/reactions"
    })
    ResponseEntity<?> toIssue(QueryRequest request) {
        return toConversation(request, ConversationKind.ISSUE, Parameters.ISSUE_NUMBER);
    }

    @GetMapping({
        "/repos/{owner}/{repo}/pulls/{pull_number}/reactions",
        "/repositories/{repository_id}/pulls/{pull_number}/reactions"
    })
    ResponseEntity<?> toPull(QueryRequest request) {
        return toConversation(request, ConversationKind.PULL_REQUEST, Parameters.PULL_NUMBER);
    }

    private static ResponseEntity<?> toConversation(
            QueryRequest request, ConversationKind kind, Parameter<Long> number) {
        return request.list(AccessPattern.REACTIONS, (read, page) -> new Reactions(read, kind)
                .toConversation(request.repository(), request.get(number), request.get(Parameters.CONTENT), page));
    }

    @GetMapping({
        "/repos/{owner}/{repo}/issues/comments/{comment_id:[0-9]+}/reactions",
        "/repositories/{repository_id}/issues/comments/{comment_id:[0-9]+}/reactions"
    })
    ResponseEntity<?> toIssueComment(QueryRequest request) {
        return toComment(request, ConversationKind.ISSUE);
    }

    @GetMapping({
        "/repos/{owner}/{repo}/pulls/comments/{comment_id:[0-9]+}/reactions",
        "/repositories/{repository_id}/pulls/comments/{comment_id:[0-9]+}/reactions"
    })
    ResponseEntity<?> toPullComment(QueryRequest request) {
        return toComment(request, ConversationKind.PULL_REQUEST);
    }

    private static ResponseEntity<?> toComment(QueryRequest request, ConversationKind kind) {
        return request.list(AccessPattern.REACTIONS, (read, page) -> new Reactions(read, kind)
                .toComment(
                        request.repository(),
                        request.get(Parameters.COMMENT_ID),
                        request.get(Parameters.CONTENT),
                        page));
    }
}
