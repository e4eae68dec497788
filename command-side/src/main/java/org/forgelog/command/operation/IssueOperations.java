package org.forgelog.command.operation;

import java.util.List;
import org.forgelog.api.representation.IssueJson;
import org.forgelog.command.directory.Directory.Lock;
import org.forgelog.command.directory.Directory.Numbers;
import org.forgelog.command.directory.RepositoryRow;
import org.forgelog.command.execution.Answer;
import org.forgelog.command.execution.Session;
import org.forgelog.domain.Change;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.Rejection.Fault;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.conversation.ConversationKind;
import org.forgelog.domain.conversation.ListEdit;
import org.forgelog.domain.conversation.TriageChange;
import org.forgelog.domain.issue.CloseReason;
import org.forgelog.domain.issue.Issue;
import org.forgelog.domain.issue.IssueCommand.CloseIssue;
import org.forgelog.domain.issue.IssueCommand.EditIssue;
import org.forgelog.domain.issue.IssueCommand.OpenIssue;
import org.forgelog.domain.issue.IssueCommand.ReopenIssue;
import org.forgelog.domain.issue.IssueKey;
import org.forgelog.domain.label.LabelId;
import org.forgelog.domain.pullrequest.PullRequest;
import org.jspecify.annotations.Nullable;

/** What people do with issues. */
public final class IssueOperations {

    private static final String RESOURCE = "Issue";

    private IssueOperations() {}

    /** {@code POST /repos/{owner}/{repo}/issues}: anybody who sees the repository. */
    public static Answer open(Session session, Request request) {
        RepositoryRow repository = Repositories.find(session, request, Lock.KEEP);
        Repositories.requireNotArchived(repository);
        Repositories.requireIssues(repository);
        Fields fields = request.fields(RESOURCE);
        String title = fields.requiredText("title");
        String body = fields.text("body");
        Given given = Given.of(fields);
        fields.check();
        boolean mayTriage = Repositories.mayTriage(repository);
        List<LabelId> labels = mayTriage ? given.labels(session, request, repository) : null;
        List<AccountId> assignees = mayTriage
                ? Assignees.required(
                        Assignees.assignable(session, repository, request.actorId(), given.assigneesOrNone()),
                        given.assigneesOrNone())
                : List.of();
        Numbers next = session.directory().nextNumbers(repository, ConversationKind.ISSUE);
        Issue issue = session.send(new OpenIssue(
                new IssueKey(repository.id(), next.number()),
                next.publicId(),
                request.actorId(),
                title,
                body,
                labels == null ? List.of() : labels,
                assignees,
                mayTriage ? given.milestone(session, repository) : null,
                session.now()));
        IssueJson json = new Representations(session, request).opened(issue, repository);
        return Answer.created(json, json.url());
    }

    /** {@code PATCH /repos/{owner}/{repo}/issues/{issue_number}}: its author and those with push access; triage all but the texts. */
    public static Answer edit(Session session, Request request) {
        RepositoryRow repository = Repositories.find(session, request, Lock.KEEP);
        Conversation found = Conversation.ofIssues(session, request, repository, request.number("issue_number"));
        return switch (found) {
            case Conversation.OfIssue of -> edit(session, request, repository, of.issue());
            case Conversation.OfPullRequest of -> edit(session, request, repository, of);
        };
    }

    /** A pull request where it is an issue: what issues have in common with it. */
    private static Answer edit(
            Session session, Request request, RepositoryRow repository, Conversation.OfPullRequest found) {
        Fields fields = request.fields(RESOURCE);
        Given given = Given.of(fields);
        fields.check();
        PullRequest pull = PullRequestOperations.edited(session, request, repository, found.pull(), true);
        Conversation conversation = new Conversation.OfPullRequest(session, request, repository, pull, true);
        return Answer.ok(triaged(session, request, conversation, given).json());
    }

