package org.forgelog.eventlog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which fields of stored events tell who a person is. Everything else names people by id, which tells nobody anything once
 * the account's own events do not. Texts that a person wrote are none of these: they are what was contributed.
 */
final class PersonalFields {

    /** What is read where the key is destroyed. */
    enum Erased {
        /** A login that nobody can have. */
        LOGIN,
        /** Nothing. */
        NULL,
        /** Nothing, where a list is wanted. */
        EMPTY
    }

    /**
     * A field.
     *
     * @param parent the object that it is in; empty for the event itself
     * @param person the event's field with the id of the person's account
     */
    record Field(String parent, String name, String person, Erased erased) {

        /** What an encrypted value is bound to, besides the person. */
        String context(String alias) {
            return alias + "/" + (parent.isEmpty() ? name : parent + "/" + name);
        }
    }

    private static final String ACCOUNT = "account_id";
    private static final String OWNER = "owner_id";
    private static final Map<String, List<Field>> BY_ALIAS = new HashMap<>();

    static {
        login("account-registered", "login", ACCOUNT);
        add("account-registered", new Field("", "email", ACCOUNT, Erased.NULL));
        for (String name :
                List.of("name", "email", "blog", "twitter_username", "company", "location", "bio", "payment_plan_id")) {
            add("profile-edited", new Field("changes", name, ACCOUNT, Erased.NULL));
        }
        add("emails-added", new Field("", "emails", ACCOUNT, Erased.EMPTY));
        add("emails-removed", new Field("", "emails", ACCOUNT, Erased.EMPTY));
        login("account-renamed", "old_login", ACCOUNT);
        login("account-renamed", "login", ACCOUNT);
        login("account-deleted", "login", ACCOUNT);
        add("token-issued", new Field("", "note", ACCOUNT, Erased.NULL));
        login("repository-created", "owner_login", OWNER);
        login("repository-renamed", "owner_login", OWNER);
        login("repository-owner-renamed", "old_owner_login", OWNER);
        login("repository-owner-renamed", "owner_login", OWNER);
        login("repository-transferred", "old_owner_login", "old_owner_id");
        login("repository-transferred", "owner_login", OWNER);
        login("repository-deleted", "owner_login", OWNER);
    }

    private PersonalFields() {}

    private static void login(String alias, String name, String person) {
        add(alias, new Field("", name, person, Erased.LOGIN));
    }

    private static void add(String alias, Field field) {
        BY_ALIAS.computeIfAbsent(alias, key -> new ArrayList<>()).add(field);
    }

    static List<Field> of(String alias) {
        return BY_ALIAS.getOrDefault(alias, List.of());
    }
}
