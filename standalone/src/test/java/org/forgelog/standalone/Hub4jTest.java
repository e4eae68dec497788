package org.forgelog.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.kohsuke.github.GHDirection;
import org.kohsuke.github.GHEmail;
import org.kohsuke.github.GHEvent;
import org.kohsuke.github.GHEventInfo;
import org.kohsuke.github.GHEventPayload;
import org.kohsuke.github.GHFileNotFoundException;
import org.kohsuke.github.GHIssue;
import org.kohsuke.github.GHIssueComment;
import org.kohsuke.github.GHIssueEvent;
import org.kohsuke.github.GHIssueQueryBuilder;
import org.kohsuke.github.GHIssueState;
import org.kohsuke.github.GHIssueStateReason;
import org.kohsuke.github.GHLabel;
import org.kohsuke.github.GHMembership;
import org.kohsuke.github.GHMilestone;
import org.kohsuke.github.GHMilestoneState;
import org.kohsuke.github.GHOrganization;
import org.kohsuke.github.GHPermissionType;
import org.kohsuke.github.GHPullRequest;
import org.kohsuke.github.GHPullRequestReviewComment;
import org.kohsuke.github.GHReaction;
import org.kohsuke.github.GHRepository;
import org.kohsuke.github.GHSubscription;
import org.kohsuke.github.GHUser;
import org.kohsuke.github.GitHub;
import org.kohsuke.github.GitHubBuilder;
import org.kohsuke.github.PagedIterable;
import org.kohsuke.github.ReactionContent;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An unmodified client of GitHub's for Java, as a host of one's own is given to it: with {@code /api/v3} in front. It
 * reads strictly typed fields, refreshes objects through their links, and pages by {@code Link}.
 */
