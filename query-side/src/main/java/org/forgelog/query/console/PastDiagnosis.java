package org.forgelog.query.console;

import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.forgelog.api.openapi.AsOf;
import org.forgelog.api.openapi.Parameters;
import org.forgelog.eventlog.EventLogReader;
import org.forgelog.query.console.Probe.Probed;
import org.forgelog.query.moment.Moment;
import org.forgelog.query.moment.MomentItems;
import org.forgelog.query.moment.Moments;
import org.forgelog.query.read.PastReads;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.KeySequences;
import org.forgelog.query.table.Table;
import org.jspecify.annotations.Nullable;

/** Shows what was at a moment of the past. */
final class PastDiagnosis {

    private final Moments moments;
    private final PastReads past;
    private final EventLogReader log;

    PastDiagnosis(Moments moments, PastReads past, EventLogReader log) {
        this.moments = moments;
        this.past = past;
        this.log = log;
    }

    long head() {
        return log.head();
    }

    /**
     * The position of the moment that is asked for.
     *
     * @param typed as {@code as_of} takes it; wins
     * @param slid where a slider stands
     * @param end where the slider ended, which stands for now
     * @return 0 for now
     */
    long position(String typed, long slid, long end) {
        AsOf asOf = typed.isEmpty() ? null : Parameters.AS_OF.parse("Moment", typed);
        return asOf != null ? past.position(asOf) : slid > 0 && slid < end ? slid : 0;
    }

    /** An item as it was, beside what it is. */
    PastView item(Table table, ItemKey key, long position) {
        Item now = table.find(key);
        Set<String> sequences = new TreeSet<>(KeySequences.of(key, now));
        sequences.remove(KeySequences.STRUCTURE);
        if (sequences.size() != 1 || !MomentItems.knows(key)) {
            return view(
                    position, "What several sequences make, and what only lists show, is not shown as it was.", null);
        }
        Item then = moments.at(Moment.whole(position), () -> {})
                .get(sequences.iterator().next(), key);
        Item live = now == null || now.isTombstone() ? null : now;
        ItemView item = new ItemView(
                key.toString(),
                then == null ? "was not there" : live == null ? "is not there any more" : "",
                ItemView.rows(ItemView.plain(then), ItemView.plain(live)));
        return view(position, then == null ? "There was no such item." : "", item);
    }

    private PastView view(long position, String note, @Nullable ItemView item) {
        return new PastView(position, at(position), note, item, 0, "");
    }

    /** An answer as it was. */
    PastView answer(Probed probed, long position) {
        return new PastView(position, at(position), "", null, probed.status(), probed.body());
    }

    private @Nullable Instant at(long position) {
        return log.after(position - 1, 1).stream()
                .filter(event -> event.position() == position)
                .map(event -> event.appendedAt())
                .findFirst()
                .orElse(null);
    }
}
