package org.forgelog.command.importing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.forgelog.command.importing.Fact.MilestoneSeen;
import org.forgelog.command.importing.Fact.MilestoneText;
import org.forgelog.command.importing.Fact.RepositoryRef;
import org.forgelog.command.importing.ImportIndex.Imported;
import org.forgelog.command.importing.ImportIndex.LocalMilestone;
import org.forgelog.command.importing.ImportIndex.LocalRepository;
import org.forgelog.domain.Change;
import org.forgelog.domain.Texts;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.milestone.Milestone;
import org.forgelog.domain.milestone.MilestoneCommand;
import org.forgelog.domain.milestone.MilestoneCommand.CloseMilestone;
import org.forgelog.domain.milestone.MilestoneCommand.CreateMilestone;
import org.forgelog.domain.milestone.MilestoneCommand.EditMilestone;
import org.forgelog.domain.milestone.MilestoneCommand.ReopenMilestone;
import org.forgelog.domain.milestone.MilestoneKey;
import org.forgelog.domain.repository.RepositoryId;
import org.jspecify.annotations.Nullable;

/** Milestones, with their numbers where those are free. Issue events name them by their titles alone. */
final class ImportedMilestones {

    /** Kind of one that was here, or that another record made: it is what the record means, and stays as it is. */
    private static final String HERE = "HERE";

    /** A milestone that a record names. */
    record MilestoneOf(RepositoryRef repository, MilestoneText milestone) {}

    private record TitleKey(RepositoryId repository, String title) {}

    private final ImportTransaction transaction;
    private final ImportedAccounts accounts;
    private final ImportedRepositories repositories;
    private final Map<MilestoneKey, String> titles = new HashMap<>();
    private final Map<TitleKey, Long> numbers = new HashMap<>();

    ImportedMilestones(ImportTransaction transaction, ImportedAccounts accounts, ImportedRepositories repositories) {
        this.transaction = transaction;
        this.accounts = accounts;
        this.repositories = repositories;
    }

    private static String key(RepositoryId repository, MilestoneText milestone) {
        return milestone.number() != null
                ? "m/" + repository + "/" + milestone.number()
                : "mt/" + repository + "/" + title(milestone);
    }

    /** Looks up all of these at once; their repositories are loaded already. */
    void load(Collection<MilestoneOf> milestones) {
        Set<String> keys = new HashSet<>();
        for (MilestoneOf named : milestones) {
            LocalRepository repository = repositories.find(named.repository());
            if (repository != null) {
                keys.add(key(repository.id(), named.milestone()));
            }
        }
        transaction.load(keys);
        List<LocalMilestone> wanted = new ArrayList<>();
        for (MilestoneOf named : milestones) {
            LocalRepository repository = repositories.find(named.repository());
            if (repository != null) {
                String title = Objects.requireNonNullElse(title(named.milestone()), "");
                wanted.add(new LocalMilestone(
                        new MilestoneKey(repository.id(), number(repository.id(), named.milestone())), title));
            }
        }
        transaction.index().milestones(wanted).forEach(here -> noted(here.key(), here.title()));
    }

    /** Its number here, or the one that it would get; zero where there is none. */
    private long number(RepositoryId repository, MilestoneText milestone) {
        Imported known = transaction.known(key(repository, milestone));
        return known != null && known.localId() != null
                ? known.localId()
                : Objects.requireNonNullElse(milestone.number(), 0L);
    }

    private void noted(MilestoneKey key, String title) {
        String before = titles.put(key, title);
        if (before != null) {
            numbers.remove(new TitleKey(key.repositoryId(), before));
        }
        numbers.put(new TitleKey(key.repositoryId(), title), key.number());
    }

    private static @Nullable String title(MilestoneText milestone) {
        String title = ImportedText.cleanedOrNull(milestone.title(), Texts.TITLE_LIMIT, true);
        return title == null || title.isBlank() ? null : title;
    }

    /** Adds the milestone, or what would be one of its number. */
    void changing(RepositoryRef ref, MilestoneText milestone, Set<String> aggregates) {
        LocalRepository repository = repositories.find(ref);
        long number = repository == null ? 0 : number(repository.id(), milestone);
        if (repository != null && number > 0) {
            aggregates.add(new MilestoneKey(repository.id(), number).aggregateId());
        }
    }

    void take(MilestoneSeen seen) {
        LocalRepository repository = repositories.found(seen.repository());
        if (repository != null) {
            Long number = find(repository, seen.milestone(), seen.seenAt());
            if (number != null && seen.settles()) {
                settle(new MilestoneKey(repository.id(), number), repository, seen.milestone(), seen.seenAt());
            }
        }
    }

