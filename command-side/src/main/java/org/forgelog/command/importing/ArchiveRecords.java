package org.forgelog.command.importing;

import static org.forgelog.command.importing.Json.flag;
import static org.forgelog.command.importing.Json.isTrue;
import static org.forgelog.command.importing.Json.list;
import static org.forgelog.command.importing.Json.moment;
import static org.forgelog.command.importing.Json.required;
import static org.forgelog.command.importing.Json.text;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.forgelog.command.importing.Fact.AccountSeen;
import org.forgelog.command.importing.Fact.BranchText;
import org.forgelog.command.importing.Fact.CommentSeen;
import org.forgelog.command.importing.Fact.ConversationRef;
import org.forgelog.command.importing.Fact.ConversationSeen;
import org.forgelog.command.importing.Fact.LabelText;
import org.forgelog.command.importing.Fact.LeftOut;
import org.forgelog.command.importing.Fact.MilestoneSeen;
import org.forgelog.command.importing.Fact.MilestoneText;
import org.forgelog.command.importing.Fact.Opinion;
import org.forgelog.command.importing.Fact.Person;
import org.forgelog.command.importing.Fact.Planned;
import org.forgelog.command.importing.Fact.RepositoryRef;
import org.forgelog.command.importing.Fact.RepositorySeen;
import org.forgelog.command.importing.Fact.Right;
import org.forgelog.command.importing.Fact.Role;
import org.forgelog.command.importing.Fact.StateText;
import org.forgelog.domain.Permission;
import org.forgelog.domain.Rejection;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The objects of GitHub's migration archives, which name each other by the addresses of their pages. */
final class ArchiveRecords {

    private final Instant now;

    /** @param now for what does not say when it was made */
    ArchiveRecords(Instant now) {
        this.now = now;
    }

    /** @param settles whether all of the history was read before, and what is said is how things are */
    ImportedRecord read(String where, String type, JsonNode object, boolean settles) {
        if (!object.isObject()) {
            throw new Json.Malformed("not an object");
        }
        String origin = text(object, "url", where);
        List<Fact> facts = new ArrayList<>();
        switch (type) {
            case "users", "organizations" -> facts.add(account(object, type.equals("organizations")));
            case "repositories" -> facts.add(repository(object, settles));
            case "issues", "pull_requests" -> facts.add(conversation(object, type.equals("pull_requests"), settles));
            case "milestones" -> facts.add(milestone(object, settles));
            case "issue_comments" -> facts.add(comment(object, false));
            case "pull_request_review_comments" -> facts.add(comment(object, true));
            case "issue_events" -> facts.add(event(object));
            default -> facts.add(new LeftOut(type));
        }
        return new ImportedRecord(where, origin, type.equals("issue_events"), facts);
    }

    private static AccountSeen account(JsonNode object, boolean organization) {
        String login = text(object, "login");
        Person person =
                login == null ? person(required(text(object, "url"), "login")) : new Person(login, organization);
        String email = text(object, "email");
        for (JsonNode address : object.path("emails")) {
            if (email == null || isTrue(address, "primary")) {
                email = text(address, "address");
            }
        }
        return new AccountSeen(
                person,
                moment(object, "created_at"),
                text(object, "name"),
                email,
                text(object, "website"),
                text(object, "company"),
                text(object, "location"),
                text(object, organization ? "description" : "bio"),
                list(object.path("members"), member -> {
                    String user = text(member, "user");
                    return user == null ? null : new Role(person(user), "admin".equals(text(member, "role")));
                }));
    }

    private RepositorySeen repository(JsonNode object, boolean settles) {
        RepositoryRef ref = repositoryRef(required(text(object, "url"), "url"));
        String owner = text(object, "owner");
        Instant created = moment(object, "created_at");
        return new RepositorySeen(
                ref,
                owner == null ? new Person(ref.owner(), false) : person(owner),
                null,
                created,
                true,
                text(object, "description"),
                text(object, "website"),
                null,
                text(object, "default_branch"),
                isTrue(object, "private"),
                GitHubObjects.flags(object),
                isTrue(object, "is_archived") || isTrue(object, "archived"),
                null,
                list(object.path("labels"), GitHubObjects::label),
                GitHubObjects.topics(object),
                list(object.path("collaborators"), ArchiveRecords::right),
                settles,
                created == null ? now : created);
    }

    private static @Nullable Right right(JsonNode collaborator) {
        String user = text(collaborator, "user");
        if (user == null) {
            return null;
        }
        try {
            return new Right(person(user), Permission.ofCollaborator(text(collaborator, "permission", "pull")));
        } catch (Rejection e) {
            return null;
        }
    }

    private ConversationSeen conversation(JsonNode object, boolean pull, boolean settles) {
        Instant created = required(moment(object, "created_at"), "created_at");
        Instant closed = moment(object, "closed_at");
        Instant merged = moment(object, "merged_at");
        Instant updated = moment(object, "updated_at");
        String user = text(object, "user");
        List<Person> assignees = list(object.path("assignees"), a -> a.isString() ? person(a.stringValue()) : null);
        String assignee = text(object, "assignee");
        if (assignees.isEmpty() && assignee != null) {
            assignees = List.of(person(assignee));
        }
        Instant latest = updated != null ? updated : closed != null ? closed : created;
        return new ConversationSeen(
                conversationRef(required(text(object, "url"), "url")),
                pull,
                user == null ? Person.GHOST : person(user),
                text(object, "title"),
                text(object, "body"),
                true,
                created,
                new StateText(
                        closed == null && merged == null, text(object, "state_reason"), closed, null, merged, null),
                list(object.path("labels"), ArchiveRecords::label),
                assignees,
                planned(object.path("milestone")),
                flag(object, "locked"),
                text(object, "active_lock_reason"),
                branch(object.path("head")),
                branch(object.path("base")),
                isTrue(object, "work_in_progress") || isTrue(object, "draft"),
                reactions(object, created),
                settles,
                latest);
    }

