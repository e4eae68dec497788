package org.forgelog.query.table;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.forgelog.domain.conversation.ConversationKind;
import org.forgelog.domain.invitation.Offer;
import org.forgelog.domain.label.LabelName;

/**
 * Where items are found in the global secondary indexes, beside their primary {@link Keys}.
 *
 * <pre>
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
public final class IndexKeys {

    private IndexKeys() {}

    public static List<IndexKey> invitation(long invitee, Offer.Kind kind, long target) {
        return List.of(
                new IndexKey(Index.GSI2, Spans.invitationsTo(kind, target).pk(), KeyText.number(invitee)));
    }

    public static List<IndexKey> user(long user) {
        return List.of(new IndexKey(Index.GSI1, Spans.users().pk(), KeyText.number(user)));
    }

    public static List<IndexKey> organization(long organization) {
        return List.of(new IndexKey(Index.GSI1, Spans.organizations().pk(), KeyText.number(organization)));
    }

    public static List<IndexKey> member(long organization, long account) {
        return List.of(new IndexKey(Index.GSI1, Spans.organizationsOf(account).pk(), KeyText.number(organization)));
    }

    public static List<IndexKey> collaborator(long account, long repository) {
        return List.of(new IndexKey(Index.GSI2, Spans.collaborators(repository).pk(), KeyText.number(account)));
    }

    /** Private repositories lie apart, so that nobody reads what is hidden from them. */
    public static List<IndexKey> repository(
            long repository, long owner, boolean isPrivate, String name, Instant created, Instant updated) {
        String owned = KeyText.ownedBy(owner, isPrivate);
        return List.of(
                new IndexKey(Index.GSI1, owned, KeyText.timeAndId(created, repository)),
                new IndexKey(Index.GSI3, owned, name.toLowerCase(Locale.ROOT) + "#" + KeyText.number(repository)),
                new IndexKey(Index.GSI4, owned, KeyText.timeAndId(updated, repository)));
    }

    public static List<IndexKey> fork(long parent, long fork, long owner, boolean isPrivate, Instant created) {
        Span forks = isPrivate ? Spans.privateForks(parent, owner) : Spans.forks(parent);
        return List.of(new IndexKey(Index.GSI2, forks.pk(), KeyText.timeAndId(created, fork)));
    }

    public static List<IndexKey> conversation(
            ConversationKind kind,
            long repository,
            long author,
            long id,
            boolean open,
            Instant created,
            Instant updated) {
        String state = KeyText.state(open);
        String byCreation = state + KeyText.timeAndId(created, id);
        return List.of(
                new IndexKey(Index.GSI1, "BY#" + KeyText.number(author), byCreation),
                new IndexKey(Index.GSI3, KeyText.conversations(kind, repository), byCreation),
                new IndexKey(
                        Index.GSI4, KeyText.conversations(kind, repository), state + KeyText.timeAndId(updated, id)));
    }

    public static List<IndexKey> assigneeEdge(
            long repository, long account, Instant created, long conversation, boolean amongOpen) {
        return List.of(new IndexKey(
                Index.GSI1,
                Spans.assignedIn(repository, account, amongOpen).pk(),
                KeyText.timeAndId(created, conversation)));
    }

    public static List<IndexKey> label(long repository, String name) {
        return List.of(
                new IndexKey(Index.GSI3, KeyText.labelPartition(repository), KeyText.NAME + LabelName.key(name)));
    }

    public static List<IndexKey> star(long account, long repository, Instant at) {
        return List.of(
                new IndexKey(Index.GSI1, "S#" + KeyText.number(account), KeyText.timeAndId(at, repository)),
                new IndexKey(Index.GSI2, "SR#" + KeyText.number(repository), KeyText.timeAndId(at, account)));
    }

    public static List<IndexKey> watch(long account, long repository, Instant at) {
        return List.of(
                new IndexKey(Index.GSI1, Spans.watchedBy(account).pk(), KeyText.timeAndId(at, repository)),
                new IndexKey(Index.GSI2, Spans.watchers(repository).pk(), KeyText.timeAndId(at, account)));
    }

    public static List<IndexKey> ignore(long account, long repository) {
        return List.of(new IndexKey(Index.GSI2, Spans.ignoring(repository).pk(), KeyText.number(account)));
    }

    public static List<IndexKey> history(ConversationKind kind, long repository, Instant at, long event) {
        return List.of(
                new IndexKey(Index.GSI1, "H#" + KeyText.conversations(kind, repository), KeyText.timeAndId(at, event)),
                new IndexKey(Index.GSI2, Spans.historyEntry(repository, event).pk(), KeyText.number(event)));
    }

    /** All pages for the same positions are in the same part of the feed of everything. */
    static List<IndexKey> feed(long actor, long first) {
        return List.of(
                new IndexKey(Index.GSI1, "F#A#" + KeyText.number(actor), KeyText.number(first)),
                new IndexKey(
                        Index.GSI2, "F#P#" + first / FeedPage.POSITIONS % Spans.FEED_SHARDS, KeyText.number(first)));
    }

    /** Comments on pull requests are also listed by their last change within one pull request. */
    public static List<IndexKey> comment(
            ConversationKind kind, long repository, long number, long comment, Instant created, Instant updated) {
        String all = "C#" + KeyText.conversations(kind, repository);
        String byUpdate = KeyText.timeAndId(updated, comment);
        List<IndexKey> keys = new ArrayList<>();
        if (kind == ConversationKind.PULL_REQUEST) {
            keys.add(new IndexKey(
                    Index.GSI1, KeyText.commentsOf(Keys.conversation(kind, repository, number)), byUpdate));
        }
        keys.add(new IndexKey(Index.GSI3, all, KeyText.timeAndId(created, comment)));
        keys.add(new IndexKey(Index.GSI4, all, byUpdate));
        return keys;
    }
}
