package org.forgelog.command.operation;

import java.util.List;
import org.forgelog.command.directory.AccountRow;
import org.forgelog.command.directory.Directory.Lock;
import org.forgelog.command.directory.LabelRow;
import org.forgelog.command.execution.Answer;
import org.forgelog.command.execution.Session;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.conversation.ConversationKind;
import org.forgelog.domain.conversation.ListEdit;
import org.forgelog.domain.conversation.LockReason;
import org.forgelog.domain.conversation.TriageChange;
import org.forgelog.domain.label.LabelId;

/**
 * Labels and assignees of issues or of pull requests, for those who triage, and their lock, for those with push access.
 * Paths are below {@code /repos/{owner}/{repo}/issues/{issue_number}} and {@code /repos/{owner}/{repo}/pulls/{pull_number}}.
 */
public final class TriageOperations {

    private final ConversationKind kind;
    private final String resource;

    public TriageOperations(ConversationKind kind) {
        this.kind = kind;
        this.resource = switch (kind) {
            case ISSUE -> "Issue";
            case PULL_REQUEST -> "PullRequest";
        };
    }

    /** {@code POST .../labels}: those that the repository does not have come to be. */
    public Answer addLabels(Session session, Request request) {
        Conversation conversation = find(session, request);
        return labels(
                session,
                request,
                conversation.triage(new TriageChange.Labels(ListEdit.add(given(session, request, conversation)))));
    }

    /** {@code PUT .../labels}: these and no others. */
    public Answer replaceLabels(Session session, Request request) {
        Conversation conversation = find(session, request);
        return labels(
                session,
                request,
                conversation.triage(new TriageChange.Labels(ListEdit.replace(given(session, request, conversation)))));
    }

    /** {@code DELETE .../labels}: all of them. */
    public Answer removeLabels(Session session, Request request) {
        find(session, request).triage(new TriageChange.Labels(ListEdit.replace(List.of())));
        return Answer.noContent();
    }

    /** {@code DELETE .../labels/{name}}. */
    public Answer removeLabel(Session session, Request request) {
        Conversation conversation = find(session, request);
        LabelId label = session.directory()
                .label(conversation.repository().id(), request.variables().getOrDefault("name", ""), Lock.KEEP)
                .map(LabelRow::id)
                .filter(conversation.triage().labels()::contains)
                .orElseThrow(() -> Rejection.notFound("Label does not exist"));
        return labels(session, request, conversation.triage(new TriageChange.Labels(ListEdit.remove(List.of(label)))));
    }

    private List<LabelId> given(Session session, Request request, Conversation conversation) {
        Fields fields = request.fields(resource);
        List<String> names = fields.requiredNames("labels");
        fields.check();
        return LabelOperations.findOrCreate(session, request, conversation.repository(), resource, names);
    }

    private static Answer labels(Session session, Request request, Conversation conversation) {
        return Answer.ok(
                new Representations(session, request).labels(conversation.triage(), conversation.repository()));
    }

    /** {@code POST .../assignees}: those of them who may be assigned. */
    public Answer assign(Session session, Request request) {
        Conversation conversation = find(session, request);
        List<AccountId> assignees = Assignees.assignable(session, conversation, logins(request));
        return Answer.created(conversation
                .triage(new TriageChange.Assignees(ListEdit.add(assignees)))
                .json());
    }

    /** {@code DELETE .../assignees}, with a body. */
    public Answer unassign(Session session, Request request) {
        Conversation conversation = find(session, request);
        List<AccountId> assignees = Assignees.found(session, logins(request)).stream()
                .map(AccountRow::id)
                .toList();
        return Answer.ok(conversation
                .triage(new TriageChange.Assignees(ListEdit.remove(assignees)))
                .json());
    }

    private List<String> logins(Request request) {
        Fields fields = request.fields(resource);
        List<String> logins = fields.requiredTexts("assignees");
        fields.check();
        return logins;
    }

    /** {@code PUT .../lock}: from then on only those with push access comment. */
    public Answer lock(Session session, Request request) {
        Conversation conversation = find(session, request);
        Repositories.requirePush(conversation.repository());
        Fields fields = request.fields(resource);
        String reason = fields.text("lock_reason");
        fields.check();
        conversation.triage(new TriageChange.Lock(reason == null ? null : LockReason.of(reason)));
        return Answer.noContent();
    }

    /** {@code DELETE .../lock}. */
    public Answer unlock(Session session, Request request) {
        Conversation conversation = find(session, request);
        Repositories.requirePush(conversation.repository());
        conversation.triage(new TriageChange.Unlock());
        return Answer.noContent();
    }

    private Conversation find(Session session, Request request) {
        Conversation conversation = Conversation.find(session, request, kind);
        Repositories.requireTriage(conversation.repository());
        Repositories.requireNotArchived(conversation.repository());
        return conversation;
    }
}
