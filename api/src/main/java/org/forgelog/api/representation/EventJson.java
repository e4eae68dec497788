package org.forgelog.api.representation;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Map;
import org.forgelog.domain.repository.RepositoryId;

/**
 * An entry of a feed (GitHub's {@code event}).
 *
 * @param id ascends with time
 * @param type GitHub's name for what happened, such as {@code IssuesEvent}
 * @param payload what it happened to, by the type
 * @param isPublic whether everybody may see it
 */
public record EventJson(
        String id,
        String type,
        Actor actor,
        Repo repo,
        Map<String, Object> payload,
        @JsonProperty("public") boolean isPublic,
        Instant createdAt) {

    /** Whoever did it. */
    public record Actor(long id, String login, String displayLogin, String gravatarId, String url, String avatarUrl) {

        public static Actor of(SimpleUser user) {
            return new Actor(
                    user.id(),
                    user.login(),
                    user.login(),
                    "",
                    user.links().url(),
                    user.links().avatarUrl());
        }
    }

    /** Where it happened. */
    public record Repo(long id, String name, String url) {

        public static Repo of(Links links, RepositoryId id, RepositoryRef ref) {
            return new Repo(
                    id.value(), ref.ownerLogin() + "/" + ref.name(), links.repository(ref.ownerLogin(), ref.name()));
        }
    }
}
