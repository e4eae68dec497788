package org.forgelog.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.forgelog.standalone.DescribedService.ADMIN;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.forgelog.api.Scopes;
import tools.jackson.databind.JsonNode;

/**
 * Carries out every operation at least once, over HTTP. Whatever is answered is held against the description by
 * {@link DescribedService}; here is only looked at what the next step needs.
 */
final class Journey {

    private static final String ENGINE = "/repos/ada/engine";
    private static final Map<String, Object> NOTHING = null;
    private static final String STARS = "application/vnd.github.v3.star+json";

    private final DescribedService service;
    private String ada;
    private String bob;

    Journey(DescribedService service) {
        this.service = service;
    }

    void go() throws InterruptedException {
        restore();
        people();
        organizations();
        repositories();
        collaborators();
        labels();
        milestones();
        webhooks();
        issues();
        comments("/issues/1");
        pulls();
        comments("/pulls/1");
        reviewComments();
        forks();
        shared();
        stars();
        batches();
        lists();
        feeds();
        refusals();
        meta();
        operators();
    }

    private JsonNode get(String path, String token, String... headers) {
        return service.get(path, token, headers);
    }

    private JsonNode post(String path, String token, Object body) {
        return service.does("POST", path, token, body);
    }

    private JsonNode patch(String path, String token, Object body) {
        return service.does("PATCH", path, token, body);
    }

    private JsonNode put(String path, String token, Object body) {
        return service.does("PUT", path, token, body);
    }

    private void delete(String path, String token) {
        service.does("DELETE", path, token, NOTHING);
    }

    private String user(String login) {
        post("/admin/users", ADMIN, Map.of("login", login, "email", login + "@example.org"));
        return token(login).path("token").asString();
    }

    private JsonNode token(String login) {
        return post(
                "/admin/users/" + login + "/authorizations",
                ADMIN,
                Map.of("scopes", Scopes.ALL.words(), "note", "test"));
    }

    private void people() {
        ada = user("ada");
        bob = user("bob");
        user("eve");
        long token = token("eve").path("id").asLong();
        delete("/admin/users/eve/authorizations/" + token, ADMIN);
        delete("/admin/users/eve/authorizations", ADMIN);
        patch("/admin/users/eve", ADMIN, Map.of("login", "evelyn"));
        put("/users/evelyn/suspended", ADMIN, NOTHING);
        delete("/users/evelyn/suspended", ADMIN);
        put("/users/evelyn/site_admin", ADMIN, NOTHING);
        delete("/users/evelyn/site_admin", ADMIN);
        delete("/admin/users/evelyn", ADMIN);
        patch("/user", ada, Map.of("name", "Ada Lovelace", "bio", "Notes", "hireable", true));
        post("/user/emails", ada, List.of("countess@example.org"));
        get("/user/emails", ada);
        patch("/user/email/visibility", ada, Map.of("visibility", "public"));
        get("/user/public_emails?per_page=1", ada);
        service.does("DELETE", "/user/emails", ada, Map.of("emails", List.of("countess@example.org")));
        service.answered(401, "GET", "/user/emails", null, null);
        long id = get("/user", ada).path("id").asLong();
        get("/user/" + id, null);
        get("/users/ADA", bob);
        service.answered(401, "GET", "/user", null, null);
        service.answered(401, "GET", "/user", "no-token-of-anybody", null);
        service.answered(403, "GET", "/user", ADMIN, null);
        service.answered(404, "GET", "/users/nobody", null, null);
    }

