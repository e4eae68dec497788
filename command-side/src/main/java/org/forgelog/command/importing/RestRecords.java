package org.forgelog.command.importing;

import static org.forgelog.command.importing.Json.moment;
import static org.forgelog.command.importing.Json.number;
import static org.forgelog.command.importing.Json.required;
import static org.forgelog.command.importing.Json.text;

import java.time.Instant;
import java.util.List;
import org.forgelog.command.importing.Fact.AccountSeen;
import org.forgelog.command.importing.Fact.ConversationRef;
import org.forgelog.command.importing.Fact.ConversationSeen;
import org.forgelog.command.importing.Fact.LabelText;
import org.forgelog.command.importing.Fact.LeftOut;
import org.forgelog.command.importing.Fact.MilestoneSeen;
import org.forgelog.command.importing.Fact.MilestoneText;
import org.forgelog.command.importing.Fact.Person;
import org.forgelog.command.importing.Fact.RepositoryRef;
import org.forgelog.command.importing.Fact.RepositorySeen;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What GitHub's REST API lists. An object's kind is told by its fields, since the answers do not say it. */
final class RestRecords {

    private final Instant now;

    /** @param now for what does not say when it is from */
    RestRecords(Instant now) {
        this.now = now;
    }

    ImportedRecord read(String where, JsonNode object) {
        String origin = text(object, "html_url", text(object, "url", where));
        if (!object.isObject()) {
            throw new Json.Malformed("not an object");
        }
        if (object.path("payload").isObject() && object.path("type").isString()) {
            return TimelineRecords.read(where, object);
        }
        if (object.path("event").isString()) {
            return new ImportedRecord(where, "issue event " + number(object, "id"), true, List.of(issueEvent(object)));
        }
        return new ImportedRecord(where, origin, false, facts(object));
    }

    private List<Fact> facts(JsonNode object) {
        if (object.path("full_name").isString()) {
            RepositoryRef ref = required(GitHubObjects.ref(object), "full_name");
            return List.of(GitHubObjects.repository(ref, object, null, seen(object)));
        }
        if (object.path("pull_request_url").isString() && object.path("path").isString()) {
            ConversationRef ref = conversation(text(object, "pull_request_url"));
            return List.of(GitHubObjects.comment(ref, true, object, false, seen(object)));
        }
        if (object.path("issue_url").isString() && object.path("body").isString() && !object.has("number")) {
            ConversationRef ref = conversation(text(object, "issue_url"));
            return List.of(GitHubObjects.comment(ref, false, object, false, seen(object)));
        }
        if (object.has("number") && object.path("title").isString() && !object.has("due_on")) {
            return conversation(object);
        }
        if (object.has("color") && object.path("name").isString()) {
            return label(object);
        }
        if (object.path("login").isString()) {
            return List.of(account(object));
        }
        if (object.has("due_on") && object.has("number")) {
            return milestone(object);
        }
        return List.of(new LeftOut("object of an unknown kind"));
    }

    private static ConversationRef conversation(@Nullable String url) {
        return required(GitHubObjects.conversationOfUrl(url), "the number in issue_url or pull_request_url");
    }

    private List<Fact> conversation(JsonNode object) {
        boolean pull =
                object.path("head").isObject() || object.path("pull_request").isObject();
        RepositoryRef repository = GitHubObjects.ref(object.path("base").path("repo"));
        if (repository == null) {
            repository = GitHubObjects.ref(object.path("repository"));
        }
        if (repository == null) {
            repository = required(GitHubObjects.refOfUrl(text(object, "url")), "the repository in url");
        }
        ConversationSeen seen = GitHubObjects.conversation(repository, object, pull, true, seen(object));
        Fact named = RepositorySeen.named(repository, false, seen.createdAt() == null ? now : seen.createdAt());
        return List.of(named, seen);
    }

    private List<Fact> milestone(JsonNode object) {
        RepositoryRef ref = required(GitHubObjects.refOfUrl(text(object, "url")), "the repository in url");
        MilestoneText milestone = required(GitHubObjects.milestone(object), "title");
        Instant at = milestone.createdAt() == null ? now : milestone.createdAt();
        return List.of(RepositorySeen.named(ref, false, at), new MilestoneSeen(ref, milestone, true, seen(object)));
    }

    private List<Fact> label(JsonNode object) {
        RepositoryRef ref = required(GitHubObjects.refOfUrl(text(object, "url")), "the repository in url");
        LabelText label = required(GitHubObjects.label(object), "name");
        return List.of(RepositorySeen.named(ref, false, List.of(label), now));
    }

    private AccountSeen account(JsonNode object) {
        return new AccountSeen(
                required(GitHubObjects.person(object), "login"),
                moment(object, "created_at"),
                text(object, "name"),
                text(object, "email"),
                text(object, "blog"),
                text(object, "company"),
                text(object, "location"),
                text(object, "bio"),
                List.of());
    }

    private static Fact issueEvent(JsonNode object) {
        ConversationRef ref = GitHubObjects.conversationOfUrl(text(object.path("issue"), "url"));
        if (ref == null) {
            return new LeftOut("issue event that does not say of which issue");
        }
        Person actor = GitHubObjects.personOrGhost(object.path("actor"));
        return IssueEvents.of(
                ref,
                text(object, "event"),
                actor,
                required(moment(object, "created_at"), "created_at"),
                GitHubObjects.label(object.path("label")),
                GitHubObjects.person(object.path("assignee")),
                GitHubObjects.milestone(object.path("milestone")),
                text(object.path("rename"), "to"),
                object);
    }

    private Instant seen(JsonNode object) {
        Instant updated = moment(object, "updated_at");
        Instant created = moment(object, "created_at");
        return updated != null ? updated : created != null ? created : now;
    }
}
