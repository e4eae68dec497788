package org.forgelog.query.http;

import org.forgelog.api.openapi.Parameter;
import org.forgelog.api.openapi.Parameters;
import org.forgelog.domain.conversation.ConversationKind;
import org.forgelog.query.read.AccessPattern;
import org.forgelog.query.read.Conversations;
import org.forgelog.query.read.Labels;
import org.forgelog.query.read.PageRequest;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Labels of a repository, of its issues and of its pull requests. */
@RestController
class LabelController {

    @GetMapping({"/repos/{owner}/{repo}/labels", "/repositories/{repository_id}/labels"})
    ResponseEntity<?> list(QueryRequest request) {
        return request.list(
                AccessPattern.LABELS, (read, page) -> Labels.of(read).list(request.repository(), page));
    }

    @GetMapping({"/repos/{owner}/{repo}/labels/{name}", "/repositories/{repository_id}/labels/{name}"})
    ResponseEntity<?> byName(QueryRequest request) {
        return request.one(AccessPattern.LABEL_BY_NAME, read -> Labels.of(read)
                .byName(request.repository(), request.get(Parameters.LABEL_NAME)));
    }

    @GetMapping({
        "/repos/{owner}/{repo}/issues/{issue_number}/labels",
        "/repositories/{repository_id}/issues/{issue_number}/labels"
    })
    ResponseEntity<?> ofIssue(QueryRequest request) {
        return of(request, ConversationKind.ISSUE, Parameters.ISSUE_NUMBER);
    }

    @GetMapping({
        "/repos/{owner}/{repo}/pulls/{pull_number}/labels",
        "/repositories/{repository_id}/pulls/{pull_number}/labels"
    })
    ResponseEntity<?> ofPull(QueryRequest request) {
        return of(request, ConversationKind.PULL_REQUEST, Parameters.PULL_NUMBER);
    }

    private static ResponseEntity<?> of(QueryRequest request, ConversationKind kind, Parameter<Long> number) {
        PageRequest page = request.page();
        return request.answer(
                AccessPattern.CONVERSATION_BY_NUMBER,
                read -> request.part(
                        page,
                        new Conversations(read).labels(request.repository(), kind, request.get(number)),
                        labels -> labels));
    }
}
