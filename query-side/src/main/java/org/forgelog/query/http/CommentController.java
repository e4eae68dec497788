package org.forgelog.query.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.forgelog.query.read.AccessPattern;
import org.forgelog.query.read.Address;
import org.forgelog.query.read.Comments;
import org.forgelog.query.read.Comments.Query;
import org.forgelog.query.read.PageRequest;
import org.forgelog.query.table.Keys.ThreadKind;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Comments on issues, and on pull requests. Both kinds of the latter, those on the whole and those that point into the
 * diff, are under {@code /pulls}.
 */
@RestController
class CommentController {

    private static final String ISSUE = "IssueComment";
    private static final String PULL = "PullRequestReviewComment";

    private final Exchanges exchanges;

    CommentController(Exchanges exchanges) {
        this.exchanges = exchanges;
    }

    @GetMapping({"/repos/{owner}/{repo}/issues/{number}/comments", "/repositories/{id}/issues/{number}/comments"})
    ResponseEntity<?> ofIssue(HttpServletRequest request, HttpServletResponse response) {
        Exchange exchange = exchanges.of(request, response);
        return ofThread(exchange, ThreadKind.ISSUE, new Query(false, false, exchange.since(ISSUE)));
    }

    @GetMapping({"/repos/{owner}/{repo}/pulls/{number}/comments", "/repositories/{id}/pulls/{number}/comments"})
    ResponseEntity<?> ofPull(HttpServletRequest request, HttpServletResponse response) {
        Exchange exchange = exchanges.of(request, response);
        return ofThread(exchange, ThreadKind.PULL, query(exchange, PULL));
    }

    private static ResponseEntity<?> ofThread(Exchange exchange, ThreadKind kind, Query query) {
        Address address = exchange.repository();
        long number = Address.number(exchange.part("number"));
        PageRequest page = exchange.page();
        return exchange.list(
                AccessPattern.COMMENTS, reading -> new Comments(reading, kind).ofThread(address, number, query, page));
    }

    @GetMapping({"/repos/{owner}/{repo}/issues/comments", "/repositories/{id}/issues/comments"})
    ResponseEntity<?> ofIssues(HttpServletRequest request, HttpServletResponse response) {
        return ofRepository(exchanges.of(request, response), ThreadKind.ISSUE, ISSUE);
    }

    @GetMapping({"/repos/{owner}/{repo}/pulls/comments", "/repositories/{id}/pulls/comments"})
    ResponseEntity<?> ofPulls(HttpServletRequest request, HttpServletResponse response) {
        return ofRepository(exchanges.of(request, response), ThreadKind.PULL, PULL);
    }

    private static ResponseEntity<?> ofRepository(Exchange exchange, ThreadKind kind, String resource) {
        Address address = exchange.repository();
        Query query = query(exchange, resource);
        PageRequest page = exchange.page();
        return exchange.list(AccessPattern.COMMENTS_OF_REPOSITORY, reading -> new Comments(reading, kind)
                .ofRepository(address, query, page));
    }

    /** Oldest first, unless said otherwise. */
    private static Query query(Exchange exchange, String resource) {
        String sort = resource.equals(PULL)
                ? exchange.word(resource, "sort", "created", "updated", "created_at")
                : exchange.word(resource, "sort", "created", "updated");
        boolean byUpdate = sort.equals("updated");
        return new Query(byUpdate, exchange.descending(resource, false), exchange.since(resource));
    }

    @GetMapping({
        "/repos/{owner}/{repo}/issues/comments/{comment:[0-9]+}",
        "/repositories/{id}/issues/comments/{comment:[0-9]+}"
    })
    ResponseEntity<?> onIssue(HttpServletRequest request, HttpServletResponse response) {
        return comment(exchanges.of(request, response), ThreadKind.ISSUE);
    }

    @GetMapping({
        "/repos/{owner}/{repo}/pulls/comments/{comment:[0-9]+}",
        "/repositories/{id}/pulls/comments/{comment:[0-9]+}"
    })
    ResponseEntity<?> onPull(HttpServletRequest request, HttpServletResponse response) {
        return comment(exchanges.of(request, response), ThreadKind.PULL);
    }

    private static ResponseEntity<?> comment(Exchange exchange, ThreadKind kind) {
        Address address = exchange.repository();
        long id = Address.number(exchange.part("comment"));
        return exchange.one(AccessPattern.COMMENT, reading -> new Comments(reading, kind).comment(address, id));
    }
}
