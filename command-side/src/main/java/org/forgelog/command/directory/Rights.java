package org.forgelog.command.directory;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.forgelog.domain.Permission;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.account.OrganizationRole;
import org.forgelog.domain.repository.Access;
import org.forgelog.domain.repository.RepositoryId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads of that part of the directory which knows who has which rights: organizations, members, collaborators. */
public final class Rights {

    private final JdbcClient jdbc;

    Rights(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * All that gives {@code account} rights on a repository. The rows that give them are locked one by one, so that a
     * right which is being taken away is either gone or lasts until the commit.
     *
     * @param account {@code null} for nobody
     */
    public Access access(RepositoryRow repository, @Nullable AccountId account) {
        if (account == null || repository.owner().id().equals(account)) {
            return access(repository, account, null, null, null);
        }
        long owner = repository.owner().id().value();
        return jdbc.sql(
                        """
                        with o as (select of_members from organization where account_id = ? for share),
                             m as (select role from membership where organization_id = ? and member_id = ? for share),
                             c as (select permission from collaborator
                                   where repository_id = ? and account_id = ? for share)
                        select (select of_members from o), (select role from m), (select permission from c)""")
                .param(owner)
                .param(owner)
                .param(account.value())
                .param(repository.id().value())
                .param(account.value())
                .query((row, n) -> access(repository, account, row.getString(1), row.getString(2), row.getString(3)))
                .single();
    }

    /** What several accounts may do with a repository, as it is for now. */
    public Map<AccountId, Access> accesses(RepositoryRow repository, Collection<AccountId> accounts) {
        Map<AccountId, Access> accesses = new HashMap<>();
        if (!accounts.isEmpty()) {
            jdbc.sql(
                            """
                            select a.id, o.of_members, m.role, c.permission
                            from unnest(?) a(id)
                            left join organization o on o.account_id = ?
                            left join membership m on m.organization_id = o.account_id and m.member_id = a.id
                            left join collaborator c on c.repository_id = ? and c.account_id = a.id""")
                    .param(accounts.stream().map(AccountId::value).toArray(Long[]::new))
                    .param(repository.owner().id().value())
                    .param(repository.id().value())
                    .query((row, n) -> {
                        AccountId id = new AccountId(row.getLong(1));
                        return Map.entry(
                                id, access(repository, id, row.getString(2), row.getString(3), row.getString(4)));
                    })
                    .list()
                    .forEach(entry -> accesses.put(entry.getKey(), entry.getValue()));
        }
        return accesses;
    }

    private static Access access(
            RepositoryRow repository,
            @Nullable AccountId account,
            @Nullable String ofMembers,
            @Nullable String role,
            @Nullable String permission) {
        return new Access(
                repository.isPrivate(),
                repository.owner().id().equals(account),
                role == null ? null : OrganizationRole.valueOf(role),
                ofMembers == null ? Permission.NONE : Permission.valueOf(ofMembers),
                permission == null ? null : Permission.valueOf(permission));
    }

    /** What an organization lets its members do; it stays like that until the commit. */
    public Optional<OrganizationRow> organization(AccountId id) {
        return jdbc.sql(
                        """
                        select of_members, members_can_create_public, members_can_create_private,
                               members_can_fork_private
                        from organization where account_id = ? for share""")
                .param(id.value())
                .query((row, n) -> new OrganizationRow(
                        Permission.valueOf(row.getString(1)), row.getBoolean(2), row.getBoolean(3), row.getBoolean(4)))
                .optional();
    }

    /** What {@code member} is in an organization, until the commit; empty when they are no member. */
    public Optional<OrganizationRole> role(AccountId organization, AccountId member) {
        return jdbc.sql("select role from membership where organization_id = ? and member_id = ? for share")
                .param(organization.value())
                .param(member.value())
                .query((row, n) -> OrganizationRole.valueOf(row.getString(1)))
                .optional();
    }

    /** The organizations that an account is a member of, each locked for change, by id. */
    public List<AccountId> organizationsOf(AccountId member) {
        return jdbc.sql(
                        """
                        select a.id from account a join membership m on m.organization_id = a.id
                        where m.member_id = ? and not a.deleted order by a.id for update of a""")
                .param(member.value())
                .query((row, n) -> new AccountId(row.getLong(1)))
                .list();
    }

    /**
     * The repositories that an account is a collaborator of, each locked for change, by id.
     *
     * @param owner whose repositories; {@code null} for anybody's
     */
    public List<RepositoryId> sharedWith(AccountId collaborator, @Nullable AccountId owner) {
        return jdbc.sql(
                        """
                        select r.id from repository r join collaborator c on c.repository_id = r.id
                        where c.account_id = ? and not r.deleted and r.owner_id = coalesce(?::bigint, r.owner_id)
                        order by r.id for update of r""")
                .param(collaborator.value())
                .param(owner == null ? null : owner.value())
                .query((row, n) -> new RepositoryId(row.getLong(1)))
                .list();
    }
}
