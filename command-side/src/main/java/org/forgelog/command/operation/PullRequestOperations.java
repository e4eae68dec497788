package org.forgelog.command.operation;

import java.util.Locale;
import org.forgelog.api.representation.PullRequestJson;
import org.forgelog.command.directory.AccountRow;
import org.forgelog.command.directory.Directory.Lock;
import org.forgelog.command.directory.Directory.Numbers;
import org.forgelog.command.directory.RepositoryRow;
import org.forgelog.command.execution.Answer;
import org.forgelog.command.execution.Session;
import org.forgelog.domain.Change;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.Rejection.Fault;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.account.Login;
import org.forgelog.domain.conversation.ConversationKind;
import org.forgelog.domain.pullrequest.MergeMethod;
import org.forgelog.domain.pullrequest.PullRequest;
import org.forgelog.domain.pullrequest.PullRequestCommand.ClosePullRequest;
import org.forgelog.domain.pullrequest.PullRequestCommand.EditPullRequest;
import org.forgelog.domain.pullrequest.PullRequestCommand.MergePullRequest;
import org.forgelog.domain.pullrequest.PullRequestCommand.OpenPullRequest;
import org.forgelog.domain.pullrequest.PullRequestCommand.ReopenPullRequest;
import org.forgelog.domain.pullrequest.PullRequestKey;
import org.forgelog.domain.repository.BranchName;
import org.forgelog.domain.repository.RepositoryId;

/** What people do with pull requests. */
public final class PullRequestOperations {

    private static final String RESOURCE = "PullRequest";

    private PullRequestOperations() {}

    /** What a successful merge answers (GitHub's {@code pull-request-merge-result}). */
    public record MergeResult(String sha, boolean merged, String message) {}

    private record Head(AccountId owner, RepositoryId repository, BranchName branch) {}

    /** {@code POST /repos/{owner}/{repo}/pulls}: anybody who sees the repository, unless it says otherwise. */
    public static Answer open(Session session, Request request) {
        RepositoryRow repository = Repositories.find(session, request, Lock.KEEP);
        Repositories.requireNotArchived(repository);
        requireMayOpen(repository);
        Fields fields = request.fields(RESOURCE);
        String title = fields.requiredText("title");
        String givenHead = fields.requiredText("head");
        String givenBase = fields.requiredText("base");
        String body = fields.text("body");
        boolean draft = fields.flag("draft", false);
        boolean maintainerCanModify = fields.flag("maintainer_can_modify", true);
        fields.check();
        BranchName base = BranchName.of(RESOURCE, "base", givenBase);
        Head head = head(session, request, repository, givenHead);
        Numbers next = session.directory().nextNumbers(repository, ConversationKind.PULL_REQUEST);
        PullRequest pull = session.send(new OpenPullRequest(
                new PullRequestKey(repository.id(), next.number()),
                next.publicId(),
                request.actorId(),
                title,
                body,
                head.owner(),
                head.repository(),
                head.branch(),
                repository.owner().id(),
                base,
                draft,
                maintainerCanModify,
                session.now()));
        requireOnlyOne(session, pull, "head");
        PullRequestJson json = new Representations(session, request).pullRequest(pull, repository);
        return Answer.created(json, json.url());
    }

    private static void requireMayOpen(RepositoryRow repository) {
        if (!repository.hasPullRequests()) {
            throw Rejection.forbidden("Pull requests are disabled for this repository.");
        }
        if (repository.pullsByCollaborators() && !Repositories.mayPush(repository)) {
            throw Rejection.forbidden("Only collaborators can open pull requests in this repository.");
        }
    }

    /**
     * @param field what would make it the second one
     * @throws Rejection when another one is open between the same branches
     */
    private static void requireOnlyOne(Session session, PullRequest pull, String field) {
        RepositoryId repository = pull.key().repositoryId();
        session.directory().lockNumbers(repository);
        if (session.directory()
                .conversations()
                .isOpenBetween(repository, pull.head(), pull.base(), pull.key().number())) {
            AccountId owner = pull.head().ownerId();
            String login =
                    session.directory().account(owner).map(AccountRow::login).orElse("ghost");
            throw Rejection.invalid(
                    RESOURCE,
                    field,
                    Fault.CUSTOM,
                    "A pull request already exists for " + login + ":"
                            + pull.head().ref() + ".");
        }
    }

