package org.forgelog.query.http;

import org.forgelog.api.openapi.Parameters;
import org.forgelog.query.read.AccessPattern;
import org.forgelog.query.read.AccountAddress;
import org.forgelog.query.read.Subscriptions;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who watches what, from both ends. */
@RestController
class SubscriptionController {

    @GetMapping({"/repos/{owner}/{repo}/subscribers", "/repositories/{repository_id}/subscribers"})
    ResponseEntity<?> watchers(QueryRequest request) {
        return request.list(
                AccessPattern.WATCHERS, (read, page) -> new Subscriptions(read).watchers(request.repository(), page));
    }

    @GetMapping({"/repos/{owner}/{repo}/subscription", "/repositories/{repository_id}/subscription"})
    ResponseEntity<?> own(QueryRequest request) {
        long self = request.self();
        return request.one(AccessPattern.SUBSCRIPTION, read -> new Subscriptions(read).of(self, request.repository()));
    }

    @GetMapping("/user/subscriptions")
    ResponseEntity<?> watchedBySelf(QueryRequest request) {
        return watched(request, AccountAddress.id(request.self()));
    }

    @GetMapping("/users/{username}/subscriptions")
    ResponseEntity<?> watchedBy(QueryRequest request) {
        return watched(request, AccountAddress.login(request.get(Parameters.USERNAME)));
    }

    private static ResponseEntity<?> watched(QueryRequest request, AccountAddress address) {
        return request.list(AccessPattern.WATCHED, (read, page) -> new Subscriptions(read).watchedBy(address, page));
    }
}
