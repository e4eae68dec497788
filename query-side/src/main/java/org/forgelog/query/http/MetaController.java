package org.forgelog.query.http;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.forgelog.api.http.RequestLinks;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the service says about itself. */
@RestController
class MetaController {

    /** Nothing is throttled; clients want a number that never runs out. */
    private static final int UNLIMITED = 1_000_000;

    private final Clock clock;

    MetaController(Clock clock) {
        this.clock = clock;
    }

    @GetMapping("/")
    Map<String, String> root(HttpServletRequest request) {
        String base = RequestLinks.of(request).base();
        return new TreeMap<>(Map.of(
                "current_user_url", base + "/user",
                "current_user_repositories_url", base + "/user/repos{?type,page,per_page,sort}",
                "rate_limit_url", base + "/rate_limit",
                "repository_url", base + "/repos/{owner}/{repo}",
                "starred_url", base + "/user/starred{/owner}{/repo}",
                "user_url", base + "/users/{user}",
                "user_repositories_url", base + "/users/{user}/repos{?type,page,per_page,sort}"));
    }

    @GetMapping("/meta")
    Map<String, Object> meta() {
        return Map.of("verifiable_password_authentication", false);
    }

    @GetMapping("/versions")
    List<String> versions() {
        return List.of("2022-11-28");
    }

    /** A limit as clients expect it. */
    record Limit(long limit, long remaining, long reset, long used) {}

    @GetMapping("/rate_limit")
    Map<String, Object> rateLimit() {
        // In whole hours, so that the answer is the same for a while and can be cached.
        long reset = (clock.instant().getEpochSecond() / 3_600 + 1) * 3_600;
        Limit core = new Limit(UNLIMITED, UNLIMITED, reset, 0);
        return Map.of("resources", Map.of("core", core), "rate", core);
    }
}
