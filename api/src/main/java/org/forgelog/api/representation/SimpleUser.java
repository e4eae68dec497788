package org.forgelog.api.representation;

import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.account.AccountKind;

/** An account where it is only mentioned (GitHub's {@code simple-user}). */
public record SimpleUser(
        String login,
        long id,
        String type,
        boolean siteAdmin,
        String url,
        String reposUrl,
        String starredUrl,
        String organizationsUrl) {

    /** Stands for an account that was deleted. */
    public static final String GHOST_LOGIN = "ghost";

    public static SimpleUser of(Links links, AccountId id, String login, AccountKind kind, boolean siteAdmin) {
        String url = links.user(login);
        return new SimpleUser(
                login,
                id.value(),
                type(kind),
                siteAdmin,
                url,
                url + "/repos",
                url + "/starred{/owner}{/repo}",
                url + "/orgs");
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
