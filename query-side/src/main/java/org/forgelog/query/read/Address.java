package org.forgelog.query.read;

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
}
