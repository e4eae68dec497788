package org.forgelog.command.operation;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.forgelog.command.directory.AccountRow;
import org.forgelog.command.directory.RepositoryRow;
import org.forgelog.command.execution.Session;
import org.forgelog.domain.Permission;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.Rejection.Fault;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.account.AccountKind;
import org.forgelog.domain.account.Login;

/**
 * Finds those whom clients want to assign. As on GitHub these can be those with push access, members of the organization
 * that owns the repository, the author, and whoever commented, as far as they see the repository; others are silently
 * left out, but where they come with the other fields of an issue.
 */
final class Assignees {

    private Assignees() {}

    /** Those of {@code logins} who may be assigned to an issue that {@code author} is about to open. */
    static List<AccountId> assignable(
            Session session, RepositoryRow repository, AccountId author, Collection<String> logins) {
        return assignable(session, repository, Set.of(author), found(session, logins));
    }

    /** Those of {@code logins} who may be assigned to {@code conversation}. */
    static List<AccountId> assignable(Session session, Conversation conversation, Collection<String> logins) {
        List<AccountRow> accounts = found(session, logins);
        Set<AccountId> involved = new HashSet<>(session.directory()
                .conversations()
                .commentators(
                        conversation.repository().id(),
                        conversation.kind(),
                        conversation.number(),
                        accounts.stream().map(AccountRow::id).toList()));
        involved.add(conversation.authorId());
        return assignable(session, conversation.repository(), involved, accounts);
    }

    /**
     * All that was asked for, where assignees come with the other fields of an issue.
     *
     * @throws Rejection when somebody of {@code logins} cannot be assigned
     */
    static List<AccountId> required(List<AccountId> assignable, Collection<String> logins) {
        long asked = logins.stream()
                .map(login -> login.toLowerCase(Locale.ROOT))
                .distinct()
                .count();
        if (assignable.size() < asked) {
            throw Rejection.invalid("Issue", "assignees", Fault.INVALID, null);
        }
        return assignable;
    }

    private static List<AccountId> assignable(
            Session session, RepositoryRow repository, Set<AccountId> involved, List<AccountRow> accounts) {
        List<AccountId> users = accounts.stream()
                .filter(account -> account.kind() == AccountKind.USER)
                .map(AccountRow::id)
                .toList();
        var accesses = session.directory().rights().accesses(repository, users);
        return users.stream()
                .filter(id -> {
                    var access = accesses.get(id);
                    Permission permission = access == null ? Permission.NONE : access.permission();
                    boolean near = involved.contains(id) || (access != null && access.role() != null);
                    return permission.covers(near ? Permission.READ : Permission.WRITE);
                })
                .toList();
    }

    /** Those of {@code logins} who exist, in their order. */
    static List<AccountRow> found(Session session, Collection<String> logins) {
        List<String> keys = logins.stream().flatMap(Assignees::key).distinct().toList();
        Map<String, AccountRow> accounts = session.directory().accountsByKey(keys);
        return keys.stream().map(accounts::get).filter(Objects::nonNull).toList();
    }

    /** Nothing for what cannot be a login. */
    private static Stream<String> key(String login) {
        try {
            return Stream.of(new Login(login).key());
        } catch (Rejection malformed) {
            return Stream.of();
        }
    }
}
