package org.forgelog.api.openapi;

import static org.forgelog.api.openapi.Operation.delete;
import static org.forgelog.api.openapi.Operation.get;
import static org.forgelog.api.openapi.Operation.put;
import static org.forgelog.api.openapi.RepositoryCatalogue.REPOSITORY;

import java.util.ArrayList;
import java.util.List;
import org.forgelog.api.openapi.Operation.Audience;
import org.forgelog.api.representation.EventJson;
import org.forgelog.api.representation.RepositoryJson;
import org.forgelog.api.representation.SimpleUser;
import org.forgelog.api.representation.Stargazer;
import org.forgelog.api.representation.StarredRepository;
import org.forgelog.api.representation.SubscriptionJson;

/** Stars and feeds. */
final class ActivityCatalogue {

    private static final String STAR = "/user/starred/{owner}/{repo}";
    private static final String DATED =
            "With the date of each star when `Accept` asks for `application/vnd.github.v3.star+json`.";

    private ActivityCatalogue() {}

    static List<Operation> all() {
        List<Operation> all = new ArrayList<>(stars());
        all.addAll(olderNames());
        all.addAll(subscriptions());
        all.addAll(feeds());
        return all;
    }

    private static List<Operation> feeds() {
        String what = "The newest 300 of the last 90 days, paged by number alone.";
        Parameter<Integer> perPage = Parameters.PER_PAGE;
        Schema event = Schema.of(EventJson.class);
        return List.of(
                get(REPOSITORY + "/events", "activity/list-repo-events", "What happened in a repository")
                        .about(what)
                        .numbered(event, perPage),
                get("/users/{username}/events", "activity/list-events-for-authenticated-user", "What a user did")
                        .about(what + " With what only the caller and a few others may see.")
                        .numbered(event, perPage),
                get(
                                "/users/{username}/events/public",
                                "activity/list-public-events-for-user",
                                "What a user did in public")
                        .about(what)
                        .numbered(event, perPage),
                get(
                                "/orgs/{org}/events",
                                "activity/list-public-org-events",
                                "What happened in public in an organization")
                        .about(what + " Of the 1,000 repositories that were changed last.")
                        .numbered(event, perPage),
                get(
                                "/networks/{owner}/{repo}/events",
                                "activity/list-public-events-for-repo-network",
                                "What happened in public in a repository and those it was forked from and to")
                        .about(what + " Of 1,000 repositories, the newest forks.")
                        .numbered(event, perPage),
                get("/events", "activity/list-public-events", "What happened in public")
                        .about(what)
                        .numbered(event, Parameters.FEW_PER_PAGE));
    }

    /** What starring was called until 2012; clients of that time go on to ask for it. */
    private static List<Operation> olderNames() {
        String older = "The older name for stars. ";
        Schema starred = Schema.anyOf(Schema.of(RepositoryJson.class), Schema.of(StarredRepository.class));
        String watched = "/user/watched/{owner}/{repo}";
        List<Operation> operations = List.of(
                get(watched, "activity/check-repo-is-watched-legacy", "Whether the caller starred it")
                        .by(Audience.USER)
                        .about(older)
                        .done(),
                put(watched, "activity/watch-repo-legacy", "Star a repository")
                        .about(older)
                        .done(),
                delete(watched, "activity/stop-watching-repo-legacy", "Take a star back")
                        .about(older)
                        .done(),
                get("/user/watched", "activity/list-repos-watched-legacy", "The repositories that the caller starred")
                        .by(Audience.USER)
                        .about(older + DATED)
                        .query("Star", Parameters.STAR_SORT, Parameters.NEWEST_FIRST)
                        .ofAnyMoment()
                        .list(starred),
                get("/users/{username}/watched", "activity/list-repos-watched-by-user-legacy", "What a user starred")
                        .about(older + DATED)
                        .query("Star", Parameters.STAR_SORT, Parameters.NEWEST_FIRST)
                        .ofAnyMoment()
                        .list(starred),
                get(REPOSITORY + "/watchers", "activity/list-watchers-legacy", "Who starred a repository")
                        .about(older + DATED)
                        .ofAnyMoment()
                        .list(Schema.anyOf(Schema.of(SimpleUser.class), Schema.of(Stargazer.class))));
        operations.forEach(Operation::own);
        return operations;
    }

    private static List<Operation> subscriptions() {
        String subscription = REPOSITORY + "/subscription";
        return List.of(
                get(REPOSITORY + "/subscribers", "activity/list-watchers-for-repo", "Who watches a repository")
                        .list(SimpleUser.class),
                get(subscription, "activity/get-repo-subscription", "Whether the caller watches or ignores it, or 404")
                        .by(Audience.USER)
                        .ok(SubscriptionJson.class),
                put(subscription, "activity/set-repo-subscription", "Watch a repository, or ignore it")
                        .body(new Body().may("subscribed", Schema.flag()).may("ignored", Schema.flag()))
                        .ok(SubscriptionJson.class),
                delete(subscription, "activity/delete-repo-subscription", "Neither watch nor ignore a repository")
                        .done(),
                get(
                                "/user/subscriptions",
                                "activity/list-watched-repos-for-authenticated-user",
                                "The repositories that the caller watches")
                        .by(Audience.USER)
                        .list(RepositoryJson.class),
                get(
                                "/users/{username}/subscriptions",
                                "activity/list-repos-watched-by-user",
                                "The repositories that a user watches")
                        .list(RepositoryJson.class));
    }

    private static List<Operation> stars() {
        Schema starred = Schema.anyOf(Schema.of(RepositoryJson.class), Schema.of(StarredRepository.class));
        return List.of(
                get(STAR, "activity/check-repo-is-starred-by-authenticated-user", "Whether the caller starred it")
                        .by(Audience.USER)
                        .ofAnyMoment()
                        .done(),
                put(STAR, "activity/star-repo-for-authenticated-user", "Star a repository")
                        .about("Twice is once.")
                        .done(),
                delete(STAR, "activity/unstar-repo-for-authenticated-user", "Take a star back")
                        .done(),
                get(
                                "/user/starred",
                                "activity/list-repos-starred-by-authenticated-user",
                                "The repositories that the caller starred")
                        .by(Audience.USER)
                        .about(DATED)
                        .query("Star", Parameters.STAR_SORT, Parameters.NEWEST_FIRST)
                        .ofAnyMoment()
                        .list(starred),
                get("/users/{username}/starred", "activity/list-repos-starred-by-user", "What a user starred")
                        .about(DATED)
                        .query("Star", Parameters.STAR_SORT, Parameters.NEWEST_FIRST)
                        .ofAnyMoment()
                        .list(starred),
                get(REPOSITORY + "/stargazers", "activity/list-stargazers-for-repo", "Who starred a repository")
                        .about(DATED)
                        .ofAnyMoment()
                        .list(Schema.anyOf(Schema.of(SimpleUser.class), Schema.of(Stargazer.class))));
    }
}
