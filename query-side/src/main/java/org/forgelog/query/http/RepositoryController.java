package org.forgelog.query.http;

import java.util.List;
import java.util.Map;
import org.forgelog.api.openapi.Parameters;
import org.forgelog.api.representation.RepositoryJson;
import org.forgelog.api.representation.TopicsJson;
import org.forgelog.query.read.AccessPattern;
import org.forgelog.query.read.PageRequest;
import org.forgelog.query.read.Repositories;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Repositories, by name or, where a former name leads, by id. */
@RestController
class RepositoryController {

    private final TypedEntries typed;

    RepositoryController(JsonMapper json) {
        this.typed = new TypedEntries(json);
    }

    @GetMapping({"/repos/{owner}/{repo}", "/repositories/{repository_id}"})
    ResponseEntity<?> repository(QueryRequest request) {
        return request.one(
                AccessPattern.REPOSITORY_BY_NAME, read -> new Repositories(read).repository(request.repository()));
    }

    @GetMapping({"/repos/{owner}/{repo}/forks", "/repositories/{repository_id}/forks"})
    ResponseEntity<?> forks(QueryRequest request) {
        return request.list(AccessPattern.FORKS, (read, page) -> new Repositories(read)
                .forks(request.repository(), request.get(Parameters.FORK_SORT), page));
    }

    @GetMapping({"/repos/{owner}/{repo}/topics", "/repositories/{repository_id}/topics"})
    ResponseEntity<?> topics(QueryRequest request) {
        PageRequest page = request.page();
        return request.answer(
                AccessPattern.REPOSITORY_BY_NAME,
                read -> request.part(page, new Repositories(read).topics(request.repository()), TopicsJson::new));
    }

    /** As for any repository without a commit: there is no git. */
    @GetMapping({"/repos/{owner}/{repo}/languages", "/repositories/{repository_id}/languages"})
    ResponseEntity<?> languages(QueryRequest request) {
        return request.one(AccessPattern.REPOSITORY_BY_NAME, read -> {
            new Repositories(read).requireVisible(request.repository());
            return Map.of();
        });
    }

    /**
     * A repository with its issues and pull requests, open before closed, newest first: {@code {"repository":
     * repository, "entries": [...]}}, each entry with a field {@code type} ({@code issue} or {@code pull_request}).
     * {@code state}: open, closed, or all (default). Paged by {@code Link}, the repository on every page.
     */
    @GetMapping({"/repos/{owner}/{repo}/activity", "/repositories/{repository_id}/activity"})
    ResponseEntity<?> activity(QueryRequest request) {
        PageRequest page = request.page();
        return request.answer(AccessPattern.ACTIVITY, read -> {
            Repositories.Activity activity =
                    new Repositories(read).activity(request.repository(), request.get(Parameters.ANY_STATE), page);
            return request.paged(
                    page,
                    activity.entries().page(),
                    new ActivityJson(
                            activity.repository(), typed.of(activity.entries().entries())));
        });
    }

    /** The answer to {@code activity}. */
    record ActivityJson(RepositoryJson repository, List<JsonNode> entries) {}
}
