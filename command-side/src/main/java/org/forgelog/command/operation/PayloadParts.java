package org.forgelog.command.operation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.forgelog.api.Caller;
import org.forgelog.api.representation.LabelJson;
import org.forgelog.api.representation.Links;
import org.forgelog.api.representation.OrganizationSimpleJson;
import org.forgelog.command.directory.AccountRow;
import org.forgelog.command.directory.LabelRow;
import org.forgelog.command.directory.RepositoryRow;
import org.forgelog.command.execution.Session;
import org.forgelog.command.operation.WebhookPayloads.Deleted;
import org.forgelog.command.operation.WebhookPayloads.Past;
import org.forgelog.command.operation.WebhookPayloads.Told;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.account.AccountKind;
import org.forgelog.domain.comment.CommentId;
import org.forgelog.domain.label.Label;
import org.forgelog.domain.label.LabelId;
import org.forgelog.domain.repository.Repository;
import org.forgelog.domain.repository.RepositoryFlag;
import org.forgelog.domain.repository.RepositoryId;
import org.jspecify.annotations.Nullable;

/** What payloads are made of. States are those right after the event; names of people and counts are those of now. */
final class PayloadParts {

    private final Session session;
    private final Links links;
    private final Past past;
    private final Deleted deleted;
    private final Representations representations;

    PayloadParts(Session session, Links links, Past past, Deleted deleted) {
        this.session = session;
        this.links = links;
        this.past = past;
        this.deleted = deleted;
        this.representations = new Representations(session, links, Caller.ANONYMOUS, past::repository);
    }

    Representations representations() {
        return representations;
    }

    /** Whether nothing is told of what it said. */
    boolean isLeftOut(CommentId comment) {
        return deleted == Deleted.LEFT_OUT && past.isGone(comment);
    }

    /** Whether nothing is told of what it was called. */
    boolean isLeftOut(LabelId label) {
        return deleted == Deleted.LEFT_OUT
                && session.directory().labels(List.of(label)).isEmpty();
    }

    /** With the milestone as it is now; one that is deleted is told by its number. */
    Told planned(Told told, long milestone, RepositoryRow repository) {
        Object shown = representations.milestone(milestone, repository);
        return with(told, "milestone", shown == null ? Map.of("number", milestone) : shown);
    }

    List<Told> labels(Told told, String action, List<LabelId> ids, RepositoryRow repository, AccountId by) {
        return ids.stream()
                .filter(id -> !isLeftOut(id))
                .map(id -> by(with(acting(told, action), "label", label(id, repository)), by))
                .toList();
    }

    List<Told> people(Told told, String action, List<AccountId> ids, AccountId by) {
        return ids.stream()
                .map(id -> by(with(acting(told, action), "assignee", mention(id)), by))
                .toList();
    }

    static Map<String, Object> changes(@Nullable String oldTitle, boolean body) {
        Map<String, Object> changes = new LinkedHashMap<>();
        if (oldTitle != null) {
            changes.put("title", Map.of("from", oldTitle));
        }
        if (body) {
            // What it was before, events do not say.
            changes.put("body", Map.of());
        }
        return changes;
    }

    List<Told> one(Told told, String action, AccountId by) {
        return List.of(by(acting(told, action), by));
    }

    static Told acting(Told told, String action) {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("action", action);
        payload.putAll(told.payload());
        return new Told(told.event(), action, payload);
    }

    static Told with(Told told, String field, Object value) {
        Map<String, Object> payload = new LinkedHashMap<>(told.payload());
        payload.put(field, value);
        return new Told(told.event(), told.action(), payload);
    }

    Told by(Told told, AccountId sender) {
        return with(told, "sender", mention(sender));
    }

    Told told(String event, @Nullable String action, RepositoryRow repository, Map<String, Object> about) {
        Map<String, Object> payload = new LinkedHashMap<>();
        if (action != null) {
            payload.put("action", action);
        }
        payload.putAll(about);
        payload.put("repository", json(repository));
        if (repository.owner().kind() == AccountKind.ORGANIZATION) {
            payload.put("organization", organization(repository.owner()));
        }
        return new Told(event, action, payload);
    }

    Object json(RepositoryRow repository) {
        return representations.part(past.repository(repository.id()).orElseThrow(), repository);
    }

    /** A repository as it was, seen by nobody in particular. */
    RepositoryRow row(RepositoryId id) {
        Repository state = past.repository(id).orElseThrow();
        RepositoryRow row = new RepositoryRow(
                id,
                account(state.ownerId()),
                state.name(),
                state.settings().isPrivate(),
                state.archived(),
                state.settings().flag(RepositoryFlag.HAS_ISSUES),
                state.fork() == null ? null : state.fork().sourceId(),
                state.settings().flag(RepositoryFlag.ALLOW_FORKING),
                state.settings().flag(RepositoryFlag.HAS_PULL_REQUESTS),
                false,
                state.numbering(),
                null);
        return row.judged(session.directory().rights().access(row, null));
    }

    Object label(LabelId id, RepositoryRow repository) {
        LabelRow now = session.directory().labels(List.of(id)).get(id);
        Label then = now == null && deleted == Deleted.LEFT_OUT
                ? null
                : past.label(id).orElse(null);
        String name = then != null ? then.name() : now != null ? now.name() : "";
        String color = then != null ? then.color() : now != null ? now.color() : "";
        String description = then != null ? then.description() : now != null ? now.description() : null;
        return LabelJson.of(links, repository.ref(), id, name, color, description);
    }

    Object mention(AccountId id) {
        return account(id).mention(links);
    }

    AccountRow account(AccountId id) {
        return session.directory().account(id).orElseThrow();
    }

    Object organization(AccountRow row) {
        return OrganizationSimpleJson.of(links, row.id(), row.login(), null);
    }
}
