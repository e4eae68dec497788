package org.forgelog.command.operation;

import java.util.ArrayList;
import java.util.List;
import org.forgelog.api.representation.LabelJson;
import org.forgelog.command.directory.Directory.Lock;
import org.forgelog.command.directory.LabelRow;
import org.forgelog.command.directory.RepositoryRow;
import org.forgelog.command.execution.Answer;
import org.forgelog.command.execution.Session;
import org.forgelog.domain.Change;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.Rejection.Fault;
import org.forgelog.domain.conversation.Triage;
import org.forgelog.domain.label.Label;
import org.forgelog.domain.label.LabelColor;
import org.forgelog.domain.label.LabelCommand.CreateLabel;
import org.forgelog.domain.label.LabelCommand.DeleteLabel;
import org.forgelog.domain.label.LabelCommand.EditLabel;
import org.forgelog.domain.label.LabelId;
import org.forgelog.domain.label.LabelName;
import org.jspecify.annotations.Nullable;

/** The labels of a repository: for those with push access. */
public final class LabelOperations {

    private static final String RESOURCE = "Label";

    private LabelOperations() {}

    /** {@code POST /repos/{owner}/{repo}/labels}. */
    public static Answer create(Session session, Request request) {
        RepositoryRow repository = repository(session, request);
        Fields fields = request.fields(RESOURCE);
        String givenName = fields.requiredText("name");
        String color = fields.text("color");
        String description = fields.text("description");
        fields.check();
        LabelName name = new LabelName(givenName);
        requireFree(session, repository, name);
        Label label = create(session, request, repository, name, color, description);
        LabelJson json = json(request, repository, label);
        return Answer.created(json, json.url());
    }

    /** {@code PATCH /repos/{owner}/{repo}/labels/{name}}: whatever carries it shows the new name and color. Older clients call the name {@code name}. */
    public static Answer edit(Session session, Request request) {
        RepositoryRow repository = repository(session, request);
        LabelRow row = find(session, request, repository, Lock.CHANGE);
        Fields fields = request.fields(RESOURCE);
        String newer = fields.text("new_name");
        String newName = newer == null ? fields.text("name") : newer;
        String color = fields.text("color");
        Change<String> description = fields.textChange("description");
        fields.check();
        LabelName name = newName == null ? null : new LabelName(newName);
        if (name != null && !name.key().equals(LabelName.key(row.name()))) {
            requireFree(session, repository, name);
        }
        Label label = session.send(new EditLabel(
                row.id(), repository.id(), name, color(color), description, request.actorId(), session.now()));
        return Answer.ok(json(request, repository, label));
    }

    /** {@code DELETE /repos/{owner}/{repo}/labels/{name}}: nothing shows it from then on. */
    public static Answer delete(Session session, Request request) {
        RepositoryRow repository = repository(session, request);
        LabelRow row = find(session, request, repository, Lock.CHANGE);
        session.send(new DeleteLabel(row.id(), repository.id(), request.actorId(), session.now()));
        return Answer.noContent();
    }

    private static RepositoryRow repository(Session session, Request request) {
        RepositoryRow repository = Repositories.find(session, request, Lock.KEEP);
        Repositories.requirePush(repository);
        Repositories.requireNotArchived(repository);
        return repository;
    }

    /** The label that the path names. */
    static LabelRow find(Session session, Request request, RepositoryRow repository, Lock lock) {
        return session.directory()
                .label(repository.id(), request.variables().getOrDefault("name", ""), lock)
                .orElseThrow(Rejection::notFound);
    }

    /** The labels of these names, in their order; those that the repository does not have come to be. */
    static List<LabelId> findOrCreate(
            Session session, Request request, RepositoryRow repository, String resource, List<String> names) {
        if (names.stream().map(LabelName::key).distinct().count() > Triage.LABEL_LIMIT) {
            throw Rejection.invalid(
                    resource, "labels", Fault.CUSTOM, "labels are too many (maximum is " + Triage.LABEL_LIMIT + ")");
        }
        List<LabelId> labels = new ArrayList<>();
        // Those who only triage use the labels there are.
        for (String name : names) {
            labels.add(session.directory()
                    .label(repository.id(), name, Lock.KEEP)
                    .map(LabelRow::id)
                    .orElseGet(() -> {
                        Repositories.requirePush(repository);
                        return create(session, request, repository, LabelName.of(name), null, null)
                                .id();
                    }));
        }
        return labels;
    }

    private static Label create(
            Session session,
            Request request,
            RepositoryRow repository,
            LabelName name,
            @Nullable String color,
            @Nullable String description) {
        return session.send(new CreateLabel(
                new LabelId(session.directory().nextPublicId()),
                repository.id(),
                name,
                color(color),
                description,
                request.actorId(),
                session.now()));
    }

    private static @Nullable LabelColor color(@Nullable String color) {
        return color == null ? null : new LabelColor(color);
    }

    private static void requireFree(Session session, RepositoryRow repository, LabelName name) {
        if (session.directory().label(repository.id(), name.value(), Lock.KEEP).isPresent()) {
            throw Rejection.invalid(RESOURCE, "name", Fault.ALREADY_EXISTS, null);
        }
    }

    private static LabelJson json(Request request, RepositoryRow repository, Label label) {
        return LabelJson.of(
                request.links(), repository.ref(), label.id(), label.name(), label.color(), label.description());
    }
}
