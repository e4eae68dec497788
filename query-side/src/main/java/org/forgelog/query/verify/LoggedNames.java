package org.forgelog.query.verify;

import java.util.List;
import java.util.Map;
import org.forgelog.domain.DomainEvent;
import org.forgelog.eventlog.StoredEvent;

/** The names of accounts and repositories as the log makes them: many sequences make them together. */
final class LoggedNames {

    private static final int PAGE = 2_000;

    /** The stored types of the events that change names. */
    private static final List<String> NAME_TYPES = List.of(
            "account-registered",
            "account-renamed",
            "account-deleted",
            "repository-created",
            "repository-renamed",
            "repository-owner-renamed",
            "repository-transferred",
            "repository-deleted");

    private final Source source;
    private final TableState state;
    private final long upTo;
    private final ObservedItems observed;
    private final Expected expected;

    /** @param upTo as for {@link LogFold} */
    LoggedNames(Source source, TableState state, long upTo, ObservedItems observed, Expected expected) {
        this.source = source;
        this.state = state;
        this.upTo = upTo;
        this.observed = observed;
        this.expected = expected;
    }

    void fold() {
        long position = 0;
        ItemFold rows = source.folds().ofNames((row, by) -> {
            ObservedItem item = observed.of(row.key());
            if (item != null) {
                item.changed(by.position(), row.item(), by.position() <= state.position());
            }
        });
        boolean told = false;
        while (true) {
            List<StoredEvent> page = source.log().ofTypes(NAME_TYPES, position, upTo, PAGE);
            if (page.isEmpty()) {
                break;
            }
            for (StoredEvent event : page) {
                if (!told && event.position() > state.position()) {
                    told = true;
                    tellNames(rows);
                }
                Long blocked = state.blockedAt().get(event.sequenceKey());
                if ((blocked == null || event.position() < blocked) && !state.isSkipped(event.position())) {
                    DomainEvent read = source.read(event, state.limit(event.sequenceKey()));
                    if (read != null) {
                        rows.apply(event, read);
                    }
                }
            }
            position = page.getLast().position();
        }
        if (!told) {
            tellNames(rows);
        }
    }

    private void tellNames(ItemFold rows) {
        for (FoldedItem row : rows.all()) {
            Map<String, Object> item = row.item();
            if (item != null) {
                expected.item(row.key(), item, Expected.MANY, false);
            }
        }
    }
}