    private void organizations() {
        post("/admin/organizations", ADMIN, Map.of("login", "acme", "admin", "ada", "profile_name", "Acme"));
        patch("/orgs/acme", ada, Map.of("description", "Rockets", "default_repository_permission", "write"));
        long id = get("/orgs/acme", ada).path("id").asLong();
        get("/orgs/acme", null);
        get("/organizations/" + id, bob);
        get("/organizations?per_page=5&since=" + (id - 1), null);
        put("/orgs/acme/memberships/bob", ada, Map.of("role", "member"));
        get("/orgs/acme/invitations", ada);
        get("/user/memberships/orgs?state=pending", bob);
        get("/orgs/acme/memberships/bob", ada);
        patch("/user/memberships/orgs/acme", bob, Map.of("state", "active"));
        get("/orgs/acme/members?role=all&filter=all", null);
        get("/orgs/acme/public_members", null);
        get("/orgs/acme/members/bob", ada);
        service.answered(302, "GET", "/orgs/acme/members/bob", null, null);
        get("/orgs/acme/public_members/bob", null);
        delete("/orgs/acme/public_members/bob", bob);
        service.answered(404, "GET", "/orgs/acme/public_members/bob", null, null);
        put("/orgs/acme/public_members/bob", bob, NOTHING);
        service.answered(403, "PUT", "/orgs/acme/public_members/bob", ada, null);
        get("/orgs/acme/memberships/bob", ada);
        get("/user/memberships/orgs/acme", bob);
        get("/user/memberships/orgs?state=active", bob);
        get("/users/bob/orgs", null);
        get("/user/orgs", bob);
        post("/orgs/acme/repos", ada, Map.of("name", "rocket", "private", true));
        get("/orgs/acme/repos?type=all&sort=updated&direction=asc", bob);
        get("/repos/acme/rocket", bob);
        service.answered(404, "GET", "/repos/acme/rocket", null, null);
        service.answered(403, "PATCH", "/orgs/acme", bob, Map.of("name", "Bob's"));
        put("/orgs/acme/outside_collaborators/bob", ada, NOTHING);
        delete("/orgs/acme/outside_collaborators/bob", ada);
        get("/orgs/acme/outside_collaborators?filter=all", ada);
        put("/orgs/acme/memberships/bob", ada, Map.of("role", "member"));
        patch("/user/memberships/orgs/acme", bob, Map.of("state", "active"));
        delete("/orgs/acme/members/bob", ada);
        put("/orgs/acme/memberships/bob", ada, NOTHING);
        delete("/orgs/acme/memberships/bob", bob);
        long bobsId = get("/user", bob).path("id").asLong();
        JsonNode invitation =
                post("/orgs/acme/invitations", ada, Map.of("invitee_id", bobsId, "role", "direct_member"));
        delete("/orgs/acme/invitations/" + invitation.path("id").asLong(), ada);
        post("/admin/organizations", ADMIN, Map.of("login", "brief", "admin", "ada"));
        patch("/admin/organizations/brief", ADMIN, Map.of("login", "briefer"));
        delete("/orgs/briefer", ada);
    }

    private void webhooks() {
        String hook = webhooks(ENGINE + "/hooks");
        post(hook + "/tests", ada, NOTHING);
        delete(hook, ada);
        delete(webhooks("/orgs/acme/hooks"), ada);
        service.answered(403, "GET", ENGINE + "/hooks", bob, null);
        service.answered(422, "POST", ENGINE + "/hooks", ada, Map.of("config", Map.of("url", "no address")));
        get(ENGINE + "/events/stream?wait=0", null);
    }

    /** Nothing listens at the discard port, nor may anything be sent there. */
    private String webhooks(String hooks) {
        JsonNode made = post(
                hooks,
                ada,
                Map.of(
                        "name",
                        "web",
                        "events",
                        List.of("issues"),
                        "config",
                        Map.of("url", "http://127.0.0.1:9/", "content_type", "json")));
        String hook = hooks + "/" + made.path("id").asLong();
        get(hooks + "?per_page=1", ada);
        get(hook, ada);
        patch(hook, ada, Map.of("add_events", List.of("label"), "active", false));
        get(hook + "/config", ada);
        patch(hook + "/config", ada, Map.of("secret", "secret", "content_type", "form"));
        post(hook + "/pings", ada, NOTHING);
        JsonNode deliveries = get(hook + "/deliveries?per_page=1", ada);
        String delivery = hook + "/deliveries/" + deliveries.path(0).path("id").asLong();
        get(delivery, ada);
        post(delivery + "/attempts", ada, NOTHING);
        post(hook + "/replays", ada, Map.of("after", 0));
        return hook;
    }

