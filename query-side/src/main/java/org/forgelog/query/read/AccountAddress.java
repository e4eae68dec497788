package org.forgelog.query.read;

import org.jspecify.annotations.Nullable;

/**
 * How a client names an account.
 *
 * @param login its login; {@code null} when it is named by id
 */
public record AccountAddress(@Nullable String login, long id) {

    public static AccountAddress login(String login) {
        return new AccountAddress(login, 0);
    }

    public static AccountAddress id(long id) {
        return new AccountAddress(null, id);
    }

    /** The account's id. */
    long in(ReadContext read) {
        return login == null ? id : read.names().account(login);
    }
}
