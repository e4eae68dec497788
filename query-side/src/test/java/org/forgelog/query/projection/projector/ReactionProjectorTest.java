package org.forgelog.query.projection.projector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.forgelog.domain.DomainEvent;
import org.forgelog.domain.comment.CommentEvent.CommentWritten;
import org.forgelog.domain.conversation.ConversationKind;
import org.forgelog.domain.issue.IssueEvent.IssueOpened;
import org.forgelog.domain.reaction.ReactionContent;
import org.forgelog.domain.reaction.ReactionEvent.ReactionAdded;
import org.forgelog.query.EventFixtures;
import org.forgelog.query.projection.batch.FoldedTable;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Index;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.Keys;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reactions and their totals as they are folded into the table. */
class ReactionProjectorTest {

    private static final ItemKey ISSUE = Keys.conversation(ConversationKind.ISSUE, 10, 1);

    private final FoldedTable table = new FoldedTable();
    private final IssueOpened issue = EventFixtures.issue(10, 1, 1, "an issue");
    private final CommentWritten comment = EventFixtures.commented(10, 1, 7, 1, "a comment");
    private final ItemKey commentKey = Keys.comment(ISSUE, comment.writtenAt(), 7);

    @BeforeEach
    void givenAnIssueWithAComment() {
        table.happened(
                EventFixtures.registered(1, "octocat"),
                EventFixtures.created(10, 1, "octocat", "hello"),
                issue,
                comment);
    }

    private Map<String, Long> totals(ItemKey key) {
        Map<String, Long> totals = new HashMap<>();
        table.item(key).map(Attr.REACTIONS).forEach((content, count) -> totals.put(content, Long.valueOf(count.n())));
        return totals;
    }

    @Test
    void reactionsAreCountedByContentUntilTheyAreTakenBack() {
        Item before = table.item(ISSUE);
        ReactionAdded heart = EventFixtures.reacted(issue, 21, 1, ReactionContent.HEART);
        table.happened(
                heart,
                EventFixtures.reacted(issue, 22, 2, ReactionContent.HEART),
                EventFixtures.reacted(issue, 23, 1, ReactionContent.PLUS_ONE));
        assertThat(totals(ISSUE)).isEqualTo(Map.of("heart", 2L, "plus_one", 1L));
        assertThat(table.item(Keys.reaction(ISSUE, "heart", 21)).number(Attr.ACCOUNT_ID))
                .isEqualTo(1);
        table.happened(EventFixtures.withdrawn(heart));
        assertThat(totals(ISSUE)).isEqualTo(Map.of("heart", 1L, "plus_one", 1L));
        assertThat(table.item(Keys.reaction(ISSUE, "heart", 21))).isNull();
        for (Index index : Index.values()) {
            assertThat(table.item(ISSUE).attributes().get(index.sk()))
                    .isEqualTo(before.attributes().get(index.sk()));
        }
        assertThat(table.item(ISSUE).string(Attr.UPDATED_AT)).isEqualTo(before.string(Attr.UPDATED_AT));
    }

    @Test
    void reactionsToACommentAreTheCommentsAlone() {
        table.happened(EventFixtures.reacted(comment, 21, 1, ReactionContent.EYES));
        assertThat(totals(commentKey)).isEqualTo(Map.of("eyes", 1L));
        assertThat(totals(ISSUE)).isEmpty();
        table.happened(EventFixtures.edited(comment, "edited"));
        assertThat(totals(commentKey)).isEqualTo(Map.of("eyes", 1L));
        table.happened(EventFixtures.deleted(comment));
        assertThat(table.item(commentKey)).isNull();
        assertThat(table.item(Keys.sweepComment(7))).isNotNull();
    }

    @Test
    void deliveringAgainFromAnywhereChangesNoTotal() {
        ReactionAdded heart = EventFixtures.reacted(issue, 21, 1, ReactionContent.HEART);
        DomainEvent[] history = {
            heart,
            EventFixtures.reacted(comment, 22, 1, ReactionContent.HEART),
            EventFixtures.withdrawn(heart),
            EventFixtures.reacted(issue, 23, 1, ReactionContent.HEART)
        };
        table.happened(history);
        var before = new HashMap<>(table.items());
        for (int from = 0; from <= history.length + 4; from++) {
            assertThat(table.deliverAgain(from)).isEmpty();
        }
        assertThat(table.items()).isEqualTo(before);
        assertThat(totals(ISSUE)).isEqualTo(Map.of("heart", 1L));
    }
}
