package org.forgelog.command.operation;

import java.util.HashMap;
import java.util.Map;
import org.forgelog.domain.conversation.ConversationKind;
import org.jspecify.annotations.Nullable;

/**
 * What handles each command, by the id under which the catalogue declares it ({@link
 * org.forgelog.api.openapi.Operation}): method, path, body, scopes and who may ask are said there, and only there.
 */
public final class Handlers {

    private final Map<String, OperationHandler> handlers = new HashMap<>();

    public Handlers() {
        administration();
        organizations();
        users();
        repositories();
        webhooks("repos", "repo", WebhookOperations.ofRepositories());
        webhooks("orgs", "org", WebhookOperations.ofOrganizations());
        issues();
        pullRequests();
    }

    /** Every command's handler. */
    public Map<String, OperationHandler> all() {
        return Map.copyOf(handlers);
    }

    private void administration() {
        bind("enterprise-admin/create-user", AdminOperations::register);
        bind("enterprise-admin/update-username-for-user", AdminOperations::rename);
        bind("enterprise-admin/delete-user", AdminOperations::delete);
        bind("enterprise-admin/suspend-user", AdminOperations::suspend);
        bind("enterprise-admin/unsuspend-user", AdminOperations::unsuspend);
        bind("enterprise-admin/promote-user-to-be-site-administrator", AdminOperations::promote);
        bind("enterprise-admin/demote-site-administrator", AdminOperations::demote);
        bind("enterprise-admin/create-impersonation-o-auth-token", TokenOperations::issue);
        bind("enterprise-admin/delete-impersonation-o-auth-token", TokenOperations::revokeAll);
        bind("enterprise-admin/delete-token", TokenOperations::revoke);
        bind("enterprise-admin/create-org", OrganizationOperations::register);
        bind("enterprise-admin/update-org-name", OrganizationOperations::rename);
    }

    private void organizations() {
        bind("orgs/update", OrganizationOperations::edit);
        bind("orgs/delete", OrganizationOperations::delete);
        bind("orgs/set-membership-for-user", MembershipOperations::set);
        bind("orgs/remove-membership-for-user", MembershipOperations::remove);
        bind("orgs/remove-member", MembershipOperations::remove);
        bind("orgs/set-public-membership-for-authenticated-user", MembershipOperations::publicize);
        bind("orgs/remove-public-membership-for-authenticated-user", MembershipOperations::conceal);
        bind("orgs/convert-member-to-outside-collaborator", MembershipOperations::convert);
        bind("orgs/remove-outside-collaborator", MembershipOperations::removeOutsideCollaborator);
        bind("orgs/update-membership-for-authenticated-user", MembershipOperations::accept);
        bind("orgs/create-invitation", InvitationOperations::inviteMember);
        bind("orgs/cancel-invitation", InvitationOperations::cancelMembership);
    }

    private void users() {
        bind("users/update-authenticated", AccountOperations::editProfile);
        bind("users/add-email-for-authenticated-user", EmailOperations::add);
        bind("users/delete-email-for-authenticated-user", EmailOperations::remove);
        bind("users/set-primary-email-visibility-for-authenticated-user", EmailOperations::show);
        bind("activity/set-repo-subscription", SubscriptionOperations::set);
        bind("activity/delete-repo-subscription", SubscriptionOperations::delete);
        bind("activity/star-repo-for-authenticated-user", StarOperations::star);
        bind("activity/unstar-repo-for-authenticated-user", StarOperations::unstar);
        bind("activity/watch-repo-legacy", StarOperations::star);
        bind("activity/stop-watching-repo-legacy", StarOperations::unstar);
    }

