package org.forgelog.domain.pullrequest;

/** How a pull request is merged. */
public enum MergeMethod {
    MERGE,
    SQUASH,
    REBASE
}
