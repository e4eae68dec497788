package org.forgelog.query.moment;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.forgelog.domain.Rejection;
import org.forgelog.query.moment.Moments.Key;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.Keys;
import org.forgelog.query.table.Span;
import org.forgelog.query.table.Table.Queried;
import org.forgelog.query.table.Table.Range;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The items of a moment, for one answer. Knows nothing of rights: who asks decides which sequences may be looked at. For
 * one thread.
 *
 * <p>All of it throws a {@link Rejection} where it would take too many events.
 */
public final class MomentItems {

    private final Moments moments;
    private final LogFolder folder;
    private final Moment moment;
    private final int mostEvents;
    private final Map<Key, SequenceItems> used = new HashMap<>();
    private final Map<ItemKey, List<Version>> versions = new HashMap<>();
    private final Runnable large;
    private int events;

    MomentItems(Moments moments, LogFolder folder, Moment moment, int mostEvents, Runnable large) {
        this.moments = moments;
        this.folder = folder;
        this.moment = moment;
        this.mostEvents = mostEvents;
        this.large = large;
    }

    /** How many events were read for what was asked for; not those that had been read before. */
    public int read() {
        return folder.read();
    }

    /** Refuses what would take so many events more. */
    public void check(int more) {
        allowance().check(more);
    }

    /** Whether a moment has items of this kind: what only lists show is not among them. */
    public static boolean knows(ItemKey key) {
        return Facet.of(key).holds(key);
    }

    /** Whether imported events count from when they happened. */
    public boolean isByTime() {
        return moment.time() != null;
    }

    /** An item of one sequence; {@code null} when there was none. */
    public @Nullable Item get(String sequence, ItemKey key) {
        return get(sequence, key, Facet.number(key));
    }

    /** @param number of the issue or pull request that it is about; {@code null} where nobody knows */
    public @Nullable Item get(String sequence, ItemKey key, @Nullable Long number) {
        return of(sequence, Facet.of(key), number).get(key);
    }

    /** What a query answered that was made of some sequences alone. */
    public Queried query(Collection<String> sequences, Range range) {
        Span span = range.span();
        List<Item> items = new ArrayList<>();
        sequences.forEach(sequence ->
                items.addAll(of(sequence, Facet.of(span), Facet.number(span)).in(span)));
        return query(items, range);
    }

    /** What a query answered about what carries a label, whose repository was asked for its labels before. */
    public Queried queryLabelled(Range range) {
        return query(
                used.keySet().stream()
                        .filter(key -> key.facet() == Facet.LABELS)
                        .map(Key::sequence)
                        .toList(),
                range);
    }

    private SequenceItems of(String sequence, Facet facet, @Nullable Long number) {
        Key whole = new Key(sequence, facet, moment.settled());
        boolean one = number != null && !used.containsKey(whole) && !moments.remembers(whole);
        Key key = one ? new Key(sequence, facet, number, moment.settled()) : whole;
        SequenceItems known = used.get(key);
        if (known != null) {
            return known;
        }
        SequenceItems found =
                moments.get(key, () -> folder.sequence(sequence, facet, key.number(), moment, allowance()));
        if (found.checked() < moment.known() && facet.mayBeDeleted()) {
            SequenceItems left = folder.without(found, sequence, moment, allowance());
            if (left != found) {
                moments.put(key, left);
            }
            found = left;
        }
        return use(key, found);
    }

    private SequenceItems of(Key key, Function<Allowance, SequenceItems> fold) {
        SequenceItems known = used.get(key);
        return known == null ? use(key, moments.get(key, () -> fold.apply(allowance()))) : known;
    }

    private SequenceItems use(Key key, SequenceItems items) {
        new Allowance(mostEvents, events, () -> {}).check(items.events());
        events += items.events();
        used.put(key, items);
        return items;
    }

    private Allowance allowance() {
        return new Allowance(mostEvents, events, large);
    }

    /** A login, as far as one account's sequence alone tells whose it was. */
    public @Nullable Item login(ItemKey login, String sequence) {
        return of(sequence, Facet.LOGIN, null).get(login);
    }

