package org.forgelog.command.importing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.forgelog.command.directory.AccountRow;
import org.forgelog.command.importing.Fact.AccountSeen;
import org.forgelog.command.importing.Fact.Person;
import org.forgelog.command.importing.Fact.Role;
import org.forgelog.command.importing.ImportIndex.Imported;
import org.forgelog.domain.Change;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.account.Account;
import org.forgelog.domain.account.AccountCommand;
import org.forgelog.domain.account.AccountCommand.EditProfile;
import org.forgelog.domain.account.AccountCommand.RegisterAccount;
import org.forgelog.domain.account.AccountCommand.RegisterOrganization;
import org.forgelog.domain.account.AccountCommand.SetMember;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.account.AccountKind;
import org.forgelog.domain.account.Login;
import org.forgelog.domain.account.OrganizationRole;
import org.forgelog.domain.account.Profile;
import org.jspecify.annotations.Nullable;

/**
 * Whose accounts people have here. Somebody whose login is one here is that one; everybody else gets a placeholder, an
 * account that is suspended until it is claimed.
 */
final class ImportedAccounts {

    /** Admin of organizations whose admins are not told: one has to be there. */
    private static final String STAND_IN = "x/organization-admin";

    private static final String STAND_IN_LOGIN = "organization-admin";

    private final ImportTransaction transaction;
    private final Map<String, AccountRow> here = new HashMap<>();
    private final Map<AccountId, String> logins = new HashMap<>();
    private final Set<String> madeNow = new HashSet<>();
    private final Set<AccountId> idsMadeNow = new HashSet<>();

    ImportedAccounts(ImportTransaction transaction) {
        this.transaction = transaction;
    }

    static String key(Person person) {
        return "u/" + ImportedText.key(person.login());
    }

    static String describedKey(Person person) {
        return "d/" + key(person);
    }

    /** Looks up all of these at once; what is known of their identities is loaded already. */
    void load(Collection<Person> people) {
        Set<String> strangers = new HashSet<>();
        List<AccountId> ids = new ArrayList<>();
        for (Person person : people) {
            AccountId known = find(person);
            if (known == null) {
                strangers.add(ImportedText.key(ImportedText.login(person.login())));
            } else {
                ids.add(known);
            }
        }
        if (!strangers.isEmpty()) {
            strangers.add(STAND_IN_LOGIN);
        }
        here.putAll(transaction.session().directory().accountsByKey(strangers));
        transaction.session().directory().accounts(ids).forEach((id, row) -> logins.put(id, row.login()));
    }

    /** Adds the account, if it is here and is to be described. */
    void changing(AccountSeen seen, Set<String> aggregates) {
        AccountId id = find(seen.person());
        if (id != null && transaction.known(describedKey(seen.person())) == null) {
            aggregates.add(id.aggregateId());
        }
    }

    /** The account that somebody is known to have; {@code null} when none is known. */
    @Nullable
    AccountId find(Person person) {
        Imported known = transaction.known(key(person));
        return known == null || known.localId() == null ? null : new AccountId(known.localId());
    }

    /** Whether it was made in this transaction. */
    boolean isNew(AccountId id) {
        return idsMadeNow.contains(id);
    }

    /** The account of somebody, which is made when there is none. */
    AccountId of(Person person, Instant seenAt) {
        return of(person, seenAt, null, null, List.of());
    }

    String login(AccountId id) {
        String login = logins.get(id);
        if (login == null) {
            throw new IllegalStateException("an account was not looked up: " + id);
        }
        return login;
    }

    void take(AccountSeen seen) {
        Instant at = seen.createdAt() == null ? Instant.EPOCH : seen.createdAt();
        AccountId id = of(seen.person(), at, seen.email(), seen.name(), seen.members());
        String key = describedKey(seen.person());
        if (transaction.known(key) != null) {
            return;
        }
        transaction.remember(key, id.value(), null, null);
        if (seen.person().organization()) {
            for (Role role : seen.members()) {
                AccountId member = of(role.person(), at);
                OrganizationRole as = role.admin() ? OrganizationRole.ADMIN : OrganizationRole.MEMBER;
                if (sent(id, new SetMember(id, member, as, at))) {
                    transaction.taken("members of organizations");
                }
            }
        }
        if (!seen.person().organization()) {
            sent(id, new EditProfile(id, profile(seen), at));
        }
    }