    private void repositories() {
        post(
                "/user/repos",
                ada,
                Map.of("name", "engine", "description", "A machine", "has_wiki", false, "numbering", "separate"));
        patch(ENGINE, ada, Map.of("homepage", "https://example.org", "allow_squash_merge", false, "about", "Notes"));
        get(ENGINE, null);
        get(ENGINE, ada);
        put(ENGINE + "/topics", ada, Map.of("names", List.of("analysis", "machines")));
        get(ENGINE + "/topics?per_page=1", null);
        get(ENGINE + "/languages", null);
        put(ENGINE + "/subscription", ada, Map.of("subscribed", true));
        get(ENGINE + "/subscription", ada);
        get(ENGINE + "/subscribers", null);
        get("/user/subscriptions", ada);
        get("/users/ada/subscriptions", null);
        delete(ENGINE + "/subscription", ada);
        service.answered(404, "GET", ENGINE + "/subscription", ada, null);
        post("/user/repos", ada, Map.of("name", "draft", "visibility", "private"));
        patch("/repos/ada/draft", ada, Map.of("name", "sketch"));
        service.answered(301, "GET", "/repos/ada/draft", ada, null);
        service.answered(307, "PATCH", "/repos/ada/draft", ada, Map.of("private", false));
        post("/repos/ada/sketch/transfer", ada, Map.of("new_owner", "acme", "new_name", "plan"));
        delete("/repos/acme/plan", ada);
        post("/user/repos", ada, Map.of("name", "gift"));
        post("/repos/ada/gift/transfer", ada, Map.of("new_owner", "bob"));
        delete("/repos/ada/gift/transfer", ada);
        post("/repos/ada/gift/transfer", ada, Map.of("new_owner", "bob"));
        delete("/user/repository_transfers/" + firstOf("/user/repository_transfers"), bob);
        post("/repos/ada/gift/transfer", ada, Map.of("new_owner", "bob"));
        patch("/user/repository_transfers/" + firstOf("/user/repository_transfers"), bob, NOTHING);
        delete("/repos/bob/gift", bob);
    }

    /** The id of the first thing that is bob's. */
    private long firstOf(String path) {
        return get(path, bob).path(0).path("id").asLong();
    }

    private void collaborators() {
        put(ENGINE + "/collaborators/bob", ada, Map.of("permission", "push"));
        long invitation = firstOf("/user/repository_invitations");
        get(ENGINE + "/invitations", ada);
        service.answered(403, "GET", ENGINE + "/invitations", bob, null);
        patch(ENGINE + "/invitations/" + invitation, ada, Map.of("permissions", "triage"));
        patch("/user/repository_invitations/" + invitation, bob, NOTHING);
        put(ENGINE + "/collaborators/bob", ada, Map.of("permission", "triage"));
        get(ENGINE + "/collaborators?affiliation=direct&permission=pull", ada);
        get(ENGINE + "/collaborators/bob", ada);
        get(ENGINE + "/collaborators/bob/permission", ada);
        service.answered(401, "GET", ENGINE + "/collaborators", null, null);
        service.answered(403, "GET", ENGINE + "/collaborators", bob, null);
        delete(ENGINE + "/collaborators/bob", bob);
        put(ENGINE + "/collaborators/bob", ada, NOTHING);
        delete("/user/repository_invitations/" + firstOf("/user/repository_invitations"), bob);
        put(ENGINE + "/collaborators/bob", ada, NOTHING);
        delete(ENGINE + "/invitations/" + firstOf("/user/repository_invitations"), ada);
    }

