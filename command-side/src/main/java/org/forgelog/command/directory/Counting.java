package org.forgelog.command.directory;

import org.forgelog.api.representation.RepositoryView;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.repository.RepositoryId;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What answers to writes count: by index, and only where an answer shows it. */
public final class Counting {

    private final JdbcClient jdbc;

    Counting(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What is counted of a repository. Only public forks count, so that nobody learns of a private one.
     *
     * @param network the repository that all forks of its network go back to
     */
    public RepositoryView.Counts repository(RepositoryId id, RepositoryId network) {
        return jdbc.sql(
                        """
                        select (select count(*) from star where repository_id = :id),
                               (select count(*) from repository where parent_id = :id and not private and not deleted),
                               (select count(*) from repository
                                where source_id = :network and not private and not deleted),
                               (select count(*) from conversation where repository_id = :id and open),
                               (select count(*) from pull_request where repository_id = :id and open),
                               (select count(*) from subscription where repository_id = :id and not ignored)""")
                .param("id", id.value())
                .param("network", network.value())
                .query((row, n) -> new RepositoryView.Counts(
                        row.getLong(1), row.getLong(6), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5)))
                .single();
    }

    /** How many repositories an account owns. */
    public record Owned(long publicOnes, long privateOnes) {}

    public Owned owned(AccountId owner) {
        return jdbc.sql(
                        """
                        select count(*) filter (where not private), count(*) filter (where private)
                        from repository where owner_id = ? and not deleted""")
                .param(owner.value())
                .query((row, n) -> new Owned(row.getLong(1), row.getLong(2)))
                .single();
    }
}
