package org.forgelog.command.operation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.forgelog.api.Caller;
import org.forgelog.api.representation.AccountView;
import org.forgelog.api.representation.AuthorAssociation;
import org.forgelog.api.representation.CommentJson;
import org.forgelog.api.representation.CommentView;
import org.forgelog.api.representation.IssueJson;
import org.forgelog.api.representation.IssueView;
import org.forgelog.api.representation.LabelJson;
import org.forgelog.api.representation.Links;
import org.forgelog.api.representation.MilestoneJson;
import org.forgelog.api.representation.MilestoneView;
import org.forgelog.api.representation.OrganizationInvitationJson;
import org.forgelog.api.representation.OrganizationJson;
import org.forgelog.api.representation.OrganizationSimpleJson;
import org.forgelog.api.representation.PullRequestJson;
import org.forgelog.api.representation.PullRequestView;
import org.forgelog.api.representation.RepositoryInvitationJson;
import org.forgelog.api.representation.RepositoryJson;
import org.forgelog.api.representation.RepositoryView;
import org.forgelog.api.representation.ReviewCommentJson;
import org.forgelog.api.representation.SimpleUser;
import org.forgelog.api.representation.TriageView;
import org.forgelog.api.representation.UserJson;
import org.forgelog.command.directory.AccountRow;
import org.forgelog.command.directory.Conversations.Tally;
import org.forgelog.command.directory.Counting;
import org.forgelog.command.directory.LabelRow;
import org.forgelog.command.directory.RepositoryRow;
import org.forgelog.command.execution.Session;
import org.forgelog.domain.Permission;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.account.Account;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.account.Organization;
import org.forgelog.domain.account.OrganizationRole;
import org.forgelog.domain.comment.Comment;
import org.forgelog.domain.conversation.ConversationKind;
import org.forgelog.domain.conversation.Triage;
import org.forgelog.domain.invitation.Invitation;
import org.forgelog.domain.issue.Issue;
import org.forgelog.domain.issue.IssueKey;
import org.forgelog.domain.label.LabelId;
import org.forgelog.domain.pullrequest.PullRequest;
import org.forgelog.domain.reaction.ReactionContent;
import org.forgelog.domain.reaction.ReactionTarget;
import org.forgelog.domain.repository.Fork;
import org.forgelog.domain.repository.Repository;
import org.forgelog.domain.repository.RepositoryId;
import org.jspecify.annotations.Nullable;

/**
 * What is shown of an aggregate's state, with what the directory knows of the accounts, comments, reactions and counts that
 * belong to it.
 */
final class Representations {

    private final Session session;
    private final Links links;
    private final Caller caller;
    private final Function<RepositoryId, Optional<Repository>> states;
    private final Map<AccountId, AccountRow> known = new HashMap<>();

    /** @param states what repositories are, or were */
    Representations(Session session, Links links, Caller caller, Function<RepositoryId, Optional<Repository>> states) {
        this.session = session;
        this.links = links;
        this.caller = caller;
        this.states = states;
    }

    Representations(Session session, Request request) {
        this(session, request.links(), request.caller(), session::repository);
        if (request.actor() != null) {
            known.put(request.actor().id(), request.actor());
        }
    }

    UserJson self(Account account) {
        return UserJson.of(links, view(account), true);
    }

    private AccountView view(Account account) {
        Counting.Owned owned = session.directory().counting().owned(account.id());
        return new AccountView(
                account.id(),
                account.login(),
                account.kind(),
                account.profile(),
                account.suspended(),
                account.siteAdmin(),
                account.createdAt(),
                account.updatedAt(),
                owned.publicOnes(),
                owned.privateOnes());
    }

    OrganizationSimpleJson organization(Account account) {
        Organization organization = account.organization();
        return OrganizationSimpleJson.of(
                links,
                account.id(),
                account.login(),
                organization == null ? null : organization.settings().description());
    }

