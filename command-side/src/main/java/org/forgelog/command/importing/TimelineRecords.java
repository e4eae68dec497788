package org.forgelog.command.importing;

import static org.forgelog.command.importing.Json.moment;
import static org.forgelog.command.importing.Json.number;
import static org.forgelog.command.importing.Json.required;
import static org.forgelog.command.importing.Json.text;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.forgelog.command.importing.Fact.ConversationRef;
import org.forgelog.command.importing.Fact.ConversationSeen;
import org.forgelog.command.importing.Fact.Happened;
import org.forgelog.command.importing.Fact.LabelText;
import org.forgelog.command.importing.Fact.LeftOut;
import org.forgelog.command.importing.Fact.MadePublic;
import org.forgelog.command.importing.Fact.MemberAdded;
import org.forgelog.command.importing.Fact.Person;
import org.forgelog.command.importing.Fact.Planned;
import org.forgelog.command.importing.Fact.RepositoryRef;
import org.forgelog.command.importing.Fact.RepositorySeen;
import org.forgelog.command.importing.Fact.Starred;
import org.forgelog.command.importing.Fact.StateText;
import org.forgelog.command.importing.Fact.What;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Events of GitHub's public timeline, as its events API and GH Archive have them. Each is taken by itself: what it says of
 * something not met before makes it. Since October 2025 payloads say less, of pull requests little more than the branches.
 *
 * @see <a href="https://docs.github.com/en/rest/using-the-rest-api/github-event-types">GitHub event types</a>
 */
final class TimelineRecords {

    private TimelineRecords() {}

    static ImportedRecord read(String where, JsonNode event) {
        String type = required(text(event, "type"), "type");
        String id = text(event, "id");
        if (id == null) {
            id = String.valueOf(required(number(event, "id"), "id"));
        }
        Instant at = required(moment(event, "created_at"), "created_at");
        RepositoryRef repository = required(GitHubObjects.ref(event.path("repo")), "repo.name");
        Person actor = GitHubObjects.personOrGhost(event.path("actor"));
        String organization = text(event.path("org"), "login");
        RepositorySeen named = RepositorySeen.named(
                repository, organization != null && organization.equalsIgnoreCase(repository.owner()), at);
        JsonNode payload = event.path("payload");
        List<Fact> facts = new ArrayList<>();
        switch (type) {
            case "WatchEvent" -> {
                facts.add(named);
                facts.add(new Starred(repository, actor, at));
            }
            case "IssuesEvent" -> {
                facts.add(named);
                conversation(facts, repository, payload, "issue", false, actor, at);
            }
            case "PullRequestEvent" -> {
                facts.add(named);
                conversation(facts, repository, payload, "pull_request", true, actor, at);
            }
            case "IssueCommentEvent" -> {
                facts.add(named);
                JsonNode issue = payload.path("issue");
                ConversationSeen seen = GitHubObjects.conversation(
                        repository, issue, issue.path("pull_request").isObject(), true, at);
                facts.add(seen);
                facts.add(GitHubObjects.comment(seen.ref(), false, payload.path("comment"), isDeleted(payload), at));
            }
            case "PullRequestReviewCommentEvent" -> {
                facts.add(named);
                ConversationSeen seen =
                        GitHubObjects.conversation(repository, payload.path("pull_request"), true, true, at);
                facts.add(seen);
                facts.add(GitHubObjects.comment(seen.ref(), true, payload.path("comment"), isDeleted(payload), at));
            }
            case "ForkEvent" -> {
                facts.add(named);
                facts.add(fork(repository, payload.path("forkee"), actor, at));
            }
            case "CreateEvent" -> {
                if ("repository".equals(text(payload, "ref_type"))) {
                    facts.add(created(named, payload, actor, at));
                } else {
                    facts.add(new LeftOut("CreateEvent of a " + text(payload, "ref_type")));
                }
            }
            case "MemberEvent" -> {
                facts.add(named);
                Person member = GitHubObjects.person(payload.path("member"));
                facts.add(
                        "added".equals(text(payload, "action")) && member != null
                                ? new MemberAdded(repository, member, actor, at)
                                : new LeftOut("MemberEvent " + text(payload, "action")));
            }
            case "PublicEvent" -> {
                facts.add(named);
                facts.add(new MadePublic(repository, at));
            }
            default -> facts.add(new LeftOut(type));
        }
        return new ImportedRecord(where, "event " + id, true, facts);
    }

