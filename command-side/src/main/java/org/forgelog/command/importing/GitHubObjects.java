package org.forgelog.command.importing;

import static org.forgelog.command.importing.Json.flag;
import static org.forgelog.command.importing.Json.integer;
import static org.forgelog.command.importing.Json.isTrue;
import static org.forgelog.command.importing.Json.list;
import static org.forgelog.command.importing.Json.moment;
import static org.forgelog.command.importing.Json.number;
import static org.forgelog.command.importing.Json.required;
import static org.forgelog.command.importing.Json.text;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.forgelog.command.importing.Fact.Anchor;
import org.forgelog.command.importing.Fact.BranchText;
import org.forgelog.command.importing.Fact.CommentSeen;
import org.forgelog.command.importing.Fact.ConversationRef;
import org.forgelog.command.importing.Fact.ConversationSeen;
import org.forgelog.command.importing.Fact.LabelText;
import org.forgelog.command.importing.Fact.MilestoneText;
import org.forgelog.command.importing.Fact.Person;
import org.forgelog.command.importing.Fact.Planned;
import org.forgelog.command.importing.Fact.RepositoryRef;
import org.forgelog.command.importing.Fact.RepositorySeen;
import org.forgelog.command.importing.Fact.StateText;
import org.forgelog.domain.comment.DiffSide;
import org.forgelog.domain.repository.RepositoryFlag;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** GitHub's objects as its REST API and its events have them, whole or in part. */
final class GitHubObjects {

    private GitHubObjects() {}

    static @Nullable Person person(JsonNode user) {
        String login = text(user, "login");
        return login == null ? null : new Person(login, "Organization".equals(text(user, "type")));
    }

    static Person personOrGhost(JsonNode user) {
        Person person = person(user);
        return person == null ? Person.GHOST : person;
    }

    /** The repository that an object with {@code full_name}, or an event's with {@code name}, is about. */
    static @Nullable RepositoryRef ref(JsonNode repository) {
        String name = text(repository, "full_name");
        return name == null
                ? ref(text(repository, "name"), number(repository, "id"))
                : ref(name, number(repository, "id"));
    }

    static @Nullable RepositoryRef ref(@Nullable String fullName, @Nullable Long id) {
        int slash = fullName == null ? -1 : fullName.indexOf('/');
        return fullName == null || slash <= 0 || slash == fullName.length() - 1
                ? null
                : new RepositoryRef(fullName.substring(0, slash), fullName.substring(slash + 1), id);
    }

    /** The repository in an address such as {@code https://api.github.com/repos/o/r/issues/1}. */
    static @Nullable RepositoryRef refOfUrl(@Nullable String url) {
        int at = url == null ? -1 : url.indexOf("/repos/");
        if (url == null || at < 0) {
            return null;
        }
        String[] parts = url.substring(at + "/repos/".length()).split("/", 3);
        return parts.length < 2 ? null : ref(parts[0] + "/" + parts[1], null);
    }