    private void labels() {
        String area = "/labels/area%2Fcore";
        post(ENGINE + "/labels", ada, Map.of("name", "area/core", "color", "0052cc", "description", "Inside"));
        get(ENGINE + area, null);
        patch(ENGINE + area, ada, Map.of("color", "fbca04"));
        get(ENGINE + "/labels", null);
        post(ENGINE + "/labels", ada, Map.of("name", "bug"));
        post(ENGINE + "/labels", ada, Map.of("name", "wrong"));
        delete(ENGINE + "/labels/wrong", ada);
        get(ENGINE + "/assignees", null);
        get(ENGINE + "/assignees/ada", null);
        service.answered(404, "GET", ENGINE + "/assignees/nobody", null, null);
    }

    private void milestones() {
        String milestones = ENGINE + "/milestones";
        post(milestones, ada, Map.of("title", "v1", "description", "All of it.", "due_on", "2027-01-01T00:00:00Z"));
        post(milestones, ada, Map.of("title", "v2", "state", "closed"));
        post(milestones, ada, Map.of("title", "wrong"));
        delete(milestones + "/3", ada);
        patch(milestones + "/2", ada, Map.of("title", "v2.0", "state", "open"));
        get(milestones + "/1", null);
        get(milestones + "?state=all&sort=completeness&direction=desc", null);
        service.answered(403, "POST", milestones, bob, Map.of("title", "v3"));
        service.answered(404, "GET", milestones + "/3", null, null);
        service.answered(422, "POST", milestones, ada, Map.of("title", "v1"));
    }

    private void issues() {
        post(
                ENGINE + "/issues",
                ada,
                Map.of("title", "Note G", "body", "Numbers of @bob", "labels", List.of("bug"), "assignee", "ada"));
        post(ENGINE + "/issues", bob, Map.of("title", "Note H"));
        patch(ENGINE + "/issues/2", bob, Map.of("state", "closed", "state_reason", "not_planned"));
        triage("/issues/1");
        get(ENGINE + "/issues/1", null);
        get(ENGINE + "/issues/2", ada);
        patch(ENGINE + "/issues/1", ada, Map.of("milestone", 1));
        get(ENGINE + "/issues?milestone=1", null);
        get(ENGINE + "/milestones/1/labels", null);
        get(ENGINE + "/issues?state=all&labels=bug&creator=ada&assignee=ada&sort=updated&direction=asc", null);
        get(ENGINE + "/issues?milestone=none&since=2026-01-01T00:00:00Z&per_page=1&state=all", null);
        service.answered(422, "GET", ENGINE + "/issues?sort=luck", null, null);
        service.answered(404, "GET", ENGINE + "/issues/99", null, null);
        get("/issues?filter=all&state=all&labels=bug&sort=comments&direction=desc", ada);
        get("/user/issues?filter=created", ada);
    }

    /** Labels, assignees and lock of an issue or a pull request. */
    private void triage(String conversation) {
        String path = ENGINE + conversation;
        put(path + "/labels", ada, Map.of("labels", List.of("area/core", Map.of("name", "bug"))));
        post(path + "/labels", ada, List.of("new"));
        get(path + "/labels", null);
        service.does("DELETE", path + "/labels/new", ada, NOTHING);
        delete(path + "/labels", ada);
        post(path + "/labels", ada, Map.of("labels", List.of("bug")));
        post(path + "/assignees", ada, Map.of("assignees", List.of("ada", "nobody")));
        service.does("DELETE", path + "/assignees", ada, Map.of("assignees", List.of("ada")));
        post(path + "/assignees", ada, Map.of("assignees", List.of("ada")));
        put(path + "/lock", ada, Map.of("lock_reason", "too heated"));
        get(path, null);
        service.answered(403, "POST", path + "/comments", bob, Map.of("body", "Still"));
        delete(path + "/lock", ada);
    }

