package org.forgelog.api.representation;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.account.AccountKind;

/** An account where it is only mentioned (GitHub's {@code simple-user}). */
public record SimpleUser(
        String login, long id, String type, String userViewType, boolean siteAdmin, @JsonUnwrapped AccountLinks links) {

    /** How much of an account everybody sees. */
    static final String PUBLIC = "public";

    /** Stands for an account that was deleted. */
    public static final String GHOST_LOGIN = "ghost";

    public static SimpleUser of(Links links, AccountId id, String login, AccountKind kind, boolean siteAdmin) {
        return new SimpleUser(
                login, id.value(), type(kind), PUBLIC, siteAdmin, AccountLinks.of(links, id.value(), login, kind));
    }

    /** What is shown in place of a deleted account: the id stays, so that its things can still be told apart. */
    public static SimpleUser ghost(Links links, AccountId id) {
        return of(links, id, GHOST_LOGIN, AccountKind.USER, false);
    }

    static String type(AccountKind kind) {
        return switch (kind) {
            case USER -> "User";
            case ORGANIZATION -> "Organization";
        };
    }
}
