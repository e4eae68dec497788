package org.forgelog.query.http;

import java.util.List;
import java.util.function.Function;
import org.forgelog.api.openapi.Parameter;
import org.forgelog.api.openapi.Parameters;
import org.forgelog.api.representation.HistoryEntryJson;
import org.forgelog.domain.conversation.ConversationKind;
import org.forgelog.query.read.AccessPattern;
import org.forgelog.query.read.Histories;
import org.forgelog.query.read.PageRequest;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What things were, change by change, from the log. */
@RestController
class HistoryController {

    @GetMapping({
        "/repos/{owner}/{repo}/issues/{issue_number}/history",
        "/repositories/{repository_id}/issues/{issue_number}/history"
    })
    ResponseEntity<?> ofIssue(QueryRequest request) {
        return ofConversation(request, ConversationKind.ISSUE, Parameters.ISSUE_NUMBER);
    }

    @GetMapping({
        "/repos/{owner}/{repo}/pulls/{pull_number}/history",
        "/repositories/{repository_id}/pulls/{pull_number}/history"
    })
    ResponseEntity<?> ofPull(QueryRequest request) {
        return ofConversation(request, ConversationKind.PULL_REQUEST, Parameters.PULL_NUMBER);
    }

    private static ResponseEntity<?> ofConversation(
            QueryRequest request, ConversationKind kind, Parameter<Long> number) {
        return history(
                request,
                AccessPattern.CONVERSATION_BY_NUMBER,
                histories -> histories.ofConversation(request.repository(), kind, request.get(number)));
    }

    @GetMapping({"/repos/{owner}/{repo}/history", "/repositories/{repository_id}/history"})
    ResponseEntity<?> ofRepository(QueryRequest request) {
        return history(
                request, AccessPattern.REPOSITORY_BY_NAME, histories -> histories.ofRepository(request.repository()));
    }

    @GetMapping("/users/{username}/history")
    ResponseEntity<?> ofAccount(QueryRequest request) {
        return history(
                request,
                AccessPattern.ACCOUNT_BY_LOGIN,
                histories -> histories.ofAccount(request.get(Parameters.USERNAME)));
    }

    private static ResponseEntity<?> history(
            QueryRequest request, AccessPattern pattern, Function<Histories, List<HistoryEntryJson>> history) {
        PageRequest page = request.page();
        return request.answer(
                pattern, read -> request.part(page, history.apply(new Histories(read)), entries -> entries));
    }
}
