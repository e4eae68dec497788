package org.forgelog.eventlog;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.forgelog.domain.DomainEvent;
import org.forgelog.domain.account.AccountEvent.AccountDeleted;
import org.forgelog.domain.account.AccountEvent.AccountRegistered;
import org.forgelog.domain.account.AccountEvent.AccountRenamed;
import org.forgelog.domain.account.AccountEvent.EmailsAdded;
import org.forgelog.domain.account.AccountEvent.ProfileEdited;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.account.Login;
import org.forgelog.domain.repository.RepositoryEvent.RepositoryCreated;
import org.forgelog.domain.repository.RepositoryEvent.RepositoryDeleted;
import org.forgelog.domain.repository.RepositoryEvent.RepositoryOwnerRenamed;
import org.forgelog.domain.repository.RepositoryEvent.RepositoryRenamed;
import org.forgelog.domain.repository.RepositoryEvent.RepositoryTransferred;
import org.jspecify.annotations.Nullable;

/** What a person and the person's repositories were ever called, by the log: as long as the person's key is there. */
public final class PersonNames {

    /** The address of a repository. */
    public record Address(String owner, String name) {}

    private static final int PAGE = 500;

    /** The events that tell where repositories are, by their stored types. */
    private static final List<String> OF_REPOSITORIES = List.of(
            "repository-created",
            "repository-renamed",
            "repository-owner-renamed",
            "repository-transferred",
            "repository-deleted");

    private final long account;
    private final Set<String> logins = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    private final Set<String> emails = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    private final Set<Long> repositories = new HashSet<>();
    private final Set<Address> addresses = new HashSet<>();
    private long deletedAt;

    private PersonNames(long account) {
        this.account = account;
    }

    /** Reads them from the log, up to a position. What cannot be read says nothing. */
    public static PersonNames read(EventLogReader log, EventCodec codec, AccountId account, long upTo) {
        PersonNames names = new PersonNames(account.value());
        long after = 0;
        List<StoredEvent> events = log.ofSequence(account.sequenceKey(), after, PAGE);
        while (!events.isEmpty()) {
            events.stream().filter(event -> event.position() <= upTo).forEach(event -> names.add(event, codec));
            after = events.getLast().position();
            events = log.ofSequence(account.sequenceKey(), after, PAGE);
        }
        after = 0;
        events = log.ofTypes(OF_REPOSITORIES, after, upTo, PAGE);
        while (!events.isEmpty()) {
            events.forEach(event -> names.add(event, codec));
            after = events.getLast().position();
            events = log.ofTypes(OF_REPOSITORIES, after, upTo, PAGE);
        }
        return names;
    }

    private void add(StoredEvent stored, EventCodec codec) {
        try {
            add(codec.decode(stored.type(), stored.revision(), stored.payload()), stored.position());
        } catch (UnreadableEventException e) {
            // Nobody else can read it either.
            return;
        }
    }

    private void add(DomainEvent event, long position) {
        switch (event) {
            case AccountRegistered e -> {
                login(e.login());
                email(e.email());
            }
            case AccountRenamed e -> {
                login(e.oldLogin());
                login(e.login());
            }
            case EmailsAdded e -> emails.addAll(e.emails());
            case ProfileEdited e ->
                email(e.changes().email() == null ? null : e.changes().email().value());
            case AccountDeleted e -> deletedAt = position;
            case RepositoryCreated e -> address(e.ownerId(), e.repositoryId().value(), e.ownerLogin(), e.name());
            case RepositoryRenamed e -> {
                renamed(e.ownerId(), e.repositoryId().value(), e.ownerLogin(), e.oldName());
                renamed(e.ownerId(), e.repositoryId().value(), e.ownerLogin(), e.name());
            }
            case RepositoryOwnerRenamed e -> {
                renamed(e.ownerId(), e.repositoryId().value(), e.oldOwnerLogin(), e.name());
                renamed(e.ownerId(), e.repositoryId().value(), e.ownerLogin(), e.name());
            }
            case RepositoryTransferred e -> {
                address(e.oldOwnerId(), e.repositoryId().value(), e.oldOwnerLogin(), e.oldName());
                address(e.ownerId(), e.repositoryId().value(), e.ownerLogin(), e.name());
            }
            case RepositoryDeleted e -> address(e.ownerId(), e.repositoryId().value(), e.ownerLogin(), e.name());
            default -> {
                // Says nothing of names.
            }
        }
    }

    private void login(String login) {
        if (!Login.isForgotten(login)) {
            logins.add(login);
        }
    }

    private void email(@Nullable String email) {
        if (email != null) {
            emails.add(email);
        }
    }

    /** Events of old do not say whose the repository is. */
    private void renamed(@Nullable AccountId owner, long repository, String login, String name) {
        boolean hers =
                owner == null ? repositories.contains(repository) && logins.contains(login) : owner.value() == account;
        if (hers) {
            repositories.add(repository);
            addresses.add(new Address(login, name));
        }
    }

    private void address(AccountId owner, long repository, String login, String name) {
        if (owner.value() == account) {
            repositories.add(repository);
            addresses.add(new Address(login, name));
        }
    }

    public AccountId account() {
        return new AccountId(account);
    }

    /** Every login the person had, ignoring case; none when the key is destroyed. */
    public Set<String> logins() {
        return logins;
    }

    /** Every address of mail, ignoring case. */
    public Set<String> emails() {
        return emails;
    }

    /** Every repository the person ever owned. */
    public Set<Long> repositories() {
        return repositories;
    }

    /** Under which addresses those were. */
    public Set<Address> addresses() {
        return addresses;
    }

    /** The position at which the account was deleted; 0 when it is not. */
    public long deletedAt() {
        return deletedAt;
    }

    /** Whether a text has one of the logins or addresses of mail in it, be it by chance. */
    public boolean areIn(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return logins.stream().anyMatch(login -> lower.contains(login.toLowerCase(Locale.ROOT)))
                || emails.stream().anyMatch(email -> lower.contains(email.toLowerCase(Locale.ROOT)));
    }
}