    /** An organization in full, as its admins see it. */
    OrganizationJson organizationToAdmins(Account account) {
        Organization organization = Objects.requireNonNull(account.organization(), "not an organization");
        return OrganizationJson.of(links, view(account), organization.settings(), OrganizationRole.ADMIN);
    }

    /** @param permission what the caller may do with it */
    RepositoryInvitationJson invitation(Invitation invitation, RepositoryRow repository) {
        RepositoryJson shown = session.repository(repository.id())
                .map(state -> part(state, repository))
                .orElseThrow(Rejection::notFound);
        Permission permission = invitation.offer().permission();
        lookUp(repository, invitation.inviteeId(), invitation.sentBy());
        return RepositoryInvitationJson.of(
                links,
                invitation.id().value(),
                shown,
                mention(invitation.inviteeId()),
                mention(invitation.sentBy()),
                permission == null ? Permission.READ : permission,
                invitation.sentAt());
    }

    OrganizationInvitationJson invitation(Invitation invitation, AccountRow organization) {
        OrganizationRole role = invitation.offer().role();
        known.putAll(session.directory().accounts(List.of(invitation.inviteeId(), invitation.sentBy())));
        return OrganizationInvitationJson.of(
                links,
                organization.id().value(),
                invitation.id().value(),
                mention(invitation.inviteeId()),
                mention(invitation.sentBy()),
                role == null ? OrganizationRole.MEMBER : role,
                invitation.sentAt());
    }

    RepositoryJson repository(Repository repository, AccountRow owner, Permission permission) {
        Fork fork = repository.fork();
        if (fork == null) {
            return repository(repository, owner, permission, null);
        }
        RepositoryJson parent = elsewhere(fork.parentId());
        RepositoryJson source = fork.sourceId().equals(fork.parentId()) ? parent : elsewhere(fork.sourceId());
        return repository(repository, owner, permission, new RepositoryView.Origin(parent, source));
    }

    /** Another repository, where it is only part of an answer; nothing when it is gone or hidden from the caller. */
    private @Nullable RepositoryJson elsewhere(RepositoryId id) {
        return session.directory()
                .repository(id)
                .flatMap(row -> Repositories.seen(session, row, caller))
                .flatMap(row -> states.apply(id).map(state -> part(state, row)))
                .orElse(null);
    }

    /** A repository where it is only part of an answer. */
    RepositoryJson part(Repository repository, RepositoryRow row) {
        return repository(
                repository,
                row.owner(),
                row.permission(),
                repository.fork() == null ? null : new RepositoryView.Origin(null, null));
    }

    private RepositoryJson repository(
            Repository repository, AccountRow owner, Permission permission, RepositoryView.@Nullable Origin origin) {
        return RepositoryJson.of(
                links,
                new RepositoryView(
                        repository.id(),
                        owner.mention(links),
                        repository.name(),
                        repository.settings(),
                        repository.topics(),
                        origin,
                        repository.numbering(),
                        repository.archived(),
                        repository.createdAt(),
                        repository.updatedAt(),
                        session.directory().counting().repository(repository.id(), network(repository)),
                        caller.accountId() == null ? null : permission));
    }

    private static RepositoryId network(Repository repository) {
        return repository.fork() == null ? repository.id() : repository.fork().sourceId();
    }

    /** An issue that was opened by this request: nobody has said anything of it. */
    IssueJson opened(Issue issue, RepositoryRow repository) {
        return issue(issue, repository, Tally.NONE);
    }

    IssueJson issue(Issue issue, RepositoryRow repository) {
        return issue(
                issue,
                repository,
                session.directory()
                        .conversations()
                        .tally(
                                repository.id(),
                                ConversationKind.ISSUE,
                                issue.key().number(),
                                issue.id()));
    }