    /**
     * A branch of the repository, or {@code owner:branch}: of the fork which that account has, or of the repository
     * itself when it has none that the caller sees.
     */
    private static Head head(Session session, Request request, RepositoryRow repository, String given) {
        int colon = given.indexOf(':');
        BranchName branch = BranchName.of(RESOURCE, "head", given.substring(colon + 1));
        if (colon < 0) {
            return new Head(repository.owner().id(), repository.id(), branch);
        }
        AccountId owner = session.directory()
                .account(headOwner(given.substring(0, colon)))
                .orElseThrow(PullRequestOperations::invalidHead)
                .id();
        RepositoryId headRepository = session.directory()
                .ofNetwork(owner, repository.network())
                .flatMap(row -> Repositories.seen(session, row, request.caller()))
                .map(RepositoryRow::id)
                .orElse(repository.id());
        return new Head(owner, headRepository, branch);
    }

    private static Login headOwner(String login) {
        try {
            return new Login(login);
        } catch (Rejection malformed) {
            throw invalidHead();
        }
    }

    private static Rejection invalidHead() {
        return Rejection.invalid(RESOURCE, "head", Fault.INVALID, null);
    }

    /** {@code PATCH /repos/{owner}/{repo}/pulls/{pull_number}}: its author and those with push access; triage its state. */
    public static Answer edit(Session session, Request request) {
        RepositoryRow repository = Repositories.find(session, request, Lock.KEEP);
        PullRequest pull = edited(session, request, repository, pullRequest(session, request, repository), false);
        return Answer.ok(new Representations(session, request).pullRequest(pull, repository));
    }

    /**
     * The pull request with what the request changes of it.
     *
     * @param asIssue whether it is only what issues have in common with it
     */
    static PullRequest edited(
            Session session, Request request, RepositoryRow repository, PullRequest before, boolean asIssue) {
        PullRequest pull = before;
        boolean author = request.caller().is(pull.authorId());
        if (!author) {
            Repositories.requireTriage(repository);
        }
        Repositories.requireNotArchived(repository);
        Fields fields = request.fields(RESOURCE);
        Change<String> title = fields.textChange("title");
        Change<String> body = fields.textChange("body");
        String base = asIssue ? null : fields.text("base");
        Boolean maintainerCanModify = asIssue ? null : fields.flag("maintainer_can_modify");
        String state = fields.word("state");
        fields.check();
        if (!author && (title != null || body != null || base != null || maintainerCanModify != null)) {
            Repositories.requirePush(repository);
        }
        if ("open".equals(state)) {
            // Before the rest: what is closed cannot get another base.
            pull = reopen(session, request, pull, Repositories.mayTriage(repository));
        }
        pull = session.send(new EditPullRequest(
                pull.key(),
                title,
                body,
                base == null ? null : BranchName.of(RESOURCE, "base", base),
                maintainerCanModify,
                request.actorId(),
                session.now()));
        if (pull.open() && !"closed".equals(state) && ("open".equals(state) || base != null)) {
            requireOnlyOne(session, pull, base == null ? "state" : "base");
        }
        if ("closed".equals(state)) {
            pull = session.send(new ClosePullRequest(pull.key(), request.actorId(), session.now()));
        }
        return pull;
    }

    /** An author without rights on the repository reopens what the author closed, not what others did. */
    private static PullRequest reopen(Session session, Request request, PullRequest pull, boolean mayTriage) {
        if (!mayTriage && pull.closedBy() != null && !request.caller().is(pull.closedBy())) {
            throw Rejection.forbidden("Must have triage access to Repository.");
        }
        return session.send(new ReopenPullRequest(pull.key(), request.actorId(), session.now()));
    }

    /** {@code PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge}: those with push access. */
    public static Answer merge(Session session, Request request) {
        RepositoryRow repository = Repositories.find(session, request, Lock.KEEP);
        PullRequest pull = pullRequest(session, request, repository);
        Repositories.requirePush(repository);
        Repositories.requireNotArchived(repository);
        Fields fields = request.fields(RESOURCE);
        String sha = fields.text("sha");
        String method = fields.word("merge_method");
        String commitTitle = fields.text("commit_title");
        String commitMessage = fields.text("commit_message");
        fields.check();
        PullRequest merged = session.send(new MergePullRequest(
                pull.key(),
                sha,
                method == null ? MergeMethod.MERGE : MergeMethod.valueOf(method.toUpperCase(Locale.ROOT)),
                commitTitle,
                commitMessage,
                request.actorId(),
                session.now()));
        PullRequest.Merge merge = merged.merge();
        if (merge == null) {
            throw new IllegalStateException("merged without a merge: " + merged.key());
        }
        return Answer.ok(new MergeResult(merge.commitSha(), true, "Pull Request successfully merged"));
    }

    private static PullRequest pullRequest(Session session, Request request, RepositoryRow repository) {
        return session.pullRequest(new PullRequestKey(repository.id(), request.number("pull_number")))
                .orElseThrow(Rejection::notFound);
    }
}
