package org.forgelog.command;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.forgelog.command.CommandNode.User;
import org.forgelog.command.http.Routes;
import org.forgelog.domain.Permission;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may ask for what, on every route there is, in a private repository: a route without a rule fails the build. */
class RouteRightsTest {

    private interface Rule {}

    /** At least that permission on the repository; who sees it not at all is told what strangers are told. */
    private record OnRepository(Permission needed) implements Rule {}

    private enum Other implements Rule {
        SITE_ADMIN,
        ORGANIZATION_ADMIN,
        ORGANIZATION_MEMBER,
        /** Their membership is their own business: who has none finds none. */
        OWN_MEMBERSHIP,
        /** Nobody else knows of it: see {@link InvitationsTest}. */
        INVITED,
        /** Whom the path names, and nobody else. */
        THEMSELVES,
        SELF
    }

    private static final Map<String, Rule> RULES = new TreeMap<>(Map.ofEntries(
            entry("POST /admin/users", Other.SITE_ADMIN),
            entry("PATCH /admin/users/{username}", Other.SITE_ADMIN),
            entry("DELETE /admin/users/{username}", Other.SITE_ADMIN),
            entry("PUT /users/{username}/suspended", Other.SITE_ADMIN),
            entry("DELETE /users/{username}/suspended", Other.SITE_ADMIN),
            entry("PUT /users/{username}/site_admin", Other.SITE_ADMIN),
            entry("DELETE /users/{username}/site_admin", Other.SITE_ADMIN),
            entry("POST /admin/users/{username}/authorizations", Other.SITE_ADMIN),
            entry("DELETE /admin/users/{username}/authorizations", Other.SITE_ADMIN),
            entry("DELETE /admin/users/{username}/authorizations/{token_id}", Other.SITE_ADMIN),
            entry("POST /admin/organizations", Other.SITE_ADMIN),
            entry("PATCH /admin/organizations/{org}", Other.SITE_ADMIN),
            entry("PATCH /orgs/{org}", Other.ORGANIZATION_ADMIN),
            entry("DELETE /orgs/{org}", Other.ORGANIZATION_ADMIN),
            entry("PUT /orgs/{org}/memberships/{username}", Other.ORGANIZATION_ADMIN),
            entry("DELETE /orgs/{org}/memberships/{username}", Other.ORGANIZATION_ADMIN),
            entry("DELETE /orgs/{org}/members/{username}", Other.ORGANIZATION_ADMIN),
            entry("PUT /orgs/{org}/public_members/{username}", Other.THEMSELVES),
            entry("DELETE /orgs/{org}/public_members/{username}", Other.THEMSELVES),
            entry("PUT /orgs/{org}/outside_collaborators/{username}", Other.ORGANIZATION_ADMIN),
            entry("DELETE /orgs/{org}/outside_collaborators/{username}", Other.ORGANIZATION_ADMIN),
            entry("POST /orgs/{org}/repos", Other.ORGANIZATION_MEMBER),
            entry("PATCH /user/memberships/orgs/{org}", Other.OWN_MEMBERSHIP),
            entry("POST /orgs/{org}/invitations", Other.ORGANIZATION_ADMIN),
            entry("DELETE /orgs/{org}/invitations/{invitation_id}", Other.ORGANIZATION_ADMIN),
            entry("PATCH /user/repository_invitations/{invitation_id}", Other.INVITED),
            entry("DELETE /user/repository_invitations/{invitation_id}", Other.INVITED),
            entry("PATCH /user/repository_transfers/{invitation_id}", Other.INVITED),
            entry("DELETE /user/repository_transfers/{invitation_id}", Other.INVITED),
            entry("PATCH /user", Other.SELF),
            entry("POST /user/emails", Other.SELF),
            entry("DELETE /user/emails", Other.SELF),
            entry("PATCH /user/email/visibility", Other.SELF),
            entry("POST /user/repos", Other.SELF)));