    private static Answer edit(Session session, Request request, RepositoryRow repository, Issue issue) {
        IssueKey key = issue.key();
        boolean author = request.caller().is(issue.authorId());
        if (!author) {
            Repositories.requireTriage(repository);
        }
        Repositories.requireNotArchived(repository);
        Fields fields = request.fields(RESOURCE);
        Change<String> title = fields.textChange("title");
        Change<String> body = fields.textChange("body");
        String state = fields.word("state");
        String reason = fields.text("state_reason");
        Given given = Given.of(fields);
        fields.check();
        if (title != null || body != null) {
            if (!author) {
                Repositories.requirePush(repository);
            }
            issue = session.send(new EditIssue(key, title, body, request.actorId(), session.now()));
        }
        boolean mayTriage = Repositories.mayTriage(repository);
        Conversation conversation = new Conversation.OfIssue(session, request, repository, issue);
        issue = ((Conversation.OfIssue) triaged(session, request, conversation, given)).issue();
        boolean open = state == null ? issue.open() : state.equals("open");
        if (open && !issue.open()) {
            requireMayReopen(issue, mayTriage, request);
        }
        issue = inState(session, request, issue, open, state != null || reason != null, reason);
        return Answer.ok(new Representations(session, request).issue(issue, repository));
    }

    private static Conversation triaged(Session session, Request request, Conversation before, Given given) {
        Conversation conversation = before;
        if (!Repositories.mayTriage(conversation.repository())) {
            return conversation;
        }
        List<LabelId> labels = given.labels(session, request, conversation.repository());
        if (labels != null) {
            conversation = conversation.triage(new TriageChange.Labels(ListEdit.replace(labels)));
        }
        if (given.assignees() != null) {
            conversation = conversation.triage(new TriageChange.Assignees(ListEdit.replace(Assignees.required(
                    Assignees.assignable(session, conversation, given.assignees()), given.assignees()))));
        }
        if (given.milestone() != null) {
            conversation = conversation.triage(
                    new TriageChange.Milestone(given.milestone(session, conversation.repository())));
        }
        return conversation;
    }

    /**
     * The labels, assignees and milestone that come with an issue's other fields, for those who triage; those of others
     * are silently dropped.
     *
     * @param labelNames {@code null} when there was no such field, and so with the others
     */
    private record Given(
            @Nullable List<String> labelNames, @Nullable List<String> assignees, @Nullable Change<Long> milestone) {

        /** {@code assignee} is the older word, for one or none. */
        static Given of(Fields fields) {
            List<String> labels = fields.names("labels");
            String one = fields.text("assignee");
            List<String> many = fields.names("assignees");
            Change<Long> milestone = fields.idChange("milestone");
            if (many != null || !fields.has("assignee")) {
                return new Given(labels, many, milestone);
            }
            return new Given(labels, one == null ? List.of() : List.of(one), milestone);
        }

        List<String> assigneesOrNone() {
            return assignees == null ? List.of() : assignees;
        }

        /** The number of what it becomes planned for, which is there until this transaction ends. */
        @Nullable
        Long milestone(Session session, RepositoryRow repository) {
            Long number = milestone == null ? null : milestone.value();
            if (number != null
                    && session.directory()
                            .milestones()
                            .find(repository.id(), number, Lock.KEEP)
                            .isEmpty()) {
                throw Rejection.invalid(RESOURCE, "milestone", Fault.INVALID, null);
            }
            return number;
        }

        @Nullable
        List<LabelId> labels(Session session, Request request, RepositoryRow repository) {
            return labelNames == null
                    ? null
                    : LabelOperations.findOrCreate(session, request, repository, RESOURCE, labelNames);
        }
    }

    /** An author without rights on the repository reopens what the author closed, not what others did. */
    private static void requireMayReopen(Issue issue, boolean mayTriage, Request request) {
        if (!mayTriage && issue.closedBy() != null && !request.caller().is(issue.closedBy())) {
            throw Rejection.forbidden("Must have triage access to Repository.");
        }
    }

    private static Issue inState(
            Session session, Request request, Issue issue, boolean open, boolean asked, @Nullable String reason) {
        if (!asked) {
            return issue;
        }
        if (open) {
            if (reason != null && !reason.equals(Issue.REOPENED)) {
                throw Rejection.invalid(RESOURCE, "state_reason", Fault.INVALID, null);
            }
            return session.send(new ReopenIssue(issue.key(), request.actorId(), session.now()));
        }
        CloseReason why = reason == null ? CloseReason.COMPLETED : Issue.closeReason(reason);
        return session.send(new CloseIssue(issue.key(), why, request.actorId(), session.now()));
    }
}
