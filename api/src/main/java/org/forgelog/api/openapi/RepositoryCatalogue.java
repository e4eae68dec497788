package org.forgelog.api.openapi;

import static org.forgelog.api.openapi.Operation.delete;
import static org.forgelog.api.openapi.Operation.get;
import static org.forgelog.api.openapi.Operation.patch;
import static org.forgelog.api.openapi.Operation.post;
import static org.forgelog.api.openapi.Operation.put;
import static org.forgelog.api.openapi.Schema.flag;
import static org.forgelog.api.openapi.Schema.listOf;
import static org.forgelog.api.openapi.Schema.object;
import static org.forgelog.api.openapi.Schema.text;

import java.util.ArrayList;
import java.util.List;
import org.forgelog.api.Scope;
import org.forgelog.api.openapi.Operation.Audience;
import org.forgelog.api.representation.CollaboratorJson;
import org.forgelog.api.representation.PermissionLevelJson;
import org.forgelog.api.representation.RepositoryInvitationJson;
import org.forgelog.api.representation.RepositoryJson;
import org.forgelog.api.representation.TopicsJson;
import org.forgelog.domain.account.Login;
import org.forgelog.domain.repository.BranchName;
import org.forgelog.domain.repository.RepositoryName;
import org.forgelog.domain.repository.RepositorySettings;
import org.forgelog.domain.repository.Topic;

/** Repositories. */
final class RepositoryCatalogue {

    static final String REPOSITORY = "/repos/{owner}/{repo}";
    private static final Schema NAME = text(RepositoryName.LIMIT);

    private RepositoryCatalogue() {}

    static List<Operation> all() {
        List<Operation> all = new ArrayList<>(repositories());
        all.addAll(collaborators());
        all.addAll(InvitationCatalogue.ofRepositories());
        return all;
    }

    private static List<Operation> collaborators() {
        String collaborators = REPOSITORY + "/collaborators";
        String collaborator = collaborators + "/{username}";
        return List.of(
                get(collaborators, "repos/list-collaborators", "Who has rights on a repository, by id")
                        .by(Audience.USER)
                        .query("Repository", Parameters.COLLABORATOR_AFFILIATION, Parameters.LEAST_PERMISSION)
                        .list(CollaboratorJson.class),
                get(collaborator, "repos/check-collaborator", "Whether somebody is a collaborator: 204 or 404")
                        .by(Audience.USER)
                        .done(),
                put(collaborator, "repos/add-collaborator", "Give somebody rights on a repository")
                        .about(
                                """
                                Who has none yet is invited to have some (201), unless they are a member of the organization that
                                owns it, or the installation asks nobody; who has some has others at once (204).""")
                        .body(new Body()
                                .may(
                                        "permission",
                                        Schema.words(EnumValues.PERMISSIONS).otherwise("push")))
                        .created(RepositoryInvitationJson.class)
                        .done(),
                delete(collaborator, "repos/remove-collaborator", "Take the rights on a repository back")
                        .done(),
                get(
                                collaborator + "/permission",
                                "repos/get-collaborator-permission-level",
                                "What somebody may do with a repository")
                        .by(Audience.USER)
                        .ok(PermissionLevelJson.class),
                post(REPOSITORY + "/transfer", "repos/transfer", "Give a repository to another account")
                        .body(new Body().must("new_owner", text(Login.LIMIT)).may("new_name", NAME))
                        .about(
                                """
                                At once between the caller's own account and organizations. Another user is made an offer, and
                                hears what stands in its way when they accept it.""")
                        .answers(202, "It is done, or offered.", Schema.of(RepositoryJson.class)));
    }

    private static Body created() {
        return settings(new Body().must("name", NAME))
                .may(
                        "numbering",
                        Schema.words("shared", "separate")
                                .otherwise("shared")
                                .described("Whether issues and pull requests take numbers from one sequence, as on"
                                        + " GitHub, or from two. Never changes."));
    }

