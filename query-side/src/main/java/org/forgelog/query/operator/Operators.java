package org.forgelog.query.operator;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.forgelog.api.Caller;
import org.forgelog.api.http.Authenticator;
import org.forgelog.api.http.Callers;
import org.forgelog.api.http.FailedLogins;
import org.forgelog.api.http.HttpFailure;
import org.forgelog.domain.Rejection;
import org.forgelog.query.operator.OperatorHttp.OperatorToken;

/** Who may operate: the site administrator, or whoever has the operators' token. */
public final class Operators {

    /** The header that carries the operators' token. */
    static final String TOKEN = "X-Forgelog-Operator-Token";

    private final OperatorToken token;
    private static final String OPERATOR = "operator";
    private static final String SITE_ADMINISTRATOR = "site administrator";

    private final FailedLogins failed;
    private final Authenticator authenticator;

    Operators(OperatorToken token, FailedLogins failed, Authenticator authenticator) {
        this.token = token;
        this.failed = failed;
        this.authenticator = authenticator;
    }

    /**
     * Lets operators in.
     *
     * @return who it is, for people
     * @throws HttpFailure 401 when nobody asks, {@link Rejection} when it is somebody who may not
     */
    String check(HttpServletRequest request) {
        Optional<String> administrator = administrator(Callers.of(request));
        if (administrator.isPresent()) {
            return administrator.get();
        }
        String given = request.getHeader(TOKEN);
        if (given != null && failed.check(request, given, () -> operator(given)).isPresent()) {
            return OPERATOR;
        }
        if (Callers.of(request).isAnonymous()) {
            throw HttpFailure.authenticationRequired();
        }
        throw Rejection.forbidden("Operators only");
    }

    /**
     * Who has a token that lets operate.
     *
     * @throws HttpFailure 429 when too many tokens of the request's address were none
     */
    public Optional<String> holder(HttpServletRequest request, String given) {
        return failed.check(request, given, () -> operator(given)
                .map(known -> OPERATOR)
                .or(() -> authenticator.callerOf(given).flatMap(Operators::administrator)));
    }

    private static Optional<String> administrator(Caller caller) {
        return Optional.of(caller)
                .filter(Caller::siteAdmin)
                .map(known -> known.login() == null ? SITE_ADMINISTRATOR : known.login());
    }

    private Optional<OperatorToken> operator(String given) {
        return Optional.of(token).filter(known -> !known.value().isEmpty() && same(given, known.value()));
    }

    private static boolean same(String a, String b) {
        return MessageDigest.isEqual(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }
}
