package org.forgelog.command.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.forgelog.api.Caller;
import org.forgelog.api.Scope;
import org.forgelog.api.http.AcceptedScopes;
import org.forgelog.api.representation.Links;
import org.forgelog.command.directory.AccountRow;
import org.forgelog.command.execution.Answer;
import org.forgelog.command.execution.Session;
import org.forgelog.command.operation.Access;
import org.forgelog.command.operation.AccountOperations;
import org.forgelog.command.operation.AdminOperations;
import org.forgelog.command.operation.CollaboratorOperations;
import org.forgelog.command.operation.CommentOperations;
import org.forgelog.command.operation.ForkOperations;
import org.forgelog.command.operation.IssueOperations;
import org.forgelog.command.operation.LabelOperations;
import org.forgelog.command.operation.MembershipOperations;
import org.forgelog.command.operation.Operation;
import org.forgelog.command.operation.OrganizationOperations;
import org.forgelog.command.operation.PullRequestOperations;
import org.forgelog.command.operation.ReactionOperations;
import org.forgelog.command.operation.RepositoryOperations;
import org.forgelog.command.operation.Request;
import org.forgelog.command.operation.StarOperations;
import org.forgelog.command.operation.TokenOperations;
import org.forgelog.command.operation.TransferOperations;
import org.forgelog.command.operation.TriageOperations;
import org.forgelog.domain.conversation.ConversationKind;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import tools.jackson.databind.node.ObjectNode;

/** Which operation serves which method and path. */
public final class Routes {

    /** An operation with what the path says. */
    public record Match(Route route, Map<String, String> variables) {}

    /**
     * An operation, how to ask for it, and who may.
     *
     * @param scopes what a token must be for; more may be needed for what is private
     */
    public record Route(String method, PathPattern pattern, Access access, AcceptedScopes scopes, Operation operation) {

        /** Does it, if the caller may. */
        Answer perform(
                Session session,
                String path,
                Map<String, String> variables,
                ObjectNode body,
                Caller caller,
                Links links,
                boolean alone) {
            AccountRow actor = access.check(session, caller);
            scopes.check(caller);
            return operation.perform(session, new Request(path, variables, body, caller, actor, links, alone));
        }
    }

    private static final AcceptedScopes SITE = AcceptedScopes.of(Scope.SITE_ADMIN);
    private static final AcceptedScopes USER = AcceptedScopes.of(Scope.USER);
    /** Private repositories are not there for tokens without {@link Scope#REPO}. */
    private static final AcceptedScopes REPOSITORIES = AcceptedScopes.of(Scope.PUBLIC_REPO, Scope.REPO);

    private static final AcceptedScopes DELETION = AcceptedScopes.of(Scope.DELETE_REPO);
    private static final AcceptedScopes ORGANIZATION = AcceptedScopes.of(Scope.ADMIN_ORG);
    private static final AcceptedScopes OWN_MEMBERSHIP = AcceptedScopes.of(Scope.WRITE_ORG, Scope.ADMIN_ORG);

    private final List<Route> routes = new ArrayList<>();

    public Routes() {
        admin();
        organizations();
        user();
        repository("/repos/{owner}/{repo}");
        // Where requests for a renamed repository are sent.
        repository("/repositories/{repository_id}");
    }

    private void admin() {
        add("POST", "/admin/users", Access.SITE_ADMIN, SITE, AdminOperations::register);
        add("PATCH", "/admin/users/{username}", Access.SITE_ADMIN, SITE, AdminOperations::rename);
        add("DELETE", "/admin/users/{username}", Access.SITE_ADMIN, SITE, AdminOperations::delete);
        add("PUT", "/users/{username}/suspended", Access.SITE_ADMIN, SITE, AdminOperations::suspend);
        add("DELETE", "/users/{username}/suspended", Access.SITE_ADMIN, SITE, AdminOperations::unsuspend);
        add("PUT", "/users/{username}/site_admin", Access.SITE_ADMIN, SITE, AdminOperations::promote);
        add("DELETE", "/users/{username}/site_admin", Access.SITE_ADMIN, SITE, AdminOperations::demote);
        String tokens = "/admin/users/{username}/authorizations";
        add("POST", tokens, Access.SITE_ADMIN, SITE, TokenOperations::issue);
        add("DELETE", tokens, Access.SITE_ADMIN, SITE, TokenOperations::revokeAll);
        add("DELETE", tokens + "/{token_id}", Access.SITE_ADMIN, SITE, TokenOperations::revoke);
    }

    private void organizations() {
        add("POST", "/admin/organizations", Access.SITE_ADMIN, SITE, OrganizationOperations::register);
        add("PATCH", "/admin/organizations/{org}", Access.SITE_ADMIN, SITE, OrganizationOperations::rename);
        String path = "/orgs/{org}";
        add("PATCH", path, Access.USER_OR_SITE_ADMIN, ORGANIZATION, OrganizationOperations::edit);
        add("DELETE", path, Access.USER_OR_SITE_ADMIN, ORGANIZATION, OrganizationOperations::delete);
        add("POST", path + "/repos", Access.USER, REPOSITORIES, RepositoryOperations::createInOrganization);
        add(
                "PUT",
                path + "/memberships/{username}",
                Access.USER_OR_SITE_ADMIN,
                ORGANIZATION,
                MembershipOperations::set);
        add(
                "DELETE",
                path + "/memberships/{username}",
                Access.USER_OR_SITE_ADMIN,
                ORGANIZATION,
                MembershipOperations::remove);
        add(
                "DELETE",
                path + "/members/{username}",
                Access.USER_OR_SITE_ADMIN,
                ORGANIZATION,
                MembershipOperations::remove);
        add("PATCH", "/user/memberships/orgs/{org}", Access.USER, OWN_MEMBERSHIP, MembershipOperations::accept);
    }

