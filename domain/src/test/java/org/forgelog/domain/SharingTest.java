package org.forgelog.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.forgelog.domain.Rejections.assertInvalid;
import static org.forgelog.domain.Rejections.assertRejected;
import static org.forgelog.domain.Samples.HELLO_WORLD;
import static org.forgelog.domain.Samples.NOTHING;
import static org.forgelog.domain.Samples.NOW;
import static org.forgelog.domain.Samples.OCTOCAT;
import static org.forgelog.domain.Samples.THEN;
import static org.forgelog.domain.Samples.TORVALDS;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.forgelog.domain.Rejection.Code;
import org.forgelog.domain.Rejection.Fault;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.account.OrganizationRole;
import org.forgelog.domain.repository.Access;
import org.forgelog.domain.repository.Fork;
import org.forgelog.domain.repository.Numbering;
import org.forgelog.domain.repository.Repository;
import org.forgelog.domain.repository.RepositoryCommand;
import org.forgelog.domain.repository.RepositoryCommand.ArchiveRepository;
import org.forgelog.domain.repository.RepositoryCommand.CreateRepository;
import org.forgelog.domain.repository.RepositoryCommand.RemoveCollaborator;
import org.forgelog.domain.repository.RepositoryCommand.ReplaceTopics;
import org.forgelog.domain.repository.RepositoryCommand.SetCollaborator;
import org.forgelog.domain.repository.RepositoryCommand.TransferRepository;
import org.forgelog.domain.repository.RepositoryEvent;
import org.forgelog.domain.repository.RepositoryEvent.CollaboratorAdded;
import org.forgelog.domain.repository.RepositoryEvent.CollaboratorPermissionChanged;
import org.forgelog.domain.repository.RepositoryEvent.CollaboratorRemoved;
import org.forgelog.domain.repository.RepositoryEvent.TopicsReplaced;
import org.forgelog.domain.repository.RepositoryId;
import org.forgelog.domain.repository.RepositoryName;
import org.forgelog.domain.repository.Topic;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a repository shares with others: rights, forks, topics. */
class SharingTest {

    private final Repository created = after(null, create(null));

    @Test
    void aCollaboratorIsAddedOnceAndMayGetAnotherPermission() {
        assertThat(Repository.decide(created, set(TORVALDS, Permission.READ)))
                .containsExactly(new CollaboratorAdded(HELLO_WORLD, TORVALDS, Permission.READ, OCTOCAT, NOW));
        Repository shared = after(created, set(TORVALDS, Permission.READ));
        assertThat(Repository.decide(shared, set(TORVALDS, Permission.READ))).isEmpty();
        assertThat(Repository.decide(shared, set(TORVALDS, Permission.WRITE)))
                .containsExactly(
                        new CollaboratorPermissionChanged(HELLO_WORLD, TORVALDS, Permission.WRITE, OCTOCAT, NOW));
        assertThat(after(shared, set(TORVALDS, Permission.WRITE))
                        .collaborators()
                        .permissions())
                .isEqualTo(Map.of(TORVALDS, Permission.WRITE));
    }

    @Test
    void aCollaboratorIsRemovedOnce() {
        Repository shared = after(created, set(TORVALDS, Permission.READ));
        RemoveCollaborator remove = new RemoveCollaborator(HELLO_WORLD, TORVALDS, OCTOCAT, NOW);
        assertThat(Repository.decide(shared, remove))
                .containsExactly(new CollaboratorRemoved(HELLO_WORLD, TORVALDS, OCTOCAT, NOW));
        assertThat(Repository.decide(after(shared, remove), remove)).isEmpty();
    }

    @Test
    void aTransferredRepositoryHasAnotherOwnerWhoIsNoCollaborator() {
        Repository shared = after(created, set(TORVALDS, Permission.READ));
        TransferRepository transfer =
                new TransferRepository(HELLO_WORLD, TORVALDS, "torvalds", new RepositoryName("moved"), OCTOCAT, NOW);

        Repository moved = after(shared, transfer);

        assertThat(moved.ownerId()).isEqualTo(TORVALDS);
        assertThat(moved.ownerLogin()).isEqualTo("torvalds");
        assertThat(moved.name()).isEqualTo("moved");
        assertThat(moved.collaborators().permissions()).isEmpty();
        assertThat(Repository.decide(moved, transfer)).isEmpty();
        Repository archived = after(shared, new ArchiveRepository(HELLO_WORLD, NOW));
        assertRejected(Code.ARCHIVED, () -> Repository.decide(archived, transfer));
    }

    @Test
    void theOwnerIsNoCollaborator() {
        assertInvalid("collaborator", Fault.INVALID, () -> Repository.decide(created, set(OCTOCAT, Permission.READ)));
    }

    @Test
    void nobodyCollaboratesWithoutAnyPermission() {
        assertInvalid("permission", Fault.INVALID, () -> Repository.decide(created, set(TORVALDS, Permission.NONE)));
    }

    @Test
    void anArchivedRepositoryGivesNoRightsButTakesThemAway() {
        Repository archived =
                after(after(created, set(TORVALDS, Permission.READ)), new ArchiveRepository(HELLO_WORLD, NOW));
        assertRejected(Code.ARCHIVED, () -> Repository.decide(archived, set(TORVALDS, Permission.ADMIN)));
        assertRejected(Code.ARCHIVED, () -> Repository.decide(archived, topics("java")));
        assertThat(Repository.decide(archived, new RemoveCollaborator(HELLO_WORLD, TORVALDS, OCTOCAT, NOW)))
                .hasSize(1);
    }

