package org.forgelog.api.representation;

import java.time.Instant;
import org.forgelog.domain.Permission;

/** An invitation to be a collaborator (GitHub's {@code repository-invitation}). They do not expire. */
public record RepositoryInvitationJson(
        long id,
        String nodeId,
        RepositoryJson repository,
        SimpleUser invitee,
        SimpleUser inviter,
        String permissions,
        Instant createdAt,
        boolean expired,
        String url,
        String htmlUrl) {

    public static RepositoryInvitationJson of(
            Links links,
            long id,
            RepositoryJson repository,
            SimpleUser invitee,
            SimpleUser inviter,
            Permission permission,
            Instant sentAt) {
        return new RepositoryInvitationJson(
                id,
                NodeId.INVITATION.of(id),
                repository,
                invitee,
                inviter,
                permission.word(),
                sentAt,
                false,
                links.base() + "/user/repository_invitations/" + id,
                repository.links().htmlUrl() + "/invitations");
    }
}
