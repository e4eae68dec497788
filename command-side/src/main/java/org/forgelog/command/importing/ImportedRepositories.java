package org.forgelog.command.importing;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.forgelog.command.importing.Fact.LabelText;
import org.forgelog.command.importing.Fact.MadePublic;
import org.forgelog.command.importing.Fact.MemberAdded;
import org.forgelog.command.importing.Fact.RepositoryRef;
import org.forgelog.command.importing.Fact.RepositorySeen;
import org.forgelog.command.importing.Fact.Right;
import org.forgelog.command.importing.ImportIndex.Imported;
import org.forgelog.command.importing.ImportIndex.LocalRepository;
import org.forgelog.domain.Permission;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.repository.Fork;
import org.forgelog.domain.repository.Numbering;
import org.forgelog.domain.repository.Repository;
import org.forgelog.domain.repository.RepositoryCommand;
import org.forgelog.domain.repository.RepositoryCommand.ArchiveRepository;
import org.forgelog.domain.repository.RepositoryCommand.CreateRepository;
import org.forgelog.domain.repository.RepositoryCommand.EditRepository;
import org.forgelog.domain.repository.RepositoryCommand.ReplaceTopics;
import org.forgelog.domain.repository.RepositoryCommand.SetCollaborator;
import org.forgelog.domain.repository.RepositoryId;
import org.forgelog.domain.repository.RepositoryName;
import org.forgelog.domain.repository.RepositorySettings;
import org.forgelog.domain.repository.Topic;
import org.jspecify.annotations.Nullable;

/** Repositories, how they are set up, and who may do what with them. */
final class ImportedRepositories {

    private final ImportTransaction transaction;
    private final ImportedAccounts accounts;
    private final ImportedLabels labels;
    private final ImportedSettings settings;
    private final Map<Long, LocalRepository> here = new HashMap<>();
    private final Set<String> taken = new HashSet<>();
    private final Set<RepositoryId> madeNow = new HashSet<>();
    private final Set<Network> networks = new HashSet<>();

    /** That an account has a repository of the network that goes back to {@code source}. */
    private record Network(AccountId owner, RepositoryId source) {}

    ImportedRepositories(ImportTransaction transaction, ImportedAccounts accounts, ImportedLabels labels) {
        this.transaction = transaction;
        this.accounts = accounts;
        this.labels = labels;
        this.settings = new ImportedSettings(transaction);
    }

    /** What a repository is known by: its id, which outlives names, and its name. */
    static List<String> keys(RepositoryRef ref) {
        String name = "r/" + ImportedText.key(ref.fullName());
        return ref.sourceId() == null ? List.of(name) : List.of("r#" + ref.sourceId(), name);
    }

    /** Looks up all of these at once; what is known of their identities is loaded already. */
    void load(Collection<RepositoryRef> refs) {
        Set<Long> ids = new HashSet<>();
        Set<String> names = new HashSet<>();
        for (RepositoryRef ref : refs) {
            Imported known = known(ref);
            if (known == null || known.localId() == null) {
                names.add(localName(ref));
            } else {
                ids.add(known.localId());
            }
        }
        here.putAll(transaction.index().repositories(ids));
        taken.addAll(transaction.index().takenNames(names));
    }

    private static String localName(RepositoryRef ref) {
        return ImportedText.key(ImportedText.login(ref.owner()) + "/" + ImportedText.repositoryName(ref.name()));
    }

    private @Nullable Imported known(RepositoryRef ref) {
        List<String> keys = keys(ref);
        Imported byId = transaction.known(keys.getFirst());
        if (byId != null || keys.size() == 1) {
            return byId;
        }
        // A name that is known with another id is another repository's, which had it before or has it since.
        Imported byName = transaction.known(keys.getLast());
        return byName != null && byName.kind() == null ? byName : null;
    }

    /** The repository as it is here; {@code null} when it is not. */
    @Nullable
    LocalRepository find(RepositoryRef ref) {
        Imported known = known(ref);
        return known == null || known.localId() == null ? null : here.get(known.localId());
    }

    void take(RepositorySeen seen) {
        LocalRepository repository = find(seen.ref());
        if (repository == null) {
            if (known(seen.ref()) != null) {
                transaction.leftOut("repository that was deleted here");
                return;
            }
            repository = create(seen);
            if (repository == null) {
                return;
            }
        } else {
            describe(repository, seen);
        }
        complete(repository, seen);
    }

    private void remember(RepositoryRef ref, RepositoryId id) {
        for (String key : keys(ref)) {
            // A name notes whether an id goes with it.
            boolean nameOfId = ref.sourceId() != null && key.startsWith("r/");
            transaction.remember(key, id.value(), nameOfId ? "ID" : null, null);
        }
    }

