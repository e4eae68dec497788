package org.forgelog.command.operation;

import org.forgelog.api.Caller;
import org.forgelog.api.Scope;
import org.forgelog.api.http.HttpFailure;
import org.forgelog.api.openapi.Operation.Audience;
import org.forgelog.command.directory.AccountRow;
import org.forgelog.command.execution.Session;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.Rejection.Code;
import org.forgelog.domain.account.AccountId;
import org.jspecify.annotations.Nullable;

/** Finds who acts, and whether such a caller may ask for an operation at all. */
public final class Actors {

    private Actors() {}

    /**
     * The account that acts, {@code null} for the site administrator.
     *
     * @throws HttpFailure when nobody is calling
     * @throws Rejection when this caller is none of those whom the operation is for
     */
    public static @Nullable AccountRow actor(Audience audience, Session session, Caller caller) {
        if (caller.isAnonymous()) {
            throw HttpFailure.authenticationRequired();
        }
        AccountId id = caller.accountId();
        AccountRow account = id == null ? null : account(session, id);
        switch (audience) {
            case USER -> {
                if (account == null) {
                    throw Rejection.forbidden("The site administrator has no account to do this with.");
                }
            }
            case SITE_ADMIN -> {
                if (!isSiteAdmin(caller, account)) {
                    throw Rejection.forbidden("Must be a site administrator.");
                }
            }
            case ANYBODY, USER_OR_SITE_ADMIN -> {}
            case OPERATOR -> throw new IllegalStateException("operators' operations are no commands");
        }
        return account;
    }

    /** The caller was looked up a moment ago; here is what holds now. */
    private static AccountRow account(Session session, AccountId id) {
        AccountRow account =
                session.directory().account(id).filter(row -> !row.deleted()).orElseThrow(HttpFailure::badCredentials);
        if (account.suspended()) {
            throw Rejection.of(Code.SUSPENDED, "Sorry. Your account was suspended.");
        }
        return account;
    }

    /**
     * Whether the site administrator asks, or a user who is one now and has a token for that. Whoever signed in elsewhere has
     * no token of ours, and is one by a group there.
     */
    static boolean isSiteAdmin(Caller caller, @Nullable AccountRow account) {
        return account == null || caller.tokenId() == null
                ? caller.siteAdmin()
                : account.siteAdmin() && caller.scopes().has(Scope.SITE_ADMIN);
    }
}
