package org.forgelog.api.representation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to an issue (GitHub's {@code issue-event}, or {@code issue-event-for-issue} without the issue
 * itself). What an event of its kind does not have is left out.
 */
public record IssueEventJson(
        long id,
        String nodeId,
        String url,
        SimpleUser actor,
        String event,
        @Nullable String commitId,
        @Nullable String commitUrl,
        Instant createdAt,
        @Nullable String performedViaGithubApp,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Label label,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable SimpleUser assignee,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable SimpleUser assigner,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String lockReason,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String stateReason,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Rename rename,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Milestone milestone,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable IssueJson issue) {

    /** What a title was and became. */
    public record Rename(String from, String to) {}

    /** A milestone by its present title. */
    public record Milestone(String title) {}

    /** A label by its present name. */
    public record Label(String name, String color) {

        public static Label of(LabelJson label) {
            return new Label(label.name(), label.color());
        }
    }
}
