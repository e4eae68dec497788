package org.forgelog.query.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.forgelog.domain.reaction.ReactionContent;
import org.forgelog.query.read.AccessPattern;
import org.forgelog.query.read.Address;
import org.forgelog.query.read.PageRequest;
import org.forgelog.query.read.Reactions;
import org.forgelog.query.table.Keys.ThreadKind;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Reactions to issues, to pull requests, and to comments on either. */
@RestController
class ReactionController {

    private final Exchanges exchanges;

    ReactionController(Exchanges exchanges) {
        this.exchanges = exchanges;
    }

    @GetMapping({"/repos/{owner}/{repo}/issues/{number}/reactions", "/repositories/{id}/issues/{number}/reactions"})
    ResponseEntity<?> toIssue(HttpServletRequest request, HttpServletResponse response) {
        return toThread(exchanges.of(request, response), ThreadKind.ISSUE);
    }

    @GetMapping({"/repos/{owner}/{repo}/pulls/{number}/reactions", "/repositories/{id}/pulls/{number}/reactions"})
    ResponseEntity<?> toPull(HttpServletRequest request, HttpServletResponse response) {
        return toThread(exchanges.of(request, response), ThreadKind.PULL);
    }

    private static ResponseEntity<?> toThread(Exchange exchange, ThreadKind kind) {
        Address address = exchange.repository();
        long number = Address.number(exchange.part("number"));
        ReactionContent content = content(exchange);
        PageRequest page = exchange.page();
        return exchange.list(AccessPattern.REACTIONS, reading -> new Reactions(reading, kind)
                .toThread(address, number, content, page));
    }

    @GetMapping({
        "/repos/{owner}/{repo}/issues/comments/{comment:[0-9]+}/reactions",
        "/repositories/{id}/issues/comments/{comment:[0-9]+}/reactions"
    })
    ResponseEntity<?> toIssueComment(HttpServletRequest request, HttpServletResponse response) {
        return toComment(exchanges.of(request, response), ThreadKind.ISSUE);
    }

    @GetMapping({
        "/repos/{owner}/{repo}/pulls/comments/{comment:[0-9]+}/reactions",
        "/repositories/{id}/pulls/comments/{comment:[0-9]+}/reactions"
    })
    ResponseEntity<?> toPullComment(HttpServletRequest request, HttpServletResponse response) {
        return toComment(exchanges.of(request, response), ThreadKind.PULL);
    }

    private static ResponseEntity<?> toComment(Exchange exchange, ThreadKind kind) {
        Address address = exchange.repository();
        long comment = Address.number(exchange.part("comment"));
        ReactionContent content = content(exchange);
        PageRequest page = exchange.page();
        return exchange.list(AccessPattern.REACTIONS, reading -> new Reactions(reading, kind)
                .toComment(address, comment, content, page));
    }

    private static @Nullable ReactionContent content(Exchange exchange) {
        String word = exchange.parameter("content");
        // A plus that was not escaped arrives as a space.
        return word == null ? null : ReactionContent.of(word.equals(" 1") ? "+1" : word);
    }
}
