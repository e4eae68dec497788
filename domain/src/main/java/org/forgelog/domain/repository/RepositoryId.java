package org.forgelog.domain.repository;

import org.forgelog.domain.PublicIds;

/** The id of a repository: public, never reused, the same however often name or owner change. */
public record RepositoryId(long value) {

    public RepositoryId {
        PublicIds.check("a repository id", value);
    }

    /** The identifier of the repository's aggregate in the event log. */
    public String aggregateId() {
        return "repository-" + value;
    }

    /** The sequence that everything inside this repository belongs to. */
    public String sequenceKey() {
        return "r:" + value;
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