    private IssueJson issue(Issue issue, RepositoryRow repository, Tally said) {
        lookUp(repository, issue.authorId(), issue.closedBy());
        return IssueJson.of(
                links,
                new IssueView(
                        repository.ref(),
                        issue.key(),
                        issue.id(),
                        mention(issue.authorId()),
                        association(issue.authorId(), repository),
                        issue.title(),
                        issue.body(),
                        issue.open(),
                        issue.stateReason(),
                        issue.closedAt(),
                        issue.closedBy() == null ? null : mention(issue.closedBy()),
                        triage(issue.triage(), repository),
                        issue.createdAt(),
                        issue.updatedAt(),
                        said.reactions(),
                        said.comments().onTheWhole(),
                        null));
    }

    /** A pull request where it is an issue. */
    IssueJson issue(PullRequest pull, RepositoryRow repository) {
        PullRequest.Merge merge = pull.merge();
        AccountId closedBy = pull.open() ? null : merge == null ? pull.closedBy() : merge.mergedBy();
        Tally said = tally(pull, repository);
        lookUp(repository, pull.authorId(), closedBy);
        return IssueJson.of(
                links,
                new IssueView(
                        repository.ref(),
                        new IssueKey(repository.id(), pull.key().number()),
                        pull.id(),
                        mention(pull.authorId()),
                        association(pull.authorId(), repository),
                        pull.title(),
                        pull.body(),
                        pull.open(),
                        null,
                        pull.closedAt(),
                        closedBy == null ? null : mention(closedBy),
                        triage(pull.triage(), repository),
                        pull.createdAt(),
                        pull.updatedAt(),
                        said.reactions(),
                        said.comments().onTheWhole(),
                        new IssueView.AsPullRequest(pull.draft(), merge == null ? null : merge.mergedAt())));
    }

    PullRequestJson pullRequest(PullRequest pull, RepositoryRow repository) {
        PullRequest.Merge merge = pull.merge();
        Tally said = tally(pull, repository);
        lookUp(repository, pull.authorId(), pull.head().ownerId(), merge == null ? null : merge.mergedBy());
        boolean inside = pull.head().repositoryId().equals(repository.id());
        // A branch of its own is its present owner's; one of somebody without a fork is not.
        boolean own = inside && pull.head().ownerId().equals(pull.base().ownerId());
        RepositoryJson whole = states.apply(repository.id())
                .map(state -> part(state, repository))
                .orElse(null);
        return PullRequestJson.of(
                links,
                new PullRequestView(
                        repository.ref(),
                        pull.key(),
                        pull.id(),
                        mention(pull.authorId()),
                        association(pull.authorId(), repository),
                        pull.title(),
                        pull.body(),
                        pull.head(),
                        mention(own ? repository.owner().id() : pull.head().ownerId()),
                        inside ? whole : elsewhere(pull.head().repositoryId()),
                        pull.base(),
                        mention(repository.owner().id()),
                        whole,
                        pull.draft(),
                        pull.maintainerCanModify(),
                        pull.open(),
                        pull.closedAt(),
                        merge == null ? null : merge.commitSha(),
                        merge == null ? null : merge.mergedAt(),
                        merge == null ? null : mention(merge.mergedBy()),
                        triage(pull.triage(), repository),
                        pull.createdAt(),
                        pull.updatedAt(),
                        said.reactions(),
                        said.comments().onTheWhole(),
                        said.comments().anchored()));
    }

    /** A comment that was written by this request: nobody has reacted to it. */
    Object written(Comment comment, RepositoryRow repository) {
        return comment(comment, repository, Map.of());
    }

    /** A comment on an issue or on a pull request, each in its own shape. */
    Object comment(Comment comment, RepositoryRow repository) {
        return comment(
                comment,
                repository,
                session.directory()
                        .conversations()
                        .reactions(
                                switch (comment.place().conversation()) {
                                    case ISSUE -> ReactionTarget.Kind.ISSUE_COMMENT;
                                    case PULL_REQUEST -> ReactionTarget.Kind.REVIEW_COMMENT;
                                },
                                comment.id().value()));
    }

