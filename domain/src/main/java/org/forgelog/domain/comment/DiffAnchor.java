package org.forgelog.domain.comment;

import java.util.regex.Pattern;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.Rejection.Fault;
import org.forgelog.domain.Texts;
import org.jspecify.annotations.Nullable;

/**
 * The place in a pull request's diff that a comment is about, taken as told: there is no git here to ask whether the
 * commit, the file or the line exist. Without a line it is about the file as a whole.
 *
 * @param position how many lines below the first hunk's head, where a client counts in that old way
 * @param line the line in the file, the last one of several
 * @param startLine the first line of several; {@code null} for a single one
 */
public record DiffAnchor(
        String commitId,
        String path,
        @Nullable Integer position,
        @Nullable Integer line,
        DiffSide side,
        @Nullable Integer startLine,
        @Nullable DiffSide startSide) {

    /** Longest path, in characters. */
    public static final int PATH_LIMIT = 1_024;

    private static final String RESOURCE = "PullRequestReviewComment";
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

    /**
     * The anchor that a client describes.
     *
     * @param side {@link DiffSide#RIGHT} when {@code null}
     * @param startSide the side of {@code line} when {@code null} though there is a {@code startLine}
     * @throws Rejection when it can be no place in a diff
     */
    public static DiffAnchor of(
            @Nullable String commitId,
            @Nullable String path,
            @Nullable Integer position,
            @Nullable Integer line,
            @Nullable DiffSide side,
            @Nullable Integer startLine,
            @Nullable DiffSide startSide) {
        String commit = Texts.requiredLine(RESOURCE, "commit_id", commitId, 40);
        if (!COMMIT.matcher(commit).matches()) {
            throw Rejection.invalid(RESOURCE, "commit_id", Fault.INVALID, "commit_id is not a commit's id");
        }
        String file = Texts.requiredLine(RESOURCE, "path", path, PATH_LIMIT);
        positive("position", position);
        positive("line", line);
        positive("start_line", startLine);
        DiffSide lineSide = side == null ? DiffSide.RIGHT : side;
        if (startLine == null) {
            return new DiffAnchor(commit, file, position, line, lineSide, null, null);
        }
        DiffSide firstSide = startSide == null ? lineSide : startSide;
        if (line == null || (firstSide == lineSide && startLine >= line)) {
            throw Rejection.invalid(RESOURCE, "start_line", Fault.INVALID, "start_line must precede the end line.");
        }
        return new DiffAnchor(commit, file, position, line, lineSide, startLine, firstSide);
    }

    private static void positive(String field, @Nullable Integer number) {
        if (number != null && number < 1) {
            throw Rejection.invalid(RESOURCE, field, Fault.INVALID, field + " must be positive");
        }
    }
}