    /** A login, whosever it was. */
    public @Nullable Item login(ItemKey login) {
        return of(new Key("logins", Facet.LOGIN, moment.settled()), allowance -> folder.logins(moment, allowance))
                .get(login);
    }

    /** A repository's name, as far as one repository's sequence alone tells which had it. */
    public @Nullable Item repositoryName(ItemKey name, String sequence) {
        return of(sequence, Facet.NAME, null).get(name);
    }

    /** A repository's name, whichever had it or led on from it. */
    public @Nullable Item repositoryName(ItemKey name) {
        String own = name.pk().substring(name.pk().indexOf('/') + 1);
        return of(
                        new Key("named " + own, Facet.NAME, moment.settled()),
                        allowance -> folder.repositoriesNamed(own, moment, allowance))
                .get(name);
    }

    /** How many repositories an account owned. */
    public @Nullable Item ownedCounts(ItemKey key, long account) {
        return counts(key, left -> moments.history().everOwned(account, moment.reach(), left));
    }

    /** How many forks a repository had. */
    public @Nullable Item forkCounts(ItemKey key, long repository) {
        return counts(key, left -> moments.history().forksOf(repository, moment.reach(), left));
    }

    private @Nullable Item counts(ItemKey key, Function<Integer, Set<String>> sequences) {
        return of(
                        new Key(key.pk(), Facet.COUNTED, moment.settled()),
                        allowance -> folder.counts(key, sequences.apply(allowance.left() + 1), moment, allowance))
                .get(key);
    }

    /** The sequences of the repositories that a user starred, whether they do still or not. */
    public Set<String> everStarred(long account) {
        return checked(moments.history()
                .everStarred(account, moment.reach(), allowance().left() + 1));
    }

    /** The sequences of the repositories in which something was assigned to a user, whether it is still or not. */
    public Set<String> everAssigned(long account) {
        return checked(moments.history()
                .everAssigned(account, moment.reach(), allowance().left() + 1));
    }

    private Set<String> checked(Set<String> sequences) {
        allowance().check(sequences.size());
        return sequences;
    }

    /** The sequences of the repositories that an account has given away since. */
    public Set<String> givenAway(long account) {
        return folder.givenAway(account, moment, allowance());
    }

    /** Everything that a sequence had made, but for names. */
    Map<ItemKey, Item> all(String sequence) {
        if (sequence.startsWith("a:")) {
            return of(sequence, Facet.ACCOUNT, null).copy();
        }
        Map<ItemKey, Item> all = new HashMap<>();
        Facet.IN_REPOSITORIES.forEach(
                facet -> all.putAll(of(sequence, facet, null).copy()));
        return all;
    }

    /** All that an item of a sequence has been, in order. */
    public List<Version> versions(String sequence, ItemKey key) {
        return versions.computeIfAbsent(key, absent -> folder.versions(sequence, key, moment, allowance()));
    }

    /** What a query of {@code items}, in any order, answers; all of them are in the range's partition. */
    public static Queried query(List<Item> items, Range range) {
        Span span = range.span();
        List<Item> found = new ArrayList<>();
        for (Item item : items) {
            String sortKey = item.string(span.skAttribute());
            if (SequenceItems.compare(sortKey, range.from()) >= 0 && SequenceItems.compare(sortKey, range.to()) <= 0) {
                found.add(item);
            }
        }
        Comparator<Item> order = range.descending() ? SequenceItems.order(span).reversed() : SequenceItems.order(span);
        found.sort(order);
        if (range.after() != null) {
            Item last = Item.read(range.after());
            found.removeIf(item -> order.compare(item, last) <= 0);
        }
        if (found.size() < range.limit()) {
            return new Queried(found, null);
        }
        List<Item> page = List.copyOf(found.subList(0, range.limit()));
        return new Queried(page, place(page.getLast(), span));
    }

    /** As DynamoDB says it, which does not look whether anything follows. */
    private static Map<String, AttributeValue> place(Item item, Span span) {
        Map<String, AttributeValue> place = new HashMap<>();
        for (String name : List.of(Keys.PK, Keys.SK, span.pkAttribute(), span.skAttribute())) {
            place.put(name, item.attributes().get(name));
        }
        return place;
    }
}
