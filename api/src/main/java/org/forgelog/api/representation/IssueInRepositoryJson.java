package org.forgelog.api.representation;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/** An issue in a list of those of many repositories: with the one that it is in. */
public record IssueInRepositoryJson(@JsonUnwrapped IssueJson issue, RepositoryJson repository) {}