    private Object comment(Comment comment, RepositoryRow repository, Map<ReactionContent, Long> reactions) {
        lookUp(repository, comment.authorId());
        CommentView view = new CommentView(
                repository.ref(),
                comment.place(),
                comment.id(),
                mention(comment.authorId()),
                association(comment.authorId(), repository),
                comment.body(),
                comment.anchor(),
                comment.inReplyTo(),
                comment.createdAt(),
                comment.updatedAt(),
                reactions);
        return view.isOfPulls() ? ReviewCommentJson.of(links, view) : CommentJson.of(links, view);
    }

    private Tally tally(PullRequest pull, RepositoryRow repository) {
        return session.directory()
                .conversations()
                .tally(
                        repository.id(),
                        ConversationKind.PULL_REQUEST,
                        pull.key().number(),
                        pull.id());
    }

    private TriageView triage(Triage triage, RepositoryRow repository) {
        lookUp(repository, triage.assignees().toArray(AccountId[]::new));
        List<SimpleUser> assignees = triage.assignees().stream()
                .map(this::account)
                .filter(account -> !account.deleted())
                .map(account -> account.mention(links))
                .toList();
        return new TriageView(
                labels(triage, repository),
                assignees,
                triage.locked(),
                triage.lockReason(),
                triage.milestone() == null ? null : milestone(triage.milestone(), repository));
    }

    /** A milestone; {@code null} when it is deleted. */
    @Nullable
    MilestoneJson milestone(long number, RepositoryRow repository) {
        return session.directory()
                .milestones()
                .find(repository.id(), number)
                .map(row -> {
                    lookUp(repository, row.creatorId());
                    return MilestoneJson.of(
                            links,
                            new MilestoneView(
                                    repository.ref(),
                                    row.number(),
                                    row.id(),
                                    row.title(),
                                    row.description(),
                                    mention(row.creatorId()),
                                    row.openItems(),
                                    row.items() - row.openItems(),
                                    row.createdAt(),
                                    row.updatedAt(),
                                    row.dueOn(),
                                    row.closedAt()));
                })
                .orElse(null);
    }

    /** The labels that still exist. */
    List<LabelJson> labels(Triage triage, RepositoryRow repository) {
        Map<LabelId, LabelRow> rows = session.directory().labels(triage.labels());
        return triage.labels().stream()
                .map(rows::get)
                .filter(Objects::nonNull)
                .map(row -> LabelJson.of(links, repository.ref(), row.id(), row.name(), row.color(), row.description()))
                .toList();
    }

    private AuthorAssociation association(AccountId author, RepositoryRow repository) {
        AuthorAssociation association = byRights(author, repository);
        return association == AuthorAssociation.NONE
                        && session.directory().conversations().hasContributed(repository.id(), author)
                ? AuthorAssociation.CONTRIBUTOR
                : association;
    }

    private AuthorAssociation byRights(AccountId author, RepositoryRow repository) {
        if (caller.is(author) && repository.access() != null) {
            return AuthorAssociation.of(repository.access());
        }
        return session.directory().rights().accesses(repository, List.of(author)).values().stream()
                .map(AuthorAssociation::of)
                .findFirst()
                .orElse(AuthorAssociation.NONE);
    }

    private void lookUp(RepositoryRow repository, @Nullable AccountId... ids) {
        known.putIfAbsent(repository.owner().id(), repository.owner());
        List<AccountId> missing = new ArrayList<>();
        for (AccountId id : ids) {
            if (id != null && !known.containsKey(id)) {
                missing.add(id);
            }
        }
        known.putAll(session.directory().accounts(missing));
    }

    private SimpleUser mention(AccountId id) {
        return account(id).mention(links);
    }

    private AccountRow account(AccountId id) {
        return Objects.requireNonNull(known.get(id), "an account that is not in the directory");
    }
}
