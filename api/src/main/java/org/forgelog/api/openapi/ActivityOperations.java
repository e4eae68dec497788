package org.forgelog.api.openapi;

import static org.forgelog.api.openapi.Operation.delete;
import static org.forgelog.api.openapi.Operation.get;
import static org.forgelog.api.openapi.Operation.put;
import static org.forgelog.api.openapi.RepositoryOperations.REPOSITORY;

import java.util.List;
import org.forgelog.api.openapi.Operation.Access;
import org.forgelog.api.representation.RepositoryJson;
import org.forgelog.api.representation.SimpleUser;
import org.forgelog.api.representation.Stargazer;
import org.forgelog.api.representation.StarredRepository;

/** Stars. */
final class ActivityOperations {

    private static final String STAR = "/user/starred/{owner}/{repo}";
    private static final String DATED =
            "With the date of each star when `Accept` asks for `application/vnd.github.v3.star+json`.";

    private ActivityOperations() {}

    static List<Operation> all() {
        Schema starred = Schema.anyOf(Schema.of(RepositoryJson.class), Schema.of(StarredRepository.class));
        return List.of(
                get(STAR, "activity/check-repo-is-starred-by-authenticated-user", "Whether the caller starred it")
                        .by(Access.USER)
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
                        .by(Access.USER)
                        .about(DATED)
                        .query(Parameter.words("sort", "created", "updated"), Parameter.NEWEST_FIRST)
                        .list(starred),
                get("/users/{username}/starred", "activity/list-repos-starred-by-user", "What a user starred")
                        .about(DATED)
                        .query(Parameter.words("sort", "created", "updated"), Parameter.NEWEST_FIRST)
                        .list(starred),
                get(REPOSITORY + "/stargazers", "activity/list-stargazers-for-repo", "Who starred a repository")
                        .about(DATED)
                        .list(Schema.anyOf(Schema.of(SimpleUser.class), Schema.of(Stargazer.class))));
    }
}
