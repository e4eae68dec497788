package org.forgelog.api.openapi;

import static org.forgelog.api.openapi.ParameterTypes.choice;
import static org.forgelog.api.openapi.ParameterTypes.direction;
import static org.forgelog.api.openapi.ParameterTypes.header;
import static org.forgelog.api.openapi.ParameterTypes.idInPath;
import static org.forgelog.api.openapi.ParameterTypes.instant;
import static org.forgelog.api.openapi.ParameterTypes.isDescending;
import static org.forgelog.api.openapi.ParameterTypes.maybeDescending;
import static org.forgelog.api.openapi.ParameterTypes.maybeOneOf;
import static org.forgelog.api.openapi.ParameterTypes.oneOf;
import static org.forgelog.api.openapi.ParameterTypes.path;
import static org.forgelog.api.openapi.ParameterTypes.perPage;
import static org.forgelog.api.openapi.ParameterTypes.query;
import static org.forgelog.api.openapi.ParameterTypes.state;
import static org.forgelog.api.openapi.ParameterTypes.text;
import static org.forgelog.api.openapi.ParameterTypes.words;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.forgelog.api.openapi.Choices.Affiliation;
import org.forgelog.api.openapi.Choices.CollaboratorAffiliation;
import org.forgelog.api.openapi.Choices.CommentSort;
import org.forgelog.api.openapi.Choices.ForkSort;
import org.forgelog.api.openapi.Choices.IssueFilter;
import org.forgelog.api.openapi.Choices.IssueSort;
import org.forgelog.api.openapi.Choices.MembershipState;
import org.forgelog.api.openapi.Choices.MilestoneSort;
import org.forgelog.api.openapi.Choices.PullSort;
import org.forgelog.api.openapi.Choices.RepositorySort;
import org.forgelog.api.openapi.Choices.RepositoryType;
import org.forgelog.domain.Permission;
import org.forgelog.domain.account.Login;
import org.forgelog.domain.account.OrganizationRole;
import org.forgelog.domain.label.LabelName;
import org.forgelog.domain.reaction.ReactionContent;
import org.forgelog.domain.repository.RepositoryName;
import org.jspecify.annotations.Nullable;

/** The parameters of requests, each declared once: routes are described by them and requests are parsed by them. */
public final class Parameters {

    public static final Parameter<Integer> PER_PAGE = perPage(30).shared("per_page");
    /** A list of everything has fewer. */
    public static final Parameter<Integer> FEW_PER_PAGE = perPage(15);

    public static final Parameter<Integer> PAGE = query(
                    "page",
                    Schema.whole().with("minimum", 1).otherwise(1),
                    text -> ParameterTypes.whole(text, 1, Integer.MAX_VALUE))
            .described("Which page. At most 1,000 entries are skipped this way; the links of the answers lead further.")
            .shared("page");
    public static final Parameter<@Nullable String> CURSOR = text("cursor")
            .described("Where a page begins. Only ever taken from a link of an answer; signed, and good for a day.")
            .shared("cursor");
    public static final Parameter<@Nullable Instant> SINCE =
            instant("since").described("Only what was updated then or later.").shared("since");
    /** {@code null} for now. */
    public static final Parameter<@Nullable AsOf> AS_OF = ParameterTypes.<@Nullable AsOf>query(
                    "as_of", Schema.text(), AsOf::read)
            .described("A moment of the past: a time (what had been stored by then), the number of an event, or an"
                    + " `X-Forgelog-Position`. The answer is what the same request would have been answered then, without"
                    + " what the caller may not see today and what was deleted since.")
            .shared("as_of");

    public static final Parameter<@Nullable Instant> BEFORE =
            instant("before").described("Only what was updated before.");
    /** What is no id counts as not sent. */
    public static final Parameter<@Nullable Long> AFTER_ID = ParameterTypes.<@Nullable Long>query(
                    "since",
                    Schema.id(),
                    text -> text != null && text.matches("0*[1-9][0-9]{0,15}") ? Long.valueOf(text) : null)
            .described("Only those with greater ids.")
            .shared("after_id");
    /** Open, closed or both, as {@code null}. */
    public static final Parameter<@Nullable Boolean> STATE = state("open").shared("state");

    public static final Parameter<@Nullable Boolean> ANY_STATE = state("all").shared("any_state");
    /** Whether descending. */
    public static final Parameter<Boolean> NEWEST_FIRST = query(
                    "direction", direction().otherwise("desc"), text -> isDescending(text, true))
            .shared("newest_first");

    public static final Parameter<Boolean> OLDEST_FIRST = query(
                    "direction", direction().otherwise("asc"), text -> isDescending(text, false))
            .shared("oldest_first");
    /** Whether descending; {@code null} when nothing was sent. */
    public static final Parameter<@Nullable Boolean> DIRECTION = maybeDescending()
            .described("Ascending by name and descending by time, unless it is said here.")
            .shared("direction");

    public static final Parameter<@Nullable Boolean> PULL_DIRECTION = maybeDescending()
            .described("Descending by creation and ascending otherwise, unless it is said here.")
            .shared("pull_direction");

