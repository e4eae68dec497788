package org.forgelog.command.importing;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.forgelog.command.execution.Session;
import org.forgelog.command.importing.ImportIndex.Imported;
import org.forgelog.domain.DomainCommand;
import org.forgelog.domain.Rejection;
import org.jspecify.annotations.Nullable;

/**
 * What the parts of an import share while some records are carried out: the session, what is known of identities, and
 * the record that is at hand. A command is judged before it is sent, since one that is refused would take the whole
 * transaction back.
 */
final class ImportTransaction {

    private final Session session;
    private final ImportIndex index;
    private final ImportReport report;
    private final boolean lastPass;
    private final Map<String, Imported> known = new HashMap<>();
    private final Map<String, Imported> changes = new LinkedHashMap<>();
    private ImportedRecord record = new ImportedRecord("", "", false, List.of());

    ImportTransaction(Session session, ImportIndex index, ImportReport report, boolean lastPass) {
        this.session = session;
        this.index = index;
        this.report = report;
        this.lastPass = lastPass;
    }

    Session session() {
        return session;
    }

    ImportIndex index() {
        return index;
    }

    void at(ImportedRecord next) {
        record = next;
    }

    boolean tellsOfAChange() {
        return record.once();
    }

    void load(Collection<String> keys) {
        known.putAll(index.known(keys));
    }

    @Nullable
    Imported known(String key) {
        return known.get(key);
    }

    void remember(String key, @Nullable Long localId, @Nullable String kind, @Nullable Instant at) {
        Imported value = new Imported(localId, kind, at);
        known.put(key, value);
        changes.put(key, value);
    }

    void store() {
        index.remember(changes);
    }

    /**
     * Has a command carried out.
     *
     * @param decision what would come of it
     * @return whether something came of it
     */
    boolean send(DomainCommand<?> command, Supplier<? extends List<?>> decision) {
        int events;
        try {
            events = decision.get().size();
        } catch (Rejection e) {
            leftOut(command.getClass().getSimpleName() + " refused: " + e.code());
            return false;
        }
        if (events == 0) {
            return false;
        }
        session.sendImported(command, record.origin());
        report.events(events);
        return true;
    }

    /** Has a command carried out that may come to nothing, and answers what it leaves. */
    <S> S send(DomainCommand<S> command) {
        return session.sendImported(command, record.origin());
    }

    void event() {
        report.events(1);
    }

    void taken(String kind) {
        report.taken(kind);
    }

    void mapped(String what) {
        report.mapped(what, record.where());
    }

    void leftOut(String what) {
        report.leftOut(what, record.where());
    }

    /** What is about something that is not here: in the last pass it never will be. */
    void missing(String what) {
        if (lastPass) {
            leftOut(what);
        }
    }

    /** {@code text} as it can be stored, at most {@code limit} characters of it. */
    @Nullable
    String text(@Nullable String text, int limit, boolean oneLine) {
        if (text == null) {
            return null;
        }
        String clean = ImportedText.cleaned(text, limit, oneLine);
        if (!clean.equals(text)) {
            mapped("texts shortened, or characters in them replaced");
        }
        return clean;
    }
}
