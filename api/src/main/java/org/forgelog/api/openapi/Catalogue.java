package org.forgelog.api.openapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Every operation of both sides. A route that is not here fails a test. */
public final class Catalogue {

    /** Operations that belong together. */
    record Group(String tag, String description, List<Operation> operations) {}

    private Catalogue() {}

    private static List<Operation> administration() {
        return Stream.of(AccountCatalogue.administration(), OrganizationCatalogue.administration())
                .flatMap(List::stream)
                .toList();
    }

    /** All operations. */
    public static Stream<Operation> operations() {
        return groups().stream().flatMap(group -> group.operations().stream());
    }

    static List<Group> groups() {
        List<Group> groups = new ArrayList<>(List.of(
                new Group("users", "Accounts and their profiles.", AccountCatalogue.users()),
                new Group("orgs", "Organizations and their members.", OrganizationCatalogue.all()),
                new Group("repos", "Repositories, collaborators, forks and topics.", RepositoryCatalogue.all()),
                new Group(
                        "issues",
                        "Issues, labels, milestones, assignees, comments, and what happened to them.",
                        IssueCatalogue.all()),
                new Group("pulls", "Pull requests and their conversations.", PullRequestCatalogue.all()),
                new Group("reactions", "Reactions to issues, pull requests and comments.", ReactionCatalogue.all()),
                new Group(
                        "activity",
                        "Stars and subscriptions, from both ends, and feeds of what happened.",
                        ActivityCatalogue.all()),
                new Group("webhooks", "Who is told of what happens.", WebhookCatalogue.all()),
                new Group("batch", "Commands that happen together or not at all.", ServiceCatalogue.batch()),
                new Group("enterprise-admin", "For the site administrator.", administration()),
                new Group("operator", "For operators: the projection and the directory.", ServiceCatalogue.operator()),
                new Group("meta", "What the service says about itself.", ServiceCatalogue.meta())));
        groups.add(new Group(
                "by-repository-id",
                "All that is below `/repos/{owner}/{repo}`, by the repository's id: where requests for a former name"
                        + " are sent.",
                groups.stream()
                        .flatMap(group -> group.operations().stream())
                        .map(Operation::byRepositoryId)
                        .filter(Objects::nonNull)
                        .toList()));
        return groups;
    }
}
