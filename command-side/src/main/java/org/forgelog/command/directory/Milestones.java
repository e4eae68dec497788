package org.forgelog.command.directory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.forgelog.command.directory.Directory.Lock;
import org.forgelog.command.directory.Directory.Numbers;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.repository.RepositoryId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads of that part of the directory which knows milestones. */
public final class Milestones {

    private static final String MILESTONE =
            """
            select m.*,
                   (select count(*) from conversation c
                    where c.repository_id = m.repository_id and c.milestone = m.number) as items,
                   (select count(*) from conversation c
                    left join pull_request p
                           on c.kind = 'PULL_REQUEST' and p.repository_id = c.repository_id and p.number = c.number
                    where c.repository_id = m.repository_id and c.milestone = m.number
                          and coalesce(p.open, c.open)) as open_items
            from milestone m where m.repository_id = ? and m.number = ?""";

    private final JdbcClient jdbc;

    Milestones(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The milestone of that number, locked. */
    public Optional<MilestoneRow> find(RepositoryId repository, long number, Lock lock) {
        return query(MILESTONE + lock.clause("m"), repository, number);
    }

    /** The milestone of that number, as it is for now. */
    public Optional<MilestoneRow> find(RepositoryId repository, long number) {
        return query(MILESTONE, repository, number);
    }

    private Optional<MilestoneRow> query(String sql, RepositoryId repository, long number) {
        return jdbc.sql(sql)
                .param(repository.value())
                .param(number)
                .query((row, n) -> milestone(row))
                .optional();
    }

    /** Whether a milestone of the repository has that title; what cannot be one none has. */
    public boolean isTaken(RepositoryId repository, String title) {
        return !Directory.isNoText(title)
                && jdbc.sql("select 1 from milestone where repository_id = ? and title = ?")
                        .param(repository.value())
                        .param(title)
                        .query((row, n) -> true)
                        .optional()
                        .isPresent();
    }

    /** The next number for a milestone; nobody else numbers anything in the repository before this transaction ends. */
    public Numbers next(RepositoryId repository) {
        return jdbc.sql("select last_milestone + 1, nextval('forgelog_public_id') from repository_number"
                        + " where repository_id = ? for update")
                .param(repository.value())
                .query((row, n) -> new Numbers(row.getLong(1), row.getLong(2)))
                .single();
    }

    private static MilestoneRow milestone(ResultSet row) throws SQLException {
        return new MilestoneRow(
                row.getLong("number"),
                row.getLong("id"),
                row.getString("title"),
                row.getString("description"),
                instantOrNull(row, "due_on"),
                new AccountId(row.getLong("creator_id")),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant(),
                instantOrNull(row, "closed_at"),
                row.getLong("items"),
                row.getLong("open_items"));
    }

    private static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