    /** What there is of webhooks, below {@code /hooks}. */
    private static final List<String> OF_HOOKS = List.of(
            "GET ",
            "POST ",
            "GET /{hook_id}",
            "PATCH /{hook_id}",
            "DELETE /{hook_id}",
            "GET /{hook_id}/config",
            "PATCH /{hook_id}/config",
            "GET /{hook_id}/deliveries",
            "GET /{hook_id}/deliveries/{delivery_id}",
            "POST /{hook_id}/deliveries/{delivery_id}/attempts",
            "POST /{hook_id}/pings",
            "POST /{hook_id}/replays");

    private static String ofHooks(String owner, String route) {
        return route.replace(" ", " " + owner + "/hooks");
    }

    static {
        OF_HOOKS.forEach(route -> RULES.put(ofHooks("/orgs/{org}", route), Other.ORGANIZATION_ADMIN));
        on(Permission.READ, "PUT /user/starred/{owner}/{repo}", "DELETE /user/starred/{owner}/{repo}");
        on(Permission.READ, "PUT /user/watched/{owner}/{repo}", "DELETE /user/watched/{owner}/{repo}");
        for (String repository : List.of("/repos/{owner}/{repo}", "/repositories/{repository_id}")) {
            on(Permission.ADMIN, "PATCH " + repository, "DELETE " + repository);
            on(Permission.ADMIN, "POST " + repository + "/transfer", "DELETE " + repository + "/transfer");
            on(Permission.ADMIN, "PATCH " + repository + "/invitations/{invitation_id}");
            on(Permission.ADMIN, "DELETE " + repository + "/invitations/{invitation_id}");
            on(Permission.ADMIN, "PUT " + repository + "/collaborators/{username}");
            on(Permission.ADMIN, "DELETE " + repository + "/collaborators/{username}");
            OF_HOOKS.forEach(route -> on(Permission.ADMIN, ofHooks(repository, route)));
            on(Permission.ADMIN, "POST " + repository + "/hooks/{hook_id}/tests");
            on(Permission.MAINTAIN, "PUT " + repository + "/topics");
            on(Permission.READ, "POST " + repository + "/forks");
            on(Permission.READ, "POST " + repository + "/issues", "POST " + repository + "/pulls");
            on(Permission.READ, "PUT " + repository + "/subscription", "DELETE " + repository + "/subscription");
            on(Permission.WRITE, "POST " + repository + "/labels");
            on(Permission.WRITE, "PATCH " + repository + "/labels/{name}");
            on(Permission.WRITE, "DELETE " + repository + "/labels/{name}");
            on(Permission.WRITE, "POST " + repository + "/milestones");
            on(Permission.WRITE, "PATCH " + repository + "/milestones/{milestone_number}");
            on(Permission.WRITE, "DELETE " + repository + "/milestones/{milestone_number}");
            on(Permission.WRITE, "PUT " + repository + "/pulls/{pull_number}/merge");
            on(Permission.READ, "POST " + repository + "/pulls/{pull_number}/comments/{comment_id}/replies");
            for (String kind : List.of("issue", "pull")) {
                String one = repository + "/" + kind + "s/{" + kind + "_number}";
                String comment = repository + "/" + kind + "s/comments/{comment_id}";
                on(Permission.TRIAGE, "PATCH " + one);
                on(Permission.TRIAGE, "POST " + one + "/labels", "PUT " + one + "/labels");
                on(Permission.TRIAGE, "DELETE " + one + "/labels", "DELETE " + one + "/labels/{name}");
                on(Permission.TRIAGE, "POST " + one + "/assignees", "DELETE " + one + "/assignees");
                on(Permission.WRITE, "PUT " + one + "/lock", "DELETE " + one + "/lock");
                on(Permission.READ, "POST " + one + "/comments", "POST " + one + "/reactions");
                on(Permission.WRITE, "DELETE " + one + "/reactions/{reaction_id}");
                on(Permission.WRITE, "PATCH " + comment, "DELETE " + comment);
                on(Permission.READ, "POST " + comment + "/reactions");
                on(Permission.WRITE, "DELETE " + comment + "/reactions/{reaction_id}");
            }
        }
    }

