package org.forgelog.query.read;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.forgelog.domain.Permission;
import org.forgelog.query.moment.MomentItems;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Edge;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemDigest;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.KeySequences;
import org.forgelog.query.table.Keys;
import org.forgelog.query.table.Span;
import org.forgelog.query.table.Spans;
import org.forgelog.query.table.Table.Queried;
import org.forgelog.query.table.Table.Range;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The table as it was at a moment of the past, under today's rights: of a repository that the caller may not see now there is
 * nothing, and its events are not even read. For one pass of a view; what is asked of the table as it is now is fetched as
 * always, and what the log tells is read at once.
 */
final class MomentLookup implements Lookup {

    private static final Set<String> OF_ALL = Set.of(KeySequences.STRUCTURE);
    private static final Pattern ACROSS = Pattern.compile("(OWN|BY|S|ASG)#0*([1-9][0-9]*)(#[HO])?");
    private static final Pattern WITH_COUNTS = Pattern.compile("[AR]#[0-9]+");
    /** Entries of an index of today's table that are asked for at once. */
    private static final int PAGE = 1_000;

    /** What somebody tells of themselves, for as long as they do. */
    private static final List<String> PROFILE = List.of(
            Attr.NAME,
            Attr.EMAIL,
            Attr.BLOG,
            Attr.TWITTER,
            Attr.COMPANY,
            Attr.LOCATION,
            Attr.HIREABLE,
            Attr.BIO,
            Attr.BILLING_EMAIL);

    private final MomentItems moment;
    private final Lookup now;
    private final BooleanSupplier settled;
    private final Visibility rights;
    private final ItemDigest digest = new ItemDigest();

    /**
     * @param now today's table
     * @param settled whether all that was asked of it is there
     * @param rights what the caller may see today
     */
    MomentLookup(MomentItems moment, Lookup now, BooleanSupplier settled, Visibility rights) {
        this.moment = moment;
        this.now = now;
        this.settled = settled;
        this.rights = rights;
    }

    @Override
    public @Nullable Item item(ItemKey key) {
        Item item = find(key);
        digest.add(key, item);
        return item;
    }

    private @Nullable Item find(ItemKey key) {
        Set<String> sequences = KeySequences.of(key, null);
        if (sequences.equals(OF_ALL)) {
            return Keys.isSharedCounts(key) ? counts(key) : named(key);
        }
        return sequences.isEmpty()
                ? placed(key)
                : ofSequence(sequences.iterator().next(), key);
    }

    private @Nullable Item ofSequence(String sequence, ItemKey key) {
        Item item = isVisible(sequence) ? moment.get(sequence, key) : null;
        // Who did what was imported may have come later.
        return item == null && moment.isByTime() && Keys.isAccount(key) ? now.item(key) : item;
    }

    private boolean isVisible(String sequence) {
        return sequence.startsWith("a:") || isVisible(idIn(sequence));
    }

    private boolean isVisible(long repository) {
        Item item = now.item(Keys.repository(repository));
        return item != null && rights.permission(item).covers(Permission.READ);
    }

    /** The id in a sequence's key, or in a partition's. */
    private static long idIn(String key) {
        return Long.parseLong(key.substring(2));
    }

    /**
     * Who or what had a name. It is what has it now, mostly; otherwise the log is searched. A name that nothing had leads
     * to what has it now, so that present names are good for any moment.
     */
    private @Nullable Item named(ItemKey name) {
        Item present = now.item(name);
        boolean ofAccount = name.pk().startsWith("L#");
        if (present != null && ofAccount) {
            Item held = moment.login(name, "a:" + present.number(Attr.ACCOUNT_ID));
            if (held != null) {
                return held;
            }
        } else if (present != null && !present.flag(Attr.REDIRECT)) {
            String sequence = "r:" + present.number(Attr.REPOSITORY_ID);
            Item held = isVisible(sequence) ? moment.repositoryName(name, sequence) : null;
            if (held != null && !held.flag(Attr.REDIRECT)) {
                return held;
            }
        }
        if (!settled.getAsBoolean()) {
            return null;
        }
        Item held = ofAccount ? moment.login(name) : moment.repositoryName(name);
        return held == null ? present : held;
    }

    private @Nullable Item counts(ItemKey key) {
        long id = idIn(key.pk());
        if (key.pk().startsWith("A#")) {
            return moment.ownedCounts(key, id);
        }
        return isVisible(id) ? moment.forkCounts(key, id) : null;
    }