class Hub4jTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String SHA = "a".repeat(40);

    private static LocalService local;
    private static GitHub anonymous;
    private static GitHub ada;
    private static GitHub bob;

    private final List<String> wrong = new ArrayList<>();
    private int checks;

    @BeforeAll
    static void start() throws Exception {
        local = LocalService.start();
        ada = client("ada");
        bob = client("bob");
        anonymous = GitHub.connectToEnterpriseAnonymously(local.base() + "/api/v3");
        admin("/admin/organizations", Map.of("login", "acme", "admin", "ada"));
    }

    @AfterAll
    static void stop() {
        local.close();
    }

    private static GitHub client(String login) throws Exception {
        admin("/admin/users", Map.of("login", login, "email", login + "@example.org"));
        String token = admin(
                        "/admin/users/" + login + "/authorizations",
                        Map.of("scopes", List.of("repo", "delete_repo", "user", "admin:org")))
                .path("token")
                .asString();
        return new GitHubBuilder()
                .withEndpoint(local.base() + "/api/v3")
                .withOAuthToken(token)
                .build();
    }

    private static JsonNode admin(String path, Map<String, ?> body) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return JSON.readTree(http.send(
                            HttpRequest.newBuilder(URI.create(local.base() + path))
                                    .header("Authorization", "token " + LocalService.ADMIN)
                                    .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)))
                                    .build(),
                            BodyHandlers.ofString())
                    .body());
        }
    }

    /** All that differs is told at once. */
    private void check(String what, Object expected, Callable<?> actual) {
        checks++;
        try {
            Object is = actual.call();
            if (!Objects.equals(expected, is)) {
                wrong.add(what + ": " + is + " instead of " + expected);
            }
        } catch (Exception e) {
            wrong.add(what + ": " + e);
        }
    }

    private void holds(String what, Callable<Boolean> condition) {
        check(what, true, condition);
    }

    private void works(String what, Callable<?> call) {
        check(what, true, () -> {
            call.call();
            return true;
        });
    }

    private static <T> List<T> all(PagedIterable<T> pages) throws IOException {
        return pages.withPageSize(2).toList();
    }

    private void done(int atLeast) {
        assertThat(wrong).isEmpty();
        assertThat(checks).isGreaterThanOrEqualTo(atLeast);
    }

    @Test
    void accounts() throws Exception {
        holds("valid credentials", ada::isCredentialValid);
        works("the address of the API", () -> {
            ada.checkApiUrlValidity();
            return null;
        });
        holds("rate limit, core", () -> ada.getRateLimit().getCore().getLimit() > 0);
        holds("rate limit, search", () -> ada.getRateLimit().getSearch().getLimit() > 0);
        holds("rate limit, graphql", () -> ada.getRateLimit().getGraphQL().getLimit() > 0);
        holds(
                "rate limit, manifests",
                () -> ada.getRateLimit().getIntegrationManifest().getLimit() > 0);
        check("self", "ada", () -> ada.getMyself().getLogin());
        GHUser user = anonymous.getUser("ada");
        check("login", "ada", user::getLogin);
        check("type", "User", user::getType);
        check("id", ada.getMyself().getId(), user::getId);
        holds("node id", () -> user.getNodeId().startsWith("U_"));
        check("url", local.base() + "/api/v3/users/ada", () -> user.getUrl().toString());
        check("page", local.base() + "/ada", () -> user.getHtmlUrl().toString());
        holds("avatar", () -> user.getAvatarUrl().contains("/avatars/u/" + user.getId()));
        holds(
                "avatar is there",
                () -> URI.create(user.getAvatarUrl()).toURL().openStream().read() == '<');
        holds("creation", () -> user.getCreatedAt().before(new Date(System.currentTimeMillis() + 60_000)));
        check("followers", 0, user::getFollowersCount);
        check("site administrator", false, user::isSiteAdmin);
        holds("users", () -> anonymous.listUsers().toList().stream()
                .anyMatch(one -> one.getLogin().equals("bob")));
        works("events", () -> all(user.listEvents()));
        check("nobody", true, () -> {
            try {
                anonymous.getUser("no-such-user");
                return false;
            } catch (GHFileNotFoundException e) {
                return true;
            }
        });
        GHOrganization acme = ada.getOrganization("acme");
        check("organization", "acme", acme::getLogin);
        holds("organization's node id", () -> acme.getNodeId().startsWith("O_"));
        check("organization's page", local.base() + "/acme", () -> acme.getHtmlUrl()
                .toString());
        holds("organizations", () -> anonymous.listOrganizations().toList().stream()
                .anyMatch(one -> one.getLogin().equals("acme")));
        holds("own organizations", () -> ada.getMyOrganizations().containsKey("acme"));
        holds(
                "organizations of a user",
                () -> anonymous.getUserPublicOrganizations("ada").containsKey("acme"));
        holds("member", () -> acme.hasMember(ada.getMyself()));
        holds("public member", () -> acme.hasPublicMember(ada.getMyself()));
        check("no member", false, () -> acme.hasMember(bob.getMyself()));
        check("members", List.of("ada"), () -> acme.listMembers().toList().stream()
                .map(GHUser::getLogin)
                .toList());
        check("admins", 1, () -> acme.listMembersWithRole("admin").toList().size());
        check("role", GHMembership.Role.ADMIN, () -> ada.getMyself()
                .getMembership(acme)
                .getRole());
        check(
                "memberships",
                1,
                () -> ada.getMyself().listOrgMemberships().toList().size());
        check(
                "a repository of the organization",
                "acme/rocket",
                () -> acme.createRepository("rocket").private_(true).create().getFullName());
        check("repositories of the organization", 1, () -> acme.listRepositories()
                .toList()
                .size());
        works("events of the organization", () -> all(acme.listEvents()));
        works("meta", ada::getMeta);
        check("nobody's client", true, anonymous::isAnonymous);
        check("invalid credentials", false, () -> new GitHubBuilder()
                .withEndpoint(local.base() + "/api/v3")
                .withOAuthToken("of-nobody")
                .build()
                .isCredentialValid());
        holds("is a member", () -> ada.getMyself().isMemberOf(acme));
        holds("is one in public", () -> anonymous.getUser("ada").isPublicMemberOf(acme));
        check("gists", 0, user::getPublicGistCount);
        check("who is followed", 0, user::getFollowingCount);
        works("public events", anonymous::getEvents);
        works("public events of a user", () -> anonymous.getUserPublicEvents("ada"));
        done(45);
    }

    @Test
    void repositories() throws Exception {
        GHRepository made = ada.createRepository("engine")
                .description("A machine")
                .homepage("https://example.org")
                .wiki(false)
                .create();
        check("stars at first", 0, made::getStargazersCount);
        check("forks at first", 0, made::getForksCount);
        check("open issues at first", 0, made::getOpenIssueCount);
        GHRepository read = anonymous.getRepository("ada/engine");
        check("id", made.getId(), read::getId);
        check("by id", "ada/engine", () -> anonymous
                .getRepositoryById(made.getId())
                .getFullName());
        check("description", "A machine", read::getDescription);
        check("homepage", "https://example.org", read::getHomepage);
        check("wiki", false, read::hasWiki);
        check("issues", true, read::hasIssues);
        check("private", false, read::isPrivate);
        check("visibility", GHRepository.Visibility.PUBLIC, read::getVisibility);
        check("fork", false, read::isFork);
        check("archived", false, read::isArchived);
        check("disabled", false, read::isDisabled);
        check("branch", "main", read::getDefaultBranch);
        check("owner", "ada", read::getOwnerName);
        check("owner's account", "ada", () -> read.getOwner().getLogin());
        holds("node id", () -> read.getNodeId().startsWith("R_"));
        check("url", local.base() + "/api/v3/repos/ada/engine", () -> read.getUrl()
                .toString());
        check("page", local.base() + "/ada/engine", () -> read.getHtmlUrl().toString());
        check("over HTTP", local.base() + "/ada/engine.git", read::getHttpTransportUrl);
        check("over SSH", "git@127.0.0.1:ada/engine.git", read::getSshUrl);
        check("over git", "git://127.0.0.1/ada/engine.git", read::getGitTransportUrl);
        check("by Subversion", local.base() + "/ada/engine", read::getSvnUrl);
        check("mirror", null, read::getMirrorUrl);
        check("size", 0, read::getSize);
        check("subscribers", 0, read::getSubscribersCount);
        holds("pushed", () -> read.getPushedAt() != null);
        GHRepository own = ada.getRepository("ada/engine");
        check("may push", true, own::hasPushAccess);
        check("may administrate", true, own::hasAdminAccess);
        check(
                "changed",
                "Better",
                () -> own.update().description("Better").done().getDescription());
        own.setHomepage("https://example.com");
        check("another homepage", "https://example.com", () -> ada.getRepository("ada/engine")
                .getHomepage());
        own.setTopics(List.of("analysis", "machines"));
        check("topics", List.of("analysis", "machines"), own::listTopics);
        bob.getRepository("ada/engine").star();
        check("stars", 1, () -> anonymous.getRepository("ada/engine").getStargazersCount());
        check("watchers", 1, () -> anonymous.getRepository("ada/engine").getWatchersCount());
        check("who starred", List.of("bob"), () -> read.listStargazers().toList().stream()
                .map(GHUser::getLogin)
                .toList());
        holds("when", () -> read.listStargazers2().toList().getFirst().getStarredAt() != null);
        check(
                "starred by",
                List.of("engine"),
                () -> anonymous.getUser("bob").listStarredRepositories().toList().stream()
                        .map(GHRepository::getName)
                        .toList());
        GHRepository fork = bob.getRepository("ada/engine").fork();
        check("the fork", "bob/engine", fork::getFullName);
        check("is one", true, fork::isFork);
        check("of", "ada/engine", () -> bob.getRepository("bob/engine")
                .getParent()
                .getFullName());
        check("in the network of", "ada/engine", () -> bob.getRepository("bob/engine")
                .getSource()
                .getFullName());
        check("forks", List.of("bob/engine"), () -> read.listForks().toList().stream()
                .map(GHRepository::getFullName)
                .toList());
        check("their number", 1, () -> anonymous.getRepository("ada/engine").getForksCount());
        bob.getRepository("ada/engine").unstar();
        check("unstarred", 0, () -> anonymous.getRepository("ada/engine").getStargazersCount());
        check("permission of the owner", GHPermissionType.ADMIN, () -> own.getPermission("ada"));
        check("permission of others", GHPermissionType.READ, () -> own.getPermission("bob"));
        check("collaborators", Set.of("ada"), own::getCollaboratorNames);
        check("no collaborator", false, () -> own.isCollaborator(bob.getMyself()));
        check("assignable", List.of("ada"), () -> read.listAssignees().toList().stream()
                .map(GHUser::getLogin)
                .toList());
        holds("can be assigned", () -> read.hasAssignee(ada.getMyself()));
        holds("own repositories", () -> ada.getMyself().getAllRepositories().containsKey("engine"));
        holds(
                "repositories of a user",
                () -> anonymous.getUser("ada").getRepositories().containsKey("engine"));
        holds("public repositories", () -> StreamSupport.stream(
                        anonymous.listAllPublicRepositories().spliterator(), false)
                .anyMatch(one -> one.getFullName().equals("ada/engine")));
        GHRepository other = ada.createRepository("former").create();
        other.renameTo("later");
        check("renamed", "ada/later", () -> ada.getRepository("ada/later").getFullName());
        check("under its former name", "ada/later", () -> ada.getRepository("ada/former")
                .getFullName());
        other = ada.getRepository("ada/later");
        other.archive();
        check("archived now", true, () -> ada.getRepository("ada/later").isArchived());
        other.delete();
        check("gone", true, () -> {
            try {
                ada.getRepository("ada/later");
                return false;
            } catch (GHFileNotFoundException e) {
                return true;
            }
        });
        works("events", () -> all(read.listEvents()));
        check("languages", Map.of(), read::listLanguages);
        check("subscribers now", 0, () -> read.listSubscribers().toList().size());
        check("downloads", true, read::hasDownloads);
        check("pages", false, read::hasPages);
        check("template", false, read::isTemplate);
        check("projects", true, read::hasProjects);
        check("topics by anybody", List.of("analysis", "machines"), read::listTopics);
        done(65);
    }

    @Test
    void milestones() throws Exception {
        GHRepository mine = ada.createRepository("planned").create();
        GHMilestone first = mine.createMilestone("v1", "All of it.");
        GHMilestone second = mine.createMilestone("v2", "");
        check("title", "v1", first::getTitle);
        check("description", "All of it.", first::getDescription);
        check("number", 1, first::getNumber);
        check("state", GHMilestoneState.OPEN, first::getState);
        check("creator", "ada", () -> first.getCreator().getLogin());
        check("no due date", null, first::getDueOn);
        holds("node id", () -> first.getNodeId().startsWith("MI_"));
        check("url", local.base() + "/api/v3/repos/ada/planned/milestones/1", () -> first.getUrl()
                .toString());
        check("page", local.base() + "/ada/planned/milestone/1", () -> first.getHtmlUrl()
                .toString());
        Date due = Date.from(Instant.parse("2027-01-01T08:00:00Z"));
        first.setDueOn(due);
        first.setTitle("v1.0");
        first.setDescription("Nearly all of it.");
        check("due on", due, () -> milestone(1).getDueOn());
        check("another title", "v1.0", () -> milestone(1).getTitle());
        check("another description", "Nearly all of it.", () -> milestone(1).getDescription());
        GHIssue issue = mine.createIssue("Note G").milestone(first).create();
        check("of a new issue", "v1.0", () -> issue.getMilestone().getTitle());
        GHPullRequest pull = mine.createPullRequest("Loops", "loops", "main", null);
        pull.setMilestone(milestone(1));
        check("of a pull request", 1, () -> mine.getPullRequest(2)
                .getMilestone()
                .getNumber());
        check("open issues", 2, () -> milestone(1).getOpenIssues());
        issue.close();
        check("closed issues", 1, () -> milestone(1).getClosedIssues());
        check("of a closed issue", "v1.0", () -> mine.getIssue(1).getMilestone().getTitle());
        check("by milestone", List.of(2), () -> all(
                        mine.queryIssues().milestone("1").list())
                .stream()
                .map(GHIssue::getNumber)
                .toList());
        check("issues of it", List.of(1), () -> mine.getIssues(GHIssueState.CLOSED, first).stream()
                .map(GHIssue::getNumber)
                .toList());
        check("none planned", 0, () -> all(mine.queryIssues().milestone("none").list())
                .size());
        check("any", 1, () -> all(mine.queryIssues().milestone("*").list()).size());
        check("milestones", List.of(1, 2), () -> all(mine.listMilestones(GHIssueState.OPEN)).stream()
                .map(GHMilestone::getNumber)
                .toList());
        second.close();
        check("closed", GHMilestoneState.CLOSED, () -> milestone(2).getState());
        holds("closed at", () -> milestone(2).getClosedAt() != null);
        check("open ones", 1, () -> all(mine.listMilestones(GHIssueState.OPEN)).size());
        second.reopen();
        check("open again", GHMilestoneState.OPEN, () -> milestone(2).getState());
        second.delete();
        check("deleted", 1, () -> all(mine.listMilestones(GHIssueState.ALL)).size());
        check("what happened", List.of("milestoned", "closed"), () -> all(
                        mine.getIssue(1).listEvents())
                .stream()
                .map(GHIssueEvent::getEvent)
                .toList());
        check("with it", "v1.0", () -> all(mine.getIssue(1).listEvents())
                .getFirst()
                .getMilestone()
                .getTitle());
        mine.getIssue(1).setMilestone(null);
        check("taken back", null, () -> mine.getIssue(1).getMilestone());
        done(30);
    }

    @Test
    void watchingAndMemberships() throws Exception {
        GHRepository mine = ada.createRepository("noticed").create();
        GHRepository seen = bob.getRepository("ada/noticed");
        check("no subscription", null, seen::getSubscription);
        GHSubscription subscription = seen.subscribe(true, false);
        check("subscribed", true, subscription::isSubscribed);
        check("not ignored", false, subscription::isIgnored);
        holds("since", () -> subscription.getCreatedAt() != null);
        check("repository", local.base() + "/api/v3/repos/ada/noticed", subscription::getRepositoryUrl);
        check("asked for", true, () -> seen.getSubscription().isSubscribed());
        check("subscribers", List.of("bob"), () -> all(mine.listSubscribers()).stream()
                .map(GHUser::getLogin)
                .toList());
        check("how many", 1, () -> anonymous.getRepository("ada/noticed").getSubscribersCount());
        check("watched", List.of("ada/noticed"), () -> all(
                        anonymous.getUser("bob").listSubscriptions())
                .stream()
                .map(GHRepository::getFullName)
                .toList());
        check("ignored", true, () -> seen.subscribe(false, true).isIgnored());
        check("no subscriber", 0, () -> all(mine.listSubscribers()).size());
        seen.getSubscription().delete();
        check("none again", null, seen::getSubscription);

        check("addresses", List.of("bob@example.org"), () -> all(bob.getMyself().listEmails()).stream()
                .map(GHEmail::getEmail)
                .toList());
        check("primary", true, () -> all(bob.getMyself().listEmails())
                .getFirst()
                .isPrimary());
        check("verified", true, () -> all(bob.getMyself().listEmails())
                .getFirst()
                .isVerified());

        GHOrganization acme = ada.getOrganization("acme");
        check("member", true, () -> acme.hasPublicMember(ada.getMyself()));
        acme.conceal(ada.getMyself());
        check("concealed", false, () -> acme.hasPublicMember(ada.getMyself()));
        check(
                "concealed from others",
                List.of(),
                () -> all(anonymous.getOrganization("acme").listMembers()));
        check("not from members", List.of("ada"), () -> all(acme.listMembers()).stream()
                .map(GHUser::getLogin)
                .toList());
        acme.publicize(ada.getMyself());
        check("public", List.of("ada"), () -> all(
                        anonymous.getOrganization("acme").listPublicMembers())
                .stream()
                .map(GHUser::getLogin)
                .toList());
        check("outside collaborators", List.of(), () -> all(acme.listOutsideCollaborators()));
        done(20);
    }

    /** One that this client has not met. */
    private static GHMilestone milestone(int number) throws Exception {
        return ada.getRepository("ada/planned").getMilestone(number);
    }

    @Test
    void issuesAndPullRequests() throws Exception {
        GHRepository mine = ada.createRepository("notes").create();
        GHLabel bug = mine.createLabel("bug", "d73a4a", "It breaks");
        check("label", "bug", bug::getName);
        check("its colour", "d73a4a", bug::getColor);
        check("its description", "It breaks", bug::getDescription);
        holds("its node id", () -> bug.getNodeId().startsWith("LA_"));
        mine.createLabel("area/core", "0052cc");
        check("a label with a slash", "area/core", () -> mine.getLabel("area/core")
                .getName());
        check(
                "changed",
                "fbca04",
                () -> mine.getLabel("area/core").set().color("fbca04").getColor());
        check("labels", 2, () -> mine.listLabels().toList().size());

        GHIssue issue = mine.createIssue("Note G")
                .body("Numbers")
                .label("bug")
                .assignee("ada")
                .create();
        check("number", 1, issue::getNumber);
        GHPullRequest pull = mine.createPullRequest("Loops", "loops", "main", "Again and again");
        check("the next number", 2, pull::getNumber);
        GHIssue read = anonymous.getRepository("ada/notes").getIssue(1);
        check("title", "Note G", read::getTitle);
        check("body", "Numbers", read::getBody);
        check("author", "ada", () -> read.getUser().getLogin());
        check("state", GHIssueState.OPEN, read::getState);
        check("assignee", "ada", () -> read.getAssignee().getLogin());
        check("assignees", 1, () -> read.getAssignees().size());
        check("its labels", List.of("bug"), () -> read.getLabels().stream()
                .map(GHLabel::getName)
                .toList());
        check("no pull request", false, read::isPullRequest);
        check("locked", false, read::isLocked);
        check("milestone", null, read::getMilestone);
        holds("node id", () -> read.getNodeId().startsWith("I_"));
        check("page", local.base() + "/ada/notes/issues/1", () -> read.getHtmlUrl()
                .toString());
        check("url", local.base() + "/api/v3/repos/ada/notes/issues/1", () -> read.getUrl()
                .toString());
        GHIssue asIssue = anonymous.getRepository("ada/notes").getIssue(2);
        check("a pull request is an issue", true, asIssue::isPullRequest);
        check("and leads to it", local.base() + "/ada/notes/pull/2", () -> asIssue.getPullRequest()
                .getUrl()
                .toString());
        check("open issues", 2, () -> anonymous.getRepository("ada/notes").getOpenIssueCount());
        check(
                "issues",
                List.of(2, 1),
                () -> all(anonymous.getRepository("ada/notes").listIssues(GHIssueState.OPEN)).stream()
                        .map(GHIssue::getNumber)
                        .toList());
        check(
                "by label",
                1,
                () -> mine.queryIssues().label("bug").list().toList().size());
        check(
                "by assignee",
                1,
                () -> mine.queryIssues().assignee("ada").list().toList().size());
        check(
                "by creator",
                2,
                () -> mine.queryIssues().creator("ada").list().toList().size());

        GHIssueComment comment = bob.getRepository("ada/notes").getIssue(1).comment("I see.");
        check("comment", "I see.", comment::getBody);
        check("by", "bob", () -> comment.getUser().getLogin());
        check(
                "its page",
                local.base() + "/ada/notes/issues/1#issuecomment-" + comment.getId(),
                () -> comment.getHtmlUrl().toString());
        comment.update("I see that, too.");
        check("comments", List.of("I see that, too."), () -> mine.getIssue(1).listComments().toList().stream()
                .map(GHIssueComment::getBody)
                .toList());
        check("their number", 1, () -> mine.getIssue(1).getCommentsCount());
        check("by update", List.of(1, 2), () -> {
            GHIssueQueryBuilder query = mine.queryIssues().sort(GHIssueQueryBuilder.Sort.UPDATED);
            return mine.queryIssues().direction(GHDirection.DESC).sort(GHIssueQueryBuilder.Sort.UPDATED) == null
                    ? List.of()
                    : ((GHIssueQueryBuilder.ForRepository) query)
                            .list().toList().stream().map(GHIssue::getNumber).toList();
        });
        GHReaction heart = comment.createReaction(ReactionContent.HEART);
        check("reaction", ReactionContent.HEART, heart::getContent);
        check("reactions", 1, () -> comment.listReactions().toList().size());
        comment.deleteReaction(heart);
        check("none any more", 0, () -> comment.listReactions().toList().size());
        check("on the issue", ReactionContent.ROCKET, () -> issue.createReaction(ReactionContent.ROCKET)
                .getContent());
        comment.delete();
        check("no comments", 0, () -> mine.getIssue(1).listComments().toList().size());

        issue.addLabels("area/core");
        check("two labels", 2, () -> mine.getIssue(1).getLabels().size());
        issue.removeLabel("area/core");
        check("one label", 1, () -> mine.getIssue(1).getLabels().size());
        issue.setLabels();
        check("no labels", 0, () -> mine.getIssue(1).getLabels().size());
        issue.removeAssignees(ada.getMyself());
        check("nobody", 0, () -> mine.getIssue(1).getAssignees().size());
        issue.setAssignees(ada.getMyself());
        check("somebody", 1, () -> mine.getIssue(1).getAssignees().size());
        issue.setTitle("Note H");
        check("another title", "Note H", () -> mine.getIssue(1).getTitle());
        issue.setBody("Other numbers");
        check("another body", "Other numbers", () -> mine.getIssue(1).getBody());
        issue.lock();
        check("locked now", true, () -> mine.getIssue(1).isLocked());
        issue.unlock();
        check("unlocked", false, () -> mine.getIssue(1).isLocked());
        issue.close(GHIssueStateReason.NOT_PLANNED);
        check("closed", GHIssueState.CLOSED, () -> mine.getIssue(1).getState());
        check("why", GHIssueStateReason.NOT_PLANNED, () -> mine.getIssue(1).getStateReason());
        check("by whom", "ada", () -> mine.getIssue(1).getClosedBy().getLogin());
        check("closed issues", 1, () -> mine.getIssues(GHIssueState.CLOSED).size());
        issue.reopen();
        check("open again", GHIssueState.OPEN, () -> mine.getIssue(1).getState());
        check("history", true, () -> mine.getIssue(1).listEvents().toList().stream()
                .map(GHIssueEvent::getEvent)
                .toList()
                .containsAll(List.of("labeled", "unlabeled", "assigned", "renamed", "locked", "closed", "reopened")));
        holds("histories", () -> mine.listIssueEvents().toList().stream().allMatch(e -> e.getIssue() != null));

        check("head", "loops", () -> pull.getHead().getRef());
        check("base", "main", () -> pull.getBase().getRef());
        check("base's repository", "ada/notes", () -> pull.getBase()
                .getRepository()
                .getFullName());
        check("its open issues", 2, () -> pull.getBase().getRepository().getOpenIssueCount());
        check("merged", false, pull::isMerged);
        check("mergeable", true, pull::getMergeable);
        check("draft", false, pull::isDraft);
        check("commits", 0, pull::getCommits);
        check("changed files", 0, pull::getChangedFiles);
        check("reviewers", 0, () -> pull.getRequestedReviewers().size());
        check("teams", 0, () -> pull.getRequestedTeams().size());
        holds("its node id", () -> pull.getNodeId().startsWith("PR_"));
        check("its page", local.base() + "/ada/notes/pull/2", () -> pull.getHtmlUrl()
                .toString());
        check("diff", local.base() + "/ada/notes/pull/2.diff", () -> pull.getDiffUrl()
                .toString());
        check("patch", local.base() + "/ada/notes/pull/2.patch", () -> pull.getPatchUrl()
                .toString());
        check("as an issue", local.base() + "/api/v3/repos/ada/notes/issues/2", () -> pull.getIssueUrl()
                .toString());
        check("comment on it", "Why?", () -> pull.comment("Why?").getBody());
        check("there", 1, () -> pull.listComments().toList().size());
        check("not in the diff", 0, () -> pull.listReviewComments().toList().size());
        GHPullRequestReviewComment line = pull.createReviewComment("This line", SHA, "engine.txt", 7);
        check("in the diff", "engine.txt", line::getPath);
        check("where", 7, line::getPosition);
        check("the answer", line.getId(), () -> line.reply("Which?").getInReplyToId());
        check("both", 2, () -> pull.listReviewComments().toList().size());
        line.update("This very line");
        check(
                "changed there",
                "This very line",
                () -> pull.listReviewComments().toList().getFirst().getBody());
        check("on that", ReactionContent.EYES, () -> line.createReaction(ReactionContent.EYES)
                .getContent());
        pull.addLabels("bug");
        check("labelled", 1, () -> mine.getPullRequest(2).getLabels().size());
        pull.addAssignees(ada.getMyself());
        check("assigned", 1, () -> mine.getPullRequest(2).getAssignees().size());
        pull.setTitle("More loops");
        check("titled", "More loops", () -> mine.getPullRequest(2).getTitle());
        check("another base", "next", () -> pull.setBaseBranch("next").getBase().getRef());
        check("refreshed", "next", () -> {
            pull.refresh();
            return pull.getBase().getRef();
        });
        check("pull requests", 1, () -> mine.getPullRequests(GHIssueState.OPEN).size());
        check(
                "by head",
                1,
                () -> mine.queryPullRequests().head("ada:loops").list().toList().size());
        check(
                "by base",
                0,
                () -> mine.queryPullRequests().base("main").list().toList().size());
        pull.merge("Done");
        check("merged now", true, () -> mine.getPullRequest(2).isMerged());
        check("merged by", "ada", () -> mine.getPullRequest(2).getMergedBy().getLogin());
        holds("merge commit", () -> mine.getPullRequest(2).getMergeCommitSha().length() == 40);
        check("closed with that", GHIssueState.CLOSED, () -> mine.getIssue(2).getState());
        check("its history", true, () -> mine.getIssue(2).listEvents().toList().stream()
                .map(GHIssueEvent::getEvent)
                .toList()
                .containsAll(List.of("labeled", "assigned", "merged", "closed")));
        GHPullRequest second = mine.createPullRequest("Cards", "cards", "main", null);
        second.close();
        check("closed pull requests", 2, () -> mine.getPullRequests(GHIssueState.CLOSED)
                .size());
        second.reopen();
        check("open pull requests", 1, () -> mine.getPullRequests(GHIssueState.OPEN)
                .size());

        List<GHEventInfo> events = all(mine.listEvents());
        holds("events of issues", () -> events.stream().anyMatch(e -> e.getType() == GHEvent.ISSUES));
        holds("of pull requests", () -> events.stream().anyMatch(e -> e.getType() == GHEvent.PULL_REQUEST));
        holds("of comments", () -> events.stream().anyMatch(e -> e.getType() == GHEvent.ISSUE_COMMENT));
        holds("of comments in diffs", () -> events.stream()
                .anyMatch(e -> e.getType() == GHEvent.PULL_REQUEST_REVIEW_COMMENT));
        check("with what they tell of", true, () -> {
            for (GHEventInfo event : events) {
                if (event.getType() == GHEvent.PULL_REQUEST
                        && event.getPayload(GHEventPayload.PullRequest.class)
                                        .getPullRequest()
                                        .getHead()
                                        .getRef()
                                == null) {
                    return false;
                }
                if (event.getType() == GHEvent.ISSUES
                        && event.getPayload(GHEventPayload.Issue.class)
                                        .getIssue()
                                        .getTitle()
                                == null) {
                    return false;
                }
            }
            return true;
        });
        bug.delete();
        check("a label less", 1, () -> mine.listLabels().toList().size());
        check(
                "renamed label",
                "core",
                () -> mine.getLabel("area/core").update().name("core").done().getName());
        check("usual label", false, () -> mine.getLabel("core").isDefault());
        done(103);
    }
}