    private boolean sent(AccountId id, AccountCommand command) {
        Account state = transaction.session().account(id).orElse(null);
        return transaction.send(command, () -> Account.decide(state, command));
    }

    private Profile.Changes profile(AccountSeen seen) {
        return new Profile.Changes(
                change(seen.name(), Profile.LINE_LIMIT),
                null,
                change(seen.blog(), Profile.LINE_LIMIT),
                null,
                change(seen.company(), Profile.LINE_LIMIT),
                change(seen.location(), Profile.LINE_LIMIT),
                null,
                change(seen.bio(), Profile.BIO_LIMIT),
                null);
    }

    private @Nullable Change<String> change(@Nullable String text, int limit) {
        return text == null || text.isEmpty() ? null : Change.to(transaction.text(text, limit, true));
    }

    private AccountId of(Person person, Instant at, @Nullable String email, @Nullable String name, List<Role> members) {
        String key = key(person);
        AccountId known = find(person);
        if (known != null) {
            return known;
        }
        String login = ImportedText.login(person.login());
        AccountRow row = here.get(ImportedText.key(login));
        AccountId id;
        if (row != null && login.equalsIgnoreCase(person.login())) {
            id = row.id();
            logins.put(id, row.login());
            transaction.mapped("people who have an account here");
            transaction.remember(describedKey(person), id.value(), null, null);
        } else {
            login = free(login);
            if (!login.equalsIgnoreCase(person.login())) {
                transaction.mapped("logins that cannot be used here");
            }
            id = person.organization() ? organization(login, at, name, members) : placeholder(login, at, email);
        }
        transaction.remember(key, id.value(), null, null);
        return id;
    }

    /** That login, which was looked up, or one like it. */
    private String free(String login) {
        String key = ImportedText.key(login);
        if (!here.containsKey(key) && !madeNow.contains(key)) {
            return login;
        }
        for (int i = 2; ; i++) {
            String other = ImportedText.login(login, i);
            if (transaction.session().directory().account(new Login(other)).isEmpty()) {
                return other;
            }
        }
    }

    private AccountId placeholder(String login, Instant at, @Nullable String email) {
        AccountId id = new AccountId(transaction.index().nextId());
        RegisterAccount command = new RegisterAccount(id, new Login(login), AccountKind.USER, address(email), true, at);
        transaction.send(command, () -> Account.decide(null, command));
        made(id, login);
        transaction.taken("placeholder accounts");
        return id;
    }

    private static @Nullable String address(@Nullable String email) {
        try {
            return email == null ? null : Profile.checkEmail(email);
        } catch (Rejection e) {
            return null;
        }
    }

    private AccountId organization(String login, Instant at, @Nullable String name, List<Role> members) {
        AccountId admin = members.stream()
                .filter(Role::admin)
                .findFirst()
                .map(role -> of(role.person(), at))
                .orElseGet(() -> standIn(at));
        AccountId id = new AccountId(transaction.index().nextId());
        String called = name == null ? null : transaction.text(name, Profile.LINE_LIMIT, true);
        RegisterOrganization command = new RegisterOrganization(id, new Login(login), admin, called, at);
        transaction.send(command, () -> Account.decide(null, command));
        made(id, login);
        transaction.taken("organizations");
        return id;
    }

    private AccountId standIn(Instant at) {
        Imported known = transaction.known(STAND_IN);
        if (known != null && known.localId() != null) {
            return new AccountId(known.localId());
        }
        AccountId id = placeholder(free(STAND_IN_LOGIN), at, null);
        transaction.mapped("organizations whose admins are not told");
        transaction.remember(STAND_IN, id.value(), null, null);
        return id;
    }

    static List<String> alwaysNeeded() {
        return List.of(STAND_IN);
    }

    private void made(AccountId id, String login) {
        madeNow.add(ImportedText.key(login));
        idsMadeNow.add(id);
        logins.put(id, login);
    }
}
