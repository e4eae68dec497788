package org.forgelog.query.projection.projector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import org.forgelog.domain.DomainEvent;
import org.forgelog.domain.Permission;
import org.forgelog.domain.account.OrganizationRole;
import org.forgelog.domain.conversation.ConversationKind;
import org.forgelog.domain.conversation.LockReason;
import org.forgelog.query.EventFixtures;
import org.forgelog.query.projection.batch.FoldedTable;
import org.forgelog.query.projection.batch.IssueEdges;
import org.forgelog.query.projection.batch.PendingItem.Write;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Edge;
import org.forgelog.query.table.FeedPage;
import org.forgelog.query.table.Index;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.ItemSize;
import org.forgelog.query.table.ItemType;
import org.forgelog.query.table.Keys;
import org.junit.jupiter.api.Test;

/** What events make of items. */
class ProjectorsTest {

    private static final ItemKey ISSUE = Keys.conversation(ConversationKind.ISSUE, 10, 1);
    private static final ItemKey COUNTERS = Keys.counters(10);

    private final FoldedTable table = new FoldedTable();

    private void givenARepository() {
        table.happened(EventFixtures.registered(1, "octocat"), EventFixtures.created(10, 1, "octocat", "hello"));
    }

    @Test
    void anAccountTakesItsLogin() {
        table.happened(EventFixtures.registered(1, "Octocat"));
        assertThat(table.item(Keys.login("octocat")).number(Attr.ACCOUNT_ID)).isEqualTo(1);
        assertThat(table.item(Keys.account(1)).string(Attr.LOGIN)).isEqualTo("Octocat");
    }

    @Test
    void aRenamedAccountGivesItsLoginFree() {
        table.happened(EventFixtures.registered(1, "octocat"), EventFixtures.renamed(1, "octocat", "tentacle"));
        assertThat(table.item(Keys.login("octocat"))).isNull();
        assertThat(table.item(Keys.login("tentacle")).number(Attr.ACCOUNT_ID)).isEqualTo(1);
    }

    @Test
    void aLoginThatOnlyChangesItsCaseStaysTaken() {
        table.happened(EventFixtures.registered(1, "octocat"), EventFixtures.renamed(1, "octocat", "OctoCat"));
        assertThat(table.item(Keys.login("octocat")).number(Attr.ACCOUNT_ID)).isEqualTo(1);
    }

    @Test
    void aDeletedAccountKeepsNothingOfThePerson() {
        table.happened(EventFixtures.registered(1, "octocat"), EventFixtures.accountDeleted(1, "octocat"));
        Item account = table.item(Keys.account(1));
        assertThat(account.flag(Attr.DELETED)).isTrue();
        assertThat(account.has(Attr.LOGIN)).isFalse();
        assertThat(table.item(Keys.login("octocat"))).isNull();
    }

    @Test
    void membersComeGoAndChangeRoles() {
        table.happened(
                EventFixtures.registered(1, "octocat"),
                EventFixtures.organization(50, "github"),
                EventFixtures.member(50, 1, OrganizationRole.MEMBER),
                EventFixtures.memberIs(50, 1, OrganizationRole.ADMIN),
                EventFixtures.ofMembers(50, Permission.NONE));
        assertThat(table.item(Keys.member(50, 1)).string(Attr.ROLE)).isEqualTo("ADMIN");
        assertThat(table.item(Keys.account(50)).string(Attr.OF_MEMBERS)).isEqualTo("NONE");
        table.happened(EventFixtures.memberLeft(50, 1));
        assertThat(table.item(Keys.member(50, 1))).isNull();
        table.deliverAgain(2);
        assertThat(table.item(Keys.member(50, 1))).isNull();
        table.happened(EventFixtures.member(50, 1, OrganizationRole.MEMBER));
        assertThat(table.item(Keys.member(50, 1)).string(Attr.ROLE)).isEqualTo("MEMBER");
    }

