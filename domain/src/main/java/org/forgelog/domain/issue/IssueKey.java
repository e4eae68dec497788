package org.forgelog.domain.issue;

import org.forgelog.domain.PublicIds;
import org.forgelog.domain.repository.RepositoryId;

/**
 * Which issue of which repository. Both parts never change, so that the pair identifies the issue for ever, without a
 * table that would have to be asked.
 */
public record IssueKey(RepositoryId repositoryId, long number) {

    public IssueKey {
        PublicIds.check("an issue number", number);
    }

    /** The identifier of the issue's aggregate in the event log. */
    public String aggregateId() {
        return "issue-" + repositoryId + "-" + number;
    }
}
