package org.forgelog.query.http;

import java.util.List;
import java.util.Map;
import org.forgelog.api.openapi.Parameters;
import org.forgelog.query.read.AccessPattern;
import org.forgelog.query.read.PageRequest;
import org.forgelog.query.read.Timelines;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What happened to issues: events, and timelines that have the comments too. */
@RestController
class TimelineController {

    private final JsonMapper json;

    TimelineController(JsonMapper json) {
        this.json = json;
    }

    @GetMapping({
        "/repos/{owner}/{repo}/issues/{issue_number}/events",
        "/repositories/{repository_id}/issues/{issue_number}/events"
    })
    ResponseEntity<?> ofIssue(QueryRequest request) {
        return request.list(AccessPattern.TIMELINE, (read, page) -> new Timelines(read)
                .ofIssue(request.repository(), request.get(Parameters.ISSUE_NUMBER), page));
    }

    @GetMapping({
        "/repos/{owner}/{repo}/issues/{issue_number}/timeline",
        "/repositories/{repository_id}/issues/{issue_number}/timeline"
    })
    ResponseEntity<?> timeline(QueryRequest request) {
        PageRequest page = request.page();
        return request.answer(AccessPattern.TIMELINE, read -> {
            var listed = new Timelines(read).timeline(request.repository(), request.get(Parameters.ISSUE_NUMBER), page);
            return request.paged(page, listed.page(), entries(listed.entries()));
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

    @GetMapping({
        "/repos/{owner}/{repo}/issues/events/{event_id}",
        "/repositories/{repository_id}/issues/events/{event_id}"
    })
    ResponseEntity<?> byId(QueryRequest request) {
        return request.one(AccessPattern.TIMELINE_ENTRY, read -> new Timelines(read)
                .ofRepository(request.repository(), request.get(Parameters.EVENT_ID)));
    }

    @GetMapping({"/repos/{owner}/{repo}/issues/events", "/repositories/{repository_id}/issues/events"})
    ResponseEntity<?> ofRepository(QueryRequest request) {
        return request.list(AccessPattern.TIMELINE_OF_REPOSITORY, (read, page) -> new Timelines(read)
                .ofRepository(request.repository(), page));
    }
}
