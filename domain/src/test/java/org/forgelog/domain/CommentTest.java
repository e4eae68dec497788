package org.forgelog.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.forgelog.domain.Rejections.assertInvalid;
import static org.forgelog.domain.Rejections.assertRejected;
import static org.forgelog.domain.Samples.HELLO_WORLD;
import static org.forgelog.domain.Samples.NOW;
import static org.forgelog.domain.Samples.OCTOCAT;
import static org.forgelog.domain.Samples.THEN;
import static org.forgelog.domain.Samples.TORVALDS;

import org.forgelog.domain.Rejection.Code;
import org.forgelog.domain.Rejection.Fault;
import org.forgelog.domain.comment.Comment;
import org.forgelog.domain.comment.CommentCommand.DeleteComment;
import org.forgelog.domain.comment.CommentCommand.EditComment;
import org.forgelog.domain.comment.CommentCommand.WriteComment;
import org.forgelog.domain.comment.CommentEvent.CommentDeleted;
import org.forgelog.domain.comment.CommentEvent.CommentEdited;
import org.forgelog.domain.comment.CommentEvent.CommentWritten;
import org.forgelog.domain.comment.CommentId;
import org.forgelog.domain.comment.CommentPlace;
import org.forgelog.domain.comment.DiffAnchor;
import org.forgelog.domain.comment.DiffSide;
import org.forgelog.domain.conversation.ConversationKind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommentTest {

    private static final String SHA = "a".repeat(40);
    private static final CommentId ID = new CommentId(8);
    private static final CommentPlace ON_ISSUE = new CommentPlace(HELLO_WORLD, ConversationKind.ISSUE, 1, 4);
    private static final CommentPlace ON_PULL = new CommentPlace(HELLO_WORLD, ConversationKind.PULL_REQUEST, 1, 5);
    private static final CommentWritten WRITTEN =
            new CommentWritten(ID, ON_ISSUE, TORVALDS, "Me too.", null, null, THEN);

    private final Comment comment = Comment.evolve(null, WRITTEN);

    @Test
    void writingSaysWhatWasWrittenWhere() {
        assertThat(Comment.decide(null, write("Me too."))).containsExactly(WRITTEN);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " \n"})
    void aCommentNeedsABodyAndKeepsOne(@Nullable String body) {
        assertInvalid("body", Fault.MISSING_FIELD, () -> Comment.decide(null, write(body)));
        assertInvalid(
                "body",
                Fault.MISSING_FIELD,
                () -> Comment.decide(comment, new EditComment(ID, HELLO_WORLD, body, OCTOCAT, NOW)));
    }

    @Test
    void aBodyMayHave65536CharactersAndNotOneMore() {
        assertThat(Comment.decide(null, write("x".repeat(65_536)))).hasSize(1);
        assertInvalid("body", Fault.CUSTOM, () -> Comment.decide(null, write("x".repeat(65_537))));
    }

    @Test
    void anEditSaysWhenTheCommentWasWrittenAndByWhomItWasEdited() {
        CommentEdited edited = new CommentEdited(ID, ON_ISSUE, "Me three.", THEN, OCTOCAT, NOW);
        EditComment edit = new EditComment(ID, HELLO_WORLD, "Me three.", OCTOCAT, NOW);
        assertThat(Comment.decide(comment, edit)).containsExactly(edited);
        Comment after = Comment.evolve(comment, edited);
        assertThat(after.authorId()).isEqualTo(TORVALDS);
        assertThat(after.createdAt()).isEqualTo(THEN);
        assertThat(after.updatedAt()).isEqualTo(NOW);
        assertThat(Comment.decide(after, edit)).isEmpty();
    }

    @Test
    void aDeletedCommentIsNotFound() {
        CommentDeleted deleted = new CommentDeleted(ID, ON_ISSUE, false, THEN, OCTOCAT, NOW);
        assertThat(Comment.decide(comment, new DeleteComment(ID, HELLO_WORLD, OCTOCAT, NOW)))
                .containsExactly(deleted);
        Comment gone = Comment.evolve(comment, deleted);
        assertRejected(Code.NOT_FOUND, () -> Comment.decide(gone, new DeleteComment(ID, HELLO_WORLD, OCTOCAT, NOW)));
        assertRejected(Code.NOT_FOUND, () -> Comment.decide(gone, new EditComment(ID, HELLO_WORLD, "x", OCTOCAT, NOW)));
    }

    @Test
    void onAPullRequestItMayPointIntoTheDiffOnAnIssueItMayNot() {
        DiffAnchor anchor = anchor(SHA, "src/main.c", 12, null);
        assertThat(Comment.decide(null, new WriteComment(ID, ON_PULL, TORVALDS, "Why?", anchor, null, THEN)))
                .containsExactly(new CommentWritten(ID, ON_PULL, TORVALDS, "Why?", anchor, null, THEN));
        assertInvalid(
                "path",
                Fault.INVALID,
                () -> Comment.decide(null, new WriteComment(ID, ON_ISSUE, TORVALDS, "Why?", anchor, null, THEN)));
        assertInvalid(
                "in_reply_to",
                Fault.INVALID,
                () -> Comment.decide(
                        null, new WriteComment(ID, ON_ISSUE, TORVALDS, "Why?", null, new CommentId(7), THEN)));
    }

    @Test
    void anAnchorNeedsACommitAndAPath() {
        assertInvalid("commit_id", Fault.MISSING_FIELD, () -> anchor(null, "a", 1, null));
        assertInvalid("commit_id", Fault.INVALID, () -> anchor("HEAD", "a", 1, null));
        assertInvalid("path", Fault.MISSING_FIELD, () -> anchor(SHA, null, 1, null));
        assertInvalid("path", Fault.CUSTOM, () -> anchor(SHA, "a".repeat(1_025), 1, null));
    }

    @Test
    void linesCountFromOneAndTheFirstPrecedesTheLast() {
        assertInvalid("line", Fault.INVALID, () -> anchor(SHA, "a", 0, null));
        assertInvalid("start_line", Fault.INVALID, () -> anchor(SHA, "a", 3, 3));
        assertInvalid("start_line", Fault.INVALID, () -> anchor(SHA, "a", null, 3));
        assertThat(anchor(SHA, "a", 4, 3).startSide()).isEqualTo(DiffSide.RIGHT);
        assertThat(DiffAnchor.of(SHA, "a", null, 3, DiffSide.RIGHT, 9, DiffSide.LEFT)
                        .startLine())
                .isEqualTo(9);
    }

    @Test
    void aSideIsLeftOrRight() {
        assertThat(DiffSide.of("side", "LEFT")).isEqualTo(DiffSide.LEFT);
        assertInvalid("side", Fault.INVALID, () -> DiffSide.of("side", "left"));
    }

    private static DiffAnchor anchor(
            @Nullable String commit, @Nullable String path, @Nullable Integer line, @Nullable Integer startLine) {
        return DiffAnchor.of(commit, path, null, line, null, startLine, null);
    }

    private static WriteComment write(@Nullable String body) {
        return new WriteComment(ID, ON_ISSUE, TORVALDS, body, THEN);
    }
}
