package org.forgelog.command.importing;

import java.util.Map;
import org.forgelog.command.importing.Fact.RepositorySeen;
import org.forgelog.domain.Change;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.repository.BranchName;
import org.forgelog.domain.repository.RepositorySettings;
import org.jspecify.annotations.Nullable;

/** How a repository is set up, as far as it can be so here. */
final class ImportedSettings {

    private final ImportTransaction transaction;

    ImportedSettings(ImportTransaction transaction) {
        this.transaction = transaction;
    }

    RepositorySettings.Changes of(RepositorySeen seen) {
        return new RepositorySettings.Changes(
                change(seen.description(), RepositorySettings.DESCRIPTION_LIMIT),
                null,
                change(seen.homepage(), RepositorySettings.LINE_LIMIT),
                change(seen.language(), RepositorySettings.LINE_LIMIT),
                branch(seen.defaultBranch()),
                seen.told() ? seen.isPrivate() : null,
                seen.flags(),
                Map.of());
    }

    private @Nullable Change<String> change(@Nullable String text, int limit) {
        return text == null || text.isEmpty() ? null : Change.to(transaction.text(text, limit, true));
    }

    private static @Nullable String branch(@Nullable String name) {
        try {
            return name == null
                    ? null
                    : BranchName.of("Repository", "default_branch", name).value();
        } catch (Rejection e) {
            return null;
        }
    }
}
