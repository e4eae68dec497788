package org.forgelog.api.openapi;

import static java.util.Map.entry;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.forgelog.api.representation.AuthorAssociation;
import org.forgelog.api.representation.CollaboratorJson;
import org.forgelog.api.representation.CommentJson;
import org.forgelog.api.representation.EmailJson;
import org.forgelog.api.representation.EventJson;
import org.forgelog.api.representation.IssueEventJson;
import org.forgelog.api.representation.IssueJson;
import org.forgelog.api.representation.MembershipJson;
import org.forgelog.api.representation.MilestoneJson;
import org.forgelog.api.representation.OrganizationJson;
import org.forgelog.api.representation.PermissionLevelJson;
import org.forgelog.api.representation.PullRequestJson;
import org.forgelog.api.representation.ReactionJson;
import org.forgelog.api.representation.RepositoryJson;
import org.forgelog.api.representation.ReviewCommentJson;
import org.forgelog.api.representation.SimpleUser;
import org.forgelog.api.representation.UserJson;
import org.forgelog.domain.account.OrganizationFlag;
import org.forgelog.domain.conversation.LockReason;
import org.forgelog.domain.issue.CloseReason;
import org.forgelog.domain.reaction.ReactionContent;
import org.forgelog.domain.repository.RepositoryFlag;
import org.forgelog.domain.repository.RepositoryOption;

/** What the types of a representation do not tell: which words a text can be, and the fields that come from a map. */
final class EnumValues {

    static final List<String> STATES = List.of("open", "closed");
    static final List<String> VISIBILITIES = List.of("public", "private");
    static final List<String> REACTIONS =
            Arrays.stream(ReactionContent.values()).map(ReactionContent::word).toList();
    static final List<String> LOCK_REASONS =
            Arrays.stream(LockReason.values()).map(LockReason::word).toList();
    static final List<String> ROLES = List.of("admin", "member");
    /** What members may do with all repositories of their organization. */
    static final List<String> MEMBER_PERMISSIONS = List.of("read", "write", "admin", "none");
    /** What a collaborator may do, in the order in which each includes those before it. */
    static final List<String> PERMISSIONS = List.of("pull", "triage", "push", "maintain", "admin");

    private static final List<String> CLOSE_REASONS =
            Arrays.stream(CloseReason.values()).map(CloseReason::word).toList();
    private static final List<String> ACCOUNT_TYPES = List.of("User", "Organization");
    private static final List<String> NEWER_PERMISSIONS =
            List.of("read", "triage", "write", "maintain", "admin", "none");
    private static final List<String> ASSOCIATIONS =
            Arrays.stream(AuthorAssociation.values()).map(Enum::name).toList();

    /** By record, the fields that are one of a few words. */
    static final Map<Class<?>, Map<String, List<String>>> WORDS = Map.ofEntries(
            entry(SimpleUser.class, Map.of("type", ACCOUNT_TYPES)),
            entry(UserJson.class, Map.of("type", ACCOUNT_TYPES)),
            entry(OrganizationJson.class, Map.of("type", ACCOUNT_TYPES)),
            entry(
                    MembershipJson.class,
                    Map.of("state", List.of(MembershipJson.ACTIVE, MembershipJson.PENDING), "role", ROLES)),
            entry(CollaboratorJson.class, Map.of("role_name", NEWER_PERMISSIONS)),
            entry(
                    PermissionLevelJson.class,
                    Map.of("permission", List.of("read", "write", "admin", "none"), "role_name", NEWER_PERMISSIONS)),
            entry(RepositoryJson.class, Map.of("visibility", VISIBILITIES, "numbering", List.of("shared", "separate"))),
            entry(
                    IssueJson.class,
                    Map.of(
                            "state", STATES,
                            "state_reason", List.of("completed", "not_planned", "duplicate", "reopened"),
                            "active_lock_reason", LOCK_REASONS,
                            "author_association", ASSOCIATIONS)),
            entry(
                    PullRequestJson.class,
                    Map.of(
                            "state", STATES,
                            "mergeable_state", List.of("clean", "draft", "unknown"),
                            "active_lock_reason", LOCK_REASONS,
                            "author_association", ASSOCIATIONS)),
            entry(
                    IssueEventJson.class,
                    Map.of(
                            "event",
                            List.of(
                                    "closed",
                                    "reopened",
                                    "labeled",
                                    "unlabeled",
                                    "assigned",
                                    "unassigned",
                                    "locked",
                                    "unlocked",
                                    "renamed",
                                    "milestoned",
                                    "demilestoned",
                                    "merged"),
                            "state_reason",
                            CLOSE_REASONS,
                            "lock_reason",
                            LOCK_REASONS)),
            entry(
                    EventJson.class,
                    Map.of(
                            "type",
                            List.of(
                                    "CreateEvent",
                                    "ForkEvent",
                                    "PublicEvent",
                                    "MemberEvent",
                                    "IssuesEvent",
                                    "IssueCommentEvent",
                                    "PullRequestEvent",
                                    "PullRequestReviewCommentEvent",
                                    "WatchEvent"))),
            entry(EmailJson.class, Map.of("visibility", List.of(EmailJson.PUBLIC, EmailJson.PRIVATE))),
            entry(MilestoneJson.class, Map.of("state", STATES)),
            entry(CommentJson.class, Map.of("author_association", ASSOCIATIONS)),
            entry(
                    ReviewCommentJson.class,
                    Map.of(
                            "author_association", ASSOCIATIONS,
                            "subject_type", List.of("line", "file"),
                            "side", List.of("LEFT", "RIGHT"),
                            "start_side", List.of("LEFT", "RIGHT"))),
            entry(ReactionJson.class, Map.of("content", REACTIONS)));

