package org.forgelog.query.http;

import static java.util.Map.entry;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.forgelog.api.http.HttpFailure;
import org.forgelog.api.http.RateLimiter;
import org.forgelog.api.http.RequestLinks;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the service says about itself. */
@RestController
class MetaController {

    /** GitHub's own list; what is not served is a 404 there. */
    private static final Map<String, String> ROOT = Map.ofEntries(
            entry("authorizations_url", "/authorizations"),
            entry("code_search_url", "/search/code?q={query}{&page,per_page,sort,order}"),
            entry("commit_search_url", "/search/commits?q={query}{&page,per_page,sort,order}"),
            entry("current_user_authorizations_html_url", "/settings/connections/applications{/client_id}"),
            entry("current_user_repositories_url", "/user/repos{?type,page,per_page,sort}"),
            entry("current_user_url", "/user"),
            entry("emails_url", "/user/emails"),
            entry("emojis_url", "/emojis"),
            entry("documentation_url", "/docs"),
            entry("events_url", "/events"),
            entry("feeds_url", "/feeds"),
            entry("followers_url", "/user/followers"),
            entry("following_url", "/user/following{/target}"),
            entry("gists_url", "/gists{/gist_id}"),
            entry("issue_search_url", "/search/issues?q={query}{&page,per_page,sort,order}"),
            entry("issues_url", "/issues"),
            entry("keys_url", "/user/keys"),
            entry("label_search_url", "/search/labels?q={query}&repository_id={repository_id}{&page,per_page}"),
            entry("notifications_url", "/notifications"),
            entry("organization_repositories_url", "/orgs/{org}/repos{?type,page,per_page,sort}"),
            entry("organization_teams_url", "/orgs/{org}/teams"),
            entry("organization_url", "/orgs/{org}"),
            entry("public_gists_url", "/gists/public"),
            entry("rate_limit_url", "/rate_limit"),
            entry("repository_search_url", "/search/repositories?q={query}{&page,per_page,sort,order}"),
            entry("repository_url", "/repos/{owner}/{repo}"),
            entry("starred_gists_url", "/gists/starred"),
            entry("starred_url", "/user/starred{/owner}{/repo}"),
            entry("user_organizations_url", "/user/orgs"),
            entry("user_repositories_url", "/users/{user}/repos{?type,page,per_page,sort}"),
            entry("user_search_url", "/search/users?q={query}{&page,per_page,sort,order}"),
            entry("user_url", "/users/{user}"));

    /** What clients expect a limit for; here one holds for all of them together. */
    private static final List<String> RESOURCES = List.of("core", "search", "graphql", "integration_manifest");

    private final RateLimiter limiter;

    MetaController(RateLimiter limiter) {
        this.limiter = limiter;
    }

    @GetMapping("/")
    Map<String, String> root(HttpServletRequest request) {
        String base = RequestLinks.of(request).base();
        return ROOT.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> base + entry.getValue(), (x, y) -> x, TreeMap::new));
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
        return Map.of(
                "resources",
                RESOURCES.stream().collect(Collectors.toMap(name -> name, name -> core, (x, y) -> x, TreeMap::new)),
                "rate",
                core);
    }
}
