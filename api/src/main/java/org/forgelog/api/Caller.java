package org.forgelog.api;

import org.forgelog.domain.account.AccountId;
import org.jspecify.annotations.Nullable;

/**
 * Who is calling.
 *
 * @param accountId the account the caller acts as; {@code null} for nobody and for the site administrator, who has no
 *     account
 * @param login the account's login at the time the token was looked up
 * @param tokenId the token used; {@code null} when there was none
 * @param siteAdmin whether it is the site administrator, or a user who was made one and acts as one
 * @param scopes what the token may be used for
 */
public record Caller(
        @Nullable AccountId accountId,
        @Nullable String login,
        @Nullable Long tokenId,
        boolean siteAdmin,
        boolean suspended,
        Scopes scopes) {

    public static final Caller ANONYMOUS = new Caller(null, null, null, false, false, Scopes.NONE);
    public static final Caller SITE_ADMIN = new Caller(null, null, null, true, false, Scopes.ALL);

    /** A site administrator is one with a token for that alone, and not while suspended. */
    public static Caller user(
            AccountId accountId, String login, long tokenId, boolean siteAdmin, boolean suspended, Scopes scopes) {
        return new Caller(
                accountId, login, tokenId, siteAdmin && !suspended && scopes.has(Scope.SITE_ADMIN), suspended, scopes);
    }

    public boolean isAnonymous() {
        return accountId == null && !siteAdmin;
    }

    public boolean is(AccountId other) {
        return other.equals(accountId);
    }

    /** A short text that is the same for the same caller: what cursors and idempotency keys are bound to. */
    public String key() {
        return accountId != null ? accountId.sequenceKey() : siteAdmin ? "admin" : "anonymous";
    }
}
