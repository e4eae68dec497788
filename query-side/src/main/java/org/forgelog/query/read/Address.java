package org.forgelog.query.read;

import org.forgelog.domain.PublicIds;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.account.Login;
import org.forgelog.domain.repository.RepositoryName;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.Keys;
import org.jspecify.annotations.Nullable;

/**
 * How a client names a repository.
 *
 * @param name the item that knows which repository has the name; {@code null} when it was named by id
 * @param owner the item that knows whose the login in the name is; {@code null} with {@code name}
 * @param id its id; {@code null} when it was named by name
 */
public record Address(@Nullable ItemKey name, @Nullable ItemKey owner, @Nullable Long id) {

    /** @throws Rejection not found, when nothing can have such a name */
    public static Address of(String owner, String repository) {
        try {
            return new Address(
                    Keys.repositoryName(new Login(owner).value(), new RepositoryName(repository).value()),
                    Keys.login(owner),
                    null);
        } catch (Rejection e) {
            throw Rejection.notFound();
        }
    }

    /** @throws Rejection not found, when nothing can have such an id */
    public static Address of(String id) {
        return of(number(id));
    }

    public static Address of(long id) {
        return new Address(null, null, id);
    }

    /** The item that knows which account has the login. */
    public static ItemKey login(String login) {
        try {
            return Keys.login(new Login(login).value());
        } catch (Rejection e) {
            throw Rejection.notFound();
        }
    }

    /** An id or number from a path. */
    public static long number(String text) {
        if (text.matches("[0-9]{1,16}")) {
            long number = Long.parseLong(text);
            if (number >= 1 && number <= PublicIds.MAX) {
                return number;
            }
        }
        throw Rejection.notFound();
    }
}
