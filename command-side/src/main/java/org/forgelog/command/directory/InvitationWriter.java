package org.forgelog.command.directory;

import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.invitation.InvitationEvent;
import org.forgelog.domain.invitation.InvitationEvent.InvitationChanged;
import org.forgelog.domain.invitation.InvitationEvent.InvitationEnded;
import org.forgelog.domain.invitation.InvitationEvent.InvitationSent;
import org.forgelog.domain.invitation.Offer;
import org.forgelog.domain.repository.RepositoryId;
import org.jspecify.annotations.Nullable;

/** What the directory knows of invitations: those that can be accepted. */
final class InvitationWriter {

    private final DirectoryTables tables;

    InvitationWriter(DirectoryTables tables) {
        this.tables = tables;
    }

    void apply(InvitationEvent event) {
        long id = event.invitationId().value();
        Offer offer = event.offer();
        switch (event) {
            case InvitationSent e ->
                tables.update(
                        "insert into @invitation (id, kind, repository_id, organization_id, invitee_id, permission,"
                                + " role, name) values (?, ?, ?, ?, ?, ?, ?, ?)",
                        id,
                        offer.kind().name(),
                        value(offer.repositoryId()),
                        value(offer.organizationId()),
                        e.inviteeId().value(),
                        name(offer.permission()),
                        name(offer.role()),
                        offer.name());
            case InvitationChanged e ->
                tables.update(
                        "update @invitation set permission = ?, role = ?, name = ? where id = ?",
                        name(offer.permission()),
                        name(offer.role()),
                        offer.name(),
                        id);
            case InvitationEnded e -> tables.update("delete from @invitation where id = ?", id);
        }
    }

    private static @Nullable Long value(@Nullable RepositoryId id) {
        return id == null ? null : Long.valueOf(id.value());
    }

    private static @Nullable Long value(@Nullable AccountId id) {
        return id == null ? null : Long.valueOf(id.value());
    }

    private static @Nullable String name(@Nullable Enum<?> constant) {
        return constant == null ? null : constant.name();
    }
}
