package org.forgelog.command.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.forgelog.command.operation.StarOperations;
import org.forgelog.command.operation.TokenOperations;
import org.forgelog.command.operation.TransferOperations;
import org.forgelog.command.operation.TriageOperations;
import org.forgelog.domain.conversation.ConversationKind;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** Which operation serves which method and path. */
public final class Routes {

    /** An operation with what the path says. */
    public record Match(Route route, Map<String, String> variables) {}

    /** An operation, how to ask for it, and who may. */
    public record Route(String method, PathPattern pattern, Access access, Operation operation) {}

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
        add("POST", "/admin/users", Access.SITE_ADMIN, AdminOperations::register);
        add("PATCH", "/admin/users/{username}", Access.SITE_ADMIN, AdminOperations::rename);
        add("DELETE", "/admin/users/{username}", Access.SITE_ADMIN, AdminOperations::delete);
        add("PUT", "/users/{username}/suspended", Access.SITE_ADMIN, AdminOperations::suspend);
        add("DELETE", "/users/{username}/suspended", Access.SITE_ADMIN, AdminOperations::unsuspend);
        add("PUT", "/users/{username}/site_admin", Access.SITE_ADMIN, AdminOperations::promote);
        add("DELETE", "/users/{username}/site_admin", Access.SITE_ADMIN, AdminOperations::demote);
        String tokens = "/admin/users/{username}/authorizations";
        add("POST", tokens, Access.SITE_ADMIN, TokenOperations::issue);
        add("DELETE", tokens, Access.SITE_ADMIN, TokenOperations::revokeAll);
        add("DELETE", tokens + "/{token_id}", Access.SITE_ADMIN, TokenOperations::revoke);
    }

    private void organizations() {
        add("POST", "/admin/organizations", Access.SITE_ADMIN, OrganizationOperations::register);
        add("PATCH", "/admin/organizations/{org}", Access.SITE_ADMIN, OrganizationOperations::rename);
        String path = "/orgs/{org}";
        add("PATCH", path, Access.USER_OR_SITE_ADMIN, OrganizationOperations::edit);
        add("DELETE", path, Access.USER_OR_SITE_ADMIN, OrganizationOperations::delete);
        add("POST", path + "/repos", Access.USER, RepositoryOperations::createInOrganization);
        add("PUT", path + "/memberships/{username}", Access.USER_OR_SITE_ADMIN, MembershipOperations::set);
        add("DELETE", path + "/memberships/{username}", Access.USER_OR_SITE_ADMIN, MembershipOperations::remove);
        add("DELETE", path + "/members/{username}", Access.USER_OR_SITE_ADMIN, MembershipOperations::remove);
        add("PATCH", "/user/memberships/orgs/{org}", Access.USER, MembershipOperations::accept);
    }

    private void user() {
        add("PATCH", "/user", Access.USER, AccountOperations::editProfile);
        add("POST", "/user/repos", Access.USER, RepositoryOperations::create);
        add("PUT", "/user/starred/{owner}/{repo}", Access.USER, StarOperations::star);
        add("DELETE", "/user/starred/{owner}/{repo}", Access.USER, StarOperations::unstar);
    }

    private void repository(String path) {
        add("PATCH", path, Access.USER, RepositoryOperations::edit);
        add("DELETE", path, Access.USER, RepositoryOperations::delete);
        add("POST", path + "/issues", Access.USER, IssueOperations::open);
        add("PATCH", path + "/issues/{issue_number}", Access.USER, IssueOperations::edit);
        add("POST", path + "/pulls", Access.USER, PullRequestOperations::open);
        add("PATCH", path + "/pulls/{pull_number}", Access.USER, PullRequestOperations::edit);
        add("PUT", path + "/pulls/{pull_number}/merge", Access.USER, PullRequestOperations::merge);
        add("PUT", path + "/topics", Access.USER, RepositoryOperations::replaceTopics);
        add("POST", path + "/transfer", Access.USER, TransferOperations::transfer);
        add("PUT", path + "/collaborators/{username}", Access.USER, CollaboratorOperations::add);
        add("DELETE", path + "/collaborators/{username}", Access.USER, CollaboratorOperations::remove);
        add("POST", path + "/forks", Access.USER, ForkOperations::fork);
        add("POST", path + "/labels", Access.USER, LabelOperations::create);
        add("PATCH", path + "/labels/{name}", Access.USER, LabelOperations::edit);
        add("DELETE", path + "/labels/{name}", Access.USER, LabelOperations::delete);
        conversations(path + "/issues", "/{issue_number}", ConversationKind.ISSUE);
        conversations(path + "/pulls", "/{pull_number}", ConversationKind.PULL_REQUEST);
        add(
                "POST",
                path + "/pulls/{pull_number}/comments/{comment_id}/replies",
                Access.USER,
                new CommentOperations(ConversationKind.PULL_REQUEST)::reply);
    }

    private void conversations(String all, String number, ConversationKind kind) {
        String path = all + number;
        String comment = all + "/comments/{comment_id}";
        CommentOperations comments = new CommentOperations(kind);
        add("POST", path + "/comments", Access.USER, comments::write);
        add("PATCH", comment, Access.USER, comments::edit);
        add("DELETE", comment, Access.USER, comments::delete);
        reactions(path, ReactionOperations.toConversations(kind));
        reactions(comment, ReactionOperations.toComments(kind));
        TriageOperations triage = new TriageOperations(kind);
        add("POST", path + "/labels", Access.USER, triage::addLabels);
        add("PUT", path + "/labels", Access.USER, triage::replaceLabels);
        add("DELETE", path + "/labels", Access.USER, triage::removeLabels);
        add("DELETE", path + "/labels/{name}", Access.USER, triage::removeLabel);
        add("POST", path + "/assignees", Access.USER, triage::assign);
        add("DELETE", path + "/assignees", Access.USER, triage::unassign);
        add("PUT", path + "/lock", Access.USER, triage::lock);
        add("DELETE", path + "/lock", Access.USER, triage::unlock);
    }

    private void reactions(String target, ReactionOperations reactions) {
        add("POST", target + "/reactions", Access.USER, reactions::react);
        add("DELETE", target + "/reactions/{reaction_id}", Access.USER, reactions::withdraw);
    }

    private void add(String method, String pattern, Access access, Operation operation) {
        routes.add(new Route(method, PathPatternParser.defaultInstance.parse(pattern), access, operation));
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
