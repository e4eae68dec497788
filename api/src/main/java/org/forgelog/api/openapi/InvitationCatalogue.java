package org.forgelog.api.openapi;

import static org.forgelog.api.openapi.Operation.delete;
import static org.forgelog.api.openapi.Operation.get;
import static org.forgelog.api.openapi.Operation.patch;
import static org.forgelog.api.openapi.Operation.post;

import java.util.List;
import org.forgelog.api.Scope;
import org.forgelog.api.openapi.Operation.Audience;
import org.forgelog.api.representation.OrganizationInvitationJson;
import org.forgelog.api.representation.RepositoryInvitationJson;
import org.forgelog.api.representation.RepositoryJson;
import org.forgelog.api.representation.RepositoryTransferJson;
import org.forgelog.domain.repository.RepositoryName;

/** Invitations to be a collaborator, a member, or the owner of a repository. */
final class InvitationCatalogue {

    private static final String REPOSITORY = "/repos/{owner}/{repo}";
    private static final String ONE = "/{invitation_id}";

    private InvitationCatalogue() {}

    static List<Operation> ofRepositories() {
        String sent = REPOSITORY + "/invitations";
        String received = "/user/repository_invitations";
        String transfers = "/user/repository_transfers";
        return List.of(
                get(sent, "repos/list-invitations", "Who is invited to be a collaborator, by id")
                        .by(Audience.USER)
                        .list(RepositoryInvitationJson.class),
                patch(sent + ONE, "repos/update-invitation", "Invite somebody to more, or to less")
                        .body(new Body().may("permissions", Schema.words(EnumValues.PERMISSIONS)))
                        .ok(RepositoryInvitationJson.class),
                delete(sent + ONE, "repos/delete-invitation", "Take an invitation back")
                        .done(),
                get(
                                received,
                                "repos/list-invitations-for-authenticated-user",
                                "What the caller is invited to be a collaborator of")
                        .by(Audience.USER)
                        .list(RepositoryInvitationJson.class),
                patch(received + ONE, "repos/accept-invitation-for-authenticated-user", "Accept an invitation")
                        .accepts(Scope.REPO)
                        .done(),
                delete(received + ONE, "repos/decline-invitation-for-authenticated-user", "Decline an invitation")
                        .accepts(Scope.REPO)
                        .done(),
                delete(REPOSITORY + "/transfer", "repos/withdraw-transfer", "Do not give the repository away after all")
                        .own()
                        .done(),
                get(transfers, "repos/list-transfers-for-authenticated-user", "Repositories that the caller may have")
                        .own()
                        .by(Audience.USER)
                        .list(RepositoryTransferJson.class),
                patch(transfers + ONE, "repos/accept-transfer-for-authenticated-user", "Take a repository")
                        .own()
                        .accepts(Scope.REPO)
                        .body(new Body().may("new_name", Schema.text(RepositoryName.LIMIT)))
                        .answers(202, "It is done already.", Schema.of(RepositoryJson.class)),
                delete(transfers + ONE, "repos/decline-transfer-for-authenticated-user", "Do not take a repository")
                        .own()
                        .accepts(Scope.REPO)
                        .done());
    }

    static List<Operation> ofOrganizations() {
        String invitations = "/orgs/{org}/invitations";
        return List.of(
                get(invitations, "orgs/list-pending-invitations", "Who is invited to be a member, by id")
                        .by(Audience.USER)
                        .list(OrganizationInvitationJson.class),
                post(invitations, "orgs/create-invitation", "Invite somebody to be a member")
                        .accepts(Scope.ADMIN_ORG)
                        .body(new Body()
                                .must("invitee_id", Schema.id())
                                .may(
                                        "role",
                                        Schema.words("direct_member", "member", "admin")
                                                .otherwise("direct_member")))
                        .created(OrganizationInvitationJson.class),
                delete(invitations + ONE, "orgs/cancel-invitation", "Take an invitation back")
                        .by(Audience.USER_OR_SITE_ADMIN)
                        .accepts(Scope.ADMIN_ORG)
                        .done());
    }
}
