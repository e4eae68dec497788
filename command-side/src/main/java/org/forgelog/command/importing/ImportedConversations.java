package org.forgelog.command.importing;

import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.forgelog.command.importing.Fact.ConversationRef;
import org.forgelog.command.importing.Fact.ConversationSeen;
import org.forgelog.command.importing.Fact.Happened;
import org.forgelog.command.importing.ImportIndex.Imported;
import org.forgelog.command.importing.ImportIndex.LocalRepository;
import org.forgelog.command.importing.ImportIndex.NumberKey;
import org.forgelog.domain.comment.CommentPlace;
import org.forgelog.domain.conversation.ConversationKind;
import org.forgelog.domain.issue.IssueKey;
import org.forgelog.domain.pullrequest.PullRequestKey;
import org.forgelog.domain.repository.RepositoryId;
import org.jspecify.annotations.Nullable;

/** Which issues and pull requests are here already, and what of what is told of them is news. */
final class ImportedConversations {

    private final ImportTransaction transaction;
    private final ImportedRepositories repositories;
    private final ConversationOpening opening;
    private final ConversationChanges changes;
    private final Set<NumberKey> taken = new HashSet<>();

    ImportedConversations(
            ImportTransaction transaction,
            ImportedRepositories repositories,
            ConversationOpening opening,
            ConversationChanges changes) {
        this.transaction = transaction;
        this.repositories = repositories;
        this.opening = opening;
        this.changes = changes;
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

    /** Adds the issue or pull request, if it is here and is to become what is said of it. */
    void changing(ConversationSeen seen, Set<String> aggregates) {
        LocalRepository repository = repositories.find(seen.ref().repository());
        Imported known = repository == null
                ? null
                : transaction.known(key(repository.id(), seen.ref().number()));
        if (repository != null && known != null && seen.settles() && isNews(repository, known, seen)) {
            changing(seen.ref(), aggregates);
        }
    }

    void changing(ConversationRef ref, Set<String> aggregates) {
        LocalRepository repository = repositories.find(ref.repository());
        Imported known = repository == null ? null : transaction.known(key(repository.id(), ref.number()));
        if (repository != null && known != null && known.kind() != null) {
            aggregates.add(
                    ConversationKind.valueOf(known.kind()) == ConversationKind.ISSUE
                            ? new IssueKey(repository.id(), ref.number()).aggregateId()
                            : new PullRequestKey(repository.id(), ref.number()).aggregateId());
        }
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
            if (!opening.open(repository, seen)) {
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

    private void settle(LocalRepository repository, Imported known, ConversationSeen seen) {
        long number = seen.ref().number();
        CommentPlace place = Objects.requireNonNull(place(seen.ref()));
        changes.settle(repository, ImportedTarget.of(transaction, place), seen);
        Instant at = seen.seenAt();
        Instant latest = known.at() != null && known.at().isAfter(at) ? known.at() : at;
        transaction.remember(key(repository.id(), number), known.localId(), known.kind(), latest);
        if (!transaction.tellsOfAChange()) {
            transaction.remember(settledKey(repository.id(), number), known.localId(), null, at);
        }
    }

    void take(Happened happened) {
        CommentPlace place = place(happened.ref());
        if (place == null) {
            return;
        }
        String key = key(place.repositoryId(), place.number());
        Imported known = Objects.requireNonNull(transaction.known(key));
        if (known.at() != null && happened.at().isBefore(known.at())) {
            transaction.leftOut("changes older than what is known already");
            return;
        }
        LocalRepository repository =
                Objects.requireNonNull(repositories.find(happened.ref().repository()));
        if (changes.apply(repository, ImportedTarget.of(transaction, place), happened)) {
            transaction.taken(happened.what().name().toLowerCase(Locale.ROOT));
        }
        transaction.remember(key, known.localId(), known.kind(), happened.at());
    }
}
