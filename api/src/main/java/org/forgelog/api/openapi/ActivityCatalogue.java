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

/** Stars and feeds. */
final class ActivityCatalogue {

    private static final String STAR = "/user/starred/{owner}/{repo}";
    private static final String DATED =
            "With the date of each star when `Accept` asks for `application/vnd.github.v3.star+json`.";

    private ActivityCatalogue() {}

    static List<Operation> all() {
        List<Operation> all = new ArrayList<>(stars());
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
                        .about(what + " Of the 100 repositories that were changed last.")
                        .numbered(event, perPage),
                get(
                                "/networks/{owner}/{repo}/events",
                                "activity/list-public-events-for-repo-network",
                                "What happened in public in a repository and those it was forked from and to")
                        .about(what + " Of 100 repositories, the newest forks.")
                        .numbered(event, perPage),
                get("/events", "activity/list-public-events", "What happened in public")
                        .about(what)
                        .numbered(event, Parameters.FEW_PER_PAGE));
    }

    private static List<Operation> stars() {
        Schema starred = Schema.anyOf(Schema.of(RepositoryJson.class), Schema.of(StarredRepository.class));
        return List.of(
                get(STAR, "activity/check-repo-is-starred-by-authenticated-user", "Whether the caller starred it")
                        .by(Audience.USER)
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
                        .list(starred),
                get("/users/{username}/starred", "activity/list-repos-starred-by-user", "What a user starred")
                        .about(DATED)
                        .query("Star", Parameters.STAR_SORT, Parameters.NEWEST_FIRST)
                        .list(starred),
                get(REPOSITORY + "/stargazers", "activity/list-stargazers-for-repo", "Who starred a repository")
                        .about(DATED)
                        .list(Schema.anyOf(Schema.of(SimpleUser.class), Schema.of(Stargazer.class))));
    }
}
