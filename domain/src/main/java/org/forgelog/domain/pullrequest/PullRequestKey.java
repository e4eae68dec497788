package org.forgelog.domain.pullrequest;

import org.forgelog.domain.PublicIds;
import org.forgelog.domain.repository.RepositoryId;

/** Which pull request of which repository. Issues may have a number sequence of their own. */
public record PullRequestKey(RepositoryId repositoryId, long number) {

    public PullRequestKey {
        PublicIds.check("a pull request number", number);
    }

    /** The identifier of the pull request's aggregate in the event log. */
    public String aggregateId() {
        return "pull-" + repositoryId + "-" + number;
    }
}
