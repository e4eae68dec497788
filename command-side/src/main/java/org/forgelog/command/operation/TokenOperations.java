package org.forgelog.command.operation;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.forgelog.api.representation.TokenJson;
import org.forgelog.command.directory.AccountRow;
import org.forgelog.command.execution.Answer;
import org.forgelog.command.execution.Session;
import org.forgelog.domain.Digests;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.Rejection.Fault;
import org.forgelog.domain.Texts;
import org.forgelog.domain.account.AccountCommand.IssueToken;
import org.forgelog.domain.account.AccountCommand.RevokeToken;

/** Tokens, which the site administrator issues and revokes. */
public final class TokenOperations {

    /** What our tokens start with, for people and secret scanners to recognise them. */
    public static final String PREFIX = "fl_";

    private static final String RESOURCE = "Authorization";
    private static final int RANDOM_BYTES = 20;
    private static final int SHOWN = 8;
    private static final int LINE_LIMIT = 255;
    private static final int SCOPES_LIMIT = 50;
    /** Most tokens that an account has at once. */
    private static final int TOKENS_LIMIT = 100;

    private static final SecureRandom random = new SecureRandom();

    private TokenOperations() {}

    /** {@code POST /admin/users/{username}/authorizations}. The token itself is in this answer and nowhere else. */
    public static Answer issue(Session session, Request request) {
        session.refuseToBeRemembered();
        AccountRow account = AdminOperations.account(session, request);
        Fields fields = request.fields(RESOURCE);
        List<String> scopes = fields.requiredTexts("scopes");
        String note = fields.text("note");
        if (scopes.size() > SCOPES_LIMIT) {
            fields.error("scopes", Fault.INVALID);
        }
        fields.check();
        if (session.directory().tokensOf(account.id()).size() >= TOKENS_LIMIT) {
            throw Rejection.invalid(
                    RESOURCE, "token", Fault.CUSTOM, "An account has at most " + TOKENS_LIMIT + " tokens: revoke some");
        }
        scopes.forEach(scope -> Texts.requiredLine(RESOURCE, "scopes", scope, LINE_LIMIT));
        Texts.line(RESOURCE, "note", note, LINE_LIMIT);
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        String token = PREFIX + HexFormat.of().formatHex(bytes);
        String hash = Digests.sha256(token);
        String lastEight = token.substring(token.length() - SHOWN);
        long id = session.directory().nextPublicId();
        session.send(new IssueToken(account.id(), id, hash, lastEight, scopes, note, session.now()));
        return new Answer(
                201,
                new TokenJson(
                        id,
                        request.links().base() + "/authorizations/" + id,
                        TokenJson.App.of(request.links()),
                        token,
                        hash,
                        lastEight,
                        scopes,
                        note,
                        null,
                        null,
                        session.now(),
                        session.now(),
                        null,
                        account.mention(request.links())),
                Map.of());
    }

    /** {@code DELETE /admin/users/{username}/authorizations}: all of them. */
    public static Answer revokeAll(Session session, Request request) {
        AccountRow account = AdminOperations.account(session, request);
        session.account(account.id());
        for (long token : session.directory().tokensOf(account.id())) {
            session.send(new RevokeToken(account.id(), token, session.now()));
        }
        return Answer.noContent();
    }

    /** {@code DELETE /admin/users/{username}/authorizations/{token_id}}. */
    public static Answer revoke(Session session, Request request) {
        AccountRow account = AdminOperations.account(session, request);
        session.send(new RevokeToken(account.id(), request.number("token_id"), session.now()));
        return Answer.noContent();
    }
}
