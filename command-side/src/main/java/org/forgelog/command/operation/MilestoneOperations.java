package org.forgelog.command.operation;

import java.time.Instant;
import org.forgelog.api.representation.MilestoneJson;
import org.forgelog.command.directory.Directory.Lock;
import org.forgelog.command.directory.Directory.Numbers;
import org.forgelog.command.directory.MilestoneRow;
import org.forgelog.command.directory.RepositoryRow;
import org.forgelog.command.execution.Answer;
import org.forgelog.command.execution.Session;
import org.forgelog.domain.Change;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.Rejection.Fault;
import org.forgelog.domain.milestone.Milestone;
import org.forgelog.domain.milestone.MilestoneCommand.CloseMilestone;
import org.forgelog.domain.milestone.MilestoneCommand.CreateMilestone;
import org.forgelog.domain.milestone.MilestoneCommand.DeleteMilestone;
import org.forgelog.domain.milestone.MilestoneCommand.EditMilestone;
import org.forgelog.domain.milestone.MilestoneCommand.ReopenMilestone;
import org.forgelog.domain.milestone.MilestoneKey;
import org.jspecify.annotations.Nullable;

/** The milestones of a repository: for those with push access. */
public final class MilestoneOperations {

    private static final String RESOURCE = "Milestone";
    private static final String CLOSED = "closed";

    private MilestoneOperations() {}

    /** {@code POST /repos/{owner}/{repo}/milestones}. */
    public static Answer create(Session session, Request request) {
        RepositoryRow repository = repository(session, request);
        Fields fields = request.fields(RESOURCE);
        String title = fields.requiredText("title");
        String state = fields.word("state");
        String description = fields.text("description");
        Change<Instant> dueOn = fields.instantChange("due_on");
        fields.check();
        requireFree(session, repository, title);
        Numbers next = session.directory().milestones().next(repository.id());
        Milestone milestone = session.send(new CreateMilestone(
                new MilestoneKey(repository.id(), next.number()),
                next.publicId(),
                title,
                description,
                dueOn == null ? null : dueOn.value(),
                request.actorId(),
                session.now()));
        inState(session, request, milestone, state);
        MilestoneJson json = json(session, request, repository, milestone.key());
        return Answer.created(json, json.url());
    }

    /** {@code PATCH /repos/{owner}/{repo}/milestones/{milestone_number}}: whatever is planned for it shows the new title. */
    public static Answer edit(Session session, Request request) {
        RepositoryRow repository = repository(session, request);
        MilestoneRow row = find(session, request, repository);
        MilestoneKey key = new MilestoneKey(repository.id(), row.number());
        Fields fields = request.fields(RESOURCE);
        String title = fields.text("title");
        String state = fields.word("state");
        Change<String> description = fields.textChange("description");
        Change<Instant> dueOn = fields.instantChange("due_on");
        fields.check();
        if (title != null && !title.equals(row.title())) {
            requireFree(session, repository, title);
        }
        Milestone milestone = session.send(new EditMilestone(
                key, title == null ? null : Change.to(title), description, dueOn, request.actorId(), session.now()));
        inState(session, request, milestone, state);
        return Answer.ok(json(session, request, repository, key));
    }

    /** {@code DELETE /repos/{owner}/{repo}/milestones/{milestone_number}}: nothing is planned for it from then on. */
    public static Answer delete(Session session, Request request) {
        RepositoryRow repository = repository(session, request);
        MilestoneRow row = find(session, request, repository);
        session.send(
                new DeleteMilestone(new MilestoneKey(repository.id(), row.number()), request.actorId(), session.now()));
        return Answer.noContent();
    }

    private static RepositoryRow repository(Session session, Request request) {
        RepositoryRow repository = Repositories.find(session, request, Lock.KEEP);
        Repositories.requirePush(repository);
        Repositories.requireNotArchived(repository);
        return repository;
    }

    private static MilestoneRow find(Session session, Request request, RepositoryRow repository) {
        return session.directory()
                .milestones()
                .find(repository.id(), request.number("milestone_number"), Lock.CHANGE)
                .orElseThrow(Rejection::notFound);
    }

    private static void requireFree(Session session, RepositoryRow repository, String title) {
        if (session.directory().milestones().isTaken(repository.id(), title)) {
            throw Rejection.invalid(RESOURCE, "title", Fault.ALREADY_EXISTS, null);
        }
    }

    private static void inState(Session session, Request request, Milestone milestone, @Nullable String state) {
        if (state != null) {
            session.send(
                    state.equals(CLOSED)
                            ? new CloseMilestone(milestone.key(), request.actorId(), session.now())
                            : new ReopenMilestone(milestone.key(), request.actorId(), session.now()));
        }
    }

    private static MilestoneJson json(Session session, Request request, RepositoryRow repository, MilestoneKey key) {
        MilestoneJson json = new Representations(session, request).milestone(key.number(), repository);
        if (json == null) {
            throw new IllegalStateException("a milestone that is not in the directory: " + key);
        }
        return json;
    }
}