    private static boolean isDeleted(JsonNode payload) {
        return "deleted".equals(text(payload, "action"));
    }

    /** What is seen comes first, so that there is something for the action; it settles what the action does not say. */
    private static void conversation(
            List<Fact> facts,
            RepositoryRef repository,
            JsonNode payload,
            String field,
            boolean pull,
            Person actor,
            Instant at) {
        JsonNode object = payload.path(field);
        ConversationSeen seen = GitHubObjects.conversation(repository, object, pull, true, at);
        String action = text(payload, "action");
        boolean opened = "opened".equals(action);
        if (seen.author() == null && opened) {
            seen = by(seen, actor, at);
        }
        boolean merged = pull && ("merged".equals(action) || Json.isTrue(object, "merged"));
        What what =
                merged && ("closed".equals(action) || "merged".equals(action)) ? What.MERGED : IssueEvents.what(action);
        if (what == null || opened) {
            facts.add(seen);
            if (!opened && !"edited".equals(action)) {
                facts.add(new LeftOut(field + " " + action));
            }
            return;
        }
        ConversationRef ref = seen.ref();
        facts.add(unsettled(seen));
        JsonNode milestone =
                payload.path("milestone").isObject() ? payload.path("milestone") : object.path("milestone");
        facts.add(new Happened(
                ref,
                what,
                actor,
                at,
                label(payload),
                assignee(payload),
                GitHubObjects.milestone(milestone),
                detail(what, object)));
        facts.add(seen);
    }

    private static @Nullable String detail(What what, JsonNode object) {
        return switch (what) {
            case CLOSED -> text(object, "state_reason");
            case LOCKED -> text(object, "active_lock_reason");
            case RENAMED -> text(object, "title");
            default -> null;
        };
    }

    private static @Nullable LabelText label(JsonNode payload) {
        return GitHubObjects.label(payload.path("label"));
    }

    private static @Nullable Person assignee(JsonNode payload) {
        return GitHubObjects.person(payload.path("assignee"));
    }

    private static ConversationSeen by(ConversationSeen s, Person author, Instant at) {
        return copy(
                s,
                author,
                s.createdAt() == null ? at : s.createdAt(),
                s.state(),
                s.labels(),
                s.assignees(),
                s.planned(),
                s.locked(),
                s.settles());
    }

    /** As far as it is needed to make it, if it is not there. */
    private static ConversationSeen unsettled(ConversationSeen s) {
        return copy(s, s.author(), s.createdAt(), StateText.UNTOLD, null, null, null, null, false);
    }

    private static ConversationSeen copy(
            ConversationSeen s,
            @Nullable Person author,
            @Nullable Instant createdAt,
            StateText state,
            @Nullable List<LabelText> labels,
            @Nullable List<Person> assignees,
            @Nullable Planned planned,
            @Nullable Boolean locked,
            boolean settles) {
        return new ConversationSeen(
                s.ref(),
                s.pull(),
                author,
                s.title(),
                s.body(),
                s.textTold(),
                createdAt,
                state,
                labels,
                assignees,
                planned,
                locked,
                s.lockReason(),
                s.head(),
                s.base(),
                s.draft(),
                s.reactions(),
                settles,
                s.seenAt());
    }

    private static Fact fork(RepositoryRef parent, JsonNode forkee, Person actor, Instant at) {
        RepositoryRef ref = GitHubObjects.ref(forkee);
        if (ref == null) {
            return new LeftOut("ForkEvent that does not name the fork");
        }
        RepositorySeen seen = GitHubObjects.repository(ref, forkee, actor, at);
        return new RepositorySeen(
                ref,
                seen.owner(),
                actor,
                seen.createdAt() == null ? at : seen.createdAt(),
                true,
                seen.description(),
                seen.homepage(),
                seen.language(),
                seen.defaultBranch(),
                seen.isPrivate(),
                seen.flags(),
                false,
                parent,
                List.of(),
                seen.topics(),
                List.of(),
                false,
                at);
    }

    private static RepositorySeen created(RepositorySeen named, JsonNode payload, Person actor, Instant at) {
        return new RepositorySeen(
                named.ref(),
                named.owner(),
                actor,
                at,
                true,
                text(payload, "description"),
                null,
                null,
                text(payload, "master_branch"),
                false,
                Map.of(),
                false,
                null,
                List.of(),
                List.of(),
                List.of(),
                false,
                at);
    }
}
