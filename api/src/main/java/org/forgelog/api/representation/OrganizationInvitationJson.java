package org.forgelog.api.representation;

import java.time.Instant;
import org.forgelog.domain.account.OrganizationRole;
import org.jspecify.annotations.Nullable;

/** An invitation to be a member (GitHub's {@code organization-invitation}). There are no teams, and no mails. */
public record OrganizationInvitationJson(
        long id,
        String nodeId,
        String login,
        @Nullable String email,
        String role,
        Instant createdAt,
        @Nullable Instant failedAt,
        @Nullable String failedReason,
        SimpleUser inviter,
        int teamCount,
        String invitationTeamsUrl,
        String invitationSource) {

    public static final String MEMBER = "direct_member";

    public static OrganizationInvitationJson of(
            Links links,
            long organization,
            long id,
            SimpleUser invitee,
            SimpleUser inviter,
            OrganizationRole role,
            Instant sentAt) {
        return new OrganizationInvitationJson(
                id,
                NodeId.INVITATION.of(id),
                invitee.login(),
                null,
                role == OrganizationRole.ADMIN ? role.word() : MEMBER,
                sentAt,
                null,
                null,
                inviter,
                0,
                links.base() + "/organizations/" + organization + "/invitations/" + id + "/teams",
                "member");
    }
}