    @Test
    void aTransferredRepositoryCountsWithItsNewOwnerWhoIsNoCollaboratorAnyMore() {
        givenARepository();
        table.happened(
                EventFixtures.registered(2, "torvalds"),
                EventFixtures.collaborator(10, 2, Permission.READ),
                EventFixtures.collaboratorMay(10, 2, Permission.WRITE));
        assertThat(table.item(Keys.collaborator(2, 10)).string(Attr.PERMISSION)).isEqualTo("WRITE");
        table.happened(EventFixtures.transferred(10, 1, "octocat", 2, "torvalds", "hello"));
        assertThat(table.item(Keys.collaborator(2, 10))).isNull();
        assertThat(table.item(Keys.repository(10)).number(Attr.OWNER_ID)).isEqualTo(2);
        assertThat(table.count(Keys.accountCounts(1), Attr.PUBLIC_REPOSITORIES)).isZero();
        assertThat(table.count(Keys.accountCounts(2), Attr.PUBLIC_REPOSITORIES)).isEqualTo(1);
        assertThat(table.item(Keys.repositoryName("octocat", "hello")).flag(Attr.REDIRECT))
                .isTrue();
        assertThat(table.item(Keys.repositoryName("torvalds", "hello")).flag(Attr.REDIRECT))
                .isFalse();
    }

    @Test
    void repositoriesCountWithTheirOwner() {
        givenARepository();
        ItemKey counts = Keys.accountCounts(1);
        assertThat(table.count(counts, Attr.PUBLIC_REPOSITORIES)).isEqualTo(1);
        table.happened(EventFixtures.madePrivate(10, true));
        assertThat(table.count(counts, Attr.PUBLIC_REPOSITORIES)).isZero();
        assertThat(table.count(counts, Attr.PRIVATE_REPOSITORIES)).isEqualTo(1);
        table.happened(EventFixtures.deleted(10, 1, "octocat", "hello"));
        assertThat(table.count(counts, Attr.PRIVATE_REPOSITORIES)).isZero();
    }

    @Test
    void aFormerNameLeadsToTheRepositoryUntilAnotherTakesIt() {
        givenARepository();
        table.happened(EventFixtures.renamed(10, "octocat", "hello", "goodbye"));
        ItemKey former = Keys.repositoryName("octocat", "hello");
        assertThat(table.item(former).flag(Attr.REDIRECT)).isTrue();
        table.happened(EventFixtures.created(11, 1, "octocat", "hello"));
        assertThat(table.item(former).flag(Attr.REDIRECT)).isFalse();
        assertThat(table.item(former).number(Attr.REPOSITORY_ID)).isEqualTo(11);
        table.happened(EventFixtures.deleted(10, 1, "octocat", "goodbye"));
        assertThat(table.item(former).number(Attr.REPOSITORY_ID)).isEqualTo(11);
    }

    @Test
    void aRepositoryFollowsItsOwnersLogin() {
        givenARepository();
        table.happened(EventFixtures.ownerRenamed(10, "octocat", "tentacle", "hello"));
        assertThat(table.item(Keys.repository(10)).string(Attr.OWNER_LOGIN)).isEqualTo("tentacle");
        assertThat(table.item(Keys.repositoryName("tentacle", "hello")).flag(Attr.REDIRECT))
                .isFalse();
        assertThat(table.item(Keys.repositoryName("octocat", "hello")).flag(Attr.REDIRECT))
                .isTrue();
    }

    @Test
    void aDeletedRepositoryIsGoneFromItsIndexesAndWaitsForTheSweep() {
        givenARepository();
        table.happened(EventFixtures.deleted(10, 1, "octocat", "hello"));
        Item left = table.raw(Keys.repository(10));
        assertThat(left.isTombstone()).isTrue();
        for (Index index : Index.values()) {
            assertThat(left.has(index.pk())).isFalse();
        }
        assertThat(left.has(Attr.TTL)).isTrue();
        assertThat(table.item(Keys.repositoryName("octocat", "hello"))).isNull();
        assertThat(table.item(Keys.sweep(10))).isNotNull();
    }

