package org.forgelog.command.importing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.forgelog.command.importing.Fact.BranchText;
import org.forgelog.command.importing.Fact.ConversationRef;
import org.forgelog.command.importing.Fact.ConversationSeen;
import org.forgelog.command.importing.Fact.Happened;
import org.forgelog.command.importing.Fact.LabelText;
import org.forgelog.command.importing.Fact.Opinion;
import org.forgelog.command.importing.Fact.Person;
import org.forgelog.command.importing.ImportIndex.Imported;
import org.forgelog.command.importing.ImportIndex.LocalRepository;
import org.forgelog.command.importing.ImportIndex.NumberKey;
import org.forgelog.domain.Change;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.Texts;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.comment.CommentPlace;
import org.forgelog.domain.conversation.ConversationKind;
import org.forgelog.domain.conversation.ListEdit;
import org.forgelog.domain.conversation.LockReason;
import org.forgelog.domain.conversation.TriageChange;
import org.forgelog.domain.issue.CloseReason;
import org.forgelog.domain.issue.Issue;
import org.forgelog.domain.issue.IssueCommand.OpenIssue;
import org.forgelog.domain.issue.IssueKey;
import org.forgelog.domain.label.LabelId;
import org.forgelog.domain.pullrequest.PullRequest;
import org.forgelog.domain.pullrequest.PullRequestCommand.OpenPullRequest;
import org.forgelog.domain.pullrequest.PullRequestKey;
import org.forgelog.domain.reaction.ReactionTarget;
import org.forgelog.domain.repository.BranchName;
import org.forgelog.domain.repository.RepositoryId;
import org.jspecify.annotations.Nullable;

/** Issues and pull requests, with their true numbers, and what happened to them. */
final class ImportedConversations {

    private final ImportTransaction transaction;
    private final ImportedAccounts accounts;
    private final ImportedRepositories repositories;
    private final ImportedReactions reactions;
    private final Set<NumberKey> taken = new HashSet<>();

    ImportedConversations(ImportTransaction transaction, ImportedAccounts accounts, ImportedRepositories repositories) {
        this.transaction = transaction;
        this.accounts = accounts;
        this.repositories = repositories;
        this.reactions = new ImportedReactions(transaction, accounts);
    }

    static String key(RepositoryId repository, long number) {
        return "n/" + repository + "/" + number;
    }

    private static String settledKey(RepositoryId repository, long number) {
        return "s/" + repository + "/" + number;
    }

    /** Looks up all of these at once; their repositories are loaded already. */
    void load(Collection<ConversationRef> refs) {
        Set<String> keys = new HashSet<>();
        Set<NumberKey> numbers = new HashSet<>();
        for (ConversationRef ref : refs) {
            LocalRepository repository = repositories.find(ref.repository());
            if (repository != null) {
                keys.add(key(repository.id(), ref.number()));
                keys.add(settledKey(repository.id(), ref.number()));
                numbers.add(new NumberKey(repository.id(), ref.number()));
            }
        }
        transaction.load(keys);
        numbers.removeIf(number -> transaction.known(key(number.repository(), number.number())) != null);
        taken.addAll(transaction.index().takenNumbers(numbers));
    }

    /** Where a comment on this would be; {@code null}, and noted, when it is not here. */
    @Nullable
    CommentPlace place(ConversationRef ref) {
        LocalRepository repository = repositories.found(ref.repository());
        if (repository == null) {
            return null;
        }
        Imported known = transaction.known(key(repository.id(), ref.number()));
        if (known == null || known.localId() == null || known.kind() == null) {
            transaction.missing("about an issue or pull request that is not here");
            return null;
        }
        return new CommentPlace(repository.id(), ConversationKind.valueOf(known.kind()), ref.number(), known.localId());
    }

    void take(ConversationSeen seen) {
        LocalRepository repository = repositories.found(seen.ref().repository());
        if (repository == null) {
            return;
        }
        long number = seen.ref().number();
        String key = key(repository.id(), number);
        Imported known = transaction.known(key);
        if (known == null) {
            if (number < 1 || taken.contains(new NumberKey(repository.id(), number))) {
                transaction.leftOut("issue or pull request whose number is taken here");
                return;
            }
            if (!create(repository, seen)) {
                return;
            }
            known = transaction.known(key);
        }
        if (known != null && seen.settles() && isNews(repository, known, seen)) {
            settle(repository, known, seen);
        }
    }

    /**
     * What a change came with is news unless something later is known; what says how things are, if it was not taken
     * before: what was changed here since then stays.
     */
    private boolean isNews(LocalRepository repository, Imported known, ConversationSeen seen) {
        if (transaction.tellsOfAChange()) {
            return known.at() == null || !seen.seenAt().isBefore(known.at());
        }
        Imported settled =
                transaction.known(settledKey(repository.id(), seen.ref().number()));
        return settled == null || settled.at() == null || seen.seenAt().isAfter(settled.at());
    }

