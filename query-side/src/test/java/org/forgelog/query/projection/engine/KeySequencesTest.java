package org.forgelog.query.projection.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.forgelog.domain.DomainEvent;
import org.forgelog.eventlog.EventCodec;
import org.forgelog.query.projection.batch.FoldedTable;
import org.forgelog.query.projection.batch.IssueEdges;
import org.forgelog.query.projection.batch.PendingItem.Write;
import org.forgelog.query.table.Index;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.KeySequences;
import org.forgelog.query.table.Span;
import org.forgelog.query.verify.RandomForge;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What projectors write under a key comes of the sequences that the key is said to be made from, whatever happens. */
class KeySequencesTest {

    private final EventCodec codec = new EventCodec();
    /** Beginnings of partitions of which sequences are known, to see that there are some. */
    private final Set<String> told = new TreeSet<>();

    static LongStream seeds() {
        return LongStream.rangeClosed(1, Boolean.getBoolean("faults.all") ? 10 : 1);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void eachWriteIsOfASequenceThatItsKeyIsMadeFrom(long seed) {
        FoldedTable table = new FoldedTable();
        for (DomainEvent event : new RandomForge(seed).happens(3_000)) {
            for (Write write : table.happened(event)) {
                check(event, write.before(), write.after());
                IssueEdges.of(write).forEach(edge -> check(event, edge.before(), edge.after()));
                write.counts().keySet().forEach(counts -> check(event, counts, KeySequences.of(counts, null)));
            }
        }
        assertThat(told).contains("A", "ASR", "C", "CI", "COL", "G", "H", "L", "LAB", "MIL", "N", "R", "S", "SR", "X");
    }

    private void check(DomainEvent event, Item before, Item after) {
        ItemKey key = after.key();
        check(event, key, KeySequences.of(key, before));
        check(event, key, KeySequences.of(key, after));
        for (Item item :
                Arrays.asList(before, after).stream().filter(Objects::nonNull).toList()) {
            for (Span span : spans(item)) {
                check(event, span.pk(), KeySequences.of(span, List.of(item)));
            }
        }
    }

    private static List<Span> spans(Item item) {
        List<Span> spans = new ArrayList<>(List.of(new Span(null, item.key().pk(), "")));
        for (Index index : Index.values()) {
            if (item.has(index.pk())) {
                spans.add(new Span(index, item.string(index.pk()), ""));
            }
        }
        return spans;
    }

    private void check(DomainEvent event, Object key, Set<String> sequences) {
        boolean structural = KeySequences.isStructural(codec.encode(event).type());
        assertThat(sequences.isEmpty()
                        || sequences.contains(event.sequenceKey())
                        || (structural && sequences.contains(KeySequences.STRUCTURE)))
                .as("%s, said to be of %s, is changed by %s", key, sequences, event)
                .isTrue();
        if (!sequences.isEmpty()) {
            told.add(key.toString().replaceFirst("#.*", ""));
        }
    }
}