    @Test
    void openIssuesAreCountedThroughEveryChangeOfState() {
        givenARepository();
        table.happened(
                EventFixtures.issue(10, 1, 1, "a"), EventFixtures.issue(10, 2, 1, "b"), EventFixtures.closed(10, 1, 1));
        assertThat(table.item(COUNTERS).number(Attr.OPEN_ISSUES)).isEqualTo(1);
        table.happened(EventFixtures.reasonChanged(10, 1, 1));
        assertThat(table.item(COUNTERS).number(Attr.OPEN_ISSUES)).isEqualTo(1);
        assertThat(table.item(ISSUE).string(Attr.STATE_REASON)).isEqualTo("not_planned");
        table.happened(EventFixtures.reopened(10, 1, 1));
        assertThat(table.item(COUNTERS).number(Attr.OPEN_ISSUES)).isEqualTo(2);
        assertThat(table.item(ISSUE).has(Attr.CLOSED_AT)).isFalse();
    }

    @Test
    void aMergedPullRequestIsClosedAndNoLongerCounted() {
        givenARepository();
        table.happened(EventFixtures.pull(10, 1, 1, "p"), EventFixtures.merged(10, 1, 1));
        Item pull = table.item(Keys.conversation(ConversationKind.PULL_REQUEST, 10, 1));
        assertThat(pull.flag(Attr.OPEN)).isFalse();
        assertThat(pull.number(Attr.MERGED_BY)).isEqualTo(1);
        assertThat(table.item(COUNTERS).number(Attr.OPEN_PULLS)).isZero();
    }

    @Test
    void aLongBodyLiesBesideItsIssueAndComesBackWhenItGetsShort() {
        givenARepository();
        String bodyOf4096 = "x".repeat(4096);
        table.happened(EventFixtures.issue(10, 1, 1, "a", bodyOf4096));
        assertThat(table.item(ISSUE).string(Attr.BODY)).hasSize(4096);
        table.happened(EventFixtures.edited(10, 1, null, bodyOf4096 + "x"));
        assertThat(table.item(ISSUE).has(Attr.BODY)).isFalse();
        assertThat(table.item(Keys.body(ISSUE)).string(Attr.BODY)).hasSize(4097);
        table.happened(EventFixtures.edited(10, 1, null, "short"));
        assertThat(table.item(ISSUE).string(Attr.BODY)).isEqualTo("short");
        assertThat(table.item(Keys.body(ISSUE))).isNull();
    }

    @Test
    void aBodyIsLongByItsBytes() {
        givenARepository();
        table.happened(EventFixtures.issue(10, 1, 1, "a", "ü".repeat(2049)));
        assertThat(table.item(ISSUE).flag(Attr.LONG_BODY)).isTrue();
    }

    @Test
    void aStarCountsUntilItIsTakenBack() {
        givenARepository();
        table.happened(EventFixtures.starred(1, 10));
        assertThat(table.item(COUNTERS).number(Attr.STARS)).isEqualTo(1);
        table.happened(EventFixtures.unstarred(1, 10));
        assertThat(table.item(COUNTERS).number(Attr.STARS)).isZero();
        assertThat(table.item(Keys.star(1, 10))).isNull();
        assertThat(table.raw(Keys.star(1, 10)).isTombstone()).isTrue();
        table.happened(EventFixtures.starred(1, 10));
        assertThat(table.item(Keys.star(1, 10))).isNotNull();
    }

    @Test
    void everyTouchedItemIsWrittenOnceForABatch() {
        givenARepository();
        var writes = table.happened(
                EventFixtures.issue(10, 1, 1, "a"),
                EventFixtures.edited(10, 1, "b", null),
                EventFixtures.closed(10, 1, 1),
                EventFixtures.starred(1, 10));
        assertThat(writes)
                .filteredOn(write ->
                        !write.after().is(ItemType.FEED) && !write.after().is(ItemType.HISTORY))
                .hasSize(3);
    }

