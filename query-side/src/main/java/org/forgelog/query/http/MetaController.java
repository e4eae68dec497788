package org.forgelog.query.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.forgelog.api.http.HttpFailure;
import org.forgelog.api.http.RateLimiter;
import org.forgelog.api.http.RequestLinks;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the service says about itself. */
@RestController
class MetaController {

    private final RateLimiter limiter;

    MetaController(RateLimiter limiter) {
        this.limiter = limiter;
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

    /** A limit as clients expect it; {@code reset} in seconds since 1970. */
    record Limit(long limit, long remaining, long reset, long used) {}

    @GetMapping("/rate_limit")
    Map<String, Object> rateLimit(HttpServletRequest request) {
        RateLimiter.Quota quota = limiter.look(request);
        if (quota == null) {
            // As GitHub Enterprise Server without limits.
            throw HttpFailure.notFound("Rate limiting is not enabled.");
        }
        Limit core = new Limit(quota.limit(), quota.remaining(), quota.reset().getEpochSecond(), quota.used());
        return Map.of("resources", Map.of("core", core), "rate", core);
    }
}