    private void user() {
        add("PATCH", "/user", Access.USER, USER, AccountOperations::editProfile);
        add("POST", "/user/repos", Access.USER, REPOSITORIES, RepositoryOperations::create);
        add("PUT", "/user/starred/{owner}/{repo}", Access.USER, REPOSITORIES, StarOperations::star);
        add("DELETE", "/user/starred/{owner}/{repo}", Access.USER, REPOSITORIES, StarOperations::unstar);
    }

    private void repository(String path) {
        add("PATCH", path, Access.USER, REPOSITORIES, RepositoryOperations::edit);
        add("DELETE", path, Access.USER, DELETION, RepositoryOperations::delete);
        add("POST", path + "/issues", Access.USER, REPOSITORIES, IssueOperations::open);
        add("PATCH", path + "/issues/{issue_number}", Access.USER, REPOSITORIES, IssueOperations::edit);
        add("POST", path + "/pulls", Access.USER, REPOSITORIES, PullRequestOperations::open);
        add("PATCH", path + "/pulls/{pull_number}", Access.USER, REPOSITORIES, PullRequestOperations::edit);
        add("PUT", path + "/pulls/{pull_number}/merge", Access.USER, REPOSITORIES, PullRequestOperations::merge);
        add("PUT", path + "/topics", Access.USER, REPOSITORIES, RepositoryOperations::replaceTopics);
        add("POST", path + "/transfer", Access.USER, REPOSITORIES, TransferOperations::transfer);
        add("PUT", path + "/collaborators/{username}", Access.USER, REPOSITORIES, CollaboratorOperations::add);
        add("DELETE", path + "/collaborators/{username}", Access.USER, REPOSITORIES, CollaboratorOperations::remove);
        add("POST", path + "/forks", Access.USER, REPOSITORIES, ForkOperations::fork);
        add("POST", path + "/labels", Access.USER, REPOSITORIES, LabelOperations::create);
        add("PATCH", path + "/labels/{name}", Access.USER, REPOSITORIES, LabelOperations::edit);
        add("DELETE", path + "/labels/{name}", Access.USER, REPOSITORIES, LabelOperations::delete);
        conversations(path + "/issues", "/{issue_number}", ConversationKind.ISSUE);
        conversations(path + "/pulls", "/{pull_number}", ConversationKind.PULL_REQUEST);
        add(
                "POST",
                path + "/pulls/{pull_number}/comments/{comment_id}/replies",
                Access.USER,
                REPOSITORIES,
                new CommentOperations(ConversationKind.PULL_REQUEST)::reply);
    }

    private void conversations(String all, String number, ConversationKind kind) {
        String path = all + number;
        String comment = all + "/comments/{comment_id}";
        CommentOperations comments = new CommentOperations(kind);
        add("POST", path + "/comments", Access.USER, REPOSITORIES, comments::write);
        add("PATCH", comment, Access.USER, REPOSITORIES, comments::edit);
        add("DELETE", comment, Access.USER, REPOSITORIES, comments::delete);
        reactions(path, ReactionOperations.toConversations(kind));
        reactions(comment, ReactionOperations.toComments(kind));
        TriageOperations triage = new TriageOperations(kind);
        add("POST", path + "/labels", Access.USER, REPOSITORIES, triage::addLabels);
        add("PUT", path + "/labels", Access.USER, REPOSITORIES, triage::replaceLabels);
        add("DELETE", path + "/labels", Access.USER, REPOSITORIES, triage::removeLabels);
        add("DELETE", path + "/labels/{name}", Access.USER, REPOSITORIES, triage::removeLabel);
        add("POST", path + "/assignees", Access.USER, REPOSITORIES, triage::assign);
        add("DELETE", path + "/assignees", Access.USER, REPOSITORIES, triage::unassign);
        add("PUT", path + "/lock", Access.USER, REPOSITORIES, triage::lock);
        add("DELETE", path + "/lock", Access.USER, REPOSITORIES, triage::unlock);
    }

    private void reactions(String target, ReactionOperations reactions) {
        add("POST", target + "/reactions", Access.USER, REPOSITORIES, reactions::react);
        add("DELETE", target + "/reactions/{reaction_id}", Access.USER, REPOSITORIES, reactions::withdraw);
    }

    private void add(String method, String pattern, Access access, AcceptedScopes scopes, Operation operation) {
        routes.add(new Route(method, PathPatternParser.defaultInstance.parse(pattern), access, scopes, operation));
    }

    /** Every route, in the order they were declared. */
    public List<Route> all() {
        return List.copyOf(routes);
    }

    public Optional<Match> find(String method, PathContainer path) {
        for (Route route : routes) {
            if (route.method().equals(method)) {
                PathPattern.PathMatchInfo match = route.pattern().matchAndExtract(path);
                if (match != null) {
                    return Optional.of(new Match(route, match.getUriVariables()));
                }
            }
        }
        return Optional.empty();
    }
}