    public static final Parameter<IssueSort> ISSUE_SORT = oneOf("sort", IssueSort.values());
    public static final Parameter<PullSort> PULL_SORT = oneOf("sort", PullSort.values());
    public static final Parameter<CommentSort> COMMENT_SORT = oneOf("sort", CommentSort.CREATED, CommentSort.UPDATED);
    public static final Parameter<CommentSort> REVIEW_COMMENT_SORT = oneOf("sort", CommentSort.values());
    public static final Parameter<ForkSort> FORK_SORT = oneOf("sort", ForkSort.values());
    public static final Parameter<RepositorySort> REPOSITORY_SORT =
            ParameterTypes.oneOf("sort", RepositorySort.FULL_NAME, List.of(RepositorySort.values()));
    public static final Parameter<RepositorySort> ORGANIZATION_REPOSITORY_SORT =
            ParameterTypes.oneOf("sort", RepositorySort.CREATED, List.of(RepositorySort.values()));
    /** A star stands from when it was given: both orders are one. */
    public static final Parameter<String> STAR_SORT = words("sort", "created", "updated");

    public static final Parameter<IssueFilter> ISSUE_FILTER = oneOf("filter", IssueFilter.values());
    public static final Parameter<List<String>> LABELS = query("labels", Schema.text(), ParameterTypes::labels)
            .described("Names with commas between them: only issues that carry all of these.");
    public static final Parameter<@Nullable String> ASSIGNEE =
            text("assignee").described("A login, `none`, or `*` for anybody.");
    public static final Parameter<@Nullable String> CREATOR = text("creator").described("Only what this login opened.");
    public static final Parameter<@Nullable String> MENTIONED = ParameterTypes.<@Nullable String>query(
                    "mentioned", Schema.text(), ParameterTypes::login)
            .described("Only those whose text mentions this login.");
    public static final Parameter<@Nullable String> MILESTONE = ParameterTypes.<@Nullable String>query(
                    "milestone", Schema.text(), ParameterTypes::milestone)
            .described("The number of a milestone, `none`, or `*` for any.");

    public static final Parameter<MilestoneSort> MILESTONE_SORT = oneOf("sort", MilestoneSort.values());
    /** Whether to list anything. */
    public static final Parameter<Boolean> ISSUE_TYPE = query(
                    "type", Schema.text(), text -> text == null || text.equals("none"))
            .described("There are no types of issues: only `none` finds anything.");

    public static final Parameter<@Nullable String> HEAD =
            text("head").described("Only from this branch, or `owner:branch`.");
    public static final Parameter<@Nullable String> BASE = text("base").described("Only into this branch.");
    public static final Parameter<@Nullable ReactionContent> CONTENT = ParameterTypes.<@Nullable ReactionContent>query(
            "content", Schema.words(EnumValues.REACTIONS), ParameterTypes::content);

    public static final Parameter<RepositoryType> OWN_REPOSITORY_TYPE = oneOf(
            "type",
            RepositoryType.ALL,
            RepositoryType.OWNER,
            RepositoryType.PUBLIC,
            RepositoryType.PRIVATE,
            RepositoryType.MEMBER);
    public static final Parameter<RepositoryType> USER_REPOSITORY_TYPE =
            oneOf("type", RepositoryType.OWNER, RepositoryType.ALL, RepositoryType.MEMBER);
    public static final Parameter<RepositoryType> ORGANIZATION_REPOSITORY_TYPE = oneOf(
            "type",
            RepositoryType.ALL,
            RepositoryType.PUBLIC,
            RepositoryType.PRIVATE,
            RepositoryType.FORKS,
            RepositoryType.SOURCES,
            RepositoryType.MEMBER);
    public static final Parameter<RepositoryType> VISIBILITY =
            oneOf("visibility", RepositoryType.ALL, RepositoryType.PUBLIC, RepositoryType.PRIVATE);
    /** {@code null} when nothing was sent. */
    public static final Parameter<@Nullable Set<Affiliation>> AFFILIATIONS =
            ParameterTypes.<@Nullable Set<Affiliation>>query("affiliation", Schema.text(), ParameterTypes::affiliations)
                    .described("Words with commas between them: `owner`, `collaborator`,"
                            + " `organization_member`. Wins over `type`.");

    public static final Parameter<CollaboratorAffiliation> COLLABORATOR_AFFILIATION =
            oneOf("affiliation", CollaboratorAffiliation.values());
    public static final Parameter<Permission> LEAST_PERMISSION = choice(
                    "permission", EnumValues.PERMISSIONS, Permission::ofCollaborator)
            .described("Only those who may do at least this.");
    /** Nobody has a second factor, so it counts for nothing. */
    public static final Parameter<String> MEMBER_FILTER = words("filter", "all", "2fa_disabled", "2fa_insecure");
    /** {@code null} for all. */
    public static final Parameter<@Nullable OrganizationRole> MEMBER_ROLE =
            ParameterTypes.<@Nullable OrganizationRole>choice(
                    "role",
                    List.of("all", "admin", "member"),
                    word -> word.equals("all") ? null : OrganizationRole.of(word));

