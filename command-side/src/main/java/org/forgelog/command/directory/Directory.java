package org.forgelog.command.directory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.forgelog.command.postgres.PendingStatements;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.account.AccountKind;
import org.forgelog.domain.account.Login;
import org.forgelog.domain.conversation.ConversationKind;
import org.forgelog.domain.label.LabelId;
import org.forgelog.domain.label.LabelName;
import org.forgelog.domain.repository.Numbering;
import org.forgelog.domain.repository.RepositoryId;
import org.forgelog.domain.repository.RepositoryName;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads of the directory, with what this transaction wrote to it. A row that a command relies on is locked, so that it
 * stays true until the commit.
 */
public final class Directory {

    /** Whether a row found may be changed by others before this transaction ends. */
    public enum Lock {
        /** Nobody changes it; others may rely on it too. */
        KEEP(" for share of "),
        /** It is going to change here. */
        CHANGE(" for update of ");

        private final String clause;

        Lock(String clause) {
            this.clause = clause;
        }

        String clause(String table) {
            return clause + table;
        }
    }

    /** A number and a public id for something new in a repository. */
    public record Numbers(long number, long publicId) {}

    private static final String ACCOUNT = "select id, login, kind, suspended, site_admin, deleted from account ";

    private static final String REPOSITORY =
            """
            select r.id as repository_id, r.name, r.private, r.archived, r.has_issues, r.source_id, r.allow_forking,
                   r.has_pull_requests, r.pulls_by_collaborators, r.numbering,
                   a.id, a.login, a.kind, a.suspended, a.site_admin, a.deleted
            from repository r join account a on a.id = r.owner_id
            """;

    private static final RowMapper<AccountRow> ACCOUNT_ROW = (row, n) -> account(row);

    private static final RowMapper<RepositoryRow> REPOSITORY_ROW = (row, n) -> {
        long source = row.getLong("source_id");
        return new RepositoryRow(
                new RepositoryId(row.getLong("repository_id")),
                account(row),
                row.getString("name"),
                row.getBoolean("private"),
                row.getBoolean("archived"),
                row.getBoolean("has_issues"),
                source == 0 ? null : new RepositoryId(source),
                row.getBoolean("allow_forking"),
                row.getBoolean("has_pull_requests"),
                row.getBoolean("pulls_by_collaborators"),
                Numbering.valueOf(row.getString("numbering")),
                null);
    };

    private static final String LABEL = "select id, name, color, description from label ";

    private static final RowMapper<LabelRow> LABEL_ROW = (row, n) -> new LabelRow(
            new LabelId(row.getLong("id")),
            row.getString("name"),
            row.getString("color"),
            row.getString("description"));

    private final JdbcClient jdbc;

    public Directory(JdbcOperations jdbc) {
        JdbcClient client = JdbcClient.create(jdbc);
        this.jdbc = sql -> {
            PendingStatements.current().flush(jdbc);
            return client.sql(sql);
        };
    }

    /**
     * Lets what this transaction writes to the directory wait and go in batches. Only for one in which nothing is deleted and
     * made again, and no name is given away and used again.
     */
    public void writeInBatches() {
        PendingStatements.current().gather(DirectoryTables.REFERENCED);
    }

    /** Rows beside the directory, in the same transaction. */
    public <T> T beside(Function<JdbcClient, T> rows) {
        return rows.apply(jdbc);
    }

    /** Issues and pull requests, and what is said about them. */
    public Conversations conversations() {
        return new Conversations(jdbc);
    }

    /** What issues and pull requests are planned for. */
    public Milestones milestones() {
        return new Milestones(jdbc);
    }

    /** Who is invited to what. */
    public Invitations invitations() {
        return new Invitations(jdbc);
    }

    /** Who has which rights. */
    public Rights rights() {
        return new Rights(jdbc);
    }

    /** The account of that login that is not deleted. */
    public Optional<AccountRow> account(Login login) {
        return jdbc.sql(ACCOUNT + "where login_key = ? and not deleted")
                .param(login.key())
                .query(ACCOUNT_ROW)
                .optional();
    }

    /** The account of that login that is not deleted, locked. */
    public Optional<AccountRow> account(Login login, Lock lock) {
        return jdbc.sql(ACCOUNT + "where login_key = ? and not deleted" + lock.clause("account"))
                .param(login.key())
                .query(ACCOUNT_ROW)
                .optional();
    }

    /** An account, be it deleted or not. */
    public Optional<AccountRow> account(AccountId id) {
        return jdbc.sql(ACCOUNT + "where id = ?")
                .param(id.value())
                .query(ACCOUNT_ROW)
                .optional();
    }

