package org.forgelog.command.directory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.forgelog.command.directory.Directory.Lock;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.comment.CommentId;
import org.forgelog.domain.comment.CommentPlace;
import org.forgelog.domain.comment.DiffAnchor;
import org.forgelog.domain.comment.DiffSide;
import org.forgelog.domain.conversation.ConversationKind;
import org.forgelog.domain.pullrequest.Branch;
import org.forgelog.domain.reaction.ReactionContent;
import org.forgelog.domain.reaction.ReactionTarget;
import org.forgelog.domain.repository.RepositoryId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads of that part of the directory which knows issues and pull requests, and what is said about them. */
public final class Conversations {

    private static final RowMapper<CommentRow> COMMENT_ROW = (row, n) -> {
        long inReplyTo = row.getLong("in_reply_to");
        return new CommentRow(
                new CommentId(row.getLong("id")),
                conversation(row),
                new AccountId(row.getLong("author_id")),
                inReplyTo == 0 ? null : new CommentId(inReplyTo),
                anchor(row),
                row.getObject("written_at", OffsetDateTime.class).toInstant());
    };

    private final JdbcClient jdbc;

    Conversations(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The issue or pull request that a route names; it is locked or unlocked by nobody until this transaction ends.
     *
     * @param route what the route is about: where pull requests are issues, those of issues lead to them too
     */
    public Optional<ConversationRow> find(RepositoryRow repository, ConversationKind route, long number) {
        return jdbc.sql(
                        """
                        select repository_id, kind, number, id as conversation_id, locked from conversation
                        where repository_id = ? and number = ? and (kind = ? or ?) for share""")
                .param(repository.id().value())
                .param(number)
                .param(route.name())
                .param(route == ConversationKind.ISSUE && repository.pullsAreIssues())
                .query((row, n) -> conversation(row))
                .optional();
    }

    /** Whose a head is where that is not the repository's own; {@code null} for a branch of the repository itself. */
    static @Nullable AccountId headOwner(RepositoryId repository, Branch head, Branch base) {
        return head.repositoryId().equals(repository) && head.ownerId().equals(base.ownerId()) ? null : head.ownerId();
    }

    /**
     * Whether another pull request than {@code number} is open between the same branches. Who asks holds the lock on the
     * repository's numbers, so that none is opened meanwhile.
     */
    public boolean isOpenBetween(RepositoryId repository, Branch head, Branch base, long number) {
        AccountId owner = headOwner(repository, head, base);
        return jdbc.sql(
                        """
                        select 1 from pull_request
                        where repository_id = ? and number <> ? and open and head_repository_id = ? and head_ref = ?
                              and base_ref = ? and head_owner_id is not distinct from ?::bigint
                        limit 1""")
                .param(repository.value())
                .param(number)
                .param(head.repositoryId().value())
                .param(head.ref())
                .param(base.ref())
                .param(owner == null ? null : owner.value())
                .query((row, n) -> true)
                .optional()
                .isPresent();
    }

    /**
     * A comment on the issues or on the pull requests of a repository, locked.
     *
     * @param route what the route is about: where pull requests are issues, a comment on the whole of one is an issue's
     */
    public Optional<CommentRow> comment(RepositoryRow repository, ConversationKind route, long id, Lock lock) {
        String ofRoute = !repository.pullsAreIssues()
                ? "c.kind = ?"
                : route == ConversationKind.ISSUE
                        ? "(c.kind = ? or c.path is null)"
                        : "(c.kind = ? and c.path is not null)";
        return jdbc.sql(
                        """
                        select c.*, v.locked
                        from comment c join conversation v on v.id = c.conversation_id
                        where c.id = ? and c.repository_id = ? and """
                                + " " + ofRoute
                                + lock.clause("c"))
                .param(id)
                .param(repository.id().value())
                .param(route.name())
                .query(COMMENT_ROW)
                .optional();
    }

    /** The reaction of that id, when it is there. */
    public Optional<ReactionRow> reaction(long id) {
        return jdbc.sql("select target_kind, target_id, account_id, content from reaction where id = ?")
                .param(id)
                .query((row, n) -> new ReactionRow(
                        ReactionTarget.Kind.valueOf(row.getString("target_kind")),
                        row.getLong("target_id"),
                        new AccountId(row.getLong("account_id")),
                        ReactionContent.valueOf(row.getString("content"))))
                .optional();
    }

    /** Whether a pull request of the account was merged into the repository. */
    public boolean hasContributed(RepositoryId repository, AccountId account) {
        return jdbc.sql("select 1 from contributor where repository_id = ? and account_id = ?")
                .param(repository.value())
                .param(account.value())
                .query((row, n) -> true)
                .optional()
                .isPresent();
    }

    /** Those of {@code accounts} who commented on an issue or a pull request. */
    public List<AccountId> commentators(
            RepositoryId repository, ConversationKind kind, long number, Collection<AccountId> accounts) {
        return accounts.isEmpty()
                ? List.of()
                : jdbc.sql(
                                """
                                select distinct author_id from comment
                                where repository_id = ? and kind = ? and number = ? and author_id = any(?)""")
                        .param(repository.value())
                        .param(kind.name())
                        .param(number)
                        .param(accounts.stream().map(AccountId::value).toArray(Long[]::new))
                        .query((row, n) -> new AccountId(row.getLong(1)))
                        .list();
    }

    /**
     * How many comments there are.
     *
     * @param onTheWhole those that point nowhere
     * @param anchored those that point into the diff
     */
    public record Comments(long onTheWhole, long anchored) {}

    /**
     * What was said of an issue or of a pull request.
     *
     * @param reactions how often each was given; what was never given is left out
     */
    public record Tally(Comments comments, Map<ReactionContent, Long> reactions) {

        /** Of what is new. */
        public static final Tally NONE = new Tally(new Comments(0, 0), Map.of());
    }

    /** What was said of an issue or of a pull request, whose public id is {@code id}. */
    public Tally tally(RepositoryId repository, ConversationKind kind, long number, long id) {
        Map<ReactionContent, Long> reactions = new EnumMap<>(ReactionContent.class);
        Comments[] comments = new Comments[1];
        jdbc.sql(
                        """
                        select null as content, count(*) - count(path) as whole, count(path) as anchored from comment
                        where repository_id = ? and kind = ? and number = ?
                        union all
                        select content, count(*), 0 from reaction where target_kind = ? and target_id = ?
                        group by content""")
                .param(repository.value())
                .param(kind.name())
                .param(number)
                .param(kind.name())
                .param(id)
                .query(row -> {
                    String content = row.getString(1);
                    if (content == null) {
                        comments[0] = new Comments(row.getLong(2), row.getLong(3));
                    } else {
                        reactions.put(ReactionContent.valueOf(content), row.getLong(2));
                    }
                });
        return new Tally(comments[0], reactions);
    }

    /** How often each reaction was given to something; what was never given is left out. */
    public Map<ReactionContent, Long> reactions(ReactionTarget.Kind kind, long target) {
        Map<ReactionContent, Long> counts = new EnumMap<>(ReactionContent.class);
        jdbc.sql("select content, count(*) from reaction where target_kind = ? and target_id = ? group by content")
                .param(kind.name())
                .param(target)
                .query(row -> {
                    counts.put(ReactionContent.valueOf(row.getString(1)), row.getLong(2));
                });
        return counts;
    }

    private static ConversationRow conversation(ResultSet row) throws SQLException {
        return new ConversationRow(
                new CommentPlace(
                        new RepositoryId(row.getLong("repository_id")),
                        ConversationKind.valueOf(row.getString("kind")),
                        row.getLong("number"),
                        row.getLong("conversation_id")),
                row.getBoolean("locked"));
    }

    private static @Nullable DiffAnchor anchor(ResultSet row) throws SQLException {
        String path = row.getString("path");
        if (path == null) {
            return null;
        }
        String startSide = row.getString("start_side");
        return new DiffAnchor(
                row.getString("commit_id"),
                path,
                row.getObject("diff_position", Integer.class),
                row.getObject("line", Integer.class),
                DiffSide.valueOf(row.getString("side")),
                row.getObject("start_line", Integer.class),
                startSide == null ? null : DiffSide.valueOf(startSide));
    }
}