    /** Comments on an issue or a pull request, and reactions to all of it. */
    private void comments(String conversation) {
        String path = ENGINE + conversation;
        String all = path.replaceAll("/[0-9]+$", "/comments");
        long id = post(path + "/comments", bob, Map.of("body", "I see."))
                .path("id")
                .asLong();
        patch(all + "/" + id, bob, Map.of("body", "I see that, too."));
        reactions(path);
        reactions(all + "/" + id);
        get(all + "/" + id, null);
        get(all + "?sort=updated&direction=desc&since=2026-01-01T00:00:00Z", null);
        get(path + "/comments", null);
        get(path, null);
        long other = post(path + "/comments", bob, Map.of("body", "Wrong."))
                .path("id")
                .asLong();
        delete(all + "/" + other, ada);
        service.answered(404, "GET", all + "/" + other, null, null);
        service.answered(422, "POST", path + "/comments", bob, Map.of("body", 1));
    }

    private void reactions(String target) {
        String path = target + "/reactions";
        Map<String, Object> heart = Map.of("content", "heart");
        post(path, ada, heart);
        post(path, ada, heart);
        long id = post(path, bob, Map.of("content", "+1")).path("id").asLong();
        get(path + "?content=heart", null);
        delete(path + "/" + id, bob);
        service.answered(422, "POST", path, bob, Map.of("content", "boredom"));
    }

    private void pulls() {
        String pulls = ENGINE + "/pulls";
        post(pulls, ada, Map.of("title", "Loops", "head", "loops", "base", "main", "body", "Of @bob"));
        post(pulls, bob, Map.of("title", "Draft", "head", "draft", "base", "main", "draft", true));
        JsonNode third = post(pulls, ada, Map.of("title", "Cards", "head", "cards", "base", "main"));
        patch(pulls + "/1", ada, Map.of("body", "Better.", "maintainer_can_modify", false));
        triage("/pulls/1");
        get(pulls + "/1", null);
        get(pulls + "?state=all&sort=updated&direction=asc&base=main&head=ada:loops", null);
        service.answered(405, "PUT", pulls + "/2/merge", ada, NOTHING);
        service.answered(409, "PUT", pulls + "/3/merge", ada, Map.of("sha", "0".repeat(40)));
        service.answered(403, "PUT", pulls + "/3/merge", bob, NOTHING);
        service.answered(404, "GET", pulls + "/3/merge", null, null);
        String sha = third.path("head").path("sha").asString();
        put(pulls + "/3/merge", ada, Map.of("sha", sha, "merge_method", "squash", "commit_title", "Cards (#3)"));
        get(pulls + "/3/merge", null);
        get(pulls + "/3", ada);
        patch(pulls + "/2", bob, Map.of("state", "closed"));
        get(pulls + "/2", bob);
    }

    private void reviewComments() {
        String comments = ENGINE + "/pulls/1/comments";
        long id = post(
                        comments,
                        bob,
                        Map.of(
                                "body",
                                "Why?",
                                "path",
                                "engine.txt",
                                "commit_id",
                                "a".repeat(40),
                                "line",
                                7,
                                "start_line",
                                5,
                                "side",
                                "RIGHT"))
                .path("id")
                .asLong();
        post(comments + "/" + id + "/replies", ada, Map.of("body", "Because."));
        post(comments, bob, Map.of("body", "I see.", "in_reply_to", id));
        get(ENGINE + "/pulls/comments/" + id, null);
        get(comments + "?sort=created&direction=asc", null);
    }

    private void forks() {
        post(ENGINE + "/forks", bob, Map.of("name", "motor"));
        post(ENGINE + "/forks", bob, NOTHING);
        get("/repos/bob/motor", null);
        get(ENGINE + "/forks?sort=oldest", null);
        post(ENGINE + "/pulls", bob, Map.of("title", "From a fork", "head", "bob:spark", "base", "main"));
        get(ENGINE + "/pulls/4", null);
    }

