package org.forgelog.standalone;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An extract of GitHub's own published description, to hold answers against: {@code github/rest-description.json}, which
 * names its source. Answers may have more fields than it knows, but none of another type, and all that it requires.
 */
final class GitHubDescription {

    private final Description description;

    private GitHubDescription(Description description) {
        this.description = description;
    }

    static GitHubDescription load() {
        try (InputStream json =
                Objects.requireNonNull(GitHubDescription.class.getResourceAsStream("/github/rest-description.json"))) {
            return new GitHubDescription(Description.open(new String(json.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What is wrong with a successful answer of the operation with this id; nothing, when GitHub has none. */
    List<String> problems(String id, String method, URI uri, int status, HttpHeaders headers, String body) {
        // A route of our own may look like one of GitHub's with another name in it.
        Optional<Description.Operation> operation =
                description.operation(method, uri).filter(known -> known.id().equals(id));
        if (operation.isEmpty() || status >= 300) {
            return List.of();
        }
        return description.problems(operation.get(), status, headers, body).stream()
                .map(problem -> "by GitHub's description: " + problem)
                .toList();
    }

    /** The operations of GitHub's that are held against it. */
    int size() {
        return description.operations().size();
    }
}
