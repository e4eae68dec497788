package org.forgelog.query.moment;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.Span;
import org.jspecify.annotations.Nullable;

/**
 * Part of what a sequence of events makes: some of its items, and the events that those are made of. What is asked about
 * a repository itself need not read what was said in it.
 */
enum Facet {
    /** All of an account, but for its login. */
    ACCOUNT(".", "A#[0-9]+ .+", "A#.+"),
    /** A repository itself: its settings, and who has rights on it. */
    REPOSITORY(
            "^(repository-(created|edited|renamed|owner-renamed|transferred|archived|unarchived|deleted)$"
                    + "|topics-|collaborator-)",
            "R#[0-9]+ R|G#.+",
            "R#[0-9]+|G#.+|COL#.+|OWN#.+|FORK#.+"),
    /** How much there is in a repository, who stars and who watches it. */
    COUNTERS(
            "^repository-(created|deleted|(un)?(starred|watched|ignored))$"
                    + "|^(issue|pull-request)-(opened|closed|reopened|merged)$",
            "R#[0-9]+ C|[SW]#.+",
            "S#.+|W#.+|SR#.+|WR#.+|WI#.+"),
    /** Whose pull requests were merged. */
    CONTRIBUTORS("^pull-request-merged$", "R#[0-9]+#K .+", "R#[0-9]+#K"),
    LABELS("^label-", "R#[0-9]+#[LN] .+", "R#[0-9]+#[LN]"),
    /** Milestones, with how much of what is planned for them is open. */
    MILESTONES(
            "^milestone-|^(issue|pull-request)-(milestoned|demilestoned|opened|closed|reopened|merged)$",
            "R#[0-9]+#M .+",
            "R#[0-9]+#M"),
    /** Issues and pull requests, with how much was said about them. */
    CONVERSATIONS("^(issue|pull-request|comment|reaction)-", "R#[0-9]+#[IP] .+", ".+"),
    COMMENTS("^(comment|reaction)-", "C#R#.+|CI#.+", "C#R#.+|CI#.+"),
    /** A repository, as far as it counts with its owner and with what it is a fork of. */
    COUNTED("^repository-(created|edited|transferred|deleted)$", "R#[0-9]+ R", ""),
    /** Names of repositories. */
    NAME("^repository-(created|renamed|owner-renamed|transferred|deleted)$", "N#.+", ""),
    /** Names of accounts. */
    LOGIN("^account-(registered|renamed|deleted)$", "L#.+", "");

    private static final Pattern OF_ONE =
            Pattern.compile("R#[0-9]+#[IP] 0*([0-9]+)(#B)?|C#R#[0-9]+#[IP]#0*([0-9]+)(#B)? .*");

    /** All that is in a repository. */
    static final List<Facet> IN_REPOSITORIES =
            List.of(REPOSITORY, COUNTERS, CONTRIBUTORS, LABELS, MILESTONES, COMMENTS, CONVERSATIONS);

    private final String types;
    private final Pattern keys;
    private final Pattern spans;

    /**
     * @param types see {@link #types()}
     * @param keys partition and sort key of its items, with a space between
     * @param spans the partitions of the table, and of indexes, where they lie
     */
    Facet(String types, String keys, String spans) {
        this.types = types;
        this.keys = Pattern.compile(keys);
        this.spans = Pattern.compile(spans);
    }

    /** A regular expression that the stored types of its events match. */
    String types() {
        return types;
    }

    boolean holds(ItemKey key) {
        return keys.matcher(key.pk() + " " + key.sk()).matches();
    }

    /** That of an item of an account or repository. */
    static Facet of(ItemKey key) {
        return key.pk().startsWith("A#") ? ACCOUNT : first(facet -> facet.holds(key));
    }

    static Facet of(Span span) {
        return span.pk().startsWith("A#")
                ? ACCOUNT
                : first(facet -> facet.spans.matcher(span.pk()).matches());
    }

    private static Facet first(Predicate<Facet> which) {
        return IN_REPOSITORIES.stream().filter(which).findFirst().orElse(CONVERSATIONS);
    }

    /** The number of the one issue or pull request whose events alone make an item; {@code null} where there is none. */
    static @Nullable Long number(ItemKey key) {
        return number(key.pk() + " " + key.sk());
    }

    static @Nullable Long number(Span span) {
        return number(span.pk() + " ");
    }

    private static @Nullable Long number(String key) {
        Matcher one = OF_ONE.matcher(key);
        return one.matches() ? Long.valueOf(one.group(1) == null ? one.group(3) : one.group(1)) : null;
    }

    /** Whether what people delete is among its items. */
    boolean mayBeDeleted() {
        return this == ACCOUNT || this == LABELS || this == MILESTONES || this == COMMENTS;
    }
}
