package org.forgelog.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.forgelog.domain.Rejections.assertInvalid;
import static org.forgelog.domain.Rejections.assertRejected;
import static org.forgelog.domain.Samples.HELLO_WORLD;
import static org.forgelog.domain.Samples.NOTHING;
import static org.forgelog.domain.Samples.NOW;
import static org.forgelog.domain.Samples.OCTOCAT;
import static org.forgelog.domain.Samples.THEN;

import java.util.Map;
import java.util.Objects;
import org.forgelog.domain.Rejection.Code;
import org.forgelog.domain.Rejection.Fault;
import org.forgelog.domain.repository.Numbering;
import org.forgelog.domain.repository.Repository;
import org.forgelog.domain.repository.RepositoryCommand;
import org.forgelog.domain.repository.RepositoryCommand.ArchiveRepository;
import org.forgelog.domain.repository.RepositoryCommand.CreateRepository;
import org.forgelog.domain.repository.RepositoryCommand.DeleteRepository;
import org.forgelog.domain.repository.RepositoryCommand.EditRepository;
import org.forgelog.domain.repository.RepositoryCommand.RenameRepository;
import org.forgelog.domain.repository.RepositoryCommand.UnarchiveRepository;
import org.forgelog.domain.repository.RepositoryEvent;
import org.forgelog.domain.repository.RepositoryEvent.RepositoryEdited;
import org.forgelog.domain.repository.RepositoryFlag;
import org.forgelog.domain.repository.RepositoryName;
import org.forgelog.domain.repository.RepositoryOption;
import org.forgelog.domain.repository.RepositorySettings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepositoryTest {

    private final Repository created = after(
            null,
            new CreateRepository(
                    HELLO_WORLD,
                    OCTOCAT,
                    "octocat",
                    new RepositoryName("Hello-World"),
                    NOTHING,
                    null,
                    Numbering.SHARED,
                    OCTOCAT,
                    THEN));

    @Test
    void aNewRepositoryHasTheDefaultSettings() {
        assertThat(created.settings()).isEqualTo(RepositorySettings.DEFAULT);
        assertThat(created.createdAt()).isEqualTo(THEN);
    }

    @Test
    void anEditSaysOnlyWhatChangesAndMovesTheUpdateTimeAlone() {
        RepositorySettings.Changes changes = new RepositorySettings.Changes(
                Change.to("A simple hello world project"),
                Change.to(null),
                null,
                null,
                "main",
                true,
                Map.of(RepositoryFlag.HAS_WIKI, false, RepositoryFlag.HAS_ISSUES, true),
                Map.of());
        assertThat(Repository.decide(created, new EditRepository(HELLO_WORLD, changes, NOW)))
                .containsExactly(new RepositoryEdited(
                        HELLO_WORLD,
                        new RepositorySettings.Changes(
                                Change.to("A simple hello world project"),
                                null,
                                null,
                                null,
                                null,
                                true,
                                Map.of(RepositoryFlag.HAS_WIKI, false),
                                Map.of()),
                        NOW));
        Repository edited = after(created, new EditRepository(HELLO_WORLD, changes, NOW));
        assertThat(edited.createdAt()).isEqualTo(THEN);
        assertThat(edited.updatedAt()).isEqualTo(NOW);
    }

    @Test
    void aDescriptionMayHave350CharactersAndNotOneMore() {
        assertThat(Repository.decide(created, describe("x".repeat(350)))).hasSize(1);
        assertInvalid("description", Fault.CUSTOM, () -> Repository.decide(created, describe("x".repeat(351))));
    }

    @Test
    void aWordedSettingTakesOnlyItsWords() {
        RepositorySettings.Changes changes = new RepositorySettings.Changes(
                null, null, null, null, null, null, Map.of(), Map.of(RepositoryOption.MERGE_COMMIT_TITLE, "ANY"));
        assertInvalid(
                "merge_commit_title",
                Fault.INVALID,
                () -> Repository.decide(created, new EditRepository(HELLO_WORLD, changes, NOW)));
    }

    @Test
    void anArchivedRepositoryTakesNoChangesUntilItIsUnarchived() {
        Repository archived = after(created, new ArchiveRepository(HELLO_WORLD, NOW));
        assertRejected(Code.ARCHIVED, () -> Repository.decide(archived, describe("new")));
        assertRejected(
                Code.ARCHIVED,
                () -> Repository.decide(archived, new RenameRepository(HELLO_WORLD, new RepositoryName("other"), NOW)));
        Repository back = after(archived, new UnarchiveRepository(HELLO_WORLD, NOW));
        assertThat(Repository.decide(back, describe("new"))).hasSize(1);
    }

    @Test
    void aDeletedRepositoryIsNotFound() {
        Repository deleted = after(created, new DeleteRepository(HELLO_WORLD, NOW));
        assertRejected(Code.NOT_FOUND, () -> Repository.decide(deleted, describe("new")));
        assertRejected(Code.NOT_FOUND, () -> Repository.decide(deleted, new DeleteRepository(HELLO_WORLD, NOW)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "a#b", "a b", "naïve", "a\u0000", "リポ"})
    void aNameIsMadeOfPlainLettersDigitsAndThreeSigns(String name) {
        assertInvalid("name", Fault.INVALID, () -> new RepositoryName(name));
    }

    @Test
    void aNameMayHave100CharactersKeepsItsCaseAndIsUniqueWithout() {
        assertThat(new RepositoryName("A".repeat(100)).key()).isEqualTo("a".repeat(100));
        assertInvalid("name", Fault.CUSTOM, () -> new RepositoryName("A".repeat(101)));
    }

    private static EditRepository describe(String text) {
        return new EditRepository(
                HELLO_WORLD,
                new RepositorySettings.Changes(Change.to(text), null, null, null, null, null, Map.of(), Map.of()),
                NOW);
    }

    private static Repository after(@Nullable Repository state, RepositoryCommand command) {
        Repository next = state;
        for (RepositoryEvent event : Repository.decide(state, command)) {
            next = Repository.evolve(next, event);
        }
        return Objects.requireNonNull(next);
    }
}