    private static List<Operation> repositories() {
        return List.of(
                post("/user/repos", "repos/create-for-authenticated-user", "Make a repository")
                        .body(created())
                        .created(RepositoryJson.class),
                post("/orgs/{org}/repos", "repos/create-in-org", "Make a repository of an organization")
                        .body(created())
                        .created(RepositoryJson.class),
                get(
                                "/user/repos",
                                "repos/list-for-authenticated-user",
                                "The repositories that the caller has rights on")
                        .by(Audience.USER)
                        .query(
                                "Repository",
                                Parameters.VISIBILITY,
                                Parameters.AFFILIATIONS,
                                Parameters.OWN_REPOSITORY_TYPE,
                                Parameters.REPOSITORY_SORT,
                                Parameters.DIRECTION,
                                Parameters.SINCE,
                                Parameters.BEFORE)
                        .list(RepositoryJson.class),
                get("/repositories", "repos/list-public", "All public repositories, by id")
                        .query("Repository", Parameters.AFTER_ID)
                        .list(RepositoryJson.class),
                get("/users/{username}/repos", "repos/list-for-user", "The repositories of a user")
                        .query(
                                "Repository",
                                Parameters.USER_REPOSITORY_TYPE,
                                Parameters.REPOSITORY_SORT,
                                Parameters.DIRECTION)
                        .list(RepositoryJson.class),
                get("/orgs/{org}/repos", "repos/list-for-org", "The repositories of an organization")
                        .query(
                                "Repository",
                                Parameters.ORGANIZATION_REPOSITORY_TYPE,
                                Parameters.ORGANIZATION_REPOSITORY_SORT,
                                Parameters.DIRECTION)
                        .list(RepositoryJson.class),
                get(REPOSITORY, "repos/get", "A repository").ofAnyMoment().ok(RepositoryJson.class),
                patch(REPOSITORY, "repos/update", "Edit, rename, archive or hide a repository")
                        .body(settings(new Body().may("name", NAME).may("archived", flag())))
                        .ok(RepositoryJson.class),
                delete(REPOSITORY, "repos/delete", "Delete a repository with all that is in it")
                        .accepts(Scope.DELETE_REPO)
                        .done(),
                get(REPOSITORY + "/activity", "repos/get-activity", "A repository with its issues and pull requests")
                        .own()
                        .about(
                                "Open before closed, newest first; the repository on every page. Issues and pull requests"
                                        + " are told apart by `type`.")
                        .query("Issue", Parameters.ANY_STATE)
                        .ofAnyMoment()
                        .page(Schema.named(
                                "activity",
                                object(
                                        "repository",
                                        Schema.of(RepositoryJson.class),
                                        "entries",
                                        listOf(AccountCatalogue.ENTRY)))),
                HistoryCatalogue.of(REPOSITORY, "repos/get-history", "a repository"),
                get(REPOSITORY + "/topics", "repos/get-all-topics", "The topics of a repository")
                        .ofAnyMoment()
                        .page(Schema.of(TopicsJson.class)),
                put(REPOSITORY + "/topics", "repos/replace-all-topics", "Give a repository these topics and no others")
                        .body(new Body().must("names", listOf(text(Topic.LIMIT)).with("maxItems", Topic.COUNT_LIMIT)))
                        .ok(TopicsJson.class),
                get(
                                REPOSITORY + "/languages",
                                "repos/list-languages",
                                "The languages of a repository: there is no git, so none")
                        .ok(Schema.mapOf(Schema.whole())),
                get(REPOSITORY + "/forks", "repos/list-forks", "The forks of a repository")
                        .query("Repository", Parameters.FORK_SORT)
                        .list(RepositoryJson.class),
                post(REPOSITORY + "/forks", "repos/create-fork", "Fork a repository")
                        .about("An account has one repository of a network: forking again finds it.")
                        .body(new Body()
                                .may("organization", text())
                                .may("name", NAME)
                                .may("default_branch_only", flag()))
                        .answers(202, "It is there already.", Schema.of(RepositoryJson.class)));
    }

    static Body settings(Body body) {
        body.may("description", text(RepositorySettings.DESCRIPTION_LIMIT))
                .may("about", text())
                .may("homepage", text(RepositorySettings.LINE_LIMIT))
                .may("language", text(RepositorySettings.LINE_LIMIT))
                .may("default_branch", text(BranchName.LIMIT))
                .may("private", flag())
                .may("visibility", Schema.words(EnumValues.VISIBILITIES).described("Wins over `private`."));
        EnumValues.repositorySettings().forEach(body::may);
        return body;
    }
}
