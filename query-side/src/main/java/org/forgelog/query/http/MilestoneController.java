package org.forgelog.query.http;

import org.forgelog.api.openapi.Parameters;
import org.forgelog.query.read.AccessPattern;
import org.forgelog.query.read.Milestones;
import org.forgelog.query.read.Milestones.Sort;
import org.forgelog.query.read.PageRequest;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Milestones of a repository. */
@RestController
class MilestoneController {

    @GetMapping({"/repos/{owner}/{repo}/milestones", "/repositories/{repository_id}/milestones"})
    ResponseEntity<?> list(QueryRequest request) {
        Sort sort =
                switch (request.get(Parameters.MILESTONE_SORT)) {
                    case DUE_ON -> Sort.DUE_ON;
                    case COMPLETENESS -> Sort.COMPLETENESS;
                };
        return request.list(AccessPattern.MILESTONES, (read, page) -> new Milestones(read)
                .list(
                        request.repository(),
                        request.get(Parameters.STATE),
                        sort,
                        request.get(Parameters.OLDEST_FIRST),
                        page));
    }

    @GetMapping({
        "/repos/{owner}/{repo}/milestones/{milestone_number}",
        "/repositories/{repository_id}/milestones/{milestone_number}"
    })
    ResponseEntity<?> byNumber(QueryRequest request) {
        return request.one(AccessPattern.MILESTONE, read -> new Milestones(read)
                .byNumber(request.repository(), request.get(Parameters.MILESTONE_NUMBER)));
    }

    @GetMapping({
        "/repos/{owner}/{repo}/milestones/{milestone_number}/labels",
        "/repositories/{repository_id}/milestones/{milestone_number}/labels"
    })
    ResponseEntity<?> labels(QueryRequest request) {
        PageRequest page = request.page();
        return request.answer(
                AccessPattern.MILESTONE_LABELS,
                read -> request.part(
                        page,
                        new Milestones(read).labels(request.repository(), request.get(Parameters.MILESTONE_NUMBER)),
                        labels -> labels));
    }
}
