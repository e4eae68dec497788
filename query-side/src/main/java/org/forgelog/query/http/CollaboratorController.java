package org.forgelog.query.http;

import org.forgelog.api.openapi.Parameters;
import org.forgelog.query.read.AccessPattern;
import org.forgelog.query.read.Collaborators;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who has rights of their own on a repository, and who can be assigned there. */
@RestController
class CollaboratorController {

    @GetMapping({"/repos/{owner}/{repo}/collaborators", "/repositories/{repository_id}/collaborators"})
    ResponseEntity<?> list(QueryRequest request) {
        return request.list(AccessPattern.COLLABORATORS, (read, page) -> new Collaborators(read)
                .list(
                        request.repository(),
                        request.get(Parameters.COLLABORATOR_AFFILIATION),
                        request.get(Parameters.LEAST_PERMISSION),
                        page));
    }

    @GetMapping({
        "/repos/{owner}/{repo}/collaborators/{username}",
        "/repositories/{repository_id}/collaborators/{username}"
    })
    ResponseEntity<?> check(QueryRequest request) {
        return request.check(AccessPattern.COLLABORATOR, read -> new Collaborators(read)
                .isCollaborator(request.repository(), request.get(Parameters.USERNAME)));
    }

    @GetMapping({
        "/repos/{owner}/{repo}/collaborators/{username}/permission",
        "/repositories/{repository_id}/collaborators/{username}/permission"
    })
    ResponseEntity<?> permission(QueryRequest request) {
        return request.one(AccessPattern.COLLABORATOR, read -> new Collaborators(read)
                .level(request.repository(), request.get(Parameters.USERNAME)));
    }

    @GetMapping({"/repos/{owner}/{repo}/assignees", "/repositories/{repository_id}/assignees"})
    ResponseEntity<?> assignees(QueryRequest request) {
        return request.list(
                AccessPattern.ASSIGNEES, (read, page) -> new Collaborators(read).assignees(request.repository(), page));
    }

    @GetMapping({"/repos/{owner}/{repo}/assignees/{assignee}", "/repositories/{repository_id}/assignees/{assignee}"})
    ResponseEntity<?> isAssignable(QueryRequest request) {
        return request.check(AccessPattern.ASSIGNEES, read -> new Collaborators(read)
                .isAssignable(request.repository(), request.get(Parameters.ASSIGNEE_IN_PATH)));
    }
}
