package org.forgelog.query.http;

import org.forgelog.api.openapi.Parameters;
import org.forgelog.api.representation.Stargazer;
import org.forgelog.api.representation.StarredRepository;
import org.forgelog.query.read.AccessPattern;
import org.forgelog.query.read.AccountAddress;
import org.forgelog.query.read.Accounts;
import org.forgelog.query.read.Listed;
import org.forgelog.query.read.Repositories;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Stars, from both ends; with their dates where the client asks for these. Older clients call it watching what is called
 * starring now.
 */
@RestController
class StarController {

    @GetMapping({"/user/starred", "/user/watched"})
    ResponseEntity<?> starredBySelf(QueryRequest request) {
        return starred(request, AccountAddress.id(request.self()));
    }

    @GetMapping({"/users/{username}/starred", "/users/{username}/watched"})
    ResponseEntity<?> starredBy(QueryRequest request) {
        return starred(request, AccountAddress.login(request.get(Parameters.USERNAME)));
    }

    private static ResponseEntity<?> starred(QueryRequest request, AccountAddress address) {
        return request.list(AccessPattern.STARRED, (read, page) -> {
            Listed<StarredRepository> stars =
                    new Accounts(read).starred(address, request.get(Parameters.NEWEST_FIRST), page);
            return request.wantsStarDates() ? stars : stars.map(StarredRepository::repo);
        });
    }

    @GetMapping({"/user/starred/{owner}/{repo}", "/user/watched/{owner}/{repo}"})
    ResponseEntity<?> stars(QueryRequest request) {
        long self = request.self();
        return request.check(AccessPattern.STAR, read -> new Accounts(read).stars(self, request.repository()));
    }

    @GetMapping({
        "/repos/{owner}/{repo}/stargazers",
        "/repositories/{repository_id}/stargazers",
        "/repos/{owner}/{repo}/watchers",
        "/repositories/{repository_id}/watchers"
    })
    ResponseEntity<?> stargazers(QueryRequest request) {
        return request.list(AccessPattern.STARGAZERS, (read, page) -> {
            Listed<Stargazer> stars = new Repositories(read).stargazers(request.repository(), page);
            return request.wantsStarDates() ? stars : stars.map(Stargazer::user);
        });
    }
}