    @Test
    void whatOneActorDoesAtNeighbouringPositionsIsOnePageOfFeeds() {
        givenARepository();
        List<DomainEvent> events = new ArrayList<>();
        for (int n = 1; n <= 2 * FeedPage.POSITIONS; n++) {
            events.add(EventFixtures.issue(10, n, 1, "an issue"));
        }
        List<Item> pages = table.happened(events.toArray(DomainEvent[]::new)).stream()
                .map(Write::after)
                .filter(item -> item.is(ItemType.FEED))
                .toList();
        assertThat(pages).hasSizeBetween(2, 3).allSatisfy(page -> assertThat(ItemSize.of(page))
                .isLessThan(1_024));
        assertThat(pages.stream().flatMap(page -> FeedPage.entries(page).stream()))
                .filteredOn(entry -> entry.has(Attr.NUMBER))
                .hasSize(2 * FeedPage.POSITIONS);
    }

    @Test
    void aPageOfFeedsHoldsWhatOneActorDid() {
        givenARepository();
        List<Item> pages = table
                .happened(EventFixtures.starred(1, 10), EventFixtures.starred(2, 10), EventFixtures.starred(3, 10))
                .stream()
                .map(Write::after)
                .filter(item -> item.is(ItemType.FEED))
                .toList();
        assertThat(pages).extracting(page -> page.number(Attr.ACCOUNT_ID)).containsExactlyInAnyOrder(1L, 2L, 3L);
    }

    @Test
    void createdAtStaysAndUpdatedAtMovesWithTheItemItself() {
        givenARepository();
        table.happened(EventFixtures.issue(10, 1, 1, "a"));
        Item repository = table.item(Keys.repository(10));
        assertThat(repository.instant(Attr.UPDATED_AT)).isEqualTo(repository.instant(Attr.CREATED_AT));
        Item before = table.item(ISSUE);
        table.happened(EventFixtures.edited(10, 1, "b", null));
        assertThat(table.item(ISSUE).instant(Attr.CREATED_AT)).isEqualTo(before.instant(Attr.CREATED_AT));
        assertThat(table.item(ISSUE).instant(Attr.UPDATED_AT)).isAfter(before.instant(Attr.UPDATED_AT));
    }

    private void givenALabelledIssue() {
        givenARepository();
        table.happened(
                EventFixtures.issue(10, 1, 1, "a"),
                EventFixtures.label(10, 70, "bug"),
                EventFixtures.label(10, 71, "core"),
                EventFixtures.labelled(10, 1, 71, 70),
                EventFixtures.assigned(10, 1, 1, 2));
    }

    @Test
    void anIssueKeepsItsLabelsAndAssigneesInTheOrderTheyCame() {
        givenALabelledIssue();
        assertThat(table.item(ISSUE).numbers(Attr.LABELS)).containsExactly(71L, 70L);
        table.happened(
                EventFixtures.unlabelled(10, 1, 71),
                EventFixtures.labelled(10, 1, 71),
                EventFixtures.unassigned(10, 1, 1, 2));
        assertThat(table.item(ISSUE).numbers(Attr.LABELS)).containsExactly(70L, 71L);
        assertThat(table.item(ISSUE).has(Attr.ASSIGNEES)).isFalse();
    }

    @Test
    void anIssueIsFoundByItsLabelsAndAssigneesInItsPresentState() {
        givenALabelledIssue();
        assertThat(table.edges())
                .containsOnlyKeys(
                        byLabel(70, false),
                        byLabel(70, true),
                        byLabel(71, false),
                        byLabel(71, true),
                        byAssignee(1, false),
                        byAssignee(1, true),
                        byAssignee(2, false),
                        byAssignee(2, true));
        table.happened(EventFixtures.closed(10, 1, 1));
        table.happened(EventFixtures.unlabelled(10, 1, 71), EventFixtures.unassigned(10, 1, 2));
        assertThat(table.edges()).containsOnlyKeys(byLabel(70, false), byAssignee(1, false));
        assertThat(table.edges().values())
                .allSatisfy(edge -> assertThat(Edge.target(edge)).isEqualTo(ISSUE));
        table.happened(EventFixtures.reopened(10, 1, 1));
        assertThat(table.edges())
                .containsOnlyKeys(byLabel(70, false), byLabel(70, true), byAssignee(1, false), byAssignee(1, true));
    }