    private static void on(Permission needed, String... routes) {
        for (String route : routes) {
            RULES.put(route, new OnRepository(needed));
        }
    }

    private static final CommandNode node = CommandNode.shared();
    private static final Map<String, User> people = new LinkedHashMap<>();
    private static User stranger;
    private static User member;
    private static User admin;
    private static String organization;

    @BeforeAll
    static void peopleOfAnOrganization() {
        admin = node.newUser();
        member = node.newUser();
        stranger = node.newUser();
        organization = node.newOrganization(admin);
        admin.put("/orgs/" + organization + "/memberships/" + member.login(), null);
        admin.patch("/orgs/" + organization, "{\"members_can_fork_private_repositories\":true}");
        for (String permission : List.of("pull", "triage", "push", "maintain", "admin")) {
            people.put(permission, node.newUser());
        }
    }

    static Stream<String> routes() {
        return new Routes().all().stream().map(route -> route.method() + " " + route.path());
    }

    @Test
    void everyRouteHasARuleAndEveryRuleARoute() {
        assertThat(new TreeSet<>(routes().toList())).isEqualTo(RULES.keySet());
    }

    @ParameterizedTest
    @MethodSource("routes")
    void theRuleHolds(String route) {
        Rule rule = RULES.get(route);
        assertThat(rule).as("no rule for " + route).isNotNull();
        if (rule instanceof OnRepository onRepository) {
            Map<String, Object> ids = privateRepository(route);
            assertThat(call(route, null, ids).status()).isEqualTo(401);
            unseen(route, ids);
            refusedBelow(route, ids, onRepository.needed());
            allowedFrom(route, ids, onRepository.needed());
        } else {
            other(route, (Other) rule);
        }
    }

    /** With something in it of what the route is about, all of the admin's, ids by the names that paths use. */
    private static Map<String, Object> privateRepository(String route) {
        String name = node.newLogin();
        Answered created = admin.post(
                "/orgs/" + organization + "/repos",
                "{\"name\":\"" + name + "\",\"private\":true,\"numbering\":\"separate\"}");
        String path = "/repos/" + organization + "/" + name;
        admin.post(path + "/labels", "{\"name\":\"bug\"}");
        admin.post(path + "/milestones", "{\"title\":\"v1\"}");
        admin.post(path + "/issues", "{\"title\":\"x\",\"labels\":[\"bug\"]}");
        admin.post(path + "/pulls", "{\"title\":\"x\",\"head\":\"f\",\"base\":\"main\"}");
        admin.post(path + "/pulls/1/labels", "{\"labels\":[\"bug\"]}");
        people.forEach((permission, user) -> assertThat(
                        admin.put(path + "/collaborators/" + user.login(), "{\"permission\":\"" + permission + "\"}")
                                .status())
                .isEqualTo(204));
        Map<String, Object> ids = new TreeMap<>(Map.of(
                "owner",
                organization,
                "repo",
                name,
                "repository_id",
                id(created),
                "issue_number",
                1,
                "pull_number",
                1,
                "milestone_number",
                1,
                "name",
                "bug",
                "username",
                stranger.login(),
                "invitation_id",
                9_007_199_254_740_991L));
        ids.put("hook_id", 9_007_199_254_740_991L);
        ids.put("delivery_id", 9_007_199_254_740_991L);
        for (String kind : route.contains("{comment_id}") || route.contains("{reaction_id}")
                ? List.of("issues", "pulls")
                : List.<String>of()) {
            long comment = id(admin.post(path + "/" + kind + "/1/comments", "{\"body\":\"x\"}"));
            ids.put(kind + "/comments", comment);
            String eyes = "{\"content\":\"eyes\"}";
            ids.put(kind + "/reactions", id(admin.post(path + "/" + kind + "/1/reactions", eyes)));
            ids.put(
                    kind + "/comments/reactions",
                    id(admin.post(path + "/" + kind + "/comments/" + comment + "/reactions", eyes)));
        }
        return ids;
    }

    private static long id(Answered answer) {
        return answer.json().get("id").longValue();
    }