    /** Where a pull request is an issue. */
    private void shared() {
        String loom = "/repos/ada/loom";
        post("/user/repos", ada, Map.of("name", "loom"));
        post(loom + "/issues", ada, Map.of("title", "Cards", "assignees", List.of("ada")));
        post(loom + "/pulls", ada, Map.of("title", "Punched", "head", "punched", "base", "main"));
        patch(loom + "/issues/2", ada, Map.of("body", "Holes", "labels", List.of("bug"), "assignees", List.of("ada")));
        post(loom + "/issues/2/comments", bob, Map.of("body", "Where?"));
        post(loom + "/issues/2/reactions", bob, Map.of("content", "eyes"));
        get(loom + "/issues/2", null);
        get(loom + "/issues?labels=bug", null);
        get(loom + "/issues/2/comments", null);
        get(loom + "/issues/2/reactions", null);
        put(loom + "/pulls/2/merge", ada, NOTHING);
        get(loom + "/issues/2/events", null);
        get(loom + "/issues/2/timeline", null);
        get(loom + "/issues/events", null);
        get(loom + "/pulls/2", null);
        get(loom + "/events", null);
        get("/issues?state=all", ada);
    }

    private void stars() {
        put("/user/starred/ada/engine", bob, NOTHING);
        get("/user/starred/ada/engine", bob);
        for (String accept : Set.of("application/json", STARS)) {
            get("/user/starred?sort=created&direction=asc", bob, "Accept", accept);
            get("/users/bob/starred", null, "Accept", accept);
            get(ENGINE + "/stargazers", null, "Accept", accept);
        }
        put("/user/watched/ada/engine", bob, NOTHING);
        get("/user/watched/ada/engine", bob);
        get("/user/watched", bob);
        get("/users/bob/watched", null);
        get(ENGINE + "/watchers", null);
        delete("/user/watched/ada/engine", bob);
        put("/user/starred/ada/engine", bob, NOTHING);
        get(ENGINE, bob);
        delete("/user/starred/ada/engine", bob);
        service.answered(404, "GET", "/user/starred/ada/engine", bob, null);
    }

    private void batches() {
        Map<String, Object> opens =
                Map.of("method", "POST", "path", ENGINE + "/issues", "body", Map.of("title", "Overflow"));
        Map<String, Object> closes =
                Map.of("method", "PATCH", "path", ENGINE + "/issues/1", "body", Map.of("state", "closed"));
        Map<String, Object> stars = Map.of("method", "PUT", "path", "/user/starred/ada/engine");
        post("/batch", ada, Map.of("commands", List.of(opens, closes, stars)));
        Map<String, Object> fails = Map.of("method", "POST", "path", ENGINE + "/issues", "body", Map.of());
        assertThat(service.answered(422, "POST", "/batch", ada, Map.of("commands", List.of(opens, fails)))
                        .json()
                        .path("command")
                        .asInt())
                .isEqualTo(1);
        service.answered(422, "POST", "/batch", ada, Map.of());
    }

    private void lists() {
        get("/user/repos?visibility=public&type=all&sort=created&direction=desc", ada);
        get("/user/repos?since=2026-01-01T00:00:00Z&before=2100-01-01T00:00:00Z", ada);
        get("/users/ada/repos?type=owner&per_page=1", null);
        get("/users/ada/owned?per_page=5", ada);
        get("/users?per_page=2", null);
        get("/repositories?since=1", null);
        get("/users/ada/managed?state=all", null);
        get(ENGINE + "/activity?state=open&per_page=2", null);
    }