    /** An account, locked, be it deleted or not. */
    public Optional<AccountRow> account(AccountId id, Lock lock) {
        return jdbc.sql(ACCOUNT + "where id = ?" + lock.clause("account"))
                .param(id.value())
                .query(ACCOUNT_ROW)
                .optional();
    }

    /** Accounts by id, deleted ones included. */
    public Map<AccountId, AccountRow> accounts(Collection<AccountId> ids) {
        Map<AccountId, AccountRow> accounts = new HashMap<>();
        if (!ids.isEmpty()) {
            jdbc.sql(ACCOUNT + "where id = any(?)")
                    .param(ids.stream().map(AccountId::value).distinct().toArray(Long[]::new))
                    .query(ACCOUNT_ROW)
                    .list()
                    .forEach(account -> accounts.put(account.id(), account));
        }
        return accounts;
    }

    /** Accounts that are not deleted, by {@link Login#key()}. */
    public Map<String, AccountRow> accountsByKey(Collection<String> keys) {
        Map<String, AccountRow> accounts = new HashMap<>();
        if (!keys.isEmpty()) {
            jdbc.sql(ACCOUNT + "where login_key = any(?) and not deleted")
                    .param(keys.toArray(String[]::new))
                    .query(ACCOUNT_ROW)
                    .list()
                    .forEach(account -> accounts.put(new Login(account.login()).key(), account));
        }
        return accounts;
    }

    /** The repository of that owner and name, locked. */
    public Optional<RepositoryRow> repository(Login owner, RepositoryName name, Lock lock) {
        return jdbc.sql(REPOSITORY
                        + "where a.login_key = ? and not a.deleted and r.name_key = ? and not r.deleted"
                        + lock.clause("r"))
                .param(owner.key())
                .param(name.key())
                .query(REPOSITORY_ROW)
                .optional();
    }

    /** The repository of that owner and name, as it is for now. */
    public Optional<RepositoryRow> repository(Login owner, RepositoryName name) {
        return jdbc.sql(REPOSITORY + "where a.login_key = ? and not a.deleted and r.name_key = ? and not r.deleted")
                .param(owner.key())
                .param(name.key())
                .query(REPOSITORY_ROW)
                .optional();
    }

    /** The repository of that id, locked. */
    public Optional<RepositoryRow> repository(RepositoryId id, Lock lock) {
        return jdbc.sql(REPOSITORY + "where r.id = ? and not r.deleted" + lock.clause("r"))
                .param(id.value())
                .query(REPOSITORY_ROW)
                .optional();
    }

    /** The repository of that id, as it is for now. */
    public Optional<RepositoryRow> repository(RepositoryId id) {
        return jdbc.sql(REPOSITORY + "where r.id = ? and not r.deleted")
                .param(id.value())
                .query(REPOSITORY_ROW)
                .optional();
    }

    /** The repository that had that name and has another one now. */
    public Optional<RepositoryRow> renamedRepository(Login owner, RepositoryName formerName) {
        return jdbc.sql(
                        REPOSITORY
                                + """
                        join repository_redirect d on d.repository_id = r.id
                        join account former on former.id = d.owner_id
                        where former.login_key = ? and not former.deleted and d.name_key = ? and not r.deleted""")
                .param(owner.key())
                .param(formerName.key())
                .query(REPOSITORY_ROW)
                .optional();
    }

