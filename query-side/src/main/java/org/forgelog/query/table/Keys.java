package org.forgelog.query.table;

import java.time.Instant;
import java.util.Locale;
import org.forgelog.domain.conversation.ConversationKind;
import org.forgelog.domain.invitation.Offer;
import org.forgelog.domain.label.LabelName;
import org.jspecify.annotations.Nullable;

/**
 * The primary key of every item; nothing else builds one. What finds items by other ways is in {@link IndexKeys}, what reads
 * many of them in {@link Spans}.
 *
 * <pre>
 * login            L#login (lower case) / L
 * repository name  N#owner/name (lower case) / N
 * account          A#a / A      counts of its repositories  A#a / C     addresses of a user  A#a / E
 * site admin       ADMINS / a
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
 * </pre>
 */
public final class Keys {

    /** Attribute of the table's partition key. */
    public static final String PK = "pk";
    /** Attribute of the table's sort key. */
    public static final String SK = "sk";

    /** How far the projection is: its existence also says that the table was set up. */
    public static final ItemKey PROGRESS = new ItemKey("PROGRESS", "PROGRESS");

    private Keys() {}

    public static ItemKey login(String login) {
        return new ItemKey("L#" + login.toLowerCase(Locale.ROOT), "L");
    }

    public static ItemKey repositoryName(String owner, String name) {
        return new ItemKey("N#" + owner.toLowerCase(Locale.ROOT) + "/" + name.toLowerCase(Locale.ROOT), "N");
    }

    public static ItemKey account(long account) {
        return new ItemKey("A#" + KeyText.number(account), "A");
    }

    /** How many repositories an account has; only ever added to, by the repositories themselves. */
    public static ItemKey accountCounts(long account) {
        return new ItemKey("A#" + KeyText.number(account), "C");
    }

    /** The addresses of a user, which nobody else sees. */
    public static ItemKey emails(long account) {
        return new ItemKey(account(account).pk(), "E");
    }

    /** That a user is a site administrator, beside all others who are. */
    public static ItemKey siteAdmin(long user) {
        return new ItemKey(Spans.siteAdmins().pk(), KeyText.number(user));
    }

    /** What an account is in an organization. */
    public static ItemKey member(long organization, long account) {
        return new ItemKey(account(organization).pk(), KeyText.MEMBER + KeyText.number(account));
    }

    /** What an account was given on a repository beside its owner. */
    public static ItemKey collaborator(long account, long repository) {
        return new ItemKey("G#" + KeyText.number(account), KeyText.number(repository));
    }

    /** What somebody is invited to. */
    public static ItemKey invitation(long invitee, Offer.Kind kind, long target) {
        return new ItemKey("I#" + KeyText.number(invitee), KeyText.mark(kind) + KeyText.number(target));
    }

    public static ItemKey repository(long repository) {
        return new ItemKey("R#" + KeyText.number(repository), "R");
    }

    /** Stars, open issues and open pull requests of a repository. */
    public static ItemKey counters(long repository) {
        return new ItemKey("R#" + KeyText.number(repository), "C");
    }

    /** How many forks a repository has; only ever added to, by the forks themselves. */
    public static ItemKey forkCounts(long repository) {
        return new ItemKey("R#" + KeyText.number(repository), "F");
    }

    /** Whose pull requests were merged into a repository; apart from it, since lists of repositories do not need it. */
    public static ItemKey contributors(long repository) {
        return new ItemKey("R#" + KeyText.number(repository) + KeyText.CONTRIBUTORS, "K");
    }

    /** Whether it is a milestone, or tells of contributors: what answers about a repository often need. */
    public static boolean isNamedInAnswers(ItemKey key) {
        return key.pk().startsWith("R#")
                && (key.pk().endsWith(KeyText.MILESTONES) || key.pk().endsWith(KeyText.CONTRIBUTORS));
    }

    /** Whether the items of several sequences add to what lies there. */
    public static boolean isSharedCounts(ItemKey key) {
        return key.pk().startsWith("A#") && key.sk().equals("C")
                || key.pk().startsWith("R#") && key.sk().equals("F");
    }

    /** Whether it is an account itself. */
    public static boolean isAccount(ItemKey key) {
        return key.pk().startsWith("A#") && key.sk().equals("A");
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
        return new ItemKey(KeyText.conversations(kind, repository), KeyText.number(number));
    }

    /** Whether it is an issue or pull request. */
    public static boolean isConversation(ItemKey key) {
        return key.pk().startsWith("R#")
                && (key.pk().endsWith(KeyText.mark(ConversationKind.ISSUE))
                        || key.pk().endsWith(KeyText.mark(ConversationKind.PULL_REQUEST)))
                && !isLongBody(key);
    }

    /** Whether nothing but the long body of {@code one} can lie between two issues or pull requests. */
    public static boolean isNext(ItemKey one, ItemKey other) {
        return one.pk().equals(other.pk()) && Long.parseLong(one.sk()) + 1 == Long.parseLong(other.sk());
    }

    /** The body of an issue or pull request, where it is too long to be copied into every index. */
    public static ItemKey body(ItemKey conversation) {
        return new ItemKey(conversation.pk(), conversation.sk() + KeyText.BODY);
    }