    /** Whatever happened so far is in them. */
    private void feeds() {
        get(ENGINE + "/events", null);
        get(ENGINE + "/events?per_page=3&page=2", null);
        get("/users/ada/events?per_page=100", ada);
        get("/users/bob/events/public", null);
        get("/orgs/acme/events", null);
        get("/networks/ada/engine/events", null);
        get("/orgs/acme/issues?filter=all&state=all&type=none", ada);
        get("/events?per_page=100", null);
        JsonNode happened = get(ENGINE + "/issues/events?per_page=100", null);
        get(ENGINE + "/issues/events/" + happened.path(0).path("id").asLong(), null);
        get(ENGINE + "/issues/1/events", ada);
        get(ENGINE + "/issues/1/timeline", null);
        get(ENGINE + "/issues/1/history", null);
        get(ENGINE + "/pulls/1/history?per_page=5", null);
        get(ENGINE + "/history", ada);
        get("/users/ada/history", ada);
        service.answered(404, "GET", ENGINE + "/issues?state=all&as_of=2001-01-01", null, null);
        service.answered(422, "GET", ENGINE + "/issues?as_of=whenever", null, null);
    }

    private void refusals() {
        service.answered(400, "POST", "/user/repos", ada, "{");
        service.answered(400, "GET", ENGINE, null, null, "X-GitHub-Api-Version", "1970-01-01");
        service.answered(401, "POST", "/user/repos", null, Map.of("name", "x"));
        service.answered(401, "POST", "/batch", null, Map.of());
        service.answered(403, "POST", "/admin/users", ada, Map.of("login", "x"));
        service.answered(403, "PATCH", ENGINE, bob, Map.of("description", "Mine"));
        service.answered(404, "PATCH", "/repos/ada/none", ada, Map.of("description", "?"));
        service.answered(413, "POST", ENGINE + "/issues", ada, "\"" + "x".repeat(1 << 20) + "\"");
        service.answered(422, "POST", "/user/repos", ada, Map.of("name", "engine"));
        service.answered(422, "GET", ENGINE + "/issues?page=2000", null, null);
        service.answered(422, "GET", ENGINE + "/issues?cursor=forged", null, null);
        patch("/repos/acme/rocket", ada, Map.of("has_issues", false));
        service.answered(410, "POST", "/repos/acme/rocket/issues", ada, Map.of("title", "No"));
        service.answered(410, "GET", "/repos/acme/rocket/issues", ada, null);
        patch("/repos/acme/rocket", ada, Map.of("archived", true));
        service.answered(403, "POST", "/repos/acme/rocket/labels", ada, Map.of("name", "late"));
        String tag = service.answered(200, "GET", ENGINE, null, null)
                .headers()
                .firstValue("ETag")
                .orElseThrow();
        service.answered(304, "GET", ENGINE, null, null, "If-None-Match", tag);
    }

    private void meta() {
        for (String path :
                List.of("/", "/meta", "/versions", "/rate_limit", "/openapi.json", "/docs", "/avatars/u/1")) {
            get(path, null);
            get(path, ada);
        }
    }

