package org.forgelog.api.representation;

import java.nio.charset.StandardCharsets;
import org.springframework.web.util.UriUtils;

/**
 * Makes the links of representations. A link is there only when we serve what it points to.
 *
 * @param base scheme, host and port that the client used, without a slash at the end
 */
public record Links(String base) {

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

    public String issueComment(String owner, String name, long id) {
        return repository(owner, name) + "/issues/comments/" + id;
    }

    public String reviewComment(String owner, String name, long id) {
        return repository(owner, name) + "/pulls/comments/" + id;
    }
}