    private boolean create(LocalRepository repository, ConversationSeen seen) {
        long number = seen.ref().number();
        Instant at = seen.createdAt() == null ? seen.seenAt() : seen.createdAt();
        if (seen.author() == null) {
            transaction.mapped("authors that are not told: ghost");
        }
        AccountId author = accounts.of(seen.author() == null ? Person.GHOST : seen.author(), at);
        long id = transaction.index().nextId();
        String body = transaction.text(seen.body(), Texts.BODY_LIMIT, false);
        String title = title(seen);
        if (seen.pull()) {
            OpenPullRequest command = opening(repository, seen, id, author, title, body, at);
            if (!transaction.send(command, () -> PullRequest.decide(null, command))) {
                return false;
            }
            reactions.take(
                    seen.reactions(),
                    repository.id(),
                    ReactionTarget.pullRequest(new PullRequestKey(repository.id(), number), id),
                    at);
        } else {
            IssueKey issue = new IssueKey(repository.id(), number);
            OpenIssue command = new OpenIssue(issue, id, author, title, body, at);
            if (!transaction.send(command, () -> Issue.decide(null, command))) {
                return false;
            }
            reactions.take(seen.reactions(), repository.id(), ReactionTarget.issue(issue, id), at);
        }
        ConversationKind kind = seen.pull() ? ConversationKind.PULL_REQUEST : ConversationKind.ISSUE;
        transaction.remember(key(repository.id(), number), id, kind.name(), at);
        transaction.taken(seen.pull() ? "pull requests" : "issues");
        return true;
    }

    private String title(ConversationSeen seen) {
        String title = transaction.text(seen.title(), Texts.TITLE_LIMIT, true);
        if (title != null && !title.isBlank()) {
            return title;
        }
        transaction.mapped("titles that are not told");
        return (seen.pull() ? "Pull request #" : "Issue #") + seen.ref().number();
    }

    private OpenPullRequest opening(
            LocalRepository repository,
            ConversationSeen seen,
            long id,
            AccountId author,
            String title,
            @Nullable String body,
            Instant at) {
        long number = seen.ref().number();
        LocalRepository headRepository = seen.head().repository() == null
                ? null
                : repositories.find(seen.head().repository());
        AccountId headOwner = seen.head().repository() == null
                ? repository.ownerId()
                : headRepository != null
                        ? headRepository.ownerId()
                        : accounts.of(new Person(seen.head().repository().owner(), false), at);
        RepositoryId headId = headRepository == null ? repository.id() : headRepository.id();
        BranchName base = branch(seen.base(), "main");
        // As git names it for who fetches pull requests.
        String unknown = "pull/" + number + "/head";
        BranchName head = branch(seen.head(), unknown);
        if (headOwner.equals(repository.ownerId()) && headId.equals(repository.id()) && head.equals(base)) {
            head = new BranchName(unknown);
        }
        if (head.value().equals(unknown)) {
            transaction.mapped("branches of pull requests that are not told");
        }
        return new OpenPullRequest(
                new PullRequestKey(repository.id(), number),
                id,
                author,
                title,
                body,
                headOwner,
                headId,
                head,
                repository.ownerId(),
                base,
                seen.draft()
                        && !transaction.tellsOfAChange()
                        && Boolean.TRUE.equals(seen.state().open()),
                false,
                at);
    }

    private static BranchName branch(BranchText told, String otherwise) {
        try {
            return told.ref() == null ? new BranchName(otherwise) : BranchName.of("PullRequest", "head", told.ref());
        } catch (Rejection e) {
            return new BranchName(otherwise);
        }
    }

    /** Makes it what is said of it. */
    private void settle(LocalRepository repository, Imported known, ConversationSeen seen) {
        long number = seen.ref().number();
        CommentPlace place = java.util.Objects.requireNonNull(place(seen.ref()));
        ImportedTarget target = ImportedTarget.of(transaction, place);
        Instant at = seen.seenAt();
        AccountId author = target.author();
        if (seen.textTold()) {
            String title = transaction.text(seen.title(), Texts.TITLE_LIMIT, true);
            String body = transaction.text(seen.body(), Texts.BODY_LIMIT, false);
            target.edit(title == null || title.isBlank() ? null : Change.to(title), Change.to(body), author, at);
        }
        if (seen.labels() != null) {
            target.triage(
                    new TriageChange.Labels(ListEdit.replace(labels(repository, seen.labels(), author, at))),
                    author,
                    at);
        }
        if (seen.assignees() != null) {
            List<AccountId> assignees = new ArrayList<>();
            for (Person person : seen.assignees()) {
                assignees.add(accounts.of(person, at));
            }
            target.triage(new TriageChange.Assignees(ListEdit.replace(assignees)), author, at);
        }
        state(target, seen, author);
        if (seen.locked() != null) {
            target.triage(
                    seen.locked() ? new TriageChange.Lock(lockReason(seen.lockReason())) : new TriageChange.Unlock(),
                    author,
                    at);
        }
        Instant latest = known.at() != null && known.at().isAfter(at) ? known.at() : at;
        transaction.remember(key(repository.id(), number), known.localId(), known.kind(), latest);
        if (!transaction.tellsOfAChange()) {
            transaction.remember(settledKey(repository.id(), number), known.localId(), null, at);
        }
    }

