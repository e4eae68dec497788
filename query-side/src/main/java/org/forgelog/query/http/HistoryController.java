package org.forgelog.query.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import org.forgelog.query.read.AccessPattern;
import org.forgelog.query.read.Address;
import org.forgelog.query.read.Histories;
import org.forgelog.query.read.PageRequest;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What happened to issues: events, and timelines that have the comments too. */
@RestController
class HistoryController {

    private final Exchanges exchanges;
    private final JsonMapper json;

    HistoryController(Exchanges exchanges, JsonMapper json) {
        this.exchanges = exchanges;
        this.json = json;
    }

    @GetMapping({"/repos/{owner}/{repo}/issues/{number}/events", "/repositories/{id}/issues/{number}/events"})
    ResponseEntity<?> ofIssue(HttpServletRequest request, HttpServletResponse response) {
        Exchange exchange = exchanges.of(request, response);
        Address address = exchange.repository();
        long number = Address.number(exchange.part("number"));
        PageRequest page = exchange.page();
        return exchange.list(AccessPattern.HISTORY, reading -> new Histories(reading).ofIssue(address, number, page));
    }

    @GetMapping({"/repos/{owner}/{repo}/issues/{number}/timeline", "/repositories/{id}/issues/{number}/timeline"})
    ResponseEntity<?> timeline(HttpServletRequest request, HttpServletResponse response) {
        Exchange exchange = exchanges.of(request, response);
        Address address = exchange.repository();
        long number = Address.number(exchange.part("number"));
        PageRequest page = exchange.page();
        return exchange.answer(AccessPattern.HISTORY, reading -> {
            var listed = new Histories(reading).timeline(address, number, page);
            return exchange.paged(listed.page(), entries(listed.entries()));
        });
    }

    /** A comment is an event by its author. */
    private List<JsonNode> entries(List<Map.Entry<String, Object>> entries) {
        return entries.stream()
                .map(entry -> {
                    JsonNode node = json.valueToTree(entry.getValue());
                    if (node instanceof ObjectNode object && !object.has("event")) {
                        object.put("event", entry.getKey()).set("actor", object.get("user"));
                    }
                    return node;
                })
                .toList();
    }

    @GetMapping({"/repos/{owner}/{repo}/issues/events", "/repositories/{id}/issues/events"})
    ResponseEntity<?> ofRepository(HttpServletRequest request, HttpServletResponse response) {
        Exchange exchange = exchanges.of(request, response);
        Address address = exchange.repository();
        PageRequest page = exchange.page();
        return exchange.list(
                AccessPattern.HISTORY_OF_REPOSITORY, reading -> new Histories(reading).ofRepository(address, page));
    }
}
