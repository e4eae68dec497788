package org.forgelog.query.http;

import org.forgelog.api.openapi.Parameters;
import org.forgelog.query.read.AccessPattern;
import org.forgelog.query.read.Conversations;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Single issues and pull requests. */
@RestController
class ConversationController {

    @GetMapping({"/repos/{owner}/{repo}/issues/{issue_number}", "/repositories/{repository_id}/issues/{issue_number}"})
    ResponseEntity<?> issue(QueryRequest request) {
        return request.one(AccessPattern.CONVERSATION_BY_NUMBER, read -> new Conversations(read)
                .issue(request.repository(), request.get(Parameters.ISSUE_NUMBER)));
    }

    @GetMapping({"/repos/{owner}/{repo}/pulls/{pull_number}", "/repositories/{repository_id}/pulls/{pull_number}"})
    ResponseEntity<?> pull(QueryRequest request) {
        return request.one(AccessPattern.CONVERSATION_BY_NUMBER, read -> new Conversations(read)
                .pull(request.repository(), request.get(Parameters.PULL_NUMBER)));
    }

    @GetMapping({
        "/repos/{owner}/{repo}/pulls/{pull_number}/merge",
        "/repositories/{repository_id}/pulls/{pull_number}/merge"
    })
    ResponseEntity<?> isMerged(QueryRequest request) {
        return request.check(AccessPattern.CONVERSATION_BY_NUMBER, read -> new Conversations(read)
                .isMerged(request.repository(), request.get(Parameters.PULL_NUMBER)));
    }
}