    /** Last, since nothing can be read while the table is built anew. */
    private void operators() throws InterruptedException {
        service.answered(409, "POST", "/admin/log/restore", ADMIN, "{}");
        job(
                post(
                        "/admin/imports?on_error=skip",
                        ADMIN,
                        """
                        {"id": "1", "type": "WatchEvent", "actor": {"login": "carl"}, "repo": {"id": 7, "name": "dora/loom"},\
                         "payload": {"action": "started"}, "created_at": "2024-05-06T07:08:09Z"}"""),
                "done");
        get("/repos/dora/loom/stargazers", ada);
        job(post("/admin/imports", ADMIN, "{\"id\": \"2\", \"type\": \"WatchEvent\", \"payload\": {}}"), "failed");
        job(post("/admin/directory/verify", ADMIN, NOTHING), "done");
        job(post("/admin/directory/rebuild", ADMIN, NOTHING), "done");
        get("/operator/projection", ADMIN);
        get("/operator/status", ADMIN);
        job(service.does("DELETE", "/admin/users/carl/personal-data", ADMIN, NOTHING), "done");
        service.answered(404, "DELETE", "/admin/users/carl/personal-data", ADMIN, null);
        get("/operator/person-keys", ADMIN);
        job(post("/admin/master-key/rotation", ADMIN, NOTHING), "done");
        service.answered(401, "GET", "/operator/projection", null, null);
        replayBeside();
        get("/operator/dead-letters", ADMIN);
        get("/operator/dead-letters/r:1", ADMIN);
        post("/operator/dead-letters/r:1/retry", ADMIN, NOTHING);
        service.answered(409, "POST", "/operator/dead-letters/r:1/discard?position=1&reason=none", ADMIN, null);
        long poison = service.poison("r:1");
        long end = System.nanoTime() + UpProcess.LIMIT.toNanos();
        while (get("/operator/dead-letters/r:1", ADMIN).path("stopped").isEmpty() && System.nanoTime() < end) {
            Thread.sleep(50);
        }
        post("/operator/dead-letters/r:1/discard?position=" + poison, ADMIN, NOTHING);
        get("/operator/events?repository=ada/engine&after=1&limit=5", ADMIN);
        get("/operator/explain?key=L%23ada%20/%20L", ADMIN);
        get("/operator/diff?of=ada/engine&from=2001-01-01", ADMIN);
        post("/operator/replay/repository?repository=ada/engine", ADMIN, NOTHING);
        get("/operator/replay/repository?repository=ada/engine", ADMIN);
        service.answered(404, "POST", "/operator/replay/repository?repository=ada/nothing", ADMIN, null);
        service.answered(403, "GET", "/operator/replay", ada, null);
        post("/operator/replay", ADMIN, NOTHING);
        long limit = System.nanoTime() + UpProcess.LIMIT.toNanos();
        while (!get("/operator/replay", ADMIN).path("state").asString().equals("done") && System.nanoTime() < limit) {
            Thread.sleep(50);
        }
    }

    private void replayBeside() throws InterruptedException {
        post("/operator/replay/start?rate=100000", ADMIN, NOTHING);
        service.answered(409, "POST", "/operator/replay/start", ADMIN, null);
        service.answered(409, "POST", "/operator/replay/switch", ADMIN, null);
        long end = System.nanoTime() + UpProcess.LIMIT.toNanos();
        while (!get("/operator/projections", ADMIN).toString().contains("\"ready\"") && System.nanoTime() < end) {
            Thread.sleep(50);
        }
        String beside = "";
        for (JsonNode table : get("/operator/projections", ADMIN).path("tables")) {
            beside = table.toString().contains("\"ready\"") ? table.path("name").asString() : beside;
        }
        post("/operator/replay/verify?table=" + beside, ADMIN, NOTHING);
        while (get("/operator/replay/verify", ADMIN).path("state").asString().equals("running")
                && System.nanoTime() < end) {
            Thread.sleep(50);
        }
        if (!get("/operator/replay/verify", ADMIN).path("state").asString().equals("right")) {
            throw new AssertionError(get("/operator/replay/verify", ADMIN).toString());
        }
        post("/operator/replay/switch", ADMIN, NOTHING);
        get(ENGINE, ada);
        post("/operator/replay/drop", ADMIN, NOTHING);
    }

    /** First of all, while there is nothing: an export of an empty log. */
    private void restore() {
        job(post("/admin/log/restore", ADMIN, "{\"events\": 1, \"sha256\": \"\"}"), "failed");
        job(
                post(
                        "/admin/log/restore?forgotten=none",
                        ADMIN,
                        "{\"events\": 0, \"sha256\": \"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\"}"),
                "done");
    }

    /** Waits for the administrator's long work to end as expected. */
    private void job(JsonNode begun, String end) {
        String path = "/admin/jobs/" + begun.path("id").asString();
        JsonNode now = get(path, ADMIN);
        while (now.path("state").asString().equals("running")) {
            LockSupport.parkNanos(10_000_000);
            now = get(path, ADMIN);
        }
        if (!now.path("state").asString().equals(end)) {
            throw new AssertionError(now.toString());
        }
    }
}
