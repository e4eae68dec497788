package org.forgelog.query.projection.projector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import org.forgelog.domain.DomainEvent;
import org.forgelog.domain.comment.CommentEvent.CommentWritten;
import org.forgelog.domain.conversation.ConversationKind;
import org.forgelog.query.EventFixtures;
import org.forgelog.query.projection.batch.FoldedTable;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Index;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.Keys;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Comments as they are folded into the table. */
class CommentProjectorTest {

    private static final ItemKey ISSUE = Keys.conversation(ConversationKind.ISSUE, 10, 1);
    private static final ItemKey PULL = Keys.conversation(ConversationKind.PULL_REQUEST, 10, 1);

    private final FoldedTable table = new FoldedTable();

    private static ItemKey key(ItemKey conversation, CommentWritten comment) {
        return Keys.comment(
                conversation, comment.writtenAt(), comment.commentId().value());
    }

    @BeforeEach
    void givenAnIssueAndAPullRequest() {
        table.happened(
                EventFixtures.registered(1, "octocat"),
                EventFixtures.created(10, 1, "octocat", "hello"),
                EventFixtures.issue(10, 1, 1, "an issue"),
                EventFixtures.pull(10, 1, 1, "a pull request"));
    }

    @Test
    void aCommentIsCountedWithItsIssueUntilItIsDeletedAndMovesItInTheOrderOfChangesAlone() {
        Item before = table.item(ISSUE);
        CommentWritten first = EventFixtures.commented(10, 1, 7, 1, "first");
        table.happened(first, EventFixtures.commented(10, 1, 8, 1, "second"));
        assertThat(table.item(ISSUE).number(Attr.COMMENTS)).isEqualTo(2);
        Item said = table.item(ISSUE);
        for (Index index : Index.values()) {
            if (index != Index.GSI4) {
                assertThat(said.attributes().get(index.sk()))
                        .isEqualTo(before.attributes().get(index.sk()));
            }
        }
        assertThat(said.string(Index.GSI4.sk())).isGreaterThan(before.string(Index.GSI4.sk()));
        assertThat(said.instant(Attr.UPDATED_AT)).isAfter(before.instant(Attr.UPDATED_AT));
        table.happened(EventFixtures.edited(first, "better"));
        Item edited = table.item(ISSUE);
        assertThat(edited.instant(Attr.UPDATED_AT)).isAfter(said.instant(Attr.UPDATED_AT));
        assertThat(edited.number(Attr.COMMENTS)).isEqualTo(2);
        table.happened(EventFixtures.deleted(first));
        assertThat(table.item(ISSUE).number(Attr.COMMENTS)).isEqualTo(1);
        assertThat(table.item(ISSUE).instant(Attr.UPDATED_AT)).isAfter(edited.instant(Attr.UPDATED_AT));
        assertThat(table.item(Keys.commentPlace(7))).isNull();
        Item left = table.raw(key(ISSUE, first));
        assertThat(left.isTombstone()).isTrue();
        for (Index index : Index.values()) {
            assertThat(left.has(index.pk())).isFalse();
        }
        assertThat(table.item(Keys.sweepComment(7))).isNotNull();
    }

    @Test
    void commentsOnTheWholeAndInTheDiffAreCountedApart() {
        CommentWritten line = EventFixtures.reviewed(10, 1, 8, 1, "this line");
        CommentWritten answer = EventFixtures.replied(line, 9, 1, "why?");
        table.happened(EventFixtures.pullCommented(10, 1, 7, 1, "fine"), line, answer);
        assertThat(table.item(PULL).number(Attr.COMMENTS)).isEqualTo(1);
        assertThat(table.item(PULL).number(Attr.REVIEW_COMMENTS)).isEqualTo(2);
        assertThat(table.item(key(PULL, answer)).number(Attr.IN_REPLY_TO)).isEqualTo(8);
        table.happened(EventFixtures.deleted(line));
        assertThat(table.item(PULL).number(Attr.COMMENTS)).isEqualTo(1);
        assertThat(table.item(PULL).number(Attr.REVIEW_COMMENTS)).isEqualTo(1);
    }