    private static Answered call(String route, User user, Map<String, Object> ids) {
        String[] parts = route.split(" ");
        String kind = route.contains("/issues") ? "issues" : "pulls";
        String target = parts[1].contains("/comments/{comment_id}/reactions") ? "/comments/reactions" : "/reactions";
        String path = parts[1].replace("{comment_id}", String.valueOf(ids.get(kind + "/comments")))
                .replace("{reaction_id}", String.valueOf(ids.get(kind + target)));
        for (Map.Entry<String, Object> id : ids.entrySet()) {
            path = path.replace("{" + id.getKey() + "}", id.getValue().toString());
        }
        assertThat(path).doesNotContain("{").doesNotContain("null");
        return node.call(parts[0], path, user == null ? null : user.token(), "{}");
    }

    private static void unseen(String route, Map<String, Object> ids) {
        Map<String, Object> unknown = new TreeMap<>(ids);
        unknown.put("repo", "never-was");
        unknown.put("repository_id", 9_007_199_254_740_991L);
        Answered answer = call(route, stranger, ids);
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.text()).isEqualTo(call(route, stranger, unknown).text());
        assertThat(answer.header("Location")).isNull();
    }

    private static void refusedBelow(String route, Map<String, Object> ids, Permission needed) {
        people.forEach((word, user) -> {
            if (!Permission.ofCollaborator(word).covers(needed)) {
                assertThat(call(route, user, ids).status()).as(word).isEqualTo(403);
            }
        });
        if (needed != Permission.READ) {
            assertThat(call(route, member, ids).status()).as("member").isEqualTo(403);
        }
    }

    private static void allowedFrom(String route, Map<String, Object> ids, Permission needed) {
        User enough = needed == Permission.ADMIN ? admin : people.get(needed.collaboratorWord());
        // There is no invitation and no webhook of that id.
        int unknown = route.contains("{invitation_id}") || route.contains("{hook_id}") ? 200 : 404;
        assertThat(call(route, enough, ids).status()).as("who may").isNotIn(401, 403, unknown, 500);
        if (needed == Permission.READ) {
            assertThat(call(route, member, ids).status()).as("member").isNotIn(401, 403, 404, 500);
        }
    }

    private static void other(String route, Other rule) {
        String org = node.newOrganization(admin);
        admin.put("/orgs/" + org + "/memberships/" + member.login(), null);
        User leaver = node.newUser();
        admin.put("/orgs/" + org + "/memberships/" + leaver.login(), null);
        Map<String, Object> ids = new TreeMap<>(
                Map.of("org", org, "username", leaver.login(), "token_id", 1, "invitation_id", 9_007_199_254_740_991L));
        ids.put("hook_id", 9_007_199_254_740_991L);
        ids.put("delivery_id", 9_007_199_254_740_991L);
        assertThat(call(route, null, ids).status()).isEqualTo(401);
        int toStrangers = call(route, stranger, ids).status();
        switch (rule) {
            case SITE_ADMIN, THEMSELVES -> {
                assertThat(toStrangers).isEqualTo(403);
                assertThat(call(route, admin, ids).status()).isEqualTo(403);
            }
            case ORGANIZATION_ADMIN -> {
                assertThat(toStrangers).isEqualTo(403);
                assertThat(call(route, member, ids).status()).isEqualTo(403);
                int notFound = route.contains("invitation") || route.contains("{hook_id}") ? 404 : 200;
                assertThat(call(route, admin, ids).status()).isIn(200, 202, 204, 422, notFound);
            }
            case ORGANIZATION_MEMBER -> {
                assertThat(toStrangers).isEqualTo(403);
                assertThat(call(route, member, ids).status()).isEqualTo(422);
            }
            case INVITED -> assertThat(toStrangers).isEqualTo(404);
            case OWN_MEMBERSHIP -> {
                assertThat(toStrangers).isEqualTo(404);
                assertThat(call(route, member, ids).status()).isEqualTo(422);
            }
            case SELF -> assertThat(toStrangers).isIn(200, 422);
        }
    }
}
