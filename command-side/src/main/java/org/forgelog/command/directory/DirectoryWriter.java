package org.forgelog.command.directory;

import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Locale;
import org.forgelog.domain.DomainEvent;
import org.forgelog.domain.account.AccountEvent;
import org.forgelog.domain.account.AccountEvent.AccountDeleted;
import org.forgelog.domain.account.AccountEvent.AccountRegistered;
import org.forgelog.domain.account.AccountEvent.AccountRenamed;
import org.forgelog.domain.account.AccountEvent.AccountSuspended;
import org.forgelog.domain.account.AccountEvent.AccountUnsuspended;
import org.forgelog.domain.account.AccountEvent.ProfileEdited;
import org.forgelog.domain.account.AccountEvent.TokenIssued;
import org.forgelog.domain.account.AccountEvent.TokenRevoked;
import org.forgelog.domain.issue.IssueEvent.IssueOpened;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestOpened;
import org.forgelog.domain.repository.RepositoryEvent;
import org.forgelog.domain.repository.RepositoryEvent.RepositoryArchived;
import org.forgelog.domain.repository.RepositoryEvent.RepositoryCreated;
import org.forgelog.domain.repository.RepositoryEvent.RepositoryDeleted;
import org.forgelog.domain.repository.RepositoryEvent.RepositoryEdited;
import org.forgelog.domain.repository.RepositoryEvent.RepositoryOwnerRenamed;
import org.forgelog.domain.repository.RepositoryEvent.RepositoryRenamed;
import org.forgelog.domain.repository.RepositoryEvent.RepositoryUnarchived;
import org.forgelog.domain.repository.RepositoryFlag;
import org.forgelog.domain.repository.RepositoryId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The only writer of the directory's tables: what they hold is a function of the events applied, in the order of the
 * log, and of nothing else.
 */
public final class DirectoryWriter {

    private final JdbcClient jdbc;
    private final String schema;

    public DirectoryWriter(JdbcClient jdbc) {
        this(jdbc, "");
    }

    private DirectoryWriter(JdbcClient jdbc, String schema) {
        this.jdbc = jdbc;
        this.schema = schema;
    }

    /**
     * A writer into temporary copies of the tables. They are named in full: a statement that the server has prepared
     * for the real table would not notice a temporary one of the same name.
     */
    static DirectoryWriter intoCopies(JdbcClient jdbc) {
        return new DirectoryWriter(jdbc, "pg_temp.");
    }

    /** Makes the directory know of {@code event}, in the surrounding transaction. */
    public void apply(DomainEvent event) {
        switch (event) {
            case AccountEvent e -> applyToAccount(e);
            case RepositoryEvent e -> applyToRepository(e);
            case IssueOpened e -> numbered("last_issue", e.repositoryId(), e.number());
            case PullRequestOpened e -> numbered("last_pull", e.repositoryId(), e.number());
            default -> {
                // What happens to issues, pull requests and stars otherwise is of no interest across aggregates.
            }
        }
    }

    private void applyToAccount(AccountEvent event) {
        long id = event.accountId().value();
        switch (event) {
            case AccountRegistered e ->
                update(
                        "insert into @account (id, login, login_key, kind, suspended, deleted)"
                                + " values (?, ?, ?, ?, ?, false)",
                        id,
                        e.login(),
                        key(e.login()),
                        e.kind().name(),
                        e.suspended());
            case AccountRenamed e ->
                update("update @account set login = ?, login_key = ? where id = ?", e.login(), key(e.login()), id);
            case AccountSuspended e -> update("update @account set suspended = true where id = ?", id);
            case AccountUnsuspended e -> update("update @account set suspended = false where id = ?", id);
            case AccountDeleted e -> {
                update("update @account set deleted = true where id = ?", id);
                update("delete from @token where account_id = ?", id);
                update("delete from @repository_redirect where owner_id = ?", id);
            }
            case TokenIssued e ->
                update(
                        "insert into @token (id, account_id, sha256, last_eight, scopes, note, issued_at)"
                                + " values (?, ?, ?, ?, ?, ?, ?)",
                        e.tokenId(),
                        id,
                        e.sha256(),
                        e.lastEight(),
                        e.scopes().toArray(String[]::new),
                        e.note(),
                        e.issuedAt().atOffset(ZoneOffset.UTC));
            case TokenRevoked e -> update("delete from @token where id = ?", e.tokenId());
            case ProfileEdited e -> {
                // Nothing of a profile is looked up.
            }
        }
    }

    private void applyToRepository(RepositoryEvent event) {
        long id = event.repositoryId().value();
        switch (event) {
            case RepositoryCreated e -> create(e);
            case RepositoryEdited e -> {
                if (e.changes().isPrivate() != null) {
                    update(
                            "update @repository set private = ? where id = ?",
                            e.changes().isPrivate(),
                            id);
                }
                Boolean hasIssues = e.changes().flags().get(RepositoryFlag.HAS_ISSUES);
                if (hasIssues != null) {
                    update("update @repository set has_issues = ? where id = ?", hasIssues, id);
                }
            }
            case RepositoryRenamed e -> rename(e);
            case RepositoryArchived e -> update("update @repository set archived = true where id = ?", id);
            case RepositoryUnarchived e -> update("update @repository set archived = false where id = ?", id);
            case RepositoryDeleted e -> {
                update("update @repository set deleted = true where id = ?", id);
                update("delete from @repository_redirect where repository_id = ?", id);
                update("delete from @repository_number where repository_id = ?", id);
            }
            case RepositoryOwnerRenamed e -> {
                // The login is the account's row's.
            }
        }
    }

    private void create(RepositoryCreated e) {
        long id = e.repositoryId().value();
        String key = key(e.name());
        update(
                "insert into @repository (id, owner_id, name, name_key, private, archived, has_issues, deleted)"
                        + " values (?, ?, ?, ?, ?, false, ?, false)",
                id,
                e.ownerId().value(),
                e.name(),
                key,
                e.settings().isPrivate(),
                e.settings().flag(RepositoryFlag.HAS_ISSUES));
        update("insert into @repository_number (repository_id, last_issue, last_pull) values (?, 0, 0)", id);
        update(
                "delete from @repository_redirect where owner_id = ? and name_key = ?",
                e.ownerId().value(),
                key);
    }

    private void rename(RepositoryRenamed e) {
        long id = e.repositoryId().value();
        String oldKey = key(e.oldName());
        String newKey = key(e.name());
        update("update @repository set name = ?, name_key = ? where id = ?", e.name(), newKey, id);
        update(
                """
                delete from @repository_redirect
                where name_key = ? and owner_id = (select owner_id from @repository where id = ?)""",
                newKey,
                id);
        if (!oldKey.equals(newKey)) {
            update(
                    """
                    insert into @repository_redirect (owner_id, name_key, repository_id)
                    select owner_id, ?, id from @repository where id = ?
                    on conflict (owner_id, name_key) do update set repository_id = excluded.repository_id""",
                    oldKey,
                    id);
        }
    }

    private void numbered(String column, RepositoryId repository, long number) {
        update(
                "update @repository_number set " + column + " = greatest(" + column + ", ?) where repository_id = ?",
                number,
                repository.value());
    }

    /** As {@code Login.key()} and {@code RepositoryName.key()}, but nothing that is stored is judged again. */
    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** @param sql has {@code @} before each table */
    private void update(String sql, @Nullable Object... params) {
        jdbc.sql(sql.replace("@", schema)).params(Arrays.asList(params)).update();
    }
}
