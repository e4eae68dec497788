package org.forgelog.api.http;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.forgelog.api.Caller;
import org.forgelog.api.Scope;
import org.forgelog.api.Scopes;
import org.forgelog.domain.Rejection;

/** The scopes that a route accepts, one of which a token must have; none for routes that need none. */
public record AcceptedScopes(List<Scope> scopes) {

    /** Of routes that need none, and where there is no route. */
    public static final AcceptedScopes NONE = new AcceptedScopes(List.of());

    /** The answer's header with what the token was granted. */
    static final String GRANTED = "X-OAuth-Scopes";

    private static final String ACCEPTED = "X-Accepted-OAuth-Scopes";

    public AcceptedScopes {
        scopes = List.copyOf(scopes);
    }

    public static AcceptedScopes of(Scope... scopes) {
        return new AcceptedScopes(List.of(scopes));
    }

    /** Says in the answer what is accepted, whether or not it was granted. */
    public void tell(HttpServletResponse response) {
        response.setHeader(ACCEPTED, Scopes.text(scopes));
    }

    /** @throws Rejection when {@code caller} has a token that is not for this */
    public void check(Caller caller) {
        if (!caller.isAnonymous() && !caller.scopes().allow(scopes)) {
            throw Rejection.forbidden(
                    "Your token has not been granted the required scopes, one of: " + Scopes.text(scopes));
        }
    }
}
