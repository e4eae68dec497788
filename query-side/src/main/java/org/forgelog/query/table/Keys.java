package org.forgelog.query.table;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.forgelog.domain.conversation.ConversationKind;
import org.forgelog.domain.invitation.Offer;
import org.forgelog.domain.label.LabelName;
import org.jspecify.annotations.Nullable;

/**
 * Every key of the table; nothing else builds one. Ids and numbers are 19 digits wide and times have milliseconds, so
 * that text sorts as what it stands for. The state digit puts open before closed in a descending read.
 *
 * <pre>
 * login            L#login (lower case) / L
 * repository name  N#owner/name (lower case) / N
 * account          A#a / A      counts of its repositories  A#a / C     addresses of a user  A#a / E
 * member           A#org / M#a
 * collaborator     G#a / r
 * invitation       I#a / C#r (to collaborate), I#a / M#org (to be a member), I#a / O#r (to own)
 * repository       R#r / R      counters                    R#r / C         counts of its forks  R#r / F
 * contributors     R#r#K / K
 * issue            R#r#I / n    long body                   R#r#I / n#B      (pull requests: R#r#P)
 * label            R#r#L / id   who has a name              R#r#N / N#name (lower case)
 * milestone        R#r#M / n
 * by label         LAB#l / created#i (all), LAB#l#O / created#i (open ones)
 * by milestone     MIL#r#n / created#i (all), MIL#r#n#O / created#i (open ones)
 * by assignee      ASG#a / created#i (all), ASG#a#O / created#i (open ones)
 * star             S#a / r
 * subscription     W#a / r
 * public one       REPOS / r
 * comment          C#R#r#I#n / created#c   (pull requests: C#R#r#P#n)
 * long comment     C#R#r#I#n#B / created#c
 * comment's place  CI#c / C
 * reaction         X#(key of issue, pull request or comment's place) / content#id
 * page of a feed   F#r / position#a
 * history          H#R#r#I#n / at#id, of pull requests H#R#r#P#n
 * engine           PROGRESS / PROGRESS, STOP / sequence, SWEEP / r,
 *                  SWEEP / C#c, SWEEP / L#label, SWEEP / M#r#n, SWEEP / A#org
 *
 *                  gsi1                gsi2                gsi3                gsi4
 * organization     ORGS / org
 * member           ORG#a / org
 * collaborator                         COL#r / a
 * invitation                           IT#C#r / a (or M#org, O#r)
 * repository       OWN#a / created#r   FORK#p / created#r  OWN#a / name#r      OWN#a / updated#r
 * private one      OWN#a#H / created#r FORK#p#a / cr.#r    OWN#a#H / name#r    OWN#a#H / updated#r
 * issue, pull      BY#a / s#created#i                      R#r#I / s#created#i R#r#I / s#updated#i
 * label                                                    R#r#L / N#name
 * by assignee      ASR#r#a / created#i, ASR#r#a#O / created#i
 * star             S#a / at#r          SR#r / at#a
 * watching         W#a / at#r          WR#r / at#a
 * ignoring                             WI#r / a
 * page of a feed   F#A#a / position    F#P#shard / position
 * history          H#R#r#I / at#id     HI#r / id           (pull requests: gsi1 H#R#r#P)
 * comment, issue                                           C#R#r#I / created#c  C#R#r#I / updated#c
 * comment, pull    C#R#r#P#n / upd.#c                      C#R#r#P / created#c  C#R#r#P / updated#c
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
    private static final String NAME = "N#";
    private static final String MEMBER = "M#";
    private static final String MILESTONE = "M#";
    private static final String MILESTONES = "#M";
    private static final String CONTRIBUTORS = "#K";
    /** Parts of the feed of everything: one alone would be one hot partition. Another number needs a replay. */
    private static final int FEED_SHARDS = 8;

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

    /** The addresses of a user, which nobody else sees. */
    public static ItemKey emails(long account) {
        return new ItemKey(account(account).pk(), "E");
    }

    /** What an account is in an organization. */
    public static ItemKey member(long organization, long account) {
        return new ItemKey(account(organization).pk(), MEMBER + number(account));
    }

    /** What an account was given on a repository beside its owner. */
    public static ItemKey collaborator(long account, long repository) {
        return new ItemKey("G#" + number(account), number(repository));
    }

    /** What somebody is invited to. */
    public static ItemKey invitation(long invitee, Offer.Kind kind, long target) {
        return new ItemKey("I#" + number(invitee), mark(kind) + number(target));
    }

    private static String mark(Offer.Kind kind) {
        return switch (kind) {
            case COLLABORATION -> "C#";
            case MEMBERSHIP -> MEMBER;
            case OWNERSHIP -> "O#";
        };
    }

    public static List<IndexKey> invitationIndexes(long invitee, Offer.Kind kind, long target) {
        return List.of(new IndexKey(Index.GSI2, invitationsTo(kind, target).pk(), number(invitee)));
    }

    /** Everything of one kind that an account is invited to, by what it is. */
    public static Span invitationsOf(long invitee, Offer.Kind kind) {
        return new Span(null, "I#" + number(invitee), mark(kind));
    }

    /** Everybody who is invited to something, by account. */
    public static Span invitationsTo(Offer.Kind kind, long target) {
        return new Span(Index.GSI2, "IT#" + mark(kind) + number(target), "");
    }

    public static ItemKey repository(long repository) {
        return new ItemKey("R#" + number(repository), "R");
    }

    /** Stars, open issues and open pull requests of a repository. */
    public static ItemKey counters(long repository) {
        return new ItemKey("R#" + number(repository), "C");
    }

    /** How many forks a repository has; only ever added to, by the forks themselves. */
    public static ItemKey forkCounts(long repository) {
        return new ItemKey("R#" + number(repository), "F");
    }

    /** Whose pull requests were merged into a repository; apart from it, since lists of repositories do not need it. */
    public static ItemKey contributors(long repository) {
        return new ItemKey("R#" + number(repository) + CONTRIBUTORS, "K");
    }

    /** Whether it is a milestone, or tells of contributors: what answers about a repository often need. */
    public static boolean isNamedInAnswers(ItemKey key) {
        return key.pk().startsWith("R#")
                && (key.pk().endsWith(MILESTONES) || key.pk().endsWith(CONTRIBUTORS));
    }

    /** Whether the items of several sequences add to what lies there. */
    public static boolean isSharedCounts(ItemKey key) {
        return key.pk().startsWith("A#") && key.sk().equals("C")
                || key.pk().startsWith("R#") && key.sk().equals("F");
    }

    /** Whether it is an account's, or says what rights one has. */
    public static boolean isOfPeople(ItemKey key) {
        return key.pk().startsWith("A#") || key.pk().startsWith("G#");
    }

    /** Whether it is a repository's own. */
    public static boolean isRepository(ItemKey key) {
        return key.pk().startsWith("R#") && key.sk().equals("R");
    }

    public static ItemKey conversation(ConversationKind kind, long repository, long number) {
        return new ItemKey(conversations(kind, repository), number(number));
    }

    /** The body of an issue or pull request, where it is too long to be copied into every index. */
    public static ItemKey body(ItemKey conversation) {
        return new ItemKey(conversation.pk(), conversation.sk() + BODY);
    }

    /** Whether this is the key of a {@linkplain #body long body}, or that of a comment's. */
    public static boolean isLongBody(ItemKey key) {
        return key.sk().endsWith(BODY) || key.pk().endsWith(BODY);
    }

    public static ItemKey label(long repository, long label) {
        return new ItemKey(labelPartition(repository), number(label));
    }

    /** Which label of the repository has the name. */
    public static ItemKey labelName(long repository, String name) {
        return new ItemKey("R#" + number(repository) + "#N", NAME + LabelName.key(name));
    }

    /**
     * The place where an issue or pull request is found by a label that it carries.
     *
     * @param amongOpen the one among those that are open, rather than among all
     */
    public static ItemKey labelEdge(long label, Instant created, long conversation, boolean amongOpen) {
        return new ItemKey(labelled(label, amongOpen).pk(), timeAndId(created, conversation));
    }

    public static ItemKey milestone(long repository, long number) {
        return new ItemKey(milestonePartition(repository), number(number));
    }

    /** Whether it is a milestone. */
    public static boolean isMilestone(ItemKey key) {
        return key.pk().startsWith("R#") && key.pk().endsWith(MILESTONES);
    }

    /** The same by what it is planned for. */
    public static ItemKey milestoneEdge(
            long repository, long milestone, Instant created, long conversation, boolean amongOpen) {
        return new ItemKey(planned(repository, milestone, amongOpen).pk(), timeAndId(created, conversation));
    }

    /** The same by one of its assignees. */
    public static ItemKey assigneeEdge(long account, Instant created, long conversation, boolean amongOpen) {
        return new ItemKey(assigned(account, amongOpen).pk(), timeAndId(created, conversation));
    }

    public static ItemKey star(long account, long repository) {
        return new ItemKey("S#" + number(account), number(repository));
    }

    /** Whether an account watches or ignores a repository. */
    public static ItemKey subscription(long account, long repository) {
        return new ItemKey("W#" + number(account), number(repository));
    }

    /** A comment, beside the others on the same issue or pull request, oldest first. */
    public static ItemKey comment(ItemKey conversation, Instant created, long comment) {
        return new ItemKey(commentsOf(conversation), timeAndId(created, comment));
    }

    /** The body of a comment, where it is long; apart from the comments, so that a list need not read it. */
    public static ItemKey commentBody(ItemKey comment) {
        return new ItemKey(comment.pk() + BODY, comment.sk());
    }

    /** Where the comment with this id is: it never moves, so whoever knows need not ask. */
    public static ItemKey commentPlace(long comment) {
        return new ItemKey("CI#" + number(comment), "C");
    }

    /**
     * A reaction, beside the others of the same content, oldest first.
     *
     * @param target an issue or pull request, or where a comment is
     * @param content the content's name for keys
     */
    public static ItemKey reaction(ItemKey target, String content, long reaction) {
        return new ItemKey(reacted(target), content + "#" + number(reaction));
    }

    /** Something that happened to an issue or a pull request. */
    public static ItemKey history(ItemKey issue, Instant at, long event) {
        return new ItemKey("H#" + issue.pk() + "#" + issue.sk(), timeAndId(at, event));
    }

    /**
     * A page of a repository's feed.
     *
     * @param first first position that the page is for
     * @param fork the fork that it tells of and that has it to itself, if it does
     */
    public static ItemKey feedPage(long repository, long first, long actor, @Nullable Long fork) {
        String sk = number(first) + "#" + number(actor);
        return new ItemKey("F#" + number(repository), fork == null ? sk : sk + "#" + number(fork));
    }

    /** {@link #PROGRESS}, and what earlier programs noted beside it. */
    public static Span allProgress() {
        return new Span(null, PROGRESS.pk(), PROGRESS.sk());
    }

    /** The dead letter that blocks a sequence. */
    public static ItemKey deadLetter(String sequence) {
        return new ItemKey("STOP", sequence);
    }

    /** A deleted repository whose belongings are still to be removed. */
    public static ItemKey sweep(long repository) {
        return new ItemKey("SWEEP", number(repository));
    }

    /** A deleted comment whose reactions are still to be removed. */
    public static ItemKey sweepComment(long comment) {
        return new ItemKey("SWEEP", "C#" + number(comment));
    }

    /** A deleted label that issues may still be found by. */
    public static ItemKey labelSweep(long label) {
        return new ItemKey("SWEEP", "L#" + number(label));
    }

    /** A deleted milestone that issues may still be found by. */
    public static ItemKey milestoneSweep(long repository, long milestone) {
        return new ItemKey("SWEEP", MILESTONE + number(repository) + "#" + number(milestone));
    }

    /** A deleted account that may still have members. */
    public static ItemKey accountSweep(long account) {
        return new ItemKey("SWEEP", account(account).pk());
    }

    /** A repository among all that are public; apart from it, since that one is in all indexes. */
    public static ItemKey listing(long repository) {
        return new ItemKey("REPOS", number(repository));
    }

    public static List<IndexKey> userIndexes(long user) {
        return List.of(new IndexKey(Index.GSI1, users().pk(), number(user)));
    }

    public static List<IndexKey> organizationIndexes(long organization) {
        return List.of(new IndexKey(Index.GSI1, organizations().pk(), number(organization)));
    }

    public static List<IndexKey> memberIndexes(long organization, long account) {
        return List.of(new IndexKey(Index.GSI1, organizationsOf(account).pk(), number(organization)));
    }

    public static List<IndexKey> collaboratorIndexes(long account, long repository) {
        return List.of(new IndexKey(Index.GSI2, collaborators(repository).pk(), number(account)));
    }

    /** Private repositories lie apart, so that nobody reads what is hidden from them. */
    public static List<IndexKey> repositoryIndexes(
            long repository, long owner, boolean isPrivate, String name, Instant created, Instant updated) {
        String owned = ownedBy(owner, isPrivate);
        return List.of(
                new IndexKey(Index.GSI1, owned, timeAndId(created, repository)),
                new IndexKey(Index.GSI3, owned, name.toLowerCase(Locale.ROOT) + "#" + number(repository)),
                new IndexKey(Index.GSI4, owned, timeAndId(updated, repository)));
    }

    public static List<IndexKey> forkIndexes(long parent, long fork, long owner, boolean isPrivate, Instant created) {
        Span forks = isPrivate ? privateForks(parent, owner) : forks(parent);
        return List.of(new IndexKey(Index.GSI2, forks.pk(), timeAndId(created, fork)));
    }

    public static List<IndexKey> conversationIndexes(
            ConversationKind kind,
            long repository,
            long author,
            long id,
            boolean open,
            Instant created,
            Instant updated) {
        String state = state(open);
        String byCreation = state + timeAndId(created, id);
        return List.of(
                new IndexKey(Index.GSI1, "BY#" + number(author), byCreation),
                new IndexKey(Index.GSI3, conversations(kind, repository), byCreation),
                new IndexKey(Index.GSI4, conversations(kind, repository), state + timeAndId(updated, id)));
    }

    public static List<IndexKey> assigneeEdgeIndexes(
            long repository, long account, Instant created, long conversation, boolean amongOpen) {
        return List.of(new IndexKey(
                Index.GSI1, assignedIn(repository, account, amongOpen).pk(), timeAndId(created, conversation)));
    }

    public static List<IndexKey> labelIndexes(long repository, String name) {
        return List.of(new IndexKey(Index.GSI3, labelPartition(repository), NAME + LabelName.key(name)));
    }

    public static List<IndexKey> starIndexes(long account, long repository, Instant at) {
        return List.of(
                new IndexKey(Index.GSI1, "S#" + number(account), timeAndId(at, repository)),
                new IndexKey(Index.GSI2, "SR#" + number(repository), timeAndId(at, account)));
    }

    public static List<IndexKey> watchIndexes(long account, long repository, Instant at) {
        return List.of(
                new IndexKey(Index.GSI1, watchedBy(account).pk(), timeAndId(at, repository)),
                new IndexKey(Index.GSI2, watchers(repository).pk(), timeAndId(at, account)));
    }

    public static List<IndexKey> ignoreIndexes(long account, long repository) {
        return List.of(new IndexKey(Index.GSI2, ignoring(repository).pk(), number(account)));
    }

    public static List<IndexKey> historyIndexes(ConversationKind kind, long repository, Instant at, long event) {
        return List.of(
                new IndexKey(Index.GSI1, "H#" + conversations(kind, repository), timeAndId(at, event)),
                new IndexKey(Index.GSI2, historyEntry(repository, event).pk(), number(event)));
    }

    /** All pages for the same positions are in the same part of the feed of everything. */
    static List<IndexKey> feedIndexes(long actor, long first) {
        return List.of(
                new IndexKey(Index.GSI1, "F#A#" + number(actor), number(first)),
                new IndexKey(Index.GSI2, "F#P#" + first / FeedPage.POSITIONS % FEED_SHARDS, number(first)));
    }

    /** The suffix that the page of the entry with this suffix begins with, in any feed. */
    public static String feedPage(String suffix) {
        return number(FeedPage.first(Long.parseLong(suffix)));
    }

    /** Comments on pull requests are also listed by their last change within one pull request. */
    public static List<IndexKey> commentIndexes(
            ConversationKind kind, long repository, long number, long comment, Instant created, Instant updated) {
        String all = "C#" + conversations(kind, repository);
        String byUpdate = timeAndId(updated, comment);
        List<IndexKey> keys = new ArrayList<>();
        if (kind == ConversationKind.PULL_REQUEST) {
            keys.add(new IndexKey(Index.GSI1, commentsOf(conversation(kind, repository, number)), byUpdate));
        }
        keys.add(new IndexKey(Index.GSI3, all, timeAndId(created, comment)));
        keys.add(new IndexKey(Index.GSI4, all, byUpdate));
        return keys;
    }

    /** All public repositories, by id. */
    public static Span repositories() {
        return new Span(null, "REPOS", "");
    }

    /** All users, by id. */
    public static Span users() {
        return new Span(Index.GSI1, "USERS", "");
    }

    /** All organizations, by id. */
    public static Span organizations() {
        return new Span(Index.GSI1, "ORGS", "");
    }

    /** Where the entry of an id stands in a span that is ordered by ids. */
    public static String byId(long id) {
        return number(id);
    }

    public static Span members(long organization) {
        return new Span(null, account(organization).pk(), MEMBER);
    }

    public static Span organizationsOf(long account) {
        return new Span(Index.GSI1, "ORG#" + number(account), "");
    }

    /** What others own and an account is a collaborator of, by repository. */
    public static Span collaborations(long account) {
        return new Span(null, "G#" + number(account), "");
    }

    public static Span collaborators(long repository) {
        return new Span(Index.GSI2, "COL#" + number(repository), "");
    }

    /** An account's own item and its counts; its members come after them. */
    public static Span accountWithCounts(long account) {
        return new Span(null, account(account).pk(), "");
    }

    /** An issue or pull request and, where it has one, its long body. */
    public static Span conversationWithBody(ItemKey conversation) {
        return new Span(null, conversation.pk(), conversation.sk());
    }

    /** A repository, its counters and the counts of its forks. */
    public static Span repositoryWithCounts(long repository) {
        return new Span(null, repository(repository).pk(), "");
    }

    /** Public forks of a repository by creation. */
    public static Span forks(long parent) {
        return new Span(Index.GSI2, "FORK#" + number(parent), "");
    }

    /** Private forks of a repository that an account owns, by creation. */
    public static Span privateForks(long parent, long owner) {
        return new Span(Index.GSI2, "FORK#" + number(parent) + "#" + number(owner), "");
    }

    /** Repositories that an account owns: the public ones, or the private ones. */
    public static Span ownedByCreation(long owner, boolean isPrivate) {
        return new Span(Index.GSI1, ownedBy(owner, isPrivate), "");
    }

    public static Span ownedByName(long owner, boolean isPrivate) {
        return new Span(Index.GSI3, ownedBy(owner, isPrivate), "");
    }

    public static Span ownedByUpdate(long owner, boolean isPrivate) {
        return new Span(Index.GSI4, ownedBy(owner, isPrivate), "");
    }

    private static String ownedBy(long owner, boolean isPrivate) {
        return "OWN#" + number(owner) + (isPrivate ? "#H" : "");
    }

    /** What an account opened, open before closed. */
    public static Span managed(long account) {
        return new Span(Index.GSI1, "BY#" + number(account), "");
    }

    public static Span managed(long account, boolean open) {
        return new Span(Index.GSI1, "BY#" + number(account), state(open));
    }

    /** Issues or pull requests of a repository, open before closed. */
    public static Span conversationsByCreation(ConversationKind kind, long repository) {
        return new Span(Index.GSI3, conversations(kind, repository), "");
    }

    public static Span conversationsByCreation(ConversationKind kind, long repository, boolean open) {
        return new Span(Index.GSI3, conversations(kind, repository), state(open));
    }

    public static Span conversationsByUpdate(ConversationKind kind, long repository, boolean open) {
        return new Span(Index.GSI4, conversations(kind, repository), state(open));
    }

    /** The part of a span by time that begins at {@code time}, to the millisecond. */
    public static Span since(Span span, Instant time) {
        return new Span(span.index(), span.pk(), span.prefix(), time(time));
    }

    /** Issues and pull requests that carry a label, by creation: those that are open, or all. */
    public static Span labelled(long label, boolean openOnly) {
        return new Span(null, "LAB#" + number(label) + openMark(openOnly), "");
    }

    /** Those of all repositories that are assigned to an account. */
    public static Span assigned(long account, boolean openOnly) {
        return new Span(null, "ASG#" + number(account) + openMark(openOnly), "");
    }

    /** Those of one repository. */
    public static Span assignedIn(long repository, long account, boolean openOnly) {
        return new Span(Index.GSI1, "ASR#" + number(repository) + "#" + number(account) + openMark(openOnly), "");
    }

    /** Those that are planned for a milestone. */
    public static Span planned(long repository, long milestone, boolean openOnly) {
        return new Span(null, "MIL#" + number(repository) + "#" + number(milestone) + openMark(openOnly), "");
    }

    /** A repository's milestones, oldest first. */
    public static Span milestones(long repository) {
        return new Span(null, milestonePartition(repository), "");
    }

    private static String openMark(boolean openOnly) {
        return openOnly ? "#O" : "";
    }

    /** A repository's labels, oldest first. */
    public static Span labels(long repository) {
        return new Span(null, labelPartition(repository), "");
    }

    public static Span labelsByName(long repository) {
        return new Span(Index.GSI3, labelPartition(repository), NAME);
    }

    public static Span labelNames(long repository) {
        return new Span(null, labelName(repository, "").pk(), NAME);
    }

    public static Span starredBy(long account) {
        return new Span(Index.GSI1, "S#" + number(account), "");
    }

    public static Span stargazers(long repository) {
        return new Span(Index.GSI2, "SR#" + number(repository), "");
    }

    public static Span watchedBy(long account) {
        return new Span(Index.GSI1, "W#" + number(account), "");
    }

    public static Span watchers(long repository) {
        return new Span(Index.GSI2, "WR#" + number(repository), "");
    }

    /** Everybody who wants to hear nothing of a repository. */
    public static Span ignoring(long repository) {
        return new Span(Index.GSI2, "WI#" + number(repository), "");
    }

    /** The one thing of that id which happened to an issue or pull request of a repository. */
    public static Span historyEntry(long repository, long event) {
        return new Span(Index.GSI2, "HI#" + number(repository), number(event));
    }

    /** The comments on an issue or pull request, in the order they were written. */
    public static Span comments(ItemKey conversation) {
        return new Span(null, commentsOf(conversation), "");
    }

    /** The comments on a pull request, in the order of their last change. */
    public static Span commentsByUpdate(ItemKey pull) {
        return new Span(Index.GSI1, commentsOf(pull), "");
    }

    /** The comments on all issues or on all pull requests of a repository. */
    public static Span commentsByCreation(ConversationKind kind, long repository) {
        return new Span(Index.GSI3, "C#" + conversations(kind, repository), "");
    }

    public static Span commentsByUpdate(ConversationKind kind, long repository) {
        return new Span(Index.GSI4, "C#" + conversations(kind, repository), "");
    }

    /** The reactions with one content. */
    public static Span reactions(ItemKey target, String content) {
        return new Span(null, reacted(target), content + "#");
    }

    public static Span allReactions(ItemKey target) {
        return new Span(null, reacted(target), "");
    }

    /** What happened to an issue or a pull request, in order. */
    public static Span historyOf(ItemKey issue) {
        return new Span(null, "H#" + issue.pk() + "#" + issue.sk(), "");
    }

    /** What happened to all issues or to all pull requests of a repository, in order. */
    public static Span historyOfAll(ConversationKind kind, long repository) {
        return new Span(Index.GSI1, "H#" + conversations(kind, repository), "");
    }

    public static Span feedOfRepository(long repository) {
        return new Span(null, "F#" + number(repository), "");
    }

    /** What an account did. */
    public static Span feedOfAccount(long account) {
        return new Span(Index.GSI1, "F#A#" + number(account), "");
    }

    /** What happened anywhere, in several parts. */
    public static List<Span> feedOfAll() {
        return IntStream.range(0, FEED_SHARDS)
                .mapToObj(shard -> new Span(Index.GSI2, "F#P#" + shard, ""))
                .toList();
    }

    /** All issues or pull requests with their bodies, by number. */
    public static Span allConversations(ConversationKind kind, long repository) {
        return new Span(null, conversations(kind, repository), "");
    }

    public static Span allDeadLetters() {
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

    private static String labelPartition(long repository) {
        return "R#" + number(repository) + "#L";
    }

    private static String milestonePartition(long repository) {
        return "R#" + number(repository) + MILESTONES;
    }

    private static String state(boolean open) {
        return open ? "1#" : "0#";
    }

    private static String commentsOf(ItemKey conversation) {
        return "C#" + conversation.pk() + "#" + conversation.sk();
    }

    private static String reacted(ItemKey target) {
        return "X#" + target.pk() + "#" + target.sk();
    }

    private static String conversations(ConversationKind kind, long repository) {
        return "R#" + number(repository) + mark(kind);
    }

    /** Issues and pull requests lie apart. */
    private static String mark(ConversationKind kind) {
        return switch (kind) {
            case ISSUE -> "#I";
            case PULL_REQUEST -> "#P";
        };
    }
}
