package org.forgelog.query.operator;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.forgelog.api.http.Callers;
import org.forgelog.api.http.FailedLogins;
import org.forgelog.api.http.HttpFailure;
import org.forgelog.domain.Rejection;
import org.forgelog.query.operator.OperatorHttp.OperatorToken;

/** Who may operate: the site administrator, or whoever has the operators' token. */
final class Operators {

    /** The header that carries the operators' token. */
    static final String TOKEN = "X-Forgelog-Operator-Token";

    private final OperatorToken token;
    private final FailedLogins failed;

    Operators(OperatorToken token, FailedLogins failed) {
        this.token = token;
        this.failed = failed;
    }

    /** @throws HttpFailure 401 when nobody asks, {@link Rejection} when it is somebody who may not */
    void check(HttpServletRequest request) {
        if (Callers.of(request).siteAdmin()) {
            return;
        }
        String given = request.getHeader(TOKEN);
        if (given != null && failed.check(request, given, () -> operator(given)).isPresent()) {
            return;
        }
        if (Callers.of(request).isAnonymous()) {
            throw HttpFailure.authenticationRequired();
        }
        throw Rejection.forbidden("Operators only");
    }

    private Optional<OperatorToken> operator(String given) {
        return Optional.of(token).filter(known -> !known.value().isEmpty() && same(given, known.value()));
    }

    private static boolean same(String a, String b) {
        return MessageDigest.isEqual(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }
}
