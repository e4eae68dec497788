package org.forgelog.query.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.forgelog.domain.conversation.ConversationKind;

/** Keys sort as what they stand for, and tell what they were made from. */
class KeysTest {

    @Provide
    Arbitrary<Instant> instants() {
        return Arbitraries.longs()
                .between(Instant.parse("0001-01-01T00:00:00Z").toEpochMilli(), 253_402_300_799_999L)
                .map(Instant::ofEpochMilli);
    }

    @Property
    void numbersSortAsNumbers(@ForAll @LongRange(max = Long.MAX_VALUE) long a, @ForAll @LongRange long b) {
        assertThat(Integer.signum(KeyText.number(a).compareTo(KeyText.number(b))))
                .isEqualTo(Long.compare(a, b));
        assertThat(Long.parseLong(KeyText.number(a))).isEqualTo(a);
        assertThat(KeyText.number(a)).hasSize(19);
    }

    @Property
    void timesSortAsTimes(@ForAll("instants") Instant a, @ForAll("instants") Instant b) {
        assertThat(Integer.signum(KeyText.time(a).compareTo(KeyText.time(b))))
                .isEqualTo(Integer.signum(a.compareTo(b)));
        assertThat(Instant.parse(KeyText.time(a))).isEqualTo(a);
        assertThat(KeyText.time(a)).hasSize(24);
    }

    @Property
    void conversationsSortByStateThenTimeThenId(
            @ForAll boolean openA,
            @ForAll("instants") Instant createdA,
            @ForAll @LongRange(min = 1, max = 9007199254740991L) long idA,
            @ForAll boolean openB,
            @ForAll("instants") Instant createdB,
            @ForAll @LongRange(min = 1, max = 9007199254740991L) long idB) {
        String a = stateKey(openA, createdA, idA);
        String b = stateKey(openB, createdB, idB);
        int expected = openA != openB
                ? Boolean.compare(openA, openB)
                : createdA.equals(createdB) ? Long.compare(idA, idB) : createdA.compareTo(createdB);
        assertThat(Integer.signum(a.compareTo(b))).isEqualTo(Integer.signum(expected));
    }

    private static String stateKey(boolean open, Instant created, long id) {
        return key(IndexKeys.conversation(ConversationKind.ISSUE, 1, 2, id, open, created, created), Index.GSI3)
                .sk();
    }

    private static IndexKey key(List<IndexKey> keys, Index index) {
        return keys.stream().filter(k -> k.index() == index).findFirst().orElseThrow();
    }

    @Property
    void anEntryLiesInItsSpanAndInNoOther(
            @ForAll boolean open,
            @ForAll("instants") Instant created,
            @ForAll @LongRange(min = 1, max = 9007199254740991L) long id) {
        Item item = Item.of(Keys.conversation(ConversationKind.PULL_REQUEST, 7, 9), ItemType.PULL_REQUEST)
                .in(IndexKeys.conversation(ConversationKind.PULL_REQUEST, 7, 2, id, open, created, created));
        for (Span span : List.of(
                Spans.conversationsByCreation(ConversationKind.PULL_REQUEST, 7),
                Spans.managed(2),
                Spans.managed(2, open),
                Spans.conversationsByCreation(ConversationKind.PULL_REQUEST, 7, open),
                Spans.conversationsByUpdate(ConversationKind.PULL_REQUEST, 7, open))) {
            String sk = item.string(span.skAttribute());
            assertThat(item.string(span.pkAttribute())).isEqualTo(span.pk());
            assertThat(sk).isBetween(span.low(), span.high());
            assertThat(span.at(span.suffix(item))).isEqualTo(sk);
        }
        Span other = Spans.conversationsByCreation(ConversationKind.PULL_REQUEST, 7, !open);
        assertThat(item.string(other.skAttribute()))
                .matches(sk -> sk.compareTo(other.low()) < 0 || sk.compareTo(other.high()) > 0);
    }

    @Property
    void membersLieBesideTheirOrganizationAndCollaboratorsBesideTheUser(
            @ForAll @LongRange(min = 1, max = 9007199254740991L) long one,
            @ForAll @LongRange(min = 1, max = 9007199254740991L) long other) {
        Item member = Item.of(Keys.member(one, other), ItemType.MEMBER).in(IndexKeys.member(one, other));
        Item collaborator =
                Item.of(Keys.collaborator(one, other), ItemType.COLLABORATOR).in(IndexKeys.collaborator(one, other));
        assertThat(Spans.members(one).suffix(member)).isEqualTo(KeyText.number(other));
        assertThat(Spans.organizationsOf(other).suffix(member)).isEqualTo(KeyText.number(one));
        assertThat(Spans.collaborations(one).suffix(collaborator)).isEqualTo(KeyText.number(other));
        assertThat(Spans.collaborators(other).suffix(collaborator)).isEqualTo(KeyText.number(one));
        assertThat(member.key().sk())
                .as("an account and its counts are read without its members")
                .isGreaterThan(Keys.accountCounts(one).sk());
    }

