package org.forgelog.query.moment;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.forgelog.domain.DomainEvent;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.repository.RepositoryEvent.RepositoryTransferred;
import org.forgelog.eventlog.EventCodec;
import org.forgelog.eventlog.LogHistory;
import org.forgelog.eventlog.StoredEvent;
import org.forgelog.query.projection.batch.FoldedItems;
import org.forgelog.query.projection.projector.CounterDelta;
import org.forgelog.query.projection.projector.ItemMutation;
import org.forgelog.query.projection.projector.Projectors;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.ItemType;
import org.forgelog.query.table.Keys;
import org.jspecify.annotations.Nullable;

/** Folds parts of the log, for one answer. What a table leaves out is left out here as well. */
final class LogFolder {

    private static final int PAGE = 2_000;
    /** How many are read before it is known how long they are. */
    private static final int FIRST_PAGE = 100;

    private final LogHistory history;
    private final EventCodec codec;
    private @Nullable Set<Long> skipped;
    private int read;

    LogFolder(LogHistory history, EventCodec codec) {
        this.history = history;
        this.codec = codec;
    }

    /** How many events were read. */
    int read() {
        return read;
    }

    private int page() {
        return read == 0 ? FIRST_PAGE : PAGE;
    }

    private static long characters(List<StoredEvent> events) {
        return events.stream().mapToLong(event -> event.payload().length()).sum();
    }

    private List<StoredEvent> counted(List<StoredEvent> page) {
        read += page.size();
        return page;
    }

    private boolean isSkipped(StoredEvent event) {
        if (skipped == null) {
            skipped = history.log().skipped().keySet();
        }
        return skipped.contains(event.position());
    }

    /** What is said of an event; {@code null} when this program cannot read it, or it lies in another sequence than its own. */
    private @Nullable DomainEvent read(StoredEvent event) {
        try {
            DomainEvent read = codec.decode(event.type(), event.revision(), event.payload());
            return read.sequenceKey().equals(event.sequenceKey()) ? read : null;
        } catch (RuntimeException e) {
            return null;
        }
    }

