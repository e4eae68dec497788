package org.forgelog.command.directory;

import java.time.ZoneOffset;
import java.util.Map;
import org.forgelog.domain.account.AccountEvent;
import org.forgelog.domain.account.AccountEvent.AccountDeleted;
import org.forgelog.domain.account.AccountEvent.AccountDemoted;
import org.forgelog.domain.account.AccountEvent.AccountPromoted;
import org.forgelog.domain.account.AccountEvent.AccountRegistered;
import org.forgelog.domain.account.AccountEvent.AccountRenamed;
import org.forgelog.domain.account.AccountEvent.AccountSuspended;
import org.forgelog.domain.account.AccountEvent.AccountUnsuspended;
import org.forgelog.domain.account.AccountEvent.EmailsAdded;
import org.forgelog.domain.account.AccountEvent.EmailsRemoved;
import org.forgelog.domain.account.AccountEvent.MemberAdded;
import org.forgelog.domain.account.AccountEvent.MemberRemoved;
import org.forgelog.domain.account.AccountEvent.MemberRoleChanged;
import org.forgelog.domain.account.AccountEvent.MembershipConcealed;
import org.forgelog.domain.account.AccountEvent.MembershipPublicized;
import org.forgelog.domain.account.AccountEvent.OrganizationEdited;
import org.forgelog.domain.account.AccountEvent.ProfileEdited;
import org.forgelog.domain.account.AccountEvent.TokenIssued;
import org.forgelog.domain.account.AccountEvent.TokenRevoked;
import org.forgelog.domain.account.AccountKind;
import org.forgelog.domain.account.OrganizationFlag;
import org.forgelog.domain.account.OrganizationSettings;

/** What the directory knows of accounts: logins, tokens, organizations and their members. */
final class AccountWriter {

    /** The flags of an organization that commands ask for. */
    private static final Map<OrganizationFlag, String> FLAG_COLUMNS = Map.of(
            OrganizationFlag.MEMBERS_CAN_CREATE_PUBLIC_REPOSITORIES, "members_can_create_public",
            OrganizationFlag.MEMBERS_CAN_CREATE_PRIVATE_REPOSITORIES, "members_can_create_private",
            OrganizationFlag.MEMBERS_CAN_FORK_PRIVATE_REPOSITORIES, "members_can_fork_private");

    private final DirectoryTables tables;

    AccountWriter(DirectoryTables tables) {
        this.tables = tables;
    }

    void apply(AccountEvent event) {
        long id = event.accountId().value();
        switch (event) {
            case AccountRegistered e -> register(e);
            case AccountRenamed e ->
                tables.update(
                        "update @account set login = ?, login_key = ? where id = ?",
                        e.login(),
                        DirectoryTables.key(e.login()),
                        id);
            case AccountSuspended e -> tables.update("update @account set suspended = true where id = ?", id);
            case AccountUnsuspended e -> tables.update("update @account set suspended = false where id = ?", id);
            case AccountPromoted e -> tables.update("update @account set site_admin = true where id = ?", id);
            case AccountDemoted e -> tables.update("update @account set site_admin = false where id = ?", id);
            case AccountDeleted e -> delete(id);
            case TokenIssued e ->
                tables.update(
                        "insert into @token (id, account_id, sha256, last_eight, scopes, note, issued_at)"
                                + " values (?, ?, ?, ?, ?, ?, ?)",
                        e.tokenId(),
                        id,
                        e.sha256(),
                        e.lastEight(),
                        e.scopes().toArray(String[]::new),
                        e.note(),
                        e.issuedAt().atOffset(ZoneOffset.UTC));
            case TokenRevoked e -> tables.update("delete from @token where id = ?", e.tokenId());
            case OrganizationEdited e -> edit(id, e.changes());
            case MemberAdded e ->
                tables.update(
                        "insert into @membership (organization_id, member_id, role) values (?, ?, ?)",
                        id,
                        e.memberId().value(),
                        e.role().name());
            case MemberRoleChanged e ->
                tables.update(
                        "update @membership set role = ? where organization_id = ? and member_id = ?",
                        e.role().name(),
                        id,
                        e.memberId().value());
            case MemberRemoved e ->
                tables.update(
                        "delete from @membership where organization_id = ? and member_id = ?",
                        id,
                        e.memberId().value());
            case ProfileEdited e -> {
                // Nothing of a profile is looked up.
            }
            case EmailsAdded e -> {}
            case EmailsRemoved e -> {}
            case MembershipConcealed e -> {}
            case MembershipPublicized e -> {}
        }
    }

    private void register(AccountRegistered e) {
        long id = e.accountId().value();
        tables.update(
                "insert into @account (id, login, login_key, kind, suspended, deleted) values (?, ?, ?, ?, ?, false)",
                id,
                e.login(),
                DirectoryTables.key(e.login()),
                e.kind().name(),
                e.suspended());
        if (e.kind() == AccountKind.ORGANIZATION) {
            OrganizationSettings settings = OrganizationSettings.DEFAULT;
            tables.update(
                    """
                    insert into @organization (account_id, of_members, members_can_create_public,
                                               members_can_create_private, members_can_fork_private)
                    values (?, ?, ?, ?, ?)""",
                    id,
                    settings.ofMembers().name(),
                    settings.flag(OrganizationFlag.MEMBERS_CAN_CREATE_PUBLIC_REPOSITORIES),
                    settings.flag(OrganizationFlag.MEMBERS_CAN_CREATE_PRIVATE_REPOSITORIES),
                    settings.flag(OrganizationFlag.MEMBERS_CAN_FORK_PRIVATE_REPOSITORIES));
        }
    }

    private void edit(long id, OrganizationSettings.Changes changes) {
        if (changes.ofMembers() != null) {
            tables.update(
                    "update @organization set of_members = ? where account_id = ?",
                    changes.ofMembers().name(),
                    id);
        }
        FLAG_COLUMNS.forEach((flag, column) -> {
            Boolean value = changes.flags().get(flag);
            if (value != null) {
                tables.update("update @organization set " + column + " = ? where account_id = ?", value, id);
            }
        });
    }

    private void delete(long id) {
        tables.update("update @account set deleted = true where id = ?", id);
        tables.update("delete from @token where account_id = ?", id);
        tables.update("delete from @repository_redirect where owner_id = ?", id);
        tables.update("delete from @collaborator where account_id = ?", id);
        tables.update("delete from @membership where organization_id = ? or member_id = ?", id, id);
        tables.update("delete from @organization where account_id = ?", id);
        tables.update("delete from @invitation where invitee_id = ? or organization_id = ?", id, id);
    }
}
