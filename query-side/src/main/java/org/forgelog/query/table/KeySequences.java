package org.forgelog.query.table;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which sequences of events an item or page is made from: those of whose events alone it changes. A sequence is that of
 * a repository ({@code r:10}) or of an account ({@code a:1}). Names that nothing has yet, and counts that several sequences
 * add to, are said to be of {@link #STRUCTURE}, a sequence of all events that create, name, move, hide or delete accounts
 * and repositories.
 */
public final class KeySequences {

    /** Stands for all sequences, as far as {@link #isStructural structural} events go. */
    public static final String STRUCTURE = "*";

    /** Events that touch nothing but their own sequence's items. Those of types that are not known yet are none. */
    private static final Pattern OWN = Pattern.compile(
            "(issue|pull-request|comment|reaction|label|milestone|topics|collaborator|invitation|member|membership|token|profile|emails)-.*"
                    + "|repository-(starred|unstarred|watched|unwatched|ignored|unignored|archived|unarchived)");

    private static final String ID = "0*([1-9][0-9]*)";
    /** Partitions that begin with a repository's, and indexes that are by repository. */
    private static final Pattern OF_REPOSITORY =
            Pattern.compile("(?:R#|C#R#|H#R#|X#R#|SR#|WR#|WI#|HI#|COL#|MIL#|ASR#)" + ID + "(?:#.*)?");

    private static final Pattern WITH_SHARED_COUNTS = Pattern.compile("[AR]#[0-9]+");
    private static final Pattern OF_ACCOUNT = Pattern.compile("[AI]#" + ID);
    private static final Pattern BY_REPOSITORY = Pattern.compile("[GSW]#[0-9]+");

    private KeySequences() {}

    /** Whether an event of this type, of whatever sequence, may change what is of {@link #STRUCTURE}. */
    public static boolean isStructural(String eventType) {
        return !OWN.matcher(eventType).matches();
    }

    /**
     * The sequences of an item.
     *
     * @param item {@code null} when there is none under the key
     * @return none when that cannot be told
     */
    public static Set<String> of(ItemKey key, @Nullable Item item) {
        if (Keys.isSharedCounts(key)) {
            return Set.of(STRUCTURE);
        }
        Item live = item == null || item.isTombstone() ? null : item;
        if (key.pk().startsWith("N#")) {
            return Set.of(
                    live == null || live.flag(Attr.REDIRECT) ? STRUCTURE : repository(live.number(Attr.REPOSITORY_ID)));
        }
        if (key.pk().startsWith("L#")) {
            return Set.of(live == null ? STRUCTURE : "a:" + live.number(Attr.ACCOUNT_ID));
        }
        if (key.pk().startsWith("CI#")) {
            return live == null ? Set.of() : Set.of(repository(live.number(Attr.REPOSITORY_ID)));
        }
        if (BY_REPOSITORY.matcher(key.pk()).matches()) {
            return Set.of(repository(Long.parseLong(key.sk())));
        }
        return ofPartition(key.pk());
    }

    /** The sequences of what a query answers; none when those cannot be told. */
    public static Set<String> of(Span span, List<Item> items) {
        if (span.pk().startsWith("LAB#")) {
            return items.stream()
                    .filter(edge -> !edge.isTombstone())
                    .map(edge -> repository(edge.number(Attr.REPOSITORY_ID)))
                    .limit(1)
                    .collect(Collectors.toSet());
        }
        Set<String> own = ofPartition(span.pk());
        // Counts that other sequences add to lie beside an account, and its members after them; and beside a
        // repository.
        boolean counts = span.index() == null
                && span.prefix().isEmpty()
                && WITH_SHARED_COUNTS.matcher(span.pk()).matches();
        return counts && !own.isEmpty() ? Set.of(own.iterator().next(), STRUCTURE) : own;
    }

    private static Set<String> ofPartition(String pk) {
        if (pk.equals(Spans.siteAdmins().pk()) || pk.equals(Spans.repositories().pk())) {
            return Set.of(STRUCTURE);
        }
        Matcher matcher = OF_REPOSITORY.matcher(pk);
        if (matcher.matches()) {
            return Set.of("r:" + matcher.group(1));
        }
        matcher = OF_ACCOUNT.matcher(pk);
        return matcher.matches() ? Set.of("a:" + matcher.group(1)) : Set.of();
    }

    private static String repository(long id) {
        return "r:" + id;
    }
}