    private void repositories() {
        bind("repos/create-for-authenticated-user", RepositoryOperations::create);
        bind("repos/create-in-org", RepositoryOperations::createInOrganization);
        bind("repos/update", RepositoryOperations::edit);
        bind("repos/delete", RepositoryOperations::delete);
        bind("repos/replace-all-topics", RepositoryOperations::replaceTopics);
        bind("repos/transfer", TransferOperations::transfer);
        bind("repos/withdraw-transfer", TransferOperations::withdraw);
        bind("repos/accept-transfer-for-authenticated-user", TransferOperations::accept);
        bind("repos/decline-transfer-for-authenticated-user", TransferOperations::decline);
        bind("repos/update-invitation", InvitationOperations::change);
        bind("repos/delete-invitation", InvitationOperations::cancelCollaboration);
        bind("repos/accept-invitation-for-authenticated-user", InvitationOperations::acceptCollaboration);
        bind("repos/decline-invitation-for-authenticated-user", InvitationOperations::declineCollaboration);
        bind("repos/add-collaborator", CollaboratorOperations::add);
        bind("repos/remove-collaborator", CollaboratorOperations::remove);
        bind("repos/create-fork", ForkOperations::fork);
        bind("issues/create-label", LabelOperations::create);
        bind("issues/update-label", LabelOperations::edit);
        bind("issues/delete-label", LabelOperations::delete);
        bind("issues/create-milestone", MilestoneOperations::create);
        bind("issues/update-milestone", MilestoneOperations::edit);
        bind("issues/delete-milestone", MilestoneOperations::delete);
    }

    private void issues() {
        bind("issues/create", IssueOperations::open);
        bind("issues/update", IssueOperations::edit);
        CommentOperations comments = new CommentOperations(ConversationKind.ISSUE);
        bind("issues/create-comment", comments::write);
        bind("issues/update-comment", comments::edit);
        bind("issues/delete-comment", comments::delete);
        triage("issues", ConversationKind.ISSUE);
        reactions("issue", "issue", ReactionOperations.toConversations(ConversationKind.ISSUE));
        reactions("issue-comment", "issue-comment", ReactionOperations.toComments(ConversationKind.ISSUE));
    }

    private void pullRequests() {
        bind("pulls/create", PullRequestOperations::open);
        bind("pulls/update", PullRequestOperations::edit);
        bind("pulls/merge", PullRequestOperations::merge);
        CommentOperations comments = new CommentOperations(ConversationKind.PULL_REQUEST);
        bind("pulls/create-review-comment", comments::write);
        bind("pulls/create-reply-for-review-comment", comments::reply);
        bind("pulls/update-review-comment", comments::edit);
        bind("pulls/delete-review-comment", comments::delete);
        triage("pulls", ConversationKind.PULL_REQUEST);
        reactions("pull-request", "pull-request", ReactionOperations.toConversations(ConversationKind.PULL_REQUEST));
        reactions(
                "pull-request-review-comment",
                "pull-request-comment",
                ReactionOperations.toComments(ConversationKind.PULL_REQUEST));
    }

    private void webhooks(String group, String configOf, WebhookOperations hooks) {
        bind(group + "/list-webhooks", hooks::list);
        bind(group + "/create-webhook", hooks::create);
        bind(group + "/get-webhook", hooks::get);
        bind(group + "/update-webhook", hooks::update);
        bind(group + "/delete-webhook", hooks::delete);
        bind(group + "/get-webhook-config-for-" + configOf, hooks::config);
        bind(group + "/update-webhook-config-for-" + configOf, hooks::updateConfig);
        bind(group + "/list-webhook-deliveries", hooks::deliveries);
        bind(group + "/get-webhook-delivery", hooks::delivery);
        bind(group + "/redeliver-webhook-delivery", hooks::redeliver);
        bind(group + "/ping-webhook", hooks::ping);
        bind(group + "/replay-webhook", hooks::replay);
        if (configOf.equals("repo")) {
            bind("repos/test-push-webhook", hooks::test);
        }
    }

    private void triage(String group, ConversationKind kind) {
        TriageOperations triage = new TriageOperations(kind);
        bind(group + "/add-labels", triage::addLabels);
        bind(group + "/set-labels", triage::replaceLabels);
        bind(group + "/remove-all-labels", triage::removeLabels);
        bind(group + "/remove-label", triage::removeLabel);
        bind(group + "/add-assignees", triage::assign);
        bind(group + "/remove-assignees", triage::unassign);
        bind(group + "/lock", triage::lock);
        bind(group + "/unlock", triage::unlock);
    }

    /** @param deleted GitHub has another word where a reaction is deleted */
    private void reactions(String target, String deleted, ReactionOperations reactions) {
        bind("reactions/create-for-" + target, reactions::react);
        bind("reactions/delete-for-" + deleted, reactions::withdraw);
    }

    private void bind(String id, OperationHandler handler) {
        @Nullable OperationHandler before = handlers.put(id, handler);
        if (before != null) {
            throw new IllegalStateException(id + " is bound twice");
        }
    }
}
