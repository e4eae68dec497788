package org.forgelog.query.table;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.forgelog.domain.conversation.ConversationKind;
import org.forgelog.domain.invitation.Offer;

/** What one query reads: a partition of the table or of an index, or the part of it whose sort keys begin alike. */
public final class Spans {

    /** Parts of the feed of everything: one alone would be one hot partition. Another number needs a replay. */
    static final int FEED_SHARDS = 8;

    private Spans() {}

    /** Everything of one kind that an account is invited to, by what it is. */
    public static Span invitationsOf(long invitee, Offer.Kind kind) {
        return new Span(null, "I#" + KeyText.number(invitee), KeyText.mark(kind));
    }

    /** Everybody who is invited to something, by account. */
    public static Span invitationsTo(Offer.Kind kind, long target) {
        return new Span(Index.GSI2, "IT#" + KeyText.mark(kind) + KeyText.number(target), "");
    }

    /** {@link Keys#PROGRESS}, and what earlier programs noted beside it. */
    public static Span allProgress() {
        return new Span(null, Keys.PROGRESS.pk(), Keys.PROGRESS.sk());
    }

    /** All public repositories, by id. */
    public static Span repositories() {
        return new Span(null, "REPOS", "");
    }

    /** All site administrators, by id. */
    public static Span siteAdmins() {
        return new Span(null, "ADMINS", "");
    }

    /** All users, by id. */
    public static Span users() {
        return new Span(Index.GSI1, "USERS", "");
    }

    /** All organizations, by id. */
    public static Span organizations() {
        return new Span(Index.GSI1, "ORGS", "");
    }

    public static Span members(long organization) {
        return new Span(null, Keys.account(organization).pk(), KeyText.MEMBER);
    }

    public static Span organizationsOf(long account) {
        return new Span(Index.GSI1, "ORG#" + KeyText.number(account), "");
    }

    /** What others own and an account is a collaborator of, by repository. */
    public static Span collaborations(long account) {
        return new Span(null, "G#" + KeyText.number(account), "");
    }

    public static Span collaborators(long repository) {
        return new Span(Index.GSI2, "COL#" + KeyText.number(repository), "");
    }

    /** An account's own item and its counts; its members come after them. */
    public static Span accountWithCounts(long account) {
        return new Span(null, Keys.account(account).pk(), "");
    }

    /** An issue or pull request and, where it has one, its long body. */
    public static Span conversationWithBody(ItemKey conversation) {
        return new Span(null, conversation.pk(), conversation.sk());
    }

    /** A repository, its counters and the counts of its forks. */
    public static Span repositoryWithCounts(long repository) {
        return new Span(null, Keys.repository(repository).pk(), "");
    }

    /** Public forks of a repository by creation. */
    public static Span forks(long parent) {
        return new Span(Index.GSI2, "FORK#" + KeyText.number(parent), "");
    }

    /** Private forks of a repository that an account owns, by creation. */
    public static Span privateForks(long parent, long owner) {
        return new Span(Index.GSI2, "FORK#" + KeyText.number(parent) + "#" + KeyText.number(owner), "");
    }

    /** Repositories that an account owns: the public ones, or the private ones. */
    public static Span ownedByCreation(long owner, boolean isPrivate) {
        return new Span(Index.GSI1, KeyText.ownedBy(owner, isPrivate), "");
    }

    public static Span ownedByName(long owner, boolean isPrivate) {
        return new Span(Index.GSI3, KeyText.ownedBy(owner, isPrivate), "");
    }

    public static Span ownedByUpdate(long owner, boolean isPrivate) {
        return new Span(Index.GSI4, KeyText.ownedBy(owner, isPrivate), "");
    }

    /** What an account opened, open before closed. */
    public static Span managed(long account) {
        return new Span(Index.GSI1, "BY#" + KeyText.number(account), "");
    }

    public static Span managed(long account, boolean open) {
        return new Span(Index.GSI1, "BY#" + KeyText.number(account), KeyText.state(open));
    }

    /** Issues or pull requests of a repository, open before closed. */
    public static Span conversationsByCreation(ConversationKind kind, long repository) {
        return new Span(Index.GSI3, KeyText.conversations(kind, repository), "");
    }

    public static Span conversationsByCreation(ConversationKind kind, long repository, boolean open) {
        return new Span(Index.GSI3, KeyText.conversations(kind, repository), KeyText.state(open));
    }

    public static Span conversationsByUpdate(ConversationKind kind, long repository, boolean open) {
        return new Span(Index.GSI4, KeyText.conversations(kind, repository), KeyText.state(open));
    }

    /** The part of a span by time that begins at {@code time}, to the millisecond. */
    public static Span since(Span span, Instant time) {
        return new Span(span.index(), span.pk(), span.prefix(), KeyText.time(time));
    }

    /** Issues and pull requests that carry a label, by creation: those that are open, or all. */
    public static Span labelled(long label, boolean openOnly) {
        return new Span(null, "LAB#" + KeyText.number(label) + KeyText.openMark(openOnly), "");
    }

