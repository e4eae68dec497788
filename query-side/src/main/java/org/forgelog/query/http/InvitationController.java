package org.forgelog.query.http;

import org.forgelog.api.openapi.Parameters;
import org.forgelog.query.read.AccessPattern;
import org.forgelog.query.read.Invitations;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who is invited to what. */
@RestController
class InvitationController {

    @GetMapping("/user/repository_invitations")
    ResponseEntity<?> own(QueryRequest request) {
        request.self();
        return request.list(
                AccessPattern.INVITATIONS_OF_USER, (read, page) -> new Invitations(read).ownToRepositories(page));
    }

    @GetMapping("/user/repository_transfers")
    ResponseEntity<?> transfers(QueryRequest request) {
        request.self();
        return request.list(
                AccessPattern.INVITATIONS_OF_USER, (read, page) -> new Invitations(read).ownTransfers(page));
    }

    @GetMapping({"/repos/{owner}/{repo}/invitations", "/repositories/{repository_id}/invitations"})
    ResponseEntity<?> ofRepository(QueryRequest request) {
        return request.list(AccessPattern.INVITATIONS, (read, page) -> new Invitations(read)
                .ofRepository(request.repository(), page));
    }

    @GetMapping("/orgs/{org}/invitations")
    ResponseEntity<?> ofOrganization(QueryRequest request) {
        return request.list(AccessPattern.INVITATIONS, (read, page) -> new Invitations(read)
                .ofOrganization(request.get(Parameters.ORG), page));
    }
}
