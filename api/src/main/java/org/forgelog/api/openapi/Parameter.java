package org.forgelog.api.openapi;

import java.util.LinkedHashMap;
import java.util.Map;
import org.forgelog.domain.account.Login;
import org.forgelog.domain.label.LabelName;
import org.forgelog.domain.repository.RepositoryName;
import org.jspecify.annotations.Nullable;

/**
 * A part of the path, of the query, or a header of a request.
 *
 * @param shared the name under which it is described once for all operations; {@code null} for one that a single
 *     operation has
 */
record Parameter(String in, String name, Schema schema, @Nullable String description, @Nullable String shared) {

    static final String QUERY = "query";
    private static final String HEADER = "header";
    private static final String PATH = "path";

    static final Parameter PER_PAGE = perPage(30).shared("per_page");
    static final Parameter PAGE = query(
                    "page", Schema.whole().with("minimum", 1).otherwise(1))
            .described("Which page. At most 1,000 entries are skipped this way; the links of the answers lead further.")
            .shared("page");
    static final Parameter CURSOR = query("cursor", Schema.text())
            .described("Where a page begins. Only ever taken from a link of an answer; signed, and good for a day.")
            .shared("cursor");
    static final Parameter SINCE = query("since", Schema.instant())
            .described("Only what was updated then or later.")
            .shared("since");
    static final Parameter AFTER_ID = query("since", Schema.id())
            .described("Only those with greater ids.")
            .shared("after_id");
    static final Parameter STATE = state("open").shared("state");
    static final Parameter ANY_STATE = state("all").shared("any_state");
    static final Parameter NEWEST_FIRST = direction("desc").shared("newest_first");
    static final Parameter OLDEST_FIRST = direction("asc").shared("oldest_first");
    static final Parameter DIRECTION = query("direction", Schema.words("asc", "desc"))
            .described("Ascending by name and descending by time, unless it is said here.")
            .shared("direction");

    static final Parameter API_VERSION = header("X-GitHub-Api-Version", Schema.words("2022-11-28"))
            .described("Any other version is refused.")
            .shared("api_version");
    static final Parameter POSITION = header("X-Forgelog-Position", Schema.text())
            .described("The position that a write answered: the read waits until it sees that write, or answers 503.")
            .shared("position");
    static final Parameter IF_NONE_MATCH = header("If-None-Match", Schema.text())
            .described("The `ETag` of an answer: 304 when it would be the same.")
            .shared("if_none_match");
    static final Parameter IF_MODIFIED_SINCE = header("If-Modified-Since", Schema.text())
            .described("The `Last-Modified` of an answer: 304 when it would be the same. Does not count beside a tag.")
            .shared("if_modified_since");
    static final Parameter IDEMPOTENCY_KEY = header("Idempotency-Key", Schema.text(255))
            .described("The same request with the same key is carried out once within a day;"
                    + " another request with that key is refused.")
            .shared("idempotency_key");
    static final Parameter PREFER = header("Prefer", Schema.text())
            .described("`respond-async`: answer without waiting for reads to see it.")
            .shared("prefer");

    private static final Schema LOGIN = Schema.text(Login.LIMIT);

    /** All names that stand in braces in a path. */
    private static final Map<String, Parameter> OF_PATHS = paths(
            path("owner", LOGIN, "The login of the account that owns the repository, in any case."),
            path("repo", Schema.text(RepositoryName.LIMIT), "The repository's name, in any case."),
            path("username", LOGIN, "A login, in any case."),
            path("org", LOGIN, "The login of an organization, in any case."),
            path("assignee", LOGIN, "A login, in any case."),
            path("name", Schema.text(LabelName.LIMIT), "The name of a label, percent-encoded, in any case."),
            path("issue_number", Schema.id(), "The number of an issue of the repository."),
            path("pull_number", Schema.id(), "The number of a pull request of the repository."),
            path("comment_id", Schema.id(), "The id of a comment."),
            path("reaction_id", Schema.id(), "The id of a reaction."),
            path("token_id", Schema.id(), "The id of a token."),
            path("account_id", Schema.id(), "The id of an account."),
            path("organization_id", Schema.id(), "The id of an organization."),
            path("repository_id", Schema.id(), "The id of a repository, which it keeps under whatever name."),
            path("sequence", Schema.text(), "A sequence of events: `r:` and a repository's id, `a:` and an account's."),
            path(
                    "action",
                    Schema.words("start", "pause", "resume", "abort", "switch", "rollback", "drop"),
                    "What to do."));

    static Parameter query(String name, Schema schema) {
        return new Parameter(QUERY, name, schema, null, null);
    }

    static Parameter words(String name, String... words) {
        return query(name, Schema.words(words).otherwise(words[0]));
    }

    static Parameter perPage(int otherwise) {
        return query("per_page", Schema.whole().with("minimum", 1).otherwise(otherwise))
                .described("Entries on a page; more than 100 count as 100.");
    }

    private static Parameter state(String otherwise) {
        return query("state", Schema.words("open", "closed", "all").otherwise(otherwise));
    }

    private static Parameter direction(String otherwise) {
        return query("direction", Schema.words("asc", "desc").otherwise(otherwise));
    }

    private static Parameter header(String name, Schema schema) {
        return new Parameter(HEADER, name, schema, null, null);
    }

    private static Parameter path(String name, Schema schema, String description) {
        return new Parameter(PATH, name, schema, description, name);
    }

    private static Map<String, Parameter> paths(Parameter... parameters) {
        Map<String, Parameter> byName = new LinkedHashMap<>();
        for (Parameter parameter : parameters) {
            byName.put(parameter.name, parameter);
        }
        return byName;
    }

    /** The part of a path with this name. */
    static Parameter ofPath(String name) {
        Parameter parameter = OF_PATHS.get(name);
        if (parameter == null) {
            throw new IllegalArgumentException("say here what {" + name + "} stands for in a path");
        }
        return parameter;
    }

    Parameter described(String text) {
        return new Parameter(in, name, schema, text, shared);
    }

    private Parameter shared(String key) {
        return new Parameter(in, name, schema, description, key);
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("in", in);
        if (in.equals(PATH)) {
            json.put("required", true);
        }
        if (description != null) {
            json.put("description", description);
        }
        json.put("schema", schema.json());
        return json;
    }
}
