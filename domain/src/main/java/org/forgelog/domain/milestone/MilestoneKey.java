package org.forgelog.domain.milestone;

import org.forgelog.domain.repository.RepositoryId;

/** A milestone by its number, which its repository gives once and never again. */
public record MilestoneKey(RepositoryId repositoryId, long number) {

    /** The identifier of the milestone's aggregate in the event log. */
    public String aggregateId() {
        return "milestone-" + repositoryId + "-" + number;
    }
}