    /** {@code null} for any. */
    public static final Parameter<@Nullable MembershipState> MEMBERSHIP_STATE =
            maybeOneOf("state", MembershipState.values());

    static final Parameter<@Nullable String> API_VERSION = header("X-GitHub-Api-Version", Schema.words("2022-11-28"))
            .described("Any other version is refused.")
            .shared("api_version");
    static final Parameter<@Nullable String> POSITION = header("X-Forgelog-Position", Schema.text())
            .described("The position that a write answered: the read waits until it sees that write, or answers 503.")
            .shared("position");
    static final Parameter<@Nullable String> IF_NONE_MATCH = header("If-None-Match", Schema.text())
            .described("The `ETag` of an answer: 304 when it would be the same.")
            .shared("if_none_match");
    static final Parameter<@Nullable String> IF_MODIFIED_SINCE = header("If-Modified-Since", Schema.text())
            .described("The `Last-Modified` of an answer: 304 when it would be the same. Does not count beside a tag.")
            .shared("if_modified_since");
    static final Parameter<@Nullable String> IDEMPOTENCY_KEY = header("Idempotency-Key", Schema.text(255))
            .described("The same request with the same key is carried out once within a day;"
                    + " another request with that key is refused.")
            .shared("idempotency_key");
    static final Parameter<@Nullable String> PREFER = header("Prefer", Schema.text())
            .described("`respond-async`: answer without waiting for reads to see it.")
            .shared("prefer");

    private static final Schema LOGIN = Schema.text(Login.LIMIT);

    public static final Parameter<String> OWNER =
            path("owner", LOGIN, "The login of the account that owns the repository, in any case.");
    public static final Parameter<String> REPO =
            path("repo", Schema.text(RepositoryName.LIMIT), "The repository's name, in any case.");
    public static final Parameter<String> USERNAME = path("username", LOGIN, "A login, in any case.");
    public static final Parameter<String> ORG = path("org", LOGIN, "The login of an organization, in any case.");
    public static final Parameter<String> ASSIGNEE_IN_PATH = path("assignee", LOGIN, "A login, in any case.");
    public static final Parameter<String> LABEL_NAME =
            path("name", Schema.text(LabelName.LIMIT), "The name of a label, percent-encoded, in any case.");
    public static final Parameter<Long> ISSUE_NUMBER =
            idInPath("issue_number", "The number of an issue of the repository.");
    public static final Parameter<Long> PULL_NUMBER =
            idInPath("pull_number", "The number of a pull request of the repository.");
    public static final Parameter<Long> MILESTONE_NUMBER =
            idInPath("milestone_number", "The number of a milestone of the repository.");
    public static final Parameter<Long> EVENT_ID =
            idInPath("event_id", "The id of something that happened to an issue.");
    public static final Parameter<Long> COMMENT_ID = idInPath("comment_id", "The id of a comment.");
    public static final Parameter<Long> ACCOUNT_ID = idInPath("account_id", "The id of an account.");
    public static final Parameter<Long> ORGANIZATION_ID = idInPath("organization_id", "The id of an organization.");
    public static final Parameter<Long> REPOSITORY_ID =
            idInPath("repository_id", "The id of a repository, which it keeps under whatever name.");

    /** All names that stand in braces in a path. */
    private static final Map<String, Parameter<?>> OF_PATHS = byName(
            OWNER,
            REPO,
            USERNAME,
            ORG,
            ASSIGNEE_IN_PATH,
            LABEL_NAME,
            ISSUE_NUMBER,
            PULL_NUMBER,
            MILESTONE_NUMBER,
            EVENT_ID,
            COMMENT_ID,
            idInPath("reaction_id", "The id of a reaction."),
            idInPath("token_id", "The id of a token."),
            idInPath("hook_id", "The id of a webhook."),
            idInPath("delivery_id", "The id of a delivery."),
            idInPath("invitation_id", "The id of an invitation."),
            ACCOUNT_ID,
            ORGANIZATION_ID,
            REPOSITORY_ID,
            path("job_id", Schema.text(), "The id of a job."),
            path("sequence", Schema.text(), "A sequence of events: `r:` and a repository's id, `a:` and an account's."),
            path(
                    "action",
                    Schema.words("start", "pause", "resume", "abort", "switch", "rollback", "drop"),
                    "What to do."));

    private Parameters() {}

    /** The part of a path with this name. */
    static Parameter<?> ofPath(String name) {
        Parameter<?> parameter = OF_PATHS.get(name);
        if (parameter == null) {
            throw new IllegalArgumentException("say here what {" + name + "} stands for in a path");
        }
        return parameter;
    }

    private static Map<String, Parameter<?>> byName(Parameter<?>... parameters) {
        Map<String, Parameter<?>> byName = new LinkedHashMap<>();
        for (Parameter<?> parameter : parameters) {
            byName.put(parameter.name(), parameter);
        }
        return byName;
    }
}