    @Test
    void aLongBodyLiesBesideItsCommentAndComesBackWhenItGetsShort() {
        CommentWritten comment = EventFixtures.commented(10, 1, 7, 1, "x".repeat(4_097));
        table.happened(comment);
        ItemKey key = key(ISSUE, comment);
        assertThat(table.item(key).has(Attr.BODY)).isFalse();
        assertThat(table.item(Keys.commentBody(key)).string(Attr.BODY)).hasSize(4_097);
        table.happened(EventFixtures.edited(comment, "short"));
        assertThat(table.item(key).string(Attr.BODY)).isEqualTo("short");
        assertThat(table.item(Keys.commentBody(key))).isNull();
        table.happened(EventFixtures.edited(comment, "y".repeat(5_000)), EventFixtures.deleted(comment));
        assertThat(table.item(key)).isNull();
        assertThat(table.item(Keys.commentBody(key))).isNull();
    }

    @Test
    void anEditMovesTheCommentInTheOrderOfChangesAlone() {
        CommentWritten comment = EventFixtures.commented(10, 1, 7, 1, "first");
        table.happened(comment);
        Item before = table.item(key(ISSUE, comment));
        table.happened(EventFixtures.edited(comment, "better"));
        Item after = table.item(key(ISSUE, comment));
        assertThat(after.string(Index.GSI3.sk())).isEqualTo(before.string(Index.GSI3.sk()));
        assertThat(after.string(Index.GSI4.sk())).isGreaterThan(before.string(Index.GSI4.sk()));
        assertThat(after.string(Attr.CREATED_AT)).isEqualTo(before.string(Attr.CREATED_AT));
    }

    private static DomainEvent[] history() {
        CommentWritten first = EventFixtures.commented(10, 1, 7, 1, "x".repeat(5_000));
        CommentWritten second = EventFixtures.reviewed(10, 1, 8, 1, "this line");
        return new DomainEvent[] {
            first,
            second,
            EventFixtures.edited(first, "short"),
            EventFixtures.commented(10, 1, 9, 1, "third"),
            EventFixtures.replied(second, 11, 1, "why?"),
            EventFixtures.deleted(second),
            EventFixtures.edited(first, "z".repeat(5_000))
        };
    }

    @Test
    void oneBatchMakesWhatManyMake() {
        DomainEvent[] history = history();
        for (DomainEvent event : history) {
            table.happened(event);
        }
        FoldedTable another = new FoldedTable();
        another.happened(
                EventFixtures.registered(1, "octocat"),
                EventFixtures.created(10, 1, "octocat", "hello"),
                EventFixtures.issue(10, 1, 1, "an issue"),
                EventFixtures.pull(10, 1, 1, "a pull request"));
        another.happened(history);
        assertThat(another.item(ISSUE).number(Attr.COMMENTS))
                .isEqualTo(table.item(ISSUE).number(Attr.COMMENTS))
                .isEqualTo(2);
        assertThat(another.item(PULL).number(Attr.REVIEW_COMMENTS))
                .isEqualTo(table.item(PULL).number(Attr.REVIEW_COMMENTS))
                .isEqualTo(1);
        table.items().forEach((key, item) -> {
            if (key.pk().startsWith("C")) {
                assertThat(another.raw(key)).isEqualTo(item);
            }
        });
    }

    @Test
    void deliveringAgainFromAnywhereChangesNothing() {
        DomainEvent[] history = history();
        table.happened(history);
        var before = new HashMap<>(table.items());
        for (int from = 0; from <= history.length + 4; from++) {
            assertThat(table.deliverAgain(from)).isEmpty();
        }
        assertThat(table.items()).isEqualTo(before);
    }
}