    /** Those of all repositories that are assigned to an account. */
    public static Span assigned(long account, boolean openOnly) {
        return new Span(null, "ASG#" + KeyText.number(account) + KeyText.openMark(openOnly), "");
    }

    /** Those of one repository. */
    public static Span assignedIn(long repository, long account, boolean openOnly) {
        return new Span(
                Index.GSI1,
                "ASR#" + KeyText.number(repository) + "#" + KeyText.number(account) + KeyText.openMark(openOnly),
                "");
    }

    /** Those that are planned for a milestone. */
    public static Span planned(long repository, long milestone, boolean openOnly) {
        return new Span(
                null,
                "MIL#" + KeyText.number(repository) + "#" + KeyText.number(milestone) + KeyText.openMark(openOnly),
                "");
    }

    /** A repository's milestones, oldest first. */
    public static Span milestones(long repository) {
        return new Span(null, KeyText.milestonePartition(repository), "");
    }

    /** A repository's labels, oldest first. */
    public static Span labels(long repository) {
        return new Span(null, KeyText.labelPartition(repository), "");
    }

    public static Span labelsByName(long repository) {
        return new Span(Index.GSI3, KeyText.labelPartition(repository), KeyText.NAME);
    }

    public static Span labelNames(long repository) {
        return new Span(null, Keys.labelName(repository, "").pk(), KeyText.NAME);
    }

    public static Span starredBy(long account) {
        return new Span(Index.GSI1, "S#" + KeyText.number(account), "");
    }

    public static Span stargazers(long repository) {
        return new Span(Index.GSI2, "SR#" + KeyText.number(repository), "");
    }

    public static Span watchedBy(long account) {
        return new Span(Index.GSI1, "W#" + KeyText.number(account), "");
    }

    public static Span watchers(long repository) {
        return new Span(Index.GSI2, "WR#" + KeyText.number(repository), "");
    }

    /** Everybody who wants to hear nothing of a repository. */
    public static Span ignoring(long repository) {
        return new Span(Index.GSI2, "WI#" + KeyText.number(repository), "");
    }

    /** The one thing of that id which happened to an issue or pull request of a repository. */
    public static Span historyEntry(long repository, long event) {
        return new Span(Index.GSI2, "HI#" + KeyText.number(repository), KeyText.number(event));
    }

    /** The comments on an issue or pull request, in the order they were written. */
    public static Span comments(ItemKey conversation) {
        return new Span(null, KeyText.commentsOf(conversation), "");
    }

    /** The comments on a pull request, in the order of their last change. */
    public static Span commentsByUpdate(ItemKey pull) {
        return new Span(Index.GSI1, KeyText.commentsOf(pull), "");
    }

    /** The comments on all issues or on all pull requests of a repository. */
    public static Span commentsByCreation(ConversationKind kind, long repository) {
        return new Span(Index.GSI3, "C#" + KeyText.conversations(kind, repository), "");
    }

    public static Span commentsByUpdate(ConversationKind kind, long repository) {
        return new Span(Index.GSI4, "C#" + KeyText.conversations(kind, repository), "");
    }

    /** The reactions with one content. */
    public static Span reactions(ItemKey target, String content) {
        return new Span(null, KeyText.reacted(target), content + "#");
    }

    public static Span allReactions(ItemKey target) {
        return new Span(null, KeyText.reacted(target), "");
    }

    /** What happened to an issue or a pull request, in order. */
    public static Span historyOf(ItemKey issue) {
        return new Span(null, "H#" + issue.pk() + "#" + issue.sk(), "");
    }

    /** What happened to all issues or to all pull requests of a repository, in order. */
    public static Span historyOfAll(ConversationKind kind, long repository) {
        return new Span(Index.GSI1, "H#" + KeyText.conversations(kind, repository), "");
    }

    public static Span feedOfRepository(long repository) {
        return new Span(null, "F#" + KeyText.number(repository), "");
    }

    /** What an account did. */
    public static Span feedOfAccount(long account) {
        return new Span(Index.GSI1, "F#A#" + KeyText.number(account), "");
    }

    /** What happened anywhere, in several parts. */
    public static List<Span> feedOfAll() {
        return IntStream.range(0, FEED_SHARDS)
                .mapToObj(shard -> new Span(Index.GSI2, "F#P#" + shard, ""))
                .toList();
    }

    /** All issues, or all pull requests, with their bodies, of the repository that one of them is in. */
    public static Span conversationsBeside(ItemKey conversation) {
        return new Span(null, conversation.pk(), "");
    }

    /** All issues or pull requests with their bodies, by number. */
    public static Span allConversations(ConversationKind kind, long repository) {
        return new Span(null, KeyText.conversations(kind, repository), "");
    }

    public static Span allDeadLetters() {
        return new Span(null, "STOP", "");
    }

    public static Span allSweeps() {
        return new Span(null, "SWEEP", "");
    }
}
