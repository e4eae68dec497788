package org.forgelog.api.representation;

import java.nio.charset.StandardCharsets;
import org.forgelog.domain.comment.CommentPlace;
import org.springframework.web.util.UriUtils;

/**
 * Makes the links of representations.
 *
 * @param base scheme, host, port and prefix that the client used, without a slash at the end
 * @param web where people look at the same things in a browser, likewise
 */
public record Links(String base, String web) {

    /** A page for people. */
    String html(String path) {
        return web + "/" + path;
    }

    String avatar(long account) {
        return base + "/avatars/u/" + account + "?v=4";
    }

    String gitProtocol(String path) {
        return "git://" + host() + "/" + path + ".git";
    }

    String ssh(String path) {
        return "git@" + host() + ":" + path + ".git";
    }

    String issuePath(RepositoryRef repository, long number) {
        return repository.path() + "/issues/" + number;
    }

    String pullPath(RepositoryRef repository, long number) {
        return repository.path() + "/pull/" + number;
    }

    String conversationPath(RepositoryRef repository, CommentPlace place) {
        return switch (place.conversation()) {
            case ISSUE -> issuePath(repository, place.number());
            case PULL_REQUEST -> pullPath(repository, place.number());
        };
    }

    private String host() {
        return web.replaceFirst("^[a-z]+://", "").replaceFirst("[:/].*$", "");
    }

    public String user(String login) {
        return base + "/users/" + login;
    }

    public String organization(String login) {
        return base + "/orgs/" + login;
    }

    public String repository(String owner, String name) {
        return base + "/repos/" + owner + "/" + name;
    }

    public String issue(String owner, String name, long number) {
        return repository(owner, name) + "/issues/" + number;
    }

    public String pull(String owner, String name, long number) {
        return repository(owner, name) + "/pulls/" + number;
    }

    public String label(String owner, String name, String label) {
        return repository(owner, name) + "/labels/" + UriUtils.encodePathSegment(label, StandardCharsets.UTF_8);
    }

    public String milestone(String owner, String name, long number) {
        return repository(owner, name) + "/milestones/" + number;
    }

    public String commit(String owner, String name, String sha) {
        return repository(owner, name) + "/commits/" + sha;
    }

    public String issueEvent(String owner, String name, long id) {
        return repository(owner, name) + "/issues/events/" + id;
    }

    public String issueComment(String owner, String name, long id) {
        return repository(owner, name) + "/issues/comments/" + id;
    }

    public String reviewComment(String owner, String name, long id) {
        return repository(owner, name) + "/pulls/comments/" + id;
    }
}