    @Property
    void commentsSortByTimeThenIdInTheirOwnSpansOnly(
            @ForAll("instants") Instant created,
            @ForAll("instants") Instant updated,
            @ForAll @LongRange(min = 1, max = 9007199254740991L) long id) {
        ItemKey pull = Keys.conversation(ConversationKind.PULL_REQUEST, 7, 9);
        Item item = Item.of(Keys.comment(pull, created, id), ItemType.COMMENT)
                .in(IndexKeys.comment(ConversationKind.PULL_REQUEST, 7, 9, id, created, updated));
        for (Span span : List.of(
                Spans.comments(pull),
                Spans.commentsByUpdate(pull),
                Spans.commentsByCreation(ConversationKind.PULL_REQUEST, 7),
                Spans.commentsByUpdate(ConversationKind.PULL_REQUEST, 7))) {
            String sk = item.attributes().get(span.skAttribute()).s();
            assertThat(item.attributes().get(span.pkAttribute()).s()).isEqualTo(span.pk());
            assertThat(sk).isBetween(span.low(), span.high());
            assertThat(span.at(span.suffix(item))).isEqualTo(sk);
        }
        assertThat(Spans.comments(Keys.conversation(ConversationKind.PULL_REQUEST, 7, 10))
                        .pk())
                .isNotEqualTo(item.key().pk());
        assertThat(Keys.commentBody(item.key()).pk()).isNotEqualTo(item.key().pk());
    }

    @Property
    void aBodyLiesBesideItsThreadOnly(@ForAll @LongRange(min = 1, max = 9007199254740991L) long number) {
        ItemKey thread = Keys.conversation(ConversationKind.ISSUE, 3, number);
        Span span = Spans.conversationWithBody(thread);
        for (ItemKey inside : List.of(thread, Keys.body(thread))) {
            assertThat(inside.sk()).isBetween(span.low(), span.high());
        }
        for (long other : List.of(number - 1, number + 1)) {
            ItemKey outside = Keys.conversation(ConversationKind.ISSUE, 3, other);
            assertThat(outside.sk()).matches(sk -> sk.compareTo(span.low()) < 0 || sk.compareTo(span.high()) > 0);
        }
    }

    @Example
    void namesIgnoreCase() {
        assertThat(Keys.repositoryName("OctoCat", "Hello.World"))
                .isEqualTo(Keys.repositoryName("octocat", "hello.world"));
        assertThat(Keys.login("OctoCat")).isEqualTo(Keys.login("octocat"));
    }

    @Example
    void keysOfDifferentThingsNeverMeet() {
        assertThat(List.of(
                        Keys.account(1),
                        Keys.accountCounts(1),
                        Keys.repository(1),
                        Keys.counters(1),
                        Keys.conversation(ConversationKind.ISSUE, 1, 1),
                        Keys.conversation(ConversationKind.PULL_REQUEST, 1, 1),
                        Keys.body(Keys.conversation(ConversationKind.ISSUE, 1, 1)),
                        Keys.star(1, 1),
                        Keys.sweep(1),
                        Keys.sweepComment(1),
                        Keys.feedPage(1, 1, 1, null),
                        Keys.feedPage(1, 1, 1, 1L),
                        Keys.comment(Keys.conversation(ConversationKind.ISSUE, 1, 1), Instant.EPOCH, 1),
                        Keys.comment(Keys.conversation(ConversationKind.PULL_REQUEST, 1, 1), Instant.EPOCH, 1),
                        Keys.commentBody(
                                Keys.comment(Keys.conversation(ConversationKind.ISSUE, 1, 1), Instant.EPOCH, 1)),
                        Keys.commentPlace(1),
                        Keys.reaction(Keys.conversation(ConversationKind.ISSUE, 1, 1), "heart", 1),
                        Keys.reaction(Keys.conversation(ConversationKind.PULL_REQUEST, 1, 1), "heart", 1),
                        Keys.reaction(Keys.commentPlace(1), "heart", 1),
                        Keys.deadLetter("r:1"),
                        Keys.PROGRESS,
                        Keys.login("a"),
                        Keys.repositoryName("a", "a")))
                .doesNotHaveDuplicates();
        assertThatThrownBy(() -> KeyText.number(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Example
    void timesOutsideOfFourDigitYearsStillHaveTheirWidth() {
        assertThat(KeyText.time(Instant.MAX)).hasSize(24);
        assertThat(KeyText.time(Instant.MIN)).hasSize(24);
    }
}