    /** The number here of what something is planned for; {@code null}, and noted, when it is not here. */
    @Nullable
    Long planned(LocalRepository repository, MilestoneText milestone, Instant seenAt) {
        Long number = find(repository, milestone, seenAt);
        if (number != null && milestone.open() != null) {
            settle(new MilestoneKey(repository.id(), number), repository, milestone, seenAt);
        }
        return number;
    }

    private @Nullable Long find(LocalRepository repository, MilestoneText milestone, Instant seenAt) {
        Imported known = transaction.known(key(repository.id(), milestone));
        if (known != null && known.localId() != null) {
            if (titles.containsKey(new MilestoneKey(repository.id(), known.localId()))) {
                return known.localId();
            }
            transaction.leftOut("milestone that was deleted here");
            return null;
        }
        String title = title(milestone);
        Long ofTitle = title == null ? null : numbers.get(new TitleKey(repository.id(), title));
        if (ofTitle != null) {
            transaction.remember(key(repository.id(), milestone), ofTitle, HERE, null);
            return ofTitle;
        }
        if (title == null || (milestone.number() == null && milestone.open() == null)) {
            transaction.missing("about a milestone that is not here");
            return null;
        }
        return create(repository, milestone, title, seenAt);
    }

    private @Nullable Long create(LocalRepository repository, MilestoneText milestone, String title, Instant seenAt) {
        Instant at = milestone.createdAt() == null ? seenAt : milestone.createdAt();
        MilestoneKey key = new MilestoneKey(repository.id(), freeNumber(repository.id(), milestone));
        CreateMilestone command = new CreateMilestone(
                key,
                transaction.index().nextId(),
                title,
                transaction.text(milestone.description(), Texts.BODY_LIMIT, false),
                milestone.dueOn(),
                creator(repository, milestone, at),
                at);
        if (!transaction.send(command, () -> Milestone.decide(null, command))) {
            return null;
        }
        noted(key, title);
        transaction.remember(key(repository.id(), milestone), key.number(), null, null);
        transaction.taken("milestones");
        return key.number();
    }

    private long freeNumber(RepositoryId repository, MilestoneText milestone) {
        Long number = milestone.number();
        if (number != null && number > 0 && isFree(new MilestoneKey(repository, number))) {
            return number;
        }
        transaction.mapped("milestones whose numbers are taken here, or not told");
        return transaction.session().directory().milestones().next(repository).number();
    }

    /** Not one that was deleted either: a number is given once. */
    private boolean isFree(MilestoneKey key) {
        return !titles.containsKey(key)
                && (repositories.isNew(key.repositoryId())
                        || transaction.session().milestone(key).isEmpty());
    }

    private AccountId creator(LocalRepository repository, MilestoneText milestone, Instant at) {
        return milestone.creator() == null ? repository.ownerId() : accounts.of(milestone.creator(), at);
    }

    /** Makes it what is said of it, unless something later is known. */
    private void settle(MilestoneKey key, LocalRepository repository, MilestoneText milestone, Instant seenAt) {
        Instant at = milestone.updatedAt() == null ? seenAt : milestone.updatedAt();
        String identity = key(repository.id(), milestone);
        Imported known = transaction.known(identity);
        if (known == null || HERE.equals(known.kind()) || (known.at() != null && !at.isAfter(known.at()))) {
            return;
        }
        transaction.remember(identity, key.number(), null, at);
        AccountId by = creator(repository, milestone, at);
        String description = transaction.text(milestone.description(), Texts.BODY_LIMIT, false);
        Change<String> title = newTitle(key, milestone);
        EditMilestone edit =
                new EditMilestone(key, title, Change.to(description), Change.to(milestone.dueOn()), by, at);
        if (send(edit) && title != null && title.value() != null) {
            noted(key, title.value());
        }
        boolean open = !Boolean.FALSE.equals(milestone.open());
        send(
                open
                        ? new ReopenMilestone(key, by, at)
                        : new CloseMilestone(key, by, milestone.closedAt() == null ? at : milestone.closedAt()));
    }

    private @Nullable Change<String> newTitle(MilestoneKey key, MilestoneText milestone) {
        String title = title(milestone);
        Long holder = title == null ? null : numbers.get(new TitleKey(key.repositoryId(), title));
        if (title == null || (holder != null && holder != key.number())) {
            return null;
        }
        return Change.to(title);
    }

    private boolean send(MilestoneCommand command) {
        Milestone state = transaction.session().milestone(command.key()).orElse(null);
        return transaction.send(command, () -> Milestone.decide(state, command));
    }
}