    /** The issue or pull request in an address such as {@code https://api.github.com/repos/o/r/issues/1}. */
    static @Nullable ConversationRef conversationOfUrl(@Nullable String url) {
        RepositoryRef repository = refOfUrl(url);
        if (repository == null || url == null) {
            return null;
        }
        try {
            return new ConversationRef(repository, Long.parseLong(url.substring(url.lastIndexOf('/') + 1)));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    static @Nullable LabelText label(JsonNode label) {
        if (label.isString()) {
            return new LabelText(label.stringValue(), null, null);
        }
        String name = text(label, "name");
        return name == null ? null : new LabelText(name, text(label, "color"), text(label, "description"));
    }

    static RepositorySeen repository(RepositoryRef ref, JsonNode repository, @Nullable Person creator, Instant seenAt) {
        JsonNode parent = repository.path("parent");
        Person owner = person(repository.path("owner"));
        return new RepositorySeen(
                ref,
                owner == null ? new Person(ref.owner(), false) : owner,
                creator,
                moment(repository, "created_at"),
                true,
                text(repository, "description"),
                text(repository, "homepage"),
                text(repository, "language"),
                text(repository, "default_branch"),
                isTrue(repository, "private"),
                flags(repository),
                isTrue(repository, "archived"),
                parent.isObject() ? ref(parent) : null,
                List.of(),
                topics(repository),
                List.of(),
                true,
                seenAt);
    }

    static Map<RepositoryFlag, Boolean> flags(JsonNode repository) {
        Map<RepositoryFlag, Boolean> flags = new EnumMap<>(RepositoryFlag.class);
        for (RepositoryFlag flag : RepositoryFlag.values()) {
            Boolean told = flag(repository, flag.field());
            if (told != null) {
                flags.put(flag, told);
            }
        }
        return flags;
    }

    static List<String> topics(JsonNode repository) {
        return list(repository.path("topics"), topic -> topic.isString() ? topic.stringValue() : null);
    }

    static @Nullable MilestoneText milestone(JsonNode milestone) {
        String state = text(milestone, "state");
        Long number = number(milestone, "number");
        String title = text(milestone, "title");
        return number == null && title == null
                ? null
                : new MilestoneText(
                        number,
                        title,
                        text(milestone, "description"),
                        moment(milestone, "due_on"),
                        state == null ? null : Boolean.valueOf(state.equals("open")),
                        person(milestone.path("creator")),
                        moment(milestone, "created_at"),
                        moment(milestone, "closed_at"),
                        moment(milestone, "updated_at"));
    }

    /** {@code null} where it was not told. */
    private static @Nullable Planned planned(JsonNode issue) {
        JsonNode milestone = issue.path("milestone");
        return milestone.isObject() ? new Planned(milestone(milestone)) : milestone.isNull() ? new Planned(null) : null;
    }

    /** @param settles whether it is the latest that is known at {@code seenAt} */
    static ConversationSeen conversation(
            RepositoryRef repository, JsonNode issue, boolean pull, boolean settles, Instant seenAt) {
        String state = text(issue, "state");
        JsonNode pullPart = issue.path("pull_request");
        Instant merged = moment(issue, "merged_at");
        if (merged == null && pullPart.isObject()) {
            merged = moment(pullPart, "merged_at");
        }
        return new ConversationSeen(
                new ConversationRef(repository, required(number(issue, "number"), "number")),
                pull,
                issue.path("user").isObject() ? personOrGhost(issue.path("user")) : null,
                text(issue, "title"),
                text(issue, "body"),
                issue.path("title").isString(),
                moment(issue, "created_at"),
                new StateText(
                        state == null ? null : Boolean.valueOf(state.equals("open")),
                        text(issue, "state_reason"),
                        moment(issue, "closed_at"),
                        person(issue.path("closed_by")),
                        merged,
                        person(issue.path("merged_by"))),
                issue.path("labels").isArray() ? list(issue.path("labels"), GitHubObjects::label) : null,
                issue.path("assignees").isArray() ? list(issue.path("assignees"), GitHubObjects::person) : null,
                planned(issue),
                flag(issue, "locked"),
                text(issue, "active_lock_reason"),
                branch(issue.path("head")),
                branch(issue.path("base")),
                isTrue(issue, "draft"),
                List.of(),
                settles,
                seenAt);
    }

    private static BranchText branch(JsonNode branch) {
        JsonNode repository = branch.path("repo");
        RepositoryRef ref = ref(repository);
        if (ref == null) {
            // Events since October 2025 name a repository by its address and its own name alone.
            RepositoryRef ofUrl = refOfUrl(text(repository, "url"));
            ref = ofUrl == null ? null : new RepositoryRef(ofUrl.owner(), ofUrl.name(), number(repository, "id"));
        }
        return new BranchText(ref, text(branch, "ref"));
    }

    static CommentSeen comment(ConversationRef ref, boolean review, JsonNode comment, boolean deleted, Instant seenAt) {
        Instant created = moment(comment, "created_at");
        Instant updated = moment(comment, "updated_at");
        return new CommentSeen(
                ref,
                review,
                required(number(comment, "id"), "comment.id"),
                personOrGhost(comment.path("user")),
                text(comment, "body"),
                created == null ? seenAt : created,
                deleted ? seenAt : updated,
                deleted,
                review ? anchor(comment) : null,
                number(comment, "in_reply_to_id"),
                List.of());
    }

    static Anchor anchor(JsonNode comment) {
        Integer position = integer(comment, "position");
        Integer line = integer(comment, "line");
        return new Anchor(
                text(comment, "commit_id", text(comment, "original_commit_id", "")),
                text(comment, "path"),
                position == null ? integer(comment, "original_position") : position,
                line == null ? integer(comment, "original_line") : line,
                side(text(comment, "side")),
                integer(comment, "start_line"),
                side(text(comment, "start_side")));
    }

    private static @Nullable DiffSide side(@Nullable String word) {
        return word == null ? null : word.toUpperCase(Locale.ROOT).equals("LEFT") ? DiffSide.LEFT : DiffSide.RIGHT;
    }
}
