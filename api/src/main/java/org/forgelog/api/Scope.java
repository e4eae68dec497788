package org.forgelog.api;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * GitHub's classic scopes that mean something here: what a token may be used for. They give nobody a right that they do
 * not have.
 */
public enum Scope {
    PUBLIC_REPO("public_repo"),
    /** Private repositories, too. */
    REPO("repo", PUBLIC_REPO),
    DELETE_REPO("delete_repo"),
    READ_USER("read:user"),
    USER_EMAIL("user:email"),
    USER("user", READ_USER, USER_EMAIL),
    READ_ORG("read:org"),
    WRITE_ORG("write:org", READ_ORG),
    ADMIN_ORG("admin:org", WRITE_ORG, READ_ORG),
    SITE_ADMIN("site_admin");

    private final String word;
    private final Set<Scope> contained;

    Scope(String word, Scope... contained) {
        this.word = word;
        this.contained = Set.of(contained);
    }

    /** As clients write it. */
    public String word() {
        return word;
    }

    /** Whether who has this one may do what {@code other} is for. */
    public boolean covers(Scope other) {
        return this == other || contained.contains(other);
    }

    /** The scope of that name; empty for one that means nothing here. */
    public static Optional<Scope> of(String word) {
        return Arrays.stream(values())
                .filter(scope -> scope.word.equals(word.toLowerCase(Locale.ROOT)))
                .findFirst();
    }
}