    @Test
    void collaboratorsLeaveTheTimeOfItsLastUpdateAlone() {
        assertThat(after(created, set(TORVALDS, Permission.READ)).updatedAt()).isEqualTo(THEN);
    }

    @Test
    void permissionsAreReadInBothVocabularies() {
        assertThat(Permission.ofCollaborator("pull")).isEqualTo(Permission.ofCollaborator("read"));
        assertThat(Permission.ofCollaborator("push")).isEqualTo(Permission.WRITE);
        assertInvalid("permission", Fault.INVALID, () -> Permission.ofCollaborator("none"));
        assertThat(Permission.ofCollaborator("triage")).isEqualTo(Permission.TRIAGE);
        assertThat(Permission.MAINTAIN.covers(Permission.WRITE)).isTrue();
        assertThat(Permission.TRIAGE.covers(Permission.WRITE)).isFalse();
        assertThat(Permission.MAINTAIN.olderWord()).isEqualTo("write");
        assertInvalid("default_repository_permission", Fault.INVALID, () -> Permission.ofMembers("triage"));
        assertThat(Permission.ofMembers("none")).isEqualTo(Permission.NONE);
        assertInvalid("default_repository_permission", Fault.INVALID, () -> Permission.ofMembers("pull"));
    }

    @Test
    void aPublicRepositoryIsReadByEverybodyAPrivateOneByNobodyElse() {
        assertThat(access(false, null, Permission.READ, null)).isEqualTo(Permission.READ);
        assertThat(access(true, null, Permission.READ, null)).isEqualTo(Permission.NONE);
        assertThat(access(true, null, Permission.NONE, Permission.READ)).isEqualTo(Permission.READ);
    }

    @Test
    void theGreatestOfSomebodysRightsCounts() {
        assertThat(access(true, OrganizationRole.MEMBER, Permission.READ, Permission.WRITE))
                .isEqualTo(Permission.WRITE);
        assertThat(access(true, OrganizationRole.MEMBER, Permission.WRITE, Permission.READ))
                .isEqualTo(Permission.WRITE);
        assertThat(access(true, OrganizationRole.ADMIN, Permission.NONE, null)).isEqualTo(Permission.ADMIN);
        assertThat(access(true, OrganizationRole.MEMBER, Permission.NONE, null)).isEqualTo(Permission.NONE);
        assertThat(new Access(true, true, null, Permission.NONE, null).permission())
                .isEqualTo(Permission.ADMIN);
    }

    @Test
    void aForkKnowsItsParentAndWhereTheNetworkBegan() {
        RepositoryId parent = new RepositoryId(4);
        RepositoryId source = new RepositoryId(5);
        assertThat(Fork.of(parent, null)).isEqualTo(new Fork(parent, parent));
        assertThat(after(null, create(Fork.of(parent, source))).fork()).isEqualTo(new Fork(parent, source));
        assertThat(created.fork()).isNull();
    }

    @Test
    void topicsAreReplacedAltogetherEachOnce() {
        assertThat(Repository.decide(created, topics("java", "api-2", "java")))
                .containsExactly(new TopicsReplaced(HELLO_WORLD, List.of("java", "api-2"), OCTOCAT, NOW));
        Repository tagged = after(created, topics("java", "api-2"));
        assertThat(Repository.decide(tagged, topics("java", "api-2"))).isEmpty();
        assertThat(after(tagged, topics()).topics()).isEmpty();
    }

    @Test
    void aRepositoryMayHave20TopicsAndNotOneMore() {
        assertThat(Repository.decide(created, topics(words(20)))).hasSize(1);
        assertInvalid("names", Fault.CUSTOM, () -> Repository.decide(created, topics(words(21))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Java", "-a", "a b", "a_b", "é", "#a", "a\n"})
    void aTopicIsMadeOfLowerCaseLettersDigitsAndHyphens(String topic) {
        assertInvalid("names", Fault.INVALID, () -> new Topic(topic));
    }

    @Test
    void aTopicMayHave50CharactersAndNotOneMore() {
        assertThat(new Topic("a".repeat(50)).value()).hasSize(50);
        assertInvalid("names", Fault.INVALID, () -> new Topic("a".repeat(51)));
    }

    private static Permission access(
            boolean isPrivate,
            @Nullable OrganizationRole role,
            Permission ofMembers,
            @Nullable Permission asCollaborator) {
        return new Access(isPrivate, false, role, ofMembers, asCollaborator).permission();
    }

    private static String[] words(int count) {
        return IntStream.range(0, count).mapToObj(i -> "topic-" + i).toArray(String[]::new);
    }

    private static ReplaceTopics topics(String... words) {
        return new ReplaceTopics(
                HELLO_WORLD, List.of(words).stream().map(Topic::new).toList(), OCTOCAT, NOW);
    }

    private static SetCollaborator set(AccountId account, Permission permission) {
        return new SetCollaborator(HELLO_WORLD, account, permission, OCTOCAT, NOW);
    }

    private static CreateRepository create(@Nullable Fork fork) {
        return new CreateRepository(
                HELLO_WORLD,
                OCTOCAT,
                "octocat",
                new RepositoryName("hello"),
                NOTHING,
                fork,
                Numbering.SHARED,
                OCTOCAT,
                THEN);
    }

    private static Repository after(@Nullable Repository state, RepositoryCommand command) {
        Repository next = state;
        for (RepositoryEvent event : Repository.decide(state, command)) {
            next = Repository.evolve(next, event);
        }
        return Objects.requireNonNull(next);
    }
}