    private @Nullable LocalRepository create(RepositorySeen seen) {
        String name = localName(seen.ref());
        if (taken.contains(name)) {
            transaction.leftOut("repository whose name is taken here by one that was not imported");
            return null;
        }
        Instant at = seen.createdAt() == null ? seen.seenAt() : seen.createdAt();
        AccountId owner = accounts.of(seen.owner(), at);
        AccountId creator = seen.creator() == null ? owner : accounts.of(seen.creator(), at);
        LocalRepository parent = seen.parent() == null ? null : find(seen.parent());
        Fork fork = parent == null ? null : Fork.of(parent.id(), parent.source());
        if (fork != null && hasOneOf(new Network(owner, fork.sourceId()))) {
            transaction.mapped("second forks of an owner, which are repositories of their own");
            fork = null;
        }
        String shaped = ImportedText.repositoryName(seen.ref().name());
        if (!shaped.equals(seen.ref().name())) {
            transaction.mapped("names of repositories that cannot be used here");
        }
        RepositoryId id = new RepositoryId(transaction.index().nextId());
        CreateRepository command = new CreateRepository(
                id,
                owner,
                accounts.login(owner),
                new RepositoryName(shaped),
                settings.of(seen),
                fork,
                Numbering.SHARED,
                creator,
                at);
        if (!transaction.send(command, () -> Repository.decide(null, command))) {
            return null;
        }
        taken.add(name);
        LocalRepository repository = new LocalRepository(id, owner, fork == null ? null : fork.sourceId());
        here.put(id.value(), repository);
        madeNow.add(id);
        networks.add(new Network(owner, fork == null ? id : fork.sourceId()));
        remember(seen.ref(), id);
        if (seen.told()) {
            transaction.remember(describedKey(repository), id.value(), null, null);
            collaborators(repository, seen);
        }
        transaction.taken(fork == null ? "repositories" : "forks");
        return repository;
    }

    private boolean hasOneOf(Network network) {
        return networks.contains(network)
                || (!accounts.isNew(network.owner)
                        && transaction
                                .session()
                                .directory()
                                .ofNetwork(network.owner, network.source)
                                .isPresent());
    }

    /** Whether it was made in this transaction. */
    boolean isNew(RepositoryId id) {
        return madeNow.contains(id);
    }

    /** Adds the repository, if it is here and is to become what is said of it. */
    void changing(RepositorySeen seen, Set<String> aggregates) {
        LocalRepository repository = find(seen.ref());
        if (repository != null
                && seen.told()
                && onceKeys(repository.id()).stream().anyMatch(key -> transaction.known(key) == null)) {
            aggregates.add(repository.id().aggregateId());
        }
    }

    void changing(RepositoryRef ref, Set<String> aggregates) {
        LocalRepository repository = find(ref);
        if (repository != null) {
            aggregates.add(repository.id().aggregateId());
        }
    }

    private static String describedKey(LocalRepository repository) {
        return "d/r/" + repository.id();
    }

    /** The first time that more than its name is said. */
    private void describe(LocalRepository repository, RepositorySeen seen) {
        remember(seen.ref(), repository.id());
        if (seen.told() && transaction.known(describedKey(repository)) == null) {
            transaction.remember(describedKey(repository), repository.id().value(), null, null);
            send(repository, new EditRepository(repository.id(), settings.of(seen), seen.seenAt()));
            collaborators(repository, seen);
        }
    }

    private void collaborators(LocalRepository repository, RepositorySeen seen) {
        for (Right right : seen.collaborators()) {
            AccountId account = accounts.of(right.person(), seen.seenAt());
            if (!account.equals(repository.ownerId())) {
                collaborator(repository, account, right.permission(), repository.ownerId(), seen.seenAt());
            }
        }
    }

    private void collaborator(
            LocalRepository repository, AccountId account, Permission permission, AccountId by, Instant at) {
        if (send(repository, new SetCollaborator(repository.id(), account, permission, by, at))) {
            transaction.taken("collaborators");
        }
    }

    private void complete(LocalRepository repository, RepositorySeen seen) {
        for (LabelText label : seen.labels()) {
            labels.of(repository, label, repository.ownerId(), seen.seenAt());
        }
        topics(repository, seen);
        String key = "z/r/" + repository.id();
        if (seen.settled() && seen.archived() && transaction.known(key) == null) {
            transaction.remember(key, repository.id().value(), null, null);
            send(repository, new ArchiveRepository(repository.id(), seen.seenAt()));
        }
    }

    private void topics(LocalRepository repository, RepositorySeen seen) {
        String key = topicsKey(repository.id());
        if (seen.topics().isEmpty() || transaction.known(key) != null) {
            return;
        }
        transaction.remember(key, repository.id().value(), null, null);
        List<Topic> topics = seen.topics().stream()
                .map(ImportedText::topic)
                .filter(Objects::nonNull)
                .distinct()
                .limit(Topic.COUNT_LIMIT)
                .toList();
        send(repository, new ReplaceTopics(repository.id(), topics, repository.ownerId(), seen.seenAt()));
    }

    private static String topicsKey(RepositoryId id) {
        return "t/r/" + id;
    }

    static List<String> onceKeys(RepositoryId id) {
        return List.of("d/r/" + id, "z/r/" + id, topicsKey(id));
    }

    private boolean send(LocalRepository repository, RepositoryCommand command) {
        Supplier<Repository> state =
                () -> transaction.session().repository(repository.id()).orElse(null);
        return transaction.send(command, () -> Repository.decide(state.get(), command));
    }

    void take(MemberAdded added) {
        LocalRepository repository = found(added.repository());
        if (repository != null) {
            collaborator(
                    repository,
                    accounts.of(added.member(), added.at()),
                    Permission.WRITE,
                    accounts.of(added.by(), added.at()),
                    added.at());
        }
    }

    void take(MadePublic made) {
        LocalRepository repository = found(made.repository());
        if (repository != null) {
            RepositorySettings.Changes changes =
                    new RepositorySettings.Changes(null, null, null, null, null, false, Map.of(), Map.of());
            send(repository, new EditRepository(repository.id(), changes, made.at()));
        }
    }

    /** The repository as it is here; {@code null}, and noted, when it is not. */
    @Nullable
    LocalRepository found(RepositoryRef ref) {
        LocalRepository repository = find(ref);
        if (repository == null) {
            transaction.missing("about a repository that is not here");
        }
        return repository;
    }
}