    private EnumValues() {}

    /** What is known of a field beyond its type. */
    static Schema schema(Class<?> type, String field, Schema schema) {
        if (type == EventJson.class && field.equals("payload")) {
            return eventPayload();
        }
        List<String> words = WORDS.getOrDefault(type, Map.of()).get(field);
        return words == null ? schema : schema.with("enum", words);
    }

    private static Schema eventPayload() {
        return Schema.named(
                "event-payload",
                new Body()
                        .optional("action", Schema.words("added", "opened", "closed", "reopened", "created", "started"))
                        .optional("number", Schema.id())
                        .optional("issue", Schema.of(IssueJson.class))
                        .optional("pull_request", Schema.of(PullRequestJson.class))
                        .optional(
                                "comment",
                                Schema.anyOf(Schema.of(CommentJson.class), Schema.of(ReviewCommentJson.class)))
                        .optional("member", Schema.of(SimpleUser.class))
                        .optional("forkee", Schema.of(RepositoryJson.class))
                        .optional("ref", Schema.text().orNull())
                        .optional("ref_type", Schema.words("repository"))
                        .optional("master_branch", Schema.text())
                        .optional("description", Schema.text().orNull())
                        .optional("pusher_type", Schema.words("user"))
                        .schema());
    }

    /** The fields that a record writes from a map. */
    static Map<String, Schema> furtherFields(Class<?> type) {
        if (type == RepositoryJson.class) {
            return repositorySettings();
        }
        if (type == OrganizationJson.class) {
            return organizationSettings();
        }
        throw new IllegalArgumentException("say here which fields the map of " + type + " becomes");
    }

    /** The switches and worded settings of a repository, as they are asked for and answered. */
    static Map<String, Schema> repositorySettings() {
        Map<String, Schema> fields = new LinkedHashMap<>();
        for (RepositoryFlag flag : RepositoryFlag.values()) {
            fields.put(flag.field(), Schema.flag());
        }
        for (RepositoryOption option : RepositoryOption.values()) {
            fields.put(option.field(), Schema.words(option.words()));
        }
        return fields;
    }

    /** What members and admins of an organization see of it beside the rest. */
    private static Map<String, Schema> organizationSettings() {
        Map<String, Schema> fields = new LinkedHashMap<>();
        for (String count : List.of("total_private_repos", "owned_private_repos", "private_gists", "disk_usage")) {
            fields.put(count, Schema.count());
        }
        fields.put("collaborators", Schema.count());
        fields.put("billing_email", Schema.text().orNull());
        fields.put("default_repository_permission", Schema.words(MEMBER_PERMISSIONS));
        for (OrganizationFlag flag : OrganizationFlag.values()) {
            if (flag != OrganizationFlag.HAS_ORGANIZATION_PROJECTS
                    && flag != OrganizationFlag.HAS_REPOSITORY_PROJECTS) {
                fields.put(flag.field(), Schema.flag());
            }
        }
        fields.put("members_allowed_repository_creation_type", Schema.words("all", "private", "none"));
        return fields;
    }
}