    @Test
    void whatMovesNoEdgeWritesNone() {
        givenALabelledIssue();
        assertThat(table.happened(
                        EventFixtures.edited(10, 1, "another title", null),
                        EventFixtures.commented(10, 1, 9_001, 1, "me too")))
                .allSatisfy(write -> assertThat(IssueEdges.of(write)).isEmpty());
    }

    /** An earlier attempt at the first of these events alone, by an engine that fell down, would have left the edge. */
    @Test
    void anEdgeThatComesAndGoesWithinABatchLeavesATombstone() {
        table.happened(EventFixtures.issue(10, 1, 1, "an issue"));
        assertThat(table.happened(EventFixtures.labelled(10, 1, 70), EventFixtures.unlabelled(10, 1, 70)))
                .flatMap(IssueEdges::of)
                .extracting(edge -> edge.after().key(), edge -> edge.after().isTombstone())
                .containsExactlyInAnyOrder(tuple(byLabel(70, false), true), tuple(byLabel(70, true), true));
    }

    private ItemKey byLabel(long label, boolean amongOpen) {
        Item issue = table.item(ISSUE);
        return Keys.labelEdge(label, issue.instant(Attr.CREATED_AT), issue.number(Attr.ID), amongOpen);
    }

    private ItemKey byAssignee(long account, boolean amongOpen) {
        Item issue = table.item(ISSUE);
        return Keys.assigneeEdge(account, issue.instant(Attr.CREATED_AT), issue.number(Attr.ID), amongOpen);
    }

    @Test
    void anEdgeOfALabelThatWasSweptAwayDoesNotComeBack() {
        givenALabelledIssue();
        table.happened(EventFixtures.labelDeleted(10, 70, "bug"));
        Set<ItemKey> swept = Set.of(byLabel(70, false), byLabel(70, true));
        table.sweepEdges(edge -> swept.contains(edge.key()));
        table.happened(EventFixtures.edited(10, 1, "b", null), EventFixtures.closed(10, 1, 1));
        assertThat(table.edges()).containsOnlyKeys(byLabel(71, false), byAssignee(1, false), byAssignee(2, false));
        assertThat(table.item(Keys.labelSweep(70))).isNotNull();
    }

    @Test
    void aLabelThatChangesItsNameGivesTheOldOneFree() {
        givenALabelledIssue();
        var writes = table.happened(EventFixtures.labelEdited(10, 70, "bug", "defect", "ff0000"));
        assertThat(writes).as("no issue is touched").hasSize(3);
        assertThat(table.item(Keys.labelName(10, "BUG"))).isNull();
        assertThat(table.item(Keys.labelName(10, "Defect")).number(Attr.LABEL_ID))
                .isEqualTo(70);
        assertThat(table.item(Keys.label(10, 70)).string(Attr.COLOR)).isEqualTo("ff0000");
        table.happened(EventFixtures.labelEdited(10, 70, "defect", "DEFECT", null), EventFixtures.label(10, 72, "bug"));
        assertThat(table.item(Keys.labelName(10, "defect")).number(Attr.LABEL_ID))
                .isEqualTo(70);
        table.happened(EventFixtures.labelDeleted(10, 70, "DEFECT"));
        assertThat(table.item(Keys.labelName(10, "defect"))).isNull();
        assertThat(table.item(Keys.labelName(10, "bug")).number(Attr.LABEL_ID)).isEqualTo(72);
    }

