package org.forgelog.query.table;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * Every key of the table; nothing else builds one. Ids and numbers are 19 digits wide and times have milliseconds, so
 * that text sorts as what it stands for. The state digit puts open before closed in a descending read.
 *
 * <pre>
 * login            L#login (lower case) / L
 * repository name  N#owner/name (lower case) / N
 * account          A#a / A      counts of its repositories  A#a / C
 * repository       R#r / R      counters                    R#r / C
 * issue            R#r#I / n    long body                   R#r#I / n#B      (pull requests: R#r#P)
 * star             S#a / r
 * engine           PROGRESS / PROGRESS, STOP / sequence, SWEEP / r
 *
 *                  gsi1                gsi2                gsi3                gsi4
 * repository       OWN#a / created#r                       OWN#a / name        OWN#a / updated#r
 * issue, pull      BY#a / s#created#i  ACT#r / s#created#i R#r#I / s#created#i R#r#I / s#updated#i
 * star             S#a / at#r          SR#r / at#a
 * </pre>
 */
public final class Keys {

    /** Attribute of the table's partition key. */
    public static final String PK = "pk";
    /** Attribute of the table's sort key. */
    public static final String SK = "sk";

    /** How far the projection is: its existence also says that the table was set up. */
    public static final ItemKey PROGRESS = new ItemKey("PROGRESS", "PROGRESS");

    private static final int DIGITS = 19;
    private static final String ZEROS = "0".repeat(DIGITS);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");
    private static final String BODY = "#B";

    /** Issues and pull requests: numbered apart, so kept apart. */
    public enum ThreadKind {
        ISSUE("#I"),
        PULL("#P");

        private final String mark;

        ThreadKind(String mark) {
            this.mark = mark;
        }
    }

    private Keys() {}

    public static ItemKey login(String login) {
        return new ItemKey("L#" + login.toLowerCase(Locale.ROOT), "L");
    }

    public static ItemKey repositoryName(String owner, String name) {
        return new ItemKey("N#" + owner.toLowerCase(Locale.ROOT) + "/" + name.toLowerCase(Locale.ROOT), "N");
    }

    public static ItemKey account(long account) {
        return new ItemKey("A#" + number(account), "A");
    }

    /** How many repositories an account has; only ever added to, by the repositories themselves. */
    public static ItemKey accountCounts(long account) {
        return new ItemKey("A#" + number(account), "C");
    }

    public static ItemKey repository(long repository) {
        return new ItemKey("R#" + number(repository), "R");
    }

    /** Stars, open issues and open pull requests of a repository. */
    public static ItemKey counters(long repository) {
        return new ItemKey("R#" + number(repository), "C");
    }

    public static ItemKey thread(ThreadKind kind, long repository, long number) {
        return new ItemKey(threads(kind, repository), number(number));
    }

    /** The body of an issue or pull request, where it is too long to be copied into every index. */
    public static ItemKey body(ItemKey thread) {
        return new ItemKey(thread.pk(), thread.sk() + BODY);
    }

    public static ItemKey star(long account, long repository) {
        return new ItemKey("S#" + number(account), number(repository));
    }

    /** A sequence that stopped. */
    public static ItemKey stop(String sequence) {
        return new ItemKey("STOP", sequence);
    }

    /** A deleted repository whose belongings are still to be removed. */
    public static ItemKey sweep(long repository) {
        return new ItemKey("SWEEP", number(repository));
    }

    public static List<IndexKey> repositoryIndexes(
            long repository, long owner, String name, Instant created, Instant updated) {
        String owned = "OWN#" + number(owner);
        return List.of(
                new IndexKey(Index.GSI1, owned, timeAndId(created, repository)),
                new IndexKey(Index.GSI3, owned, name.toLowerCase(Locale.ROOT)),
                new IndexKey(Index.GSI4, owned, timeAndId(updated, repository)));
    }

    public static List<IndexKey> threadIndexes(
            ThreadKind kind, long repository, long author, long id, boolean open, Instant created, Instant updated) {
        String state = state(open);
        String byCreation = state + timeAndId(created, id);
        return List.of(
                new IndexKey(Index.GSI1, "BY#" + number(author), byCreation),
                new IndexKey(Index.GSI2, "ACT#" + number(repository), byCreation),
                new IndexKey(Index.GSI3, threads(kind, repository), byCreation),
                new IndexKey(Index.GSI4, threads(kind, repository), state + timeAndId(updated, id)));
    }

    public static List<IndexKey> starIndexes(long account, long repository, Instant at) {
        return List.of(
                new IndexKey(Index.GSI1, "S#" + number(account), timeAndId(at, repository)),
                new IndexKey(Index.GSI2, "SR#" + number(repository), timeAndId(at, account)));
    }

    /** An account's own item and its counts. */
    public static Span accountWithCounts(long account) {
        return new Span(null, account(account).pk(), "");
    }

    /** An issue or pull request and, where it has one, its long body. */
    public static Span threadWithBody(ItemKey thread) {
        return new Span(null, thread.pk(), thread.sk());
    }

    public static Span ownedByCreation(long owner) {
        return new Span(Index.GSI1, "OWN#" + number(owner), "");
    }

    public static Span ownedByName(long owner) {
        return new Span(Index.GSI3, "OWN#" + number(owner), "");
    }

    public static Span ownedByUpdate(long owner) {
        return new Span(Index.GSI4, "OWN#" + number(owner), "");
    }

    /** What an account opened, open before closed. */
    public static Span managed(long account) {
        return new Span(Index.GSI1, "BY#" + number(account), "");
    }

    public static Span managed(long account, boolean open) {
        return new Span(Index.GSI1, "BY#" + number(account), state(open));
    }

    /** Issues and pull requests of a repository, open before closed. */
    public static Span activity(long repository) {
        return new Span(Index.GSI2, "ACT#" + number(repository), "");
    }

    public static Span activity(long repository, boolean open) {
        return new Span(Index.GSI2, "ACT#" + number(repository), state(open));
    }

    public static Span threadsByCreation(ThreadKind kind, long repository, boolean open) {
        return new Span(Index.GSI3, threads(kind, repository), state(open));
    }

    public static Span threadsByUpdate(ThreadKind kind, long repository, boolean open) {
        return new Span(Index.GSI4, threads(kind, repository), state(open));
    }

    public static Span starredBy(long account) {
        return new Span(Index.GSI1, "S#" + number(account), "");
    }

    public static Span stargazers(long repository) {
        return new Span(Index.GSI2, "SR#" + number(repository), "");
    }

    /** All issues or pull requests with their bodies, by number. */
    public static Span allThreads(ThreadKind kind, long repository) {
        return new Span(null, threads(kind, repository), "");
    }

    public static Span allStops() {
        return new Span(null, "STOP", "");
    }

    public static Span allSweeps() {
        return new Span(null, "SWEEP", "");
    }

    /** {@code value} (not negative) with 19 digits. */
    static String number(long value) {
        if (value < 0) {
            throw new IllegalArgumentException("a key holds no negative number: " + value);
        }
        String digits = Long.toString(value);
        return ZEROS.substring(digits.length()) + digits;
    }

    /** UTC with milliseconds, always 24 characters. */
    static String time(Instant instant) {
        return TIME.format(instant.isBefore(EARLIEST) ? EARLIEST : instant.isAfter(LATEST) ? LATEST : instant);
    }

    private static String timeAndId(Instant instant, long id) {
        return time(instant) + "#" + number(id);
    }

    private static String state(boolean open) {
        return open ? "1#" : "0#";
    }

    private static String threads(ThreadKind kind, long repository) {
        return "R#" + number(repository) + kind.mark;
    }
}
