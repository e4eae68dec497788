package org.forgelog.api.openapi;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.forgelog.api.representation.IssueJson;
import org.forgelog.api.representation.PullRequestJson;
import org.forgelog.api.representation.ReactionJson;
import org.forgelog.api.representation.CommentJson;
import org.forgelog.api.representation.RepositoryJson;
import org.forgelog.api.representation.ReviewCommentJson;
import org.forgelog.api.representation.SimpleUser;
import org.forgelog.api.representation.UserJson;
import org.forgelog.domain.conversation.LockReason;
import org.forgelog.domain.reaction.ReactionContent;
import org.forgelog.domain.repository.RepositoryFlag;
import org.forgelog.domain.repository.RepositoryOption;

/** What the types of a representation do not tell: which words a text can be, and the fields that come from a map. */
final class Wording {

    static final List<String> STATES = List.of("open", "closed");
    static final List<String> VISIBILITIES = List.of("public", "private");
    static final List<String> REACTIONS =
            Arrays.stream(ReactionContent.values()).map(ReactionContent::word).toList();
    static final List<String> LOCK_REASONS =
            Arrays.stream(LockReason.values()).map(LockReason::word).toList();
    private static final List<String> ACCOUNT_TYPES = List.of("User", "Organization");
    private static final List<String> ASSOCIATIONS = List.of("OWNER", "MEMBER", "COLLABORATOR", "NONE");

    /** By record, the fields that are one of a few words. */
    static final Map<Class<?>, Map<String, List<String>>> WORDS = Map.of(
            SimpleUser.class, Map.of("type", ACCOUNT_TYPES),
            UserJson.class, Map.of("type", ACCOUNT_TYPES),
            RepositoryJson.class, Map.of("visibility", VISIBILITIES),
            IssueJson.class,
                    Map.of(
                            "state", STATES,
                            "state_reason", List.of("completed", "not_planned", "duplicate", "reopened"),
                            "active_lock_reason", LOCK_REASONS,
                            "author_association", ASSOCIATIONS),
            PullRequestJson.class,
                    Map.of(
                            "state", STATES,
                            "mergeable_state", List.of("clean", "draft", "unknown"),
                            "active_lock_reason", LOCK_REASONS,
                            "author_association", ASSOCIATIONS),
            CommentJson.class, Map.of("author_association", ASSOCIATIONS),
            ReviewCommentJson.class,
                    Map.of(
                            "author_association", ASSOCIATIONS,
                            "subject_type", List.of("line", "file"),
                            "side", List.of("LEFT", "RIGHT"),
                            "start_side", List.of("LEFT", "RIGHT")),
            ReactionJson.class, Map.of("content", REACTIONS));

    private Wording() {}

    static Schema words(Class<?> type, String field, Schema schema) {
        List<String> words = WORDS.getOrDefault(type, Map.of()).get(field);
        return words == null ? schema : schema.with("enum", words);
    }

    /** The fields that a record writes from a map. */
    static Map<String, Schema> furtherFields(Class<?> type) {
        if (type == RepositoryJson.class) {
            return repositorySettings();
        }
        throw new IllegalArgumentException("say here which fields the map of " + type + " becomes");
    }

    /** The switches and worded settings of a repository, as they are asked for and answered. */
    static Map<String, Schema> repositorySettings() {
        Map<String, Schema> fields = new LinkedHashMap<>();
        for (RepositoryFlag flag : RepositoryFlag.values()) {
            fields.put(flag.field(), Schema.flag());
        }
        for (RepositoryOption option : RepositoryOption.values()) {
            fields.put(option.field(), Schema.words(option.words()));
        }
        return fields;
    }
}