    /** Labels are named by address, where the name is percent-encoded. */
    private static @Nullable LabelText label(JsonNode label) {
        return label.isString() ? new LabelText(last(label.stringValue()), null, null) : GitHubObjects.label(label);
    }

    private static @Nullable Planned planned(JsonNode milestone) {
        return milestone.isString()
                ? new Planned(milestone(milestone.stringValue(), null))
                : milestone.isNull() ? new Planned(null) : null;
    }

    /** A milestone by its address, which ends in its number, or else in its title. */
    private static MilestoneText milestone(String url, @Nullable String title) {
        String end = last(url);
        return end.matches("\\d{1,9}")
                ? MilestoneText.named(Long.valueOf(end), title)
                : MilestoneText.named(null, title == null ? end : title);
    }

    private MilestoneSeen milestone(JsonNode object, boolean settles) {
        String url = required(text(object, "url"), "url");
        MilestoneText name = milestone(url, text(object, "title"));
        String user = text(object, "user", text(object, "creator", ""));
        Instant created = moment(object, "created_at");
        Instant closed = moment(object, "closed_at");
        Instant updated = moment(object, "updated_at");
        Instant seen = updated != null ? updated : closed != null ? closed : created != null ? created : now;
        return new MilestoneSeen(
                repositoryRef(url),
                new MilestoneText(
                        name.number(),
                        name.title(),
                        text(object, "description"),
                        moment(object, "due_on"),
                        !"closed".equals(text(object, "state")),
                        user.isEmpty() ? null : person(user),
                        created,
                        closed,
                        updated),
                settles,
                seen);
    }

    private static BranchText branch(JsonNode branch) {
        String repository = text(branch, "repo");
        String ref = text(branch, "ref");
        return new BranchText(repository == null ? null : repositoryRef(repository), ref);
    }

    private static CommentSeen comment(JsonNode object, boolean review) {
        String url = required(text(object, "url"), "url");
        String on = text(object, "issue", text(object, "pull_request", url));
        Instant created = required(moment(object, "created_at"), "created_at");
        String user = text(object, "user");
        String reply = text(object, "in_reply_to");
        Long replied = Json.number(object, "in_reply_to");
        return new CommentSeen(
                conversationRef(on),
                review,
                trailingNumber(url),
                user == null ? Person.GHOST : person(user),
                text(object, "body"),
                created,
                moment(object, "updated_at"),
                false,
                review ? GitHubObjects.anchor(object) : null,
                replied != null ? replied : reply == null ? null : Long.valueOf(trailingNumber(reply)),
                reactions(object, created));
    }

    private static Fact event(JsonNode object) {
        String on = required(text(object, "issue", text(object, "pull_request", "")), "issue");
        String actor = text(object, "actor");
        String label = text(object, "label");
        String labelName = text(object, "label_name", label == null ? "" : last(label));
        String subject = text(object, "assignee", text(object, "subject", ""));
        String milestone = text(object, "milestone");
        String planned = text(object, "milestone_title");
        return IssueEvents.of(
                conversationRef(on),
                text(object, "event"),
                actor == null ? Person.GHOST : person(actor),
                required(moment(object, "created_at"), "created_at"),
                labelName.isEmpty() ? null : new LabelText(labelName, text(object, "label_color"), null),
                subject.isEmpty() ? null : person(subject),
                milestone != null
                        ? milestone(milestone, planned)
                        : planned == null ? null : MilestoneText.named(null, planned),
                text(object, "title_is"),
                object);
    }

    private static List<Opinion> reactions(JsonNode object, Instant created) {
        return list(object.path("reactions"), reaction -> {
            String user = text(reaction, "user");
            String content = text(reaction, "content");
            Instant at = moment(reaction, "created_at");
            return user == null || content == null
                    ? null
                    : new Opinion(person(user), content, at == null ? created : at);
        });
    }

    private static Person person(String url) {
        return new Person(last(url), false);
    }

    private static RepositoryRef repositoryRef(String url) {
        String[] parts = path(url);
        return required(
                parts.length < 2 ? null : new RepositoryRef(parts[0], parts[1], null),
                "a repository in " + Json.cut(url));
    }

    private static ConversationRef conversationRef(String url) {
        String[] parts = path(url);
        if (parts.length < 4) {
            throw new Json.Malformed("no issue and no pull request: " + Json.cut(url));
        }
        try {
            String number = parts[3].split("#", 2)[0];
            return new ConversationRef(new RepositoryRef(parts[0], parts[1], null), Long.parseLong(number));
        } catch (NumberFormatException e) {
            throw new Json.Malformed("no number: " + Json.cut(url));
        }
    }

    /** The parts of an address's path. */
    private static String[] path(String url) {
        int scheme = url.indexOf("://");
        int slash = scheme < 0 ? -1 : url.indexOf('/', scheme + 3);
        if (slash < 0) {
            throw new Json.Malformed("no address of a page: " + Json.cut(url));
        }
        return url.substring(slash + 1).split("/");
    }

    private static String last(String url) {
        String end = url.substring(url.lastIndexOf('/') + 1);
        return java.net.URLDecoder.decode(end.replace("+", "%2B"), java.nio.charset.StandardCharsets.UTF_8);
    }

    private static long trailingNumber(String url) {
        int at = url.length();
        while (at > 0 && Character.isDigit(url.charAt(at - 1))) {
            at--;
        }
        try {
            return Long.parseLong(url.substring(at));
        } catch (NumberFormatException e) {
            throw new Json.Malformed("no number at the end of " + Json.cut(url));
        }
    }
}
