package org.forgelog.command.directory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.forgelog.domain.Permission;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.account.OrganizationRole;
import org.forgelog.domain.invitation.InvitationId;
import org.forgelog.domain.invitation.Offer;
import org.forgelog.domain.invitation.Offer.Kind;
import org.forgelog.domain.repository.RepositoryId;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Looks up invitations that can be accepted; each is locked, so that it is accepted or taken back, not both. */
public final class Invitations {

    private static final String INVITATION =
            "select id, kind, repository_id, organization_id, invitee_id, permission, role, name from invitation where ";

    private final JdbcClient jdbc;

    Invitations(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public Optional<InvitationRow> find(InvitationId id) {
        return jdbc.sql(INVITATION + "id = ? for update")
                .param(id.value())
                .query((row, n) -> invitation(row))
                .optional();
    }

    /** The one of somebody to something. */
    public Optional<InvitationRow> of(AccountId invitee, Kind kind, long target) {
        return jdbc.sql(INVITATION
                        + "invitee_id = ? and kind = ? and coalesce(repository_id, organization_id) = ? for update")
                .param(invitee.value())
                .param(kind.name())
                .param(target)
                .query((row, n) -> invitation(row))
                .optional();
    }

    /** The offer to own a repository, to whomever it is. */
    public Optional<InvitationRow> toOwn(RepositoryId repository) {
        return jdbc.sql(INVITATION + "repository_id = ? and kind = ? for update")
                .param(repository.value())
                .param(Kind.OWNERSHIP.name())
                .query((row, n) -> invitation(row))
                .optional();
    }

    private static InvitationRow invitation(ResultSet row) throws SQLException {
        long repository = row.getLong("repository_id");
        long organization = row.getLong("organization_id");
        String permission = row.getString("permission");
        String role = row.getString("role");
        return new InvitationRow(
                new InvitationId(row.getLong("id")),
                new AccountId(row.getLong("invitee_id")),
                new Offer(
                        Kind.valueOf(row.getString("kind")),
                        repository == 0 ? null : new RepositoryId(repository),
                        organization == 0 ? null : new AccountId(organization),
                        permission == null ? null : Permission.valueOf(permission),
                        role == null ? null : OrganizationRole.valueOf(role),
                        row.getString("name")));
    }
}
