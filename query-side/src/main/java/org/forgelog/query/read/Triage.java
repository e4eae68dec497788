package org.forgelog.query.read;

import java.util.List;
import org.forgelog.api.representation.LabelJson;
import org.forgelog.api.representation.RepositoryRef;
import org.forgelog.domain.Rejection;
import org.forgelog.query.read.Accounts.Listed;
import org.forgelog.query.read.Reading.Opened;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.Keys;

/** What a repository has to sort its issues and pull requests with: labels. */
public final class Triage {

    private final Reading reading;

    public Triage(Reading reading) {
        this.reading = reading;
    }

    /** The repository's labels, by name. Index: gsi3. */
    public Listed<LabelJson> labels(Address address, PageRequest request) {
        Opened<Pager> opened = reading.repository(
                address,
                (round, id) -> reading.pager(round, request, List.of(Keys.labelsByName(id)), false, item -> true));
        Page page = reading.page(opened.asked());
        RepositoryRef ref = reading.ref(opened.id());
        return new Listed<>(
                page.items().stream()
                        .map(item -> reading.labels().json(item, ref))
                        .toList(),
                page);
    }

    /**
     * The label with this name in any case. Keys: its name's, and, in the same round where this node has met the name,
     * its own.
     */
    public LabelJson label(Address address, String name) {
        Labels.requirePossible(name);
        Opened<ItemKey> opened = reading.repository(address, (round, id) -> {
            ItemKey key = Keys.labelName(id, name);
            round.get(key);
            Long guess = reading.guess(key);
            if (guess != null) {
                round.get(Keys.label(id, guess));
            }
            return key;
        });
        Long label = reading.confirmed(opened.asked(), Attr.LABEL_ID);
        if (label == null) {
            throw Rejection.notFound();
        }
        ItemKey key = Keys.label(opened.id(), label);
        reading.session().round().get(key).run();
        Item item = reading.session().item(key);
        if (item == null) {
            throw Rejection.notFound();
        }
        return reading.labels().json(item, reading.ref(opened.id()));
    }
}
