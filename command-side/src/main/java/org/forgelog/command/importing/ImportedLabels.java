package org.forgelog.command.importing;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.forgelog.command.importing.Fact.LabelText;
import org.forgelog.command.importing.ImportIndex.LabelKey;
import org.forgelog.command.importing.ImportIndex.LocalRepository;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.label.Label;
import org.forgelog.domain.label.LabelCommand.CreateLabel;
import org.forgelog.domain.label.LabelId;
import org.forgelog.domain.label.LabelName;
import org.jspecify.annotations.Nullable;

/** Labels of repositories, by their names. */
final class ImportedLabels {

    private static final int DESCRIPTION_LIMIT = 100;

    private final ImportTransaction transaction;
    private final Map<LabelKey, LabelId> labels = new HashMap<>();

    ImportedLabels(ImportTransaction transaction) {
        this.transaction = transaction;
    }

    /** Looks up all of these at once. */
    void load(Collection<LabelKey> keys) {
        labels.putAll(transaction.index().labels(keys));
    }

    /** A label of a repository, which is made when there is none; {@code null} when it cannot be called anything. */
    @Nullable
    LabelId of(LocalRepository repository, LabelText text, AccountId by, Instant at) {
        LabelName name = ImportedText.labelName(text.name());
        if (name == null) {
            return null;
        }
        LabelKey key = new LabelKey(repository.id(), name.key());
        LabelId known = labels.get(key);
        if (known != null) {
            return known;
        }
        LabelId id = new LabelId(transaction.index().nextId());
        CreateLabel command = new CreateLabel(
                id,
                repository.id(),
                name,
                ImportedText.labelColor(text.color()),
                transaction.text(text.description(), DESCRIPTION_LIMIT, true),
                by,
                at);
        if (!transaction.send(command, () -> Label.decide(null, command))) {
            return null;
        }
        labels.put(key, id);
        transaction.taken("labels");
        return id;
    }
}