    private void state(ImportedTarget target, ConversationSeen seen, AccountId author) {
        Fact.StateText state = seen.state();
        if (state.open() == null) {
            return;
        }
        if (state.open()) {
            target.reopen(author, seen.seenAt());
            return;
        }
        if (!target.isOpen()) {
            return;
        }
        Instant merged = state.mergedAt();
        if (target.isPullRequest() && merged != null) {
            target.merge(state.mergedBy() == null ? author : accounts.of(state.mergedBy(), merged), merged);
        } else {
            Instant at = state.closedAt() == null ? seen.seenAt() : state.closedAt();
            AccountId by = state.closedBy() == null ? author : accounts.of(state.closedBy(), at);
            target.close(closeReason(state.reason()), by, at);
        }
    }

    private List<LabelId> labels(LocalRepository repository, List<LabelText> texts, AccountId by, Instant at) {
        List<LabelId> labels = new ArrayList<>();
        for (LabelText text : texts) {
            LabelId label = repositories.label(repository, text, by, at);
            if (label != null) {
                labels.add(label);
            }
        }
        return labels;
    }

    void take(Happened happened) {
        CommentPlace place = place(happened.ref());
        if (place == null) {
            return;
        }
        String key = key(place.repositoryId(), place.number());
        Imported known = java.util.Objects.requireNonNull(transaction.known(key));
        if (known.at() != null && happened.at().isBefore(known.at())) {
            transaction.leftOut("changes older than what is known already");
            return;
        }
        LocalRepository repository = java.util.Objects.requireNonNull(
                repositories.find(happened.ref().repository()));
        ImportedTarget target = ImportedTarget.of(transaction, place);
        AccountId by = accounts.of(happened.actor(), happened.at());
        Instant at = happened.at();
        boolean changed =
                switch (happened.what()) {
                    case CLOSED -> target.close(closeReason(happened.detail()), by, at);
                    case REOPENED -> target.reopen(by, at);
                    case MERGED -> target.merge(by, at);
                    case LOCKED -> target.triage(new TriageChange.Lock(lockReason(happened.detail())), by, at);
                    case UNLOCKED -> target.triage(new TriageChange.Unlock(), by, at);
                    case RENAMED -> {
                        String title = transaction.text(happened.detail(), Texts.TITLE_LIMIT, true);
                        yield title != null && !title.isBlank() && target.edit(Change.to(title), null, by, at);
                    }
                    case LABELED, UNLABELED -> label(repository, target, happened, by);
                    case ASSIGNED, UNASSIGNED -> assign(target, happened, by);
                };
        if (changed) {
            transaction.taken(happened.what().name().toLowerCase(Locale.ROOT));
        }
        transaction.remember(key, known.localId(), known.kind(), at);
    }

    private boolean label(LocalRepository repository, ImportedTarget target, Happened happened, AccountId by) {
        LabelId label =
                happened.label() == null ? null : repositories.label(repository, happened.label(), by, happened.at());
        if (label == null) {
            transaction.leftOut("labels put on or taken off that are not told");
            return false;
        }
        boolean on = happened.what() == Fact.What.LABELED;
        ListEdit<LabelId> edit = on ? ListEdit.add(List.of(label)) : ListEdit.remove(List.of(label));
        return target.triage(new TriageChange.Labels(edit), by, happened.at());
    }

    private boolean assign(ImportedTarget target, Happened happened, AccountId by) {
        if (happened.assignee() == null) {
            transaction.leftOut("assignees that are not told");
            return false;
        }
        List<AccountId> assignee = List.of(accounts.of(happened.assignee(), happened.at()));
        boolean on = happened.what() == Fact.What.ASSIGNED;
        ListEdit<AccountId> edit = on ? ListEdit.add(assignee) : ListEdit.remove(assignee);
        return target.triage(new TriageChange.Assignees(edit), by, happened.at());
    }

    void reactions(List<Opinion> opinions, RepositoryId repository, ReactionTarget target, Instant at) {
        reactions.take(opinions, repository, target, at);
    }

    private static CloseReason closeReason(@Nullable String word) {
        for (CloseReason reason : CloseReason.values()) {
            if (reason.word().equals(word)) {
                return reason;
            }
        }
        return CloseReason.COMPLETED;
    }

    private static @Nullable LockReason lockReason(@Nullable String word) {
        for (LockReason reason : LockReason.values()) {
            if (reason.word().equalsIgnoreCase(word)) {
                return reason;
            }
        }
        return null;
    }
}
