package org.forgelog.command.operation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.forgelog.command.directory.AccountRow;
import org.forgelog.command.directory.RepositoryRow;
import org.forgelog.command.operation.WebhookPayloads.Past;
import org.forgelog.command.operation.WebhookPayloads.Told;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.label.LabelEvent;
import org.forgelog.domain.milestone.MilestoneEvent;
import org.forgelog.domain.repository.RepositoryEvent;
import org.forgelog.domain.repository.RepositoryEvent.CollaboratorEvent;
import org.forgelog.domain.star.StarEvent;
import org.forgelog.domain.star.StarEvent.RepositoryStarred;
import org.jspecify.annotations.Nullable;

/** What events of repositories tell, of what belongs to them, and of members of organizations. */
final class RepositoryPayloads {

    private final Past past;
    private final PayloadParts parts;

    RepositoryPayloads(Past past, PayloadParts parts) {
        this.past = past;
        this.parts = parts;
    }

    List<Told> of(LabelEvent event) {
        if (!(event instanceof LabelEvent.LabelDeleted) && parts.isLeftOut(event.labelId())) {
            return List.of();
        }
        RepositoryRow repository = parts.row(event.repositoryId());
        Told told = parts.told("label", null, repository, Map.of("label", parts.label(event.labelId(), repository)));
        return switch (event) {
            case LabelEvent.LabelCreated e -> parts.one(told, "created", e.createdBy());
            case LabelEvent.LabelEdited e ->
                parts.one(PayloadParts.with(told, "changes", Map.of()), "edited", e.editedBy());
            case LabelEvent.LabelDeleted e -> parts.one(told, "deleted", e.deletedBy());
        };
    }

    List<Told> of(MilestoneEvent event) {
        RepositoryRow repository = parts.row(event.repositoryId());
        Told told = parts.planned(parts.told("milestone", null, repository, Map.of()), event.number(), repository);
        return switch (event) {
            case MilestoneEvent.MilestoneCreated e -> parts.one(told, "created", e.createdBy());
            case MilestoneEvent.MilestoneEdited e ->
                parts.one(PayloadParts.with(told, "changes", Map.of()), "edited", e.editedBy());
            case MilestoneEvent.MilestoneClosed e -> parts.one(told, "closed", e.closedBy());
            case MilestoneEvent.MilestoneReopened e -> parts.one(told, "opened", e.reopenedBy());
            case MilestoneEvent.MilestoneDeleted e -> parts.one(told, "deleted", e.deletedBy());
        };
    }

    List<Told> of(StarEvent event) {
        RepositoryRow repository = parts.row(event.repositoryId());
        if (event instanceof RepositoryStarred starred) {
            Map<String, Object> about = Map.of("starred_at", starred.starredAt());
            return List.of(
                    parts.by(parts.told("star", "created", repository, about), starred.accountId()),
                    parts.by(parts.told("watch", "started", repository, Map.of()), starred.accountId()));
        }
        return parts.one(parts.told("star", null, repository, Map.of()), "deleted", event.accountId());
    }

    List<Told> of(RepositoryEvent event) {
        RepositoryRow repository = parts.row(event.repositoryId());
        AccountId owner = repository.owner().id();
        Told told = parts.told("repository", null, repository, Map.of());
        return switch (event) {
            case RepositoryEvent.RepositoryCreated e -> created(told, e, repository);
            case RepositoryEvent.RepositoryEdited e -> edited(told, e, owner);
            case RepositoryEvent.RepositoryRenamed e ->
                parts.one(
                        PayloadParts.with(
                                told, "changes", Map.of("repository", Map.of("name", Map.of("from", e.oldName())))),
                        "renamed",
                        owner);
            case RepositoryEvent.RepositoryOwnerRenamed e -> List.of();
            case RepositoryEvent.RepositoryTransferred e -> parts.one(told, "transferred", e.transferredBy());
            case RepositoryEvent.RepositoryArchived e -> parts.one(told, "archived", owner);
            case RepositoryEvent.RepositoryUnarchived e -> parts.one(told, "unarchived", owner);
            case RepositoryEvent.RepositoryDeleted e -> parts.one(told, "deleted", owner);
            case RepositoryEvent.TopicsReplaced e -> parts.one(told, "edited", e.replacedBy());
            case CollaboratorEvent e -> collaborator(e, repository);
        };
    }

    /** A fork is also told to those who listen to what it was made of. */
    private List<Told> created(Told told, RepositoryEvent.RepositoryCreated e, RepositoryRow repository) {
        List<Told> all = new ArrayList<>(parts.one(told, "created", e.createdBy()));
        if (e.fork() != null && past.repository(e.fork().parentId()).isPresent()) {
            RepositoryRow parent = parts.row(e.fork().parentId());
            all.add(parts.by(
                    parts.told(WebhookPayloads.FORK, null, parent, Map.of("forkee", parts.json(repository))),
                    e.createdBy()));
        }
        return all;
    }

    private List<Told> edited(Told told, RepositoryEvent.RepositoryEdited e, AccountId owner) {
        Boolean isPrivate = e.changes().isPrivate();
        if (isPrivate == null) {
            return parts.one(PayloadParts.with(told, "changes", Map.of()), "edited", owner);
        }
        List<Told> all = new ArrayList<>(parts.one(told, isPrivate ? "privatized" : "publicized", owner));
        if (!isPrivate) {
            all.add(parts.by(new Told("public", null, told.payload()), owner));
        }
        return all;
    }

    private List<Told> collaborator(CollaboratorEvent event, RepositoryRow repository) {
        Told told = parts.told("member", null, repository, Map.of());
        return switch (event) {
            case CollaboratorEvent.CollaboratorAdded e ->
                parts.one(PayloadParts.with(told, "member", parts.mention(e.accountId())), "added", e.addedBy());
            case CollaboratorEvent.CollaboratorPermissionChanged e ->
                parts.one(PayloadParts.with(told, "member", parts.mention(e.accountId())), "edited", e.changedBy());
            case CollaboratorEvent.CollaboratorRemoved e ->
                parts.one(PayloadParts.with(told, "member", parts.mention(e.accountId())), "removed", e.removedBy());
        };
    }

    List<Told> member(String action, AccountId organization, AccountId member, @Nullable String role) {
        AccountRow row = parts.account(organization);
        Map<String, Object> membership = new LinkedHashMap<>();
        membership.put("user", parts.mention(member));
        if (role != null) {
            membership.put("role", role);
            membership.put("state", "active");
        }
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("action", action);
        payload.put("membership", membership);
        payload.put("organization", parts.organization(row));
        payload.put("sender", parts.mention(member));
        return List.of(new Told("organization", action, payload));
    }
}