    /** Where a comment is, which never changes; what is gone now is not shown. */
    private @Nullable Item placed(ItemKey place) {
        Item present = now.item(place);
        if (present == null || !isVisible(present.number(Attr.REPOSITORY_ID))) {
            return null;
        }
        return moment.get("r:" + present.number(Attr.REPOSITORY_ID), place, present.number(Attr.NUMBER));
    }

    @Override
    public @Nullable Item peek(ItemKey key) {
        return item(key);
    }

    @Override
    public boolean isUnknown(ItemKey key) {
        return false;
    }

    @Override
    public boolean isUnknown(Range range) {
        return false;
    }

    @Override
    public Queried page(Range range) {
        Queried page = query(range);
        digest.add(range, page);
        return page;
    }

    private Queried query(Range range) {
        Span span = range.span();
        Matcher across = ACROSS.matcher(span.pk());
        if (across.matches() && (span.index() != null || Edge.isIn(span))) {
            long account = Long.parseLong(across.group(2));
            Set<String> sequences =
                    switch (across.group(1)) {
                        case "OWN" -> owned(account);
                        case "BY" -> ofAll(Spans.managed(account), Attr.REPOSITORY_ID);
                        case "ASG" -> moment.everAssigned(account);
                        default -> moment.everStarred(account);
                    };
            return moment.query(sequences.stream().filter(this::isVisible).toList(), range);
        }
        Set<String> sequences = KeySequences.of(span, List.of());
        List<String> own = sequences.stream()
                .filter(sequence -> !sequence.equals(KeySequences.STRUCTURE))
                .toList();
        if (own.isEmpty()) {
            // Labels are ids here: whoever knows one has asked for its repository before.
            return moment.queryLabelled(range);
        }
        if (!own.stream().allMatch(this::isVisible)) {
            return new Queried(List.of(), null);
        }
        return span.index() == null && WITH_COUNTS.matcher(span.pk()).matches()
                ? withCounts(range, own)
                : moment.query(own, range);
    }

    /** An account, or a repository, and what lies beside it. */
    private Queried withCounts(Range range, List<String> own) {
        Range all = new Range(range.span(), range.from(), range.to(), false, Integer.MAX_VALUE, null, false);
        List<Item> items = new ArrayList<>();
        for (Item item : moment.query(own, all).items()) {
            items.add(item.has(Attr.LOGIN) ? asStillTold(item) : item);
        }
        long id = idIn(range.span().pk());
        boolean ofAccount = range.span().pk().startsWith("A#");
        Stream.of(
                        counts(ofAccount ? Keys.accountCounts(id) : Keys.forkCounts(id)),
                        ofAccount ? null : moment.get(own.getFirst(), Keys.counters(id)))
                .filter(Objects::nonNull)
                .forEach(items::add);
        return MomentItems.query(items, range);
    }

    /** An account without what it does not tell of itself any more. */
    private Item asStillTold(Item account) {
        Item present = now.item(account.key());
        Item told = account;
        for (String attribute : PROFILE) {
            if (present == null || !present.has(attribute)) {
                told = told.without(attribute);
            }
        }
        return told;
    }

    /** The sequences of what an account owns now, as far as the caller may know, and of what it has given away. */
    private Set<String> owned(long account) {
        Set<String> sequences = new LinkedHashSet<>(ofAll(Spans.ownedByCreation(account, false), Attr.ID));
        if (rights.seesPrivateOf(account)) {
            sequences.addAll(ofAll(Spans.ownedByCreation(account, true), Attr.ID));
        }
        sequences.addAll(moment.givenAway(account));
        return sequences;
    }

    /** The sequences of all repositories that a span of today's table names. */
    private Set<String> ofAll(Span span, String attribute) {
        Set<String> sequences = new LinkedHashSet<>();
        Map<String, AttributeValue> after = null;
        int looked = 0;
        do {
            Queried page = now.page(new Range(span, span.low(), span.high(), true, PAGE, after, false));
            page.items().forEach(item -> sequences.add("r:" + item.number(attribute)));
            looked += page.items().size();
            moment.check(looked);
            after = page.more();
        } while (after != null);
        return sequences;
    }

    @Override
    public void reject(RuntimeException rejection) {
        now.reject(rejection);
    }

    @Override
    public boolean mayBe(BooleanSupplier condition) {
        return condition.getAsBoolean() || !settled.getAsBoolean();
    }

    @Override
    public boolean isBlind() {
        return false;
    }

    @Override
    public void keepCost() {
        now.keepCost();
    }

    @Override
    public void dependsOn(String what) {
        digest.add(what);
    }

    /** A digest of all that the view asked for, as text. */
    String fingerprint() {
        return HexFormat.of().formatHex(digest.done());
    }
}
