package org.forgelog.query.http;

import static java.util.Map.entry;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.forgelog.api.Caller;
import org.forgelog.api.Scope;
import org.forgelog.api.http.AcceptedScopes;
import org.forgelog.api.http.Callers;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/**
 * What tokens must be for on each route of reads. As on GitHub, what is public needs nothing; a token that is not for
 * what is hidden shows what strangers see, or where there is nothing for strangers, is refused.
 */
final class ReadScopes implements HandlerInterceptor {

    private static final String VIEWER = ReadScopes.class.getName();

    private enum Otherwise {
        /** There is nothing hidden. */
        SAME,
        /** Who has another token sees what strangers see. */
        STRANGER,
        /** Who has another token is refused. */
        REFUSED
    }

    /** @param scopes what shows everything that the caller may see */
    private record Rule(Otherwise otherwise, AcceptedScopes scopes) {}

    private static final Rule PUBLIC = new Rule(Otherwise.SAME, AcceptedScopes.NONE);
    private static final Rule REPOSITORIES = new Rule(Otherwise.STRANGER, AcceptedScopes.of(Scope.REPO));
    private static final Rule COLLABORATORS = new Rule(Otherwise.REFUSED, AcceptedScopes.of(Scope.REPO));
    private static final Rule INVITATIONS = new Rule(Otherwise.REFUSED, AcceptedScopes.of(Scope.ADMIN_ORG));
    private static final Rule PROFILE = new Rule(Otherwise.STRANGER, AcceptedScopes.of(Scope.READ_USER, Scope.USER));
    private static final Rule OWN_HISTORY = new Rule(Otherwise.REFUSED, AcceptedScopes.of(Scope.READ_USER, Scope.USER));
    private static final Rule EMAILS = new Rule(Otherwise.REFUSED, AcceptedScopes.of(Scope.USER_EMAIL, Scope.USER));
    private static final Rule MEMBERS = new Rule(Otherwise.STRANGER, AcceptedScopes.of(Scope.READ_ORG));
    private static final Rule MEMBERSHIPS = new Rule(Otherwise.REFUSED, AcceptedScopes.of(Scope.READ_ORG));
    private static final Rule OWN_ORGANIZATIONS =
            new Rule(Otherwise.REFUSED, AcceptedScopes.of(Scope.READ_ORG, Scope.USER));
    /** Whoever asks is looked at by the handler, which knows of another token. */
    private static final Rule OPERATORS = new Rule(Otherwise.SAME, AcceptedScopes.of(Scope.SITE_ADMIN));

    private static final Map<String, Rule> RULES = Map.ofEntries(
            entry("/", PUBLIC),
            entry("/meta", PUBLIC),
            entry("/docs", PUBLIC),
            entry("/avatars/u/{account_id}", PUBLIC),
            entry("/openapi.json", PUBLIC),
            entry("/versions", PUBLIC),
            entry("/rate_limit", PUBLIC),
            entry("/users", PUBLIC),
            entry("/organizations", PUBLIC),
            entry("/repositories", PUBLIC),
            entry("/events", PUBLIC),
            entry("/users/{username}/events/public", PUBLIC),
            entry("/user", PROFILE),
            entry("/user/{account_id}", PROFILE),
            entry("/users/{username}", PROFILE),
            entry("/users/{username}/history", OWN_HISTORY),
            entry("/user/repos", REPOSITORIES),
            entry("/user/starred", REPOSITORIES),
            entry("/user/starred/{owner}/{repo}", REPOSITORIES),
            entry("/user/watched", REPOSITORIES),
            entry("/user/watched/{owner}/{repo}", REPOSITORIES),
            entry("/users/{username}/watched", REPOSITORIES),
            entry("/user/subscriptions", REPOSITORIES),
            entry("/users/{username}/subscriptions", REPOSITORIES),
            entry("/user/emails", EMAILS),
            entry("/user/public_emails", EMAILS),
            entry("/orgs/{org}/outside_collaborators", MEMBERSHIPS),
            entry("/user/repository_invitations", COLLABORATORS),
            entry("/user/repository_transfers", COLLABORATORS),
            entry("/orgs/{org}/invitations", INVITATIONS),
            entry("/users/{username}/repos", REPOSITORIES),
            entry("/users/{username}/owned", REPOSITORIES),
            entry("/users/{username}/managed", REPOSITORIES),
            entry("/users/{username}/starred", REPOSITORIES),
            entry("/users/{username}/events", REPOSITORIES),
            entry("/issues", REPOSITORIES),
            entry("/user/issues", REPOSITORIES),
            entry("/orgs/{org}/issues", REPOSITORIES),
            entry("/orgs/{org}/repos", REPOSITORIES),
            entry("/orgs/{org}/events", REPOSITORIES),
            entry("/networks/{owner}/{repo}/events", REPOSITORIES),
            entry("/orgs/{org}", MEMBERS),
            entry("/organizations/{organization_id}", MEMBERS),
            entry("/orgs/{org}/members", MEMBERS),
            entry("/orgs/{org}/members/{username}", MEMBERS),
            entry("/orgs/{org}/public_members", PUBLIC),
            entry("/orgs/{org}/public_members/{username}", PUBLIC),
            entry("/users/{username}/orgs", PUBLIC),
            entry("/orgs/{org}/memberships/{username}", MEMBERSHIPS),
            entry("/user/memberships/orgs", MEMBERSHIPS),
            entry("/user/memberships/orgs/{org}", MEMBERSHIPS),
            entry("/user/orgs", OWN_ORGANIZATIONS));

    /** The rule of a route; {@code null} when it has none, which a test finds. */
    private static @Nullable Rule rule(String pattern) {
        if (pattern.startsWith("/repos/{owner}/{repo}") || pattern.startsWith("/repositories/{repository_id}")) {
            return pattern.contains("/collaborators") || pattern.endsWith("/invitations")
                    ? COLLABORATORS
                    : REPOSITORIES;
        }
        return pattern.startsWith("/operator/") ? OPERATORS : RULES.get(pattern);
    }

    static boolean isDeclared(String pattern) {
        return rule(pattern) != null;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        Rule rule = rule(String.valueOf(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE)));
        if (rule == null) {
            request.setAttribute(VIEWER, Caller.ANONYMOUS);
            return true;
        }
        Caller caller = Callers.of(request);
        rule.scopes().tell(response);
        if (rule.otherwise() == Otherwise.REFUSED) {
            rule.scopes().check(caller);
        }
        boolean granted = rule.otherwise() == Otherwise.SAME
                || caller.scopes().allow(rule.scopes().scopes());
        request.setAttribute(VIEWER, granted ? caller : Caller.ANONYMOUS);
        return true;
    }

    /** As whom the request's caller sees things with this token: themselves, or a stranger. */
    static Caller viewer(HttpServletRequest request) {
        return request.getAttribute(VIEWER) instanceof Caller viewer ? viewer : Caller.ANONYMOUS;
    }
}