    @Test
    void aLockHasAReasonOrNone() {
        givenALabelledIssue();
        table.happened(EventFixtures.locked(10, 1, LockReason.SPAM));
        assertThat(table.item(ISSUE).string(Attr.LOCK_REASON)).isEqualTo("spam");
        table.happened(EventFixtures.locked(10, 1, null));
        assertThat(table.item(ISSUE).flag(Attr.LOCKED)).isTrue();
        assertThat(table.item(ISSUE).has(Attr.LOCK_REASON)).isFalse();
        table.happened(EventFixtures.unlocked(10, 1));
        assertThat(table.item(ISSUE).flag(Attr.LOCKED)).isFalse();
    }

    private static DomainEvent[] history() {
        return new DomainEvent[] {
            EventFixtures.registered(1, "octocat"),
            EventFixtures.created(10, 1, "octocat", "hello"),
            EventFixtures.issue(10, 1, 1, "a", "x".repeat(5000)),
            EventFixtures.edited(10, 1, "aa", "short"),
            EventFixtures.closed(10, 1, 1),
            EventFixtures.renamed(10, "octocat", "hello", "bye"),
            EventFixtures.renamed(10, "octocat", "bye", "hello"),
            EventFixtures.starred(1, 10),
            EventFixtures.unstarred(1, 10),
            EventFixtures.starred(1, 10),
            EventFixtures.pull(10, 1, 1, "p"),
            EventFixtures.label(10, 70, "bug"),
            EventFixtures.label(10, 71, "area/core"),
            EventFixtures.labelled(10, 1, 70, 71),
            EventFixtures.assigned(10, 1, 1),
            EventFixtures.unlabelled(10, 1, 70),
            EventFixtures.locked(10, 1, LockReason.TOO_HEATED),
            EventFixtures.labelEdited(10, 71, "area/core", "kernel", "ff0000"),
            EventFixtures.labelDeleted(10, 70, "bug"),
            EventFixtures.label(10, 72, "BUG"),
            EventFixtures.pullLabelled(10, 1, 72),
            EventFixtures.topics(10, "java"),
            EventFixtures.milestone(10, 1, "v1"),
            EventFixtures.milestone(10, 2, "v2"),
            EventFixtures.pullMilestoned(10, 1, 2),
            EventFixtures.milestoneClosed(10, 2),
            EventFixtures.milestoneDeleted(10, 1),
            EventFixtures.merged(10, 1, 1),
            EventFixtures.deleted(10, 1, "octocat", "hello"),
            EventFixtures.created(11, 1, "octocat", "hello"),
            EventFixtures.issue(11, 1, 1, "of the successor")
        };
    }

    @Test
    void oneBatchMakesWhatManyMakeButForTombstonesOfWhatCameAndWent() {
        DomainEvent[] history = history();
        FoldedTable oneByOne = new FoldedTable();
        for (DomainEvent event : history) {
            oneByOne.happened(event);
        }
        table.happened(history);
        assertThat(table.items()).isEqualTo(oneByOne.items());
        assertThat(table.edges()).isEqualTo(oneByOne.edges());
    }

    @Test
    void deliveringAgainFromAnywhereChangesNothing() {
        DomainEvent[] history = history();
        table.happened(history);
        var before = new HashMap<>(table.items());
        for (int from = 0; from <= history.length; from++) {
            assertThat(table.deliverAgain(from)).isEmpty();
        }
        assertThat(table.items()).isEqualTo(before);
    }

    @Test
    void anEventThatCannotBeReadStopsItsSequenceAndNoOther() {
        givenARepository();
        table.happened(EventFixtures.created(11, 1, "octocat", "other"));
        var strange = table.stored("never-heard-of", 1, "{}", "r:10");
        table.fold(List.of(strange));
        assertThat(table.lastDeadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.sequence()).isEqualTo("r:10");
            assertThat(letter.position()).isEqualTo(strange.position());
        });
        table.happened(EventFixtures.issue(10, 1, 1, "not seen"), EventFixtures.issue(11, 1, 1, "seen"));
        assertThat(table.item(ISSUE)).isNull();
        assertThat(table.item(Keys.conversation(ConversationKind.ISSUE, 11, 1))).isNotNull();
    }
}