    /** Whether this is the key of a {@linkplain #body long body}, or that of a comment's. */
    public static boolean isLongBody(ItemKey key) {
        return key.sk().endsWith(KeyText.BODY) || key.pk().endsWith(KeyText.BODY);
    }

    public static ItemKey label(long repository, long label) {
        return new ItemKey(KeyText.labelPartition(repository), KeyText.number(label));
    }

    /** Which label of the repository has the name. */
    public static ItemKey labelName(long repository, String name) {
        return new ItemKey("R#" + KeyText.number(repository) + "#N", KeyText.NAME + LabelName.key(name));
    }

    /**
     * The place where an issue or pull request is found by a label that it carries.
     *
     * @param amongOpen the one among those that are open, rather than among all
     */
    public static ItemKey labelEdge(long label, Instant created, long conversation, boolean amongOpen) {
        return new ItemKey(Spans.labelled(label, amongOpen).pk(), KeyText.timeAndId(created, conversation));
    }

    public static ItemKey milestone(long repository, long number) {
        return new ItemKey(KeyText.milestonePartition(repository), KeyText.number(number));
    }

    /** The same by what it is planned for. */
    public static ItemKey milestoneEdge(
            long repository, long milestone, Instant created, long conversation, boolean amongOpen) {
        return new ItemKey(
                Spans.planned(repository, milestone, amongOpen).pk(), KeyText.timeAndId(created, conversation));
    }

    /** The same by one of its assignees. */
    public static ItemKey assigneeEdge(long account, Instant created, long conversation, boolean amongOpen) {
        return new ItemKey(Spans.assigned(account, amongOpen).pk(), KeyText.timeAndId(created, conversation));
    }

    public static ItemKey star(long account, long repository) {
        return new ItemKey("S#" + KeyText.number(account), KeyText.number(repository));
    }

    /** Whether an account watches or ignores a repository. */
    public static ItemKey subscription(long account, long repository) {
        return new ItemKey("W#" + KeyText.number(account), KeyText.number(repository));
    }

    /** A comment, beside the others on the same issue or pull request, oldest first. */
    public static ItemKey comment(ItemKey conversation, Instant created, long comment) {
        return new ItemKey(KeyText.commentsOf(conversation), KeyText.timeAndId(created, comment));
    }

    /** The body of a comment, where it is long; apart from the comments, so that a list need not read it. */
    public static ItemKey commentBody(ItemKey comment) {
        return new ItemKey(comment.pk() + KeyText.BODY, comment.sk());
    }

    /** Where the comment with this id is: it never moves, so whoever knows need not ask. */
    public static ItemKey commentPlace(long comment) {
        return new ItemKey("CI#" + KeyText.number(comment), "C");
    }

    /**
     * A reaction, beside the others of the same content, oldest first.
     *
     * @param target an issue or pull request, or where a comment is
     * @param content the content's name for keys
     */
    public static ItemKey reaction(ItemKey target, String content, long reaction) {
        return new ItemKey(KeyText.reacted(target), content + "#" + KeyText.number(reaction));
    }

    /** Something that happened to an issue or a pull request. */
    public static ItemKey history(ItemKey issue, Instant at, long event) {
        return new ItemKey("H#" + issue.pk() + "#" + issue.sk(), KeyText.timeAndId(at, event));
    }

    /**
     * A page of a repository's feed.
     *
     * @param first first position that the page is for
     * @param fork the fork that it tells of and that has it to itself, if it does
     */
    public static ItemKey feedPage(long repository, long first, long actor, @Nullable Long fork) {
        String sk = KeyText.number(first) + "#" + KeyText.number(actor);
        return new ItemKey("F#" + KeyText.number(repository), fork == null ? sk : sk + "#" + KeyText.number(fork));
    }

    /** The dead letter that blocks a sequence. */
    public static ItemKey deadLetter(String sequence) {
        return new ItemKey("STOP", sequence);
    }

    /** A deleted repository whose belongings are still to be removed. */
    public static ItemKey sweep(long repository) {
        return new ItemKey("SWEEP", KeyText.number(repository));
    }

    /** A deleted comment whose reactions are still to be removed. */
    public static ItemKey sweepComment(long comment) {
        return new ItemKey("SWEEP", "C#" + KeyText.number(comment));
    }

    /** A deleted label that issues may still be found by. */
    public static ItemKey labelSweep(long label) {
        return new ItemKey("SWEEP", "L#" + KeyText.number(label));
    }

    /** A deleted milestone that issues may still be found by. */
    public static ItemKey milestoneSweep(long repository, long milestone) {
        return new ItemKey("SWEEP", KeyText.MILESTONE + KeyText.number(repository) + "#" + KeyText.number(milestone));
    }

    /** A deleted account that may still have members. */
    public static ItemKey accountSweep(long account) {
        return new ItemKey("SWEEP", account(account).pk());
    }

    /** A repository among all that are public; apart from it, since that one is in all indexes. */
    public static ItemKey listing(long repository) {
        return new ItemKey("REPOS", KeyText.number(repository));
    }

    /** The suffix that the page of the entry with this suffix begins with, in any feed. */
    public static String feedPage(String suffix) {
        return KeyText.number(FeedPage.first(Long.parseLong(suffix)));
    }

    /** Where the entry of an id stands in a span that is ordered by ids. */
    public static String byId(long id) {
        return KeyText.number(id);
    }
}
