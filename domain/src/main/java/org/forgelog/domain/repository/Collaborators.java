package org.forgelog.domain.repository;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.forgelog.domain.Permission;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.Rejection.Fault;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.repository.RepositoryCommand.CollaboratorCommand;
import org.forgelog.domain.repository.RepositoryCommand.RemoveCollaborator;
import org.forgelog.domain.repository.RepositoryCommand.SetCollaborator;
import org.forgelog.domain.repository.RepositoryEvent.CollaboratorAdded;
import org.forgelog.domain.repository.RepositoryEvent.CollaboratorEvent;
import org.forgelog.domain.repository.RepositoryEvent.CollaboratorPermissionChanged;
import org.forgelog.domain.repository.RepositoryEvent.CollaboratorRemoved;

/** Users with rights of their own on a repository, and the rules of giving and taking them. */
public record Collaborators(Map<AccountId, Permission> permissions) {

    static final Collaborators NONE = new Collaborators(Map.of());

    public Collaborators {
        permissions = Map.copyOf(permissions);
    }

    List<RepositoryEvent> decide(Repository repository, CollaboratorCommand command) {
        return switch (command) {
            case SetCollaborator c -> set(repository, c);
            case RemoveCollaborator c ->
                permissions.containsKey(c.accountId())
                        ? List.of(new CollaboratorRemoved(repository.id(), c.accountId(), c.removedBy(), c.removedAt()))
                        : List.of();
        };
    }

    private List<RepositoryEvent> set(Repository repository, SetCollaborator c) {
        if (c.accountId().equals(repository.ownerId())) {
            throw Rejection.invalid(
                    "Repository", "collaborator", Fault.INVALID, "Repository owner cannot be a collaborator");
        }
        if (c.permission() == Permission.NONE) {
            throw Rejection.invalid("Repository", "permission", Fault.INVALID, null);
        }
        Permission before = permissions.get(c.accountId());
        if (before == c.permission()) {
            return List.of();
        }
        repository.checkNotArchived();
        return List.of(
                before == null
                        ? new CollaboratorAdded(repository.id(), c.accountId(), c.permission(), c.setBy(), c.setAt())
                        : new CollaboratorPermissionChanged(
                                repository.id(), c.accountId(), c.permission(), c.setBy(), c.setAt()));
    }

    Collaborators without(AccountId accountId) {
        Map<AccountId, Permission> after = new HashMap<>(permissions);
        after.remove(accountId);
        return new Collaborators(after);
    }

    Collaborators evolve(CollaboratorEvent event) {
        Map<AccountId, Permission> after = new HashMap<>(permissions);
        switch (event) {
            case CollaboratorAdded e -> after.put(e.accountId(), e.permission());
            case CollaboratorPermissionChanged e -> after.put(e.accountId(), e.permission());
            case CollaboratorRemoved e -> after.remove(e.accountId());
        }
        return new Collaborators(after);
    }
}
