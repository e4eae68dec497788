package org.forgelog.command.operation;

import java.util.Map;
import org.forgelog.api.Caller;
import org.forgelog.api.Scope;
import org.forgelog.api.http.AcceptedScopes;
import org.forgelog.api.openapi.Operation;
import org.forgelog.api.representation.Links;
import org.forgelog.command.directory.AccountRow;
import org.forgelog.domain.PublicIds;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.account.Login;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request for an operation.
 *
 * @param operation what is asked for, as it is declared
 * @param path as the client sent it
 * @param variables the parts of the path that have a name, decoded
 * @param actor the account that acts; {@code null} for the site administrator
 * @param alone whether the client sees the answer of this operation as an answer of its own: a command of a batch cannot
 *     be sent elsewhere
 */
public record Request(
        Operation operation,
        String path,
        Map<String, String> variables,
        ObjectNode body,
        Caller caller,
        @Nullable AccountRow actor,
        Links links,
        boolean alone) {

    private static final AcceptedScopes PRIVATE = AcceptedScopes.of(Scope.REPO);

    /** A number or id in the path. Whatever cannot be one does not exist. */
    long number(String variable) {
        String text = variables.getOrDefault(variable, "");
        if (text.length() > 16 || !text.matches("[1-9][0-9]*")) {
            throw Rejection.notFound();
        }
        long number = Long.parseLong(text);
        if (number > PublicIds.MAX) {
            throw Rejection.notFound();
        }
        return number;
    }

    /** A login in the path. Whatever cannot be one does not exist. */
    Login login(String variable) {
        try {
            return new Login(variables.getOrDefault(variable, ""));
        } catch (Rejection malformed) {
            throw Rejection.notFound();
        }
    }

    /** Whether the site administrator asks, or a user who is one now and has a token for that. */
    boolean isOfSiteAdmin() {
        return Actors.isSiteAdmin(caller, actor);
    }

    /** @throws Rejection when what becomes of the request is private and the caller's token is not for that */
    void requireScopeFor(@Nullable Boolean isPrivate) {
        if (Boolean.TRUE.equals(isPrivate)) {
            PRIVATE.check(caller);
        }
    }

    /** The account that acts. */
    AccountRow requireActor() {
        if (actor == null) {
            throw new IllegalStateException("an operation of users was called without one");
        }
        return actor;
    }

    AccountId actorId() {
        return requireActor().id();
    }

    Fields fields(String resource) {
        return new Fields(operation, resource, body);
    }
}
