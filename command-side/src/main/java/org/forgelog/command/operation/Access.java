package org.forgelog.command.operation;

import org.forgelog.api.Caller;
import org.forgelog.api.Scope;
import org.forgelog.api.http.HttpFailure;
import org.forgelog.command.directory.AccountRow;
import org.forgelog.command.execution.Session;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.Rejection.Code;
import org.forgelog.domain.account.AccountId;
import org.jspecify.annotations.Nullable;

/** Who may ask for an operation at all. */
public enum Access {
    /** Anybody who has an account that is not suspended. */
    USER {
        @Override
        AccountRow actor(Session session, Caller caller) {
            AccountId id = caller.accountId();
            if (id == null) {
                throw Rejection.forbidden("The site administrator has no account to do this with.");
            }
            // The caller was looked up a moment ago; here is what holds now.
            AccountRow account = session.directory()
                    .account(id)
                    .filter(row -> !row.deleted())
                    .orElseThrow(HttpFailure::badCredentials);
            if (account.suspended()) {
                throw Rejection.of(Code.SUSPENDED, "Sorry. Your account was suspended.");
            }
            return account;
        }
    },
    /** Anybody who has an account that is not suspended, and the site administrator. */
    USER_OR_SITE_ADMIN {
        @Override
        @Nullable
        AccountRow actor(Session session, Caller caller) {
            return caller.accountId() == null ? null : USER.actor(session, caller);
        }
    },
    /** The site administrator, and users who were made one. */
    SITE_ADMIN {
        @Override
        @Nullable
        AccountRow actor(Session session, Caller caller) {
            AccountRow account = caller.accountId() == null ? null : USER.actor(session, caller);
            if (!isSiteAdmin(caller, account)) {
                throw Rejection.forbidden("Must be a site administrator.");
            }
            return account;
        }
    };

    /** Whether the site administrator asks, or a user who is one now and has a token for that. */
    static boolean isSiteAdmin(Caller caller, @Nullable AccountRow account) {
        return account == null
                ? caller.siteAdmin()
                : account.siteAdmin() && caller.scopes().has(Scope.SITE_ADMIN);
    }

    /**
     * The account that acts, {@code null} for the site administrator.
     *
     * @throws HttpFailure when nobody is calling
     * @throws Rejection when this caller may not
     */
    public @Nullable AccountRow check(Session session, Caller caller) {
        if (caller.isAnonymous()) {
            throw HttpFailure.authenticationRequired();
        }
        return actor(session, caller);
    }

    abstract @Nullable AccountRow actor(Session session, Caller caller);
}