    /** Where a sequence is blocked in tables, it ends. */
    private boolean apply(FoldedItems items, StoredEvent event, Moment moment) {
        if (isSkipped(event) || !moment.holds(event)) {
            return true;
        }
        DomainEvent read = read(event);
        if (read == null) {
            return false;
        }
        try {
            items.apply(event, read);
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    /**
     * Hands over the events after a position, page by page.
     *
     * @param next the page after a position; empty behind the last
     * @param take answers whether the next is wanted, too
     * @return how many were read
     */
    private int each(
            LongFunction<List<StoredEvent>> next, long after, Allowance allowance, Predicate<StoredEvent> take) {
        int events = 0;
        long characters = 0;
        List<StoredEvent> page = counted(next.apply(after));
        while (!page.isEmpty()) {
            events += page.size();
            characters += characters(page);
            allowance.check(events);
            allowance.checkText(characters);
            for (StoredEvent event : page) {
                if (!take.test(event)) {
                    return events;
                }
            }
            page = counted(next.apply(page.getLast().position()));
        }
        return events;
    }

    /**
     * A facet of a sequence at a moment, without what was deleted since.
     *
     * @param number of the one issue or pull request that is wanted; {@code null} for all
     */
    SequenceItems sequence(String sequence, Facet facet, @Nullable Long number, Moment moment, Allowance allowance) {
        FoldedItems items = new FoldedItems(facet::holds);
        int events = each(
                after -> page(sequence, facet, number, after, moment),
                0,
                allowance,
                event -> apply(items, event, moment));
        SequenceItems folded = new SequenceItems(live(items), events, moment.position());
        return !moment.isWhole() && facet.mayBeDeleted() ? without(folded, sequence, moment, allowance) : folded;
    }

    private List<StoredEvent> page(String sequence, Facet facet, @Nullable Long number, long after, Moment moment) {
        return number == null
                ? history.ofSequence(sequence, facet.types(), after, moment.position(), moment.reach(), page())
                : history.ofConversation(
                        sequence, facet.types(), number, after, moment.position(), moment.reach(), page());
    }

    /** All that an item of a sequence has been up to a moment. */
    List<Version> versions(String sequence, ItemKey key, Moment moment, Allowance allowance) {
        ItemKey body = Keys.body(key);
        FoldedItems items = new FoldedItems(each -> each.equals(key) || each.equals(body));
        List<Version> versions = new ArrayList<>();
        AtomicLong characters = new AtomicLong();
        each(after -> page(sequence, Facet.of(key), Facet.number(key), after, moment), 0, allowance, event -> {
            DomainEvent read = isSkipped(event) ? null : read(event);
            if (read != null && !items.apply(event, read).isEmpty()) {
                allowance.checkVersions(characters.addAndGet(event.payload().length()));
                versions.add(new Version(event, items.get(key), items.get(body)));
            }
            return true;
        });
        return versions;
    }

    private static Map<ItemKey, Item> live(FoldedItems items) {
        return items.all().stream()
                .filter(item -> !item.isTombstone())
                .collect(Collectors.toMap(Item::key, item -> item));
    }

    /** The same without what has been deleted since it was last looked at; of an account stays what stays of it now. */
    SequenceItems without(SequenceItems items, String sequence, Moment moment, Allowance allowance) {
        long checked = items.checked();
        Map<ItemKey, Item> left = null;
        int events = 0;
        List<StoredEvent> page;
        do {
            page = counted(history.deletions(sequence, checked, PAGE));
            if (!page.isEmpty()) {
                events += page.size();
                allowance.check(events);
                left = left == null ? items.copy() : left;
                delete(page, left);
                checked = page.getLast().position();
            }
        } while (page.size() == PAGE);
        if (left == null) {
            items.checked(moment.known());
            return items;
        }
        return new SequenceItems(left, items.events(), Math.max(moment.known(), checked));
    }

    private void delete(List<StoredEvent> deletions, Map<ItemKey, Item> left) {
        for (StoredEvent deletion : deletions) {
            DomainEvent event = read(deletion);
            for (ItemMutation mutation : event == null ? List.<ItemMutation>of() : Projectors.all(deletion, event)) {
                Item item = left.get(mutation.key());
                Item after = item == null ? null : mutation.change().apply(item);
                if (item != null && after == null) {
                    left.remove(mutation.key());
                } else if (after != null && after.is(ItemType.ACCOUNT)) {
                    left.put(mutation.key(), after);
                }
            }
        }
    }

    /** What several sequences make together: names, in the order in which they passed from one to another. */
    private SequenceItems names(List<StoredEvent> events, Facet facet, Moment moment) {
        FoldedItems items = new FoldedItems(facet::holds);
        events.stream()
                .sorted(Comparator.comparingLong(StoredEvent::position))
                .forEach(event -> apply(items, event, moment));
        return new SequenceItems(live(items), events.size(), moment.position());
    }

    /** Who has which login. */
    SequenceItems logins(Moment moment, Allowance allowance) {
        List<StoredEvent> events = new ArrayList<>();
        each(after -> history.ofLogins(after, moment.position(), moment.reach(), page()), 0, allowance, events::add);
        return names(events, Facet.LOGIN, moment);
    }

    /** Which repositories have, or lead on from, a name. */
    SequenceItems repositoriesNamed(String name, Moment moment, Allowance allowance) {
        Set<String> sequences = history.everNamed(name, moment.reach(), allowance.left() + 1);
        return names(ofSequences(sequences, Facet.NAME, moment, allowance), Facet.NAME, moment);
    }

    /**
     * Counts that the repositories of some sequences make together.
     *
     * @param key of the item that holds them
     */
    SequenceItems counts(ItemKey key, Set<String> sequences, Moment moment, Allowance allowance) {
        List<StoredEvent> events = ofSequences(sequences, Facet.COUNTED, moment, allowance);
        FoldedItems items = new FoldedItems(Facet.COUNTED::holds);
        Set<String> blocked = new HashSet<>();
        for (StoredEvent event : events) {
            if (!blocked.contains(event.sequenceKey()) && !apply(items, event, moment)) {
                blocked.add(event.sequenceKey());
            }
        }
        Map<String, Long> sums = new HashMap<>();
        live(items).values().forEach(item -> CounterDelta.difference(null, item)
                .getOrDefault(key, Map.of())
                .forEach((name, by) -> sums.merge(name, by, Long::sum)));
        Item counts = Item.of(key, ItemType.COUNTERS);
        for (Map.Entry<String, Long> sum : sums.entrySet()) {
            counts = counts.with(sum.getKey(), sum.getValue());
        }
        return new SequenceItems(Map.of(key, counts), events.size(), moment.position());
    }

    private List<StoredEvent> ofSequences(
            Collection<String> sequences, Facet facet, Moment moment, Allowance allowance) {
        List<StoredEvent> events = new ArrayList<>();
        StoredEvent last = null;
        while (!sequences.isEmpty()) {
            allowance.check(Math.max(sequences.size(), events.size()));
            List<StoredEvent> page = counted(
                    history.ofSequences(sequences, facet.types(), last, moment.position(), moment.reach(), page()));
            if (page.isEmpty()) {
                break;
            }
            events.addAll(page);
            allowance.checkText(characters(events));
            last = page.getLast();
        }
        return events;
    }

    /** The sequences of the repositories that an account has given away since. */
    Set<String> givenAway(long account, Moment moment, Allowance allowance) {
        Set<String> sequences = new LinkedHashSet<>();
        each(after -> history.transfers(after, page()), moment.position(), allowance, event -> {
            if (read(event) instanceof RepositoryTransferred transferred
                    && transferred.oldOwnerId().equals(new AccountId(account))) {
                sequences.add(event.sequenceKey());
            }
            return true;
        });
        return sequences;
    }
}
