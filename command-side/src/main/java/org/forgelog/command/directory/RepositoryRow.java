package org.forgelog.command.directory;

import org.forgelog.api.Caller;
import org.forgelog.api.representation.RepositoryRef;
import org.forgelog.domain.repository.RepositoryId;

/** A repository as the directory knows it. */
public record RepositoryRow(
        RepositoryId id, AccountRow owner, String name, boolean isPrivate, boolean archived, boolean hasIssues) {

    /** Whether {@code caller} may know that the repository exists. */
    public boolean isVisibleTo(Caller caller) {
        return !isPrivate || isOwnedBy(caller);
    }

    public boolean isOwnedBy(Caller caller) {
        return caller.is(owner.id());
    }

    public RepositoryRef ref() {
        return new RepositoryRef(owner.id(), owner.login(), name);
    }
}