    /**
     * The repository that an account has of a network, be it the source or a fork, locked. Until the transaction ends
     * nobody else can find that there is none.
     */
    public Optional<RepositoryRow> ofNetwork(AccountId owner, RepositoryId source) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended('network ' || ? || ' ' || ?, 0))")
                .param(owner.value())
                .param(source.value())
                .query((row, n) -> true)
                .single();
        return jdbc.sql(REPOSITORY
                        + "where r.owner_id = ? and (r.id = ? or r.source_id = ?) and not r.deleted"
                        + Lock.KEEP.clause("r"))
                .param(owner.value())
                .param(source.value())
                .param(source.value())
                .query(REPOSITORY_ROW)
                .optional();
    }

    /** The private repositories of an owner of whose networks {@code user} has a private repository, by id. */
    public List<RepositoryId> privatelyForked(AccountId owner, AccountId user) {
        return jdbc.sql(
                        """
                        select r.id from repository r
                        join repository f on f.source_id = coalesce(r.source_id, r.id)
                        where r.owner_id = ? and r.private and not r.deleted
                          and f.owner_id = ? and f.private and not f.deleted
                        order by r.id""")
                .param(owner.value())
                .param(user.value())
                .query((row, n) -> new RepositoryId(row.getLong(1)))
                .list();
    }

    /** Whether {@code owner} has a repository of that name. */
    public boolean hasRepository(AccountId owner, RepositoryName name) {
        return exists(
                "select 1 from repository where owner_id = ? and name_key = ? and not deleted",
                owner.value(),
                name.key());
    }

    /** The repositories of an account, each locked for change, by id. */
    public List<RepositoryId> repositoriesOf(AccountId owner) {
        return jdbc.sql("select id from repository where owner_id = ? and not deleted order by id for update")
                .param(owner.value())
                .query((row, n) -> new RepositoryId(row.getLong(1)))
                .list();
    }

    /** The ids of an account's valid tokens. */
    public List<Long> tokensOf(AccountId account) {
        return jdbc.sql("select id from token where account_id = ? order by id")
                .param(account.value())
                .query((row, n) -> row.getLong(1))
                .list();
    }

    /** The repositories that an account stars, by id, each locked. */
    public List<RepositoryId> starredBy(AccountId account) {
        return repositoriesIn("star", account);
    }

    /** The repositories that an account watches or ignores, by id, each locked. */
    public List<RepositoryId> subscribedBy(AccountId account) {
        return repositoriesIn("subscription", account);
    }

    private List<RepositoryId> repositoriesIn(String table, AccountId account) {
        return jdbc.sql("select r.id from " + table
                        + " s join repository r on r.id = s.repository_id"
                        + " where s.account_id = ? and not r.deleted order by r.id for share of r")
                .param(account.value())
                .query((row, n) -> new RepositoryId(row.getLong(1)))
                .list();
    }

    /** What is counted of repositories and accounts. */
    public Counting counting() {
        return new Counting(jdbc);
    }

    /** Labels that exist, by id. */
    public Map<LabelId, LabelRow> labels(Collection<LabelId> ids) {
        Map<LabelId, LabelRow> labels = new HashMap<>();
        if (!ids.isEmpty()) {
            jdbc.sql(LABEL + "where id = any(?)")
                    .param(ids.stream().map(LabelId::value).distinct().toArray(Long[]::new))
                    .query(LABEL_ROW)
                    .list()
                    .forEach(label -> labels.put(label.id(), label));
        }
        return labels;
    }

    /** A repository's label of that name, in whatever case, locked; what cannot be a name finds none. */
    public Optional<LabelRow> label(RepositoryId repository, String name, Lock lock) {
        return isNoText(name)
                ? Optional.empty()
                : jdbc.sql(LABEL + "where repository_id = ? and name_key = ?" + lock.clause("label"))
                        .param(repository.value())
                        .param(LabelName.key(name))
                        .query(LABEL_ROW)
                        .optional();
    }

    /** The next number for an issue or a pull request; the row is locked, so that numbers have no holes whatever happens. */
    public Numbers nextNumbers(RepositoryRow repository, ConversationKind kind) {
        String last =
                switch (repository.numbering()) {
                    case SHARED -> "greatest(last_issue, last_pull)";
                    case SEPARATE -> kind == ConversationKind.ISSUE ? "last_issue" : "last_pull";
                };
        return jdbc.sql(
                        "select " + last
                                + " + 1, nextval('forgelog_public_id') from repository_number where repository_id = ? for update")
                .param(repository.id().value())
                .query((row, n) -> new Numbers(row.getLong(1), row.getLong(2)))
                .single();
    }

    /** Keeps others from numbering anything in a repository before this transaction ends. */
    public void lockNumbers(RepositoryId repository) {
        jdbc.sql("select 1 from repository_number where repository_id = ? for update")
                .param(repository.value())
                .query((row, n) -> true)
                .single();
    }

    /** A public id that was never used. */
    public long nextPublicId() {
        return jdbc.sql("select nextval('forgelog_public_id')")
                .query(Long.class)
                .single();
    }

    /** PostgreSQL takes neither U+0000 nor half of a surrogate pair. */
    static boolean isNoText(String text) {
        return text.codePoints().anyMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE);
    }

    private boolean exists(String sql, Object... params) {
        return jdbc.sql(sql)
                .params(List.of(params))
                .query((row, n) -> true)
                .optional()
                .isPresent();
    }

    private static AccountRow account(ResultSet row) throws SQLException {
        return new AccountRow(
                new AccountId(row.getLong("id")),
                row.getString("login"),
                AccountKind.valueOf(row.getString("kind")),
                row.getBoolean("suspended"),
                row.getBoolean("site_admin"),
                row.getBoolean("deleted"));
    }
}
