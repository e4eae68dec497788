package org.forgelog.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.forgelog.domain.Rejections.assertInvalid;
import static org.forgelog.domain.Rejections.assertRejected;
import static org.forgelog.domain.Samples.HELLO_WORLD;
import static org.forgelog.domain.Samples.NOW;
import static org.forgelog.domain.Samples.OCTOCAT;
import static org.forgelog.domain.Samples.THEN;
import static org.forgelog.domain.Samples.TORVALDS;

import java.time.Instant;
import org.forgelog.domain.Rejection.Code;
import org.forgelog.domain.Rejection.Fault;
import org.forgelog.domain.comment.CommentId;
import org.forgelog.domain.comment.CommentPlace;
import org.forgelog.domain.conversation.ConversationKind;
import org.forgelog.domain.issue.IssueKey;
import org.forgelog.domain.pullrequest.PullRequestKey;
import org.forgelog.domain.reaction.Reaction;
import org.forgelog.domain.reaction.ReactionCommand.React;
import org.forgelog.domain.reaction.ReactionCommand.WithdrawReaction;
import org.forgelog.domain.reaction.ReactionContent;
import org.forgelog.domain.reaction.ReactionEvent.ReactionAdded;
import org.forgelog.domain.reaction.ReactionEvent.ReactionWithdrawn;
import org.forgelog.domain.reaction.ReactionKey;
import org.forgelog.domain.reaction.ReactionTarget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReactionTest {

    private static final ReactionTarget ISSUE = ReactionTarget.issue(new IssueKey(HELLO_WORLD, 1), 4);
    private static final ReactionKey KEY = ISSUE.by(TORVALDS, ReactionContent.PLUS_ONE);
    private static final ReactionAdded ADDED =
            new ReactionAdded(HELLO_WORLD, ISSUE, TORVALDS, ReactionContent.PLUS_ONE, 9, THEN);

    private final Reaction reaction = Reaction.evolve(null, ADDED);

    @Test
    void reactingTwiceIsOneReactionWithTheFirstOnesIdAndDate() {
        assertThat(Reaction.decide(null, react(9, THEN))).containsExactly(ADDED);
        assertThat(Reaction.decide(reaction, react(10, NOW))).isEmpty();
        assertThat(reaction.id()).isEqualTo(9);
    }

    @Test
    void aReactionTakenBackCanBeGivenAgainAsANewOne() {
        ReactionWithdrawn withdrawn =
                new ReactionWithdrawn(HELLO_WORLD, ISSUE, TORVALDS, ReactionContent.PLUS_ONE, 9, OCTOCAT, NOW);
        assertThat(Reaction.decide(reaction, new WithdrawReaction(KEY, HELLO_WORLD, OCTOCAT, NOW)))
                .containsExactly(withdrawn);
        Reaction without = Reaction.evolve(reaction, withdrawn);
        assertThat(Reaction.decide(without, react(10, NOW)))
                .containsExactly(new ReactionAdded(HELLO_WORLD, ISSUE, TORVALDS, ReactionContent.PLUS_ONE, 10, NOW));
    }

    @Test
    void whatIsNotThereCannotBeTakenBack() {
        WithdrawReaction withdraw = new WithdrawReaction(KEY, HELLO_WORLD, TORVALDS, NOW);
        assertRejected(Code.NOT_FOUND, () -> Reaction.decide(null, withdraw));
        Reaction without =
                Reaction.evolve(reaction, Reaction.decide(reaction, withdraw).getFirst());
        assertRejected(Code.NOT_FOUND, () -> Reaction.decide(without, withdraw));
    }

    @Test
    void targetUserAndContentMakeTheIdentifier() {
        assertThat(reaction.aggregateId())
                .isEqualTo(KEY.aggregateId())
                .isEqualTo("reaction-issue-4-2-plus_one")
                .isNotEqualTo(ISSUE.by(TORVALDS, ReactionContent.MINUS_ONE).aggregateId())
                .isNotEqualTo(ISSUE.by(OCTOCAT, ReactionContent.PLUS_ONE).aggregateId())
                .isNotEqualTo(ReactionTarget.pullRequest(new PullRequestKey(HELLO_WORLD, 1), 4)
                        .by(TORVALDS, ReactionContent.PLUS_ONE)
                        .aggregateId());
    }

    @Test
    void aCommentAsATargetSaysWhereItIs() {
        ReactionTarget target = ReactionTarget.comment(
                new CommentId(8), new CommentPlace(HELLO_WORLD, ConversationKind.PULL_REQUEST, 1, 5), THEN);
        assertThat(target).isEqualTo(new ReactionTarget(ReactionTarget.Kind.REVIEW_COMMENT, 8, 1, 5, THEN));
    }

    @ParameterizedTest
    @EnumSource(ReactionContent.class)
    void aReactionSaysOneOfEightThings(ReactionContent content) {
        assertThat(ReactionContent.of(content.word())).isEqualTo(content);
        assertThat(ReactionContent.values()).hasSize(8);
    }

    @Test
    void anythingElseIsNoReaction() {
        assertInvalid("content", Fault.INVALID, () -> ReactionContent.of("thumbsup"));
        assertInvalid("content", Fault.MISSING_FIELD, () -> ReactionContent.of(null));
    }

    private static React react(long id, Instant at) {
        return new React(HELLO_WORLD, ISSUE, TORVALDS, ReactionContent.PLUS_ONE, id, at);
    }
}
