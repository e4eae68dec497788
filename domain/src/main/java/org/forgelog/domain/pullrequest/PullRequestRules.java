package org.forgelog.domain.pullrequest;

import java.util.List;
import org.forgelog.domain.Change;
import org.forgelog.domain.Digests;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.Rejection.Code;
import org.forgelog.domain.Rejection.Fault;
import org.forgelog.domain.Texts;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.pullrequest.PullRequestCommand.EditPullRequest;
import org.forgelog.domain.pullrequest.PullRequestCommand.MergePullRequest;
import org.forgelog.domain.pullrequest.PullRequestCommand.OpenPullRequest;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestEdited;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestMerged;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestOpened;
import org.forgelog.domain.repository.BranchName;
import org.forgelog.domain.repository.RepositoryId;

/** The rules of opening, editing and merging a pull request. */
final class PullRequestRules {

    private PullRequestRules() {}

    static PullRequestOpened open(OpenPullRequest c) {
        RepositoryId repositoryId = c.key().repositoryId();
        long number = c.key().number();
        if (c.headOwnerId().equals(c.baseOwnerId())
                && c.headRepositoryId().equals(repositoryId)
                && c.head().equals(c.base())) {
            throw Rejection.invalid(
                    PullRequest.RESOURCE, "head", Fault.CUSTOM, "No commits between " + c.base() + " and " + c.head());
        }
        return new PullRequestOpened(
                repositoryId,
                number,
                c.pullRequestId(),
                c.authorId(),
                Texts.title(PullRequest.RESOURCE, c.title()),
                Texts.body(PullRequest.RESOURCE, c.body()),
                new Branch(
                        c.headOwnerId(),
                        c.headRepositoryId(),
                        c.head().value(),
                        Digests.syntheticCommit("head", repositoryId, number, c.headOwnerId(), c.head())),
                baseBranch(c.baseOwnerId(), repositoryId, c.base()),
                c.draft(),
                c.maintainerCanModify(),
                c.openedAt());
    }

    private static Branch baseBranch(AccountId ownerId, RepositoryId repositoryId, BranchName base) {
        return new Branch(ownerId, repositoryId, base.value(), Digests.syntheticCommit("branch", repositoryId, base));
    }

    static List<PullRequestEvent> edit(PullRequest pull, EditPullRequest c) {
        if (c.title() != null) {
            Texts.title(PullRequest.RESOURCE, c.title().value());
        }
        if (c.body() != null) {
            Texts.body(PullRequest.RESOURCE, c.body().value());
        }
        Change<String> titleChange = Change.unlessSame(c.title(), pull.title());
        Change<String> bodyChange = Change.unlessSame(c.body(), pull.body());
        Branch newBase = c.base() == null || c.base().value().equals(pull.base().ref())
                ? null
                : baseBranch(pull.base().ownerId(), pull.base().repositoryId(), c.base());
        if (newBase != null && !pull.open()) {
            throw Rejection.invalid(
                    PullRequest.RESOURCE,
                    "base",
                    Fault.INVALID,
                    "Cannot change the base branch of a closed pull request.");
        }
        Boolean modify = c.maintainerCanModify() == null || c.maintainerCanModify() == pull.maintainerCanModify()
                ? null
                : c.maintainerCanModify();
        if (titleChange == null && bodyChange == null && newBase == null && modify == null) {
            return List.of();
        }
        return List.of(new PullRequestEdited(
                pull.key().repositoryId(),
                pull.key().number(),
                titleChange == null ? null : titleChange.value(),
                titleChange == null ? null : pull.title(),
                bodyChange,
                newBase,
                modify,
                c.editedBy(),
                c.editedAt()));
    }

    static PullRequestMerged merge(PullRequest pull, MergePullRequest c) {
        if (!pull.open() || pull.draft()) {
            throw Rejection.of(Code.NOT_MERGEABLE, "Pull Request is not mergeable");
        }
        if (c.expectedHead() != null && !c.expectedHead().equals(pull.head().sha())) {
            throw Rejection.of(Code.HEAD_MOVED, "Head branch was modified. Review and try the merge again.");
        }
        Texts.line(PullRequest.RESOURCE, "commit_title", c.commitTitle(), Texts.TITLE_LIMIT);
        return new PullRequestMerged(
                pull.key().repositoryId(),
                pull.key().number(),
                Digests.syntheticCommit(
                        "merge",
                        pull.key().repositoryId(),
                        pull.key().number(),
                        pull.head().sha(),
                        pull.base().ref()),
                c.method(),
                c.commitTitle(),
                Texts.body(PullRequest.RESOURCE, c.commitMessage()),
                pull.triage().milestone(),
                pull.authorId(),
                c.mergedBy(),
                c.mergedAt());
    }
}
