package org.forgelog.query.moment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.forgelog.domain.DomainEvent;
import org.forgelog.eventlog.EventCodec;
import org.forgelog.eventlog.StoredEvent;
import org.forgelog.query.projection.batch.FoldedItems;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.verify.RandomForge;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A facet's events alone make of its items what all events make of them. */
class FacetTest {

    /** What is made by several sequences, or only ever found by lists that know no past. */
    private static final Pattern OF_NO_FACET = Pattern.compile("(F|H|X|I|IT)#.*|SWEEP|REPOS|ADMINS");

    private record Happened(StoredEvent stored, DomainEvent event) {}

    private static Map<String, List<Happened>> sequences(long seed) {
        EventCodec codec = new EventCodec();
        Map<String, List<Happened>> sequences = new TreeMap<>();
        long position = 0;
        for (DomainEvent event : new RandomForge(seed).happens(2_000)) {
            EventCodec.Encoded encoded = codec.encode(event);
            StoredEvent stored = new StoredEvent(
                    ++position,
                    "",
                    "",
                    "",
                    0,
                    encoded.type(),
                    encoded.revision(),
                    encoded.json(),
                    "{}",
                    event.sequenceKey(),
                    Instant.parse("2026-01-01T00:00:00Z").plusSeconds(position));
            sequences
                    .computeIfAbsent(event.sequenceKey(), key -> new ArrayList<>())
                    .add(new Happened(stored, event));
        }
        return sequences;
    }

    private static Map<ItemKey, Item> fold(FoldedItems items, List<Happened> events) {
        events.forEach(happened -> items.apply(happened.stored, happened.event));
        Map<ItemKey, Item> folded = new LinkedHashMap<>();
        items.all().forEach(item -> folded.put(item.key(), item));
        return folded;
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12})
    void aFacetIsMadeByItsOwnEvents(long seed) {
        Set<Facet> met = EnumSet.noneOf(Facet.class);
        sequences(seed).forEach((sequence, events) -> {
            Map<ItemKey, Item> whole = fold(new FoldedItems(key -> true), events);
            for (Facet facet : Facet.values()) {
                Pattern types = Pattern.compile(facet.types());
                Map<ItemKey, Item> alone = fold(
                        new FoldedItems(facet::holds),
                        events.stream()
                                .filter(happened ->
                                        types.matcher(happened.stored.type()).find())
                                .toList());
                Map<ItemKey, Item> expected = new LinkedHashMap<>(whole);
                expected.keySet().removeIf(key -> !facet.holds(key));
                if (facet != Facet.COUNTED) {
                    assertThat(alone).as(facet + " of " + sequence).isEqualTo(expected);
                    if (!alone.isEmpty()) {
                        met.add(facet);
                    }
                }
            }
            assertThat(whole.keySet().stream()
                            .filter(key -> Arrays.stream(Facet.values()).noneMatch(facet -> facet.holds(key))))
                    .allMatch(key -> OF_NO_FACET.matcher(key.pk()).matches());
        });
        assertThat(met).hasSize(Facet.values().length - 1);
    }

    @ParameterizedTest
    @ValueSource(longs = {13})
    void anIssueIsMadeByTheEventsOfItsNumber(long seed) {
        sequences(seed).forEach((sequence, events) -> {
            for (Facet facet : List.of(Facet.CONVERSATIONS, Facet.COMMENTS)) {
                Map<ItemKey, Item> whole = fold(new FoldedItems(facet::holds), events);
                Map<Long, List<ItemKey>> byNumber = whole.keySet().stream()
                        .filter(key -> Facet.number(key) != null)
                        .collect(Collectors.groupingBy(Facet::number));
                byNumber.forEach((number, keys) -> {
                    Pattern about = Pattern.compile("\"number\":" + number + "[,}]");
                    Map<ItemKey, Item> one = fold(
                            new FoldedItems(facet::holds),
                            events.stream()
                                    .filter(happened -> about.matcher(happened.stored.payload())
                                            .find())
                                    .toList());
                    assertThat(keys).allSatisfy(key -> assertThat(one.get(key)).isEqualTo(whole.get(key)));
                });
            }
        });
    }
}
