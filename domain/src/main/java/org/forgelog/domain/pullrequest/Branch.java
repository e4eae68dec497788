package org.forgelog.domain.pullrequest;

import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.repository.RepositoryId;

/**
 * One end of a pull request.
 *
 * @param ownerId the account whose repository holds the branch
 * @param ref the branch's name
 * @param sha a commit id that stands for the branch's tip; synthetic, since there is no git here
 */
public record Branch(AccountId ownerId, RepositoryId repositoryId, String ref, String sha) {}
