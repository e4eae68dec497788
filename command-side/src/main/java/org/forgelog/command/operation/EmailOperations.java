package org.forgelog.command.operation;

import java.util.List;
import org.forgelog.api.representation.EmailJson;
import org.forgelog.command.execution.Answer;
import org.forgelog.command.execution.Session;
import org.forgelog.domain.Change;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.account.Account;
import org.forgelog.domain.account.AccountCommand.AddEmails;
import org.forgelog.domain.account.AccountCommand.EditProfile;
import org.forgelog.domain.account.AccountCommand.RemoveEmails;
import org.forgelog.domain.account.Profile;

/** The addresses of the caller's own account. The first is the primary one; which of them the profile shows, the user says. */
public final class EmailOperations {

    private static final String RESOURCE = "UserEmail";

    private EmailOperations() {}

    /** {@code POST /user/emails}: answers with all of them. */
    public static Answer add(Session session, Request request) {
        List<String> emails = given(request);
        Account account = session.send(new AddEmails(request.actorId(), emails, session.now()));
        return Answer.created(json(account), request.links().base() + "/user/emails");
    }

    /** {@code DELETE /user/emails}: any but the primary one. */
    public static Answer remove(Session session, Request request) {
        session.send(new RemoveEmails(request.actorId(), given(request), session.now()));
        return Answer.noContent();
    }

    /** {@code PATCH /user/email/visibility}: whether the profile shows the primary address. */
    public static Answer show(Session session, Request request) {
        Fields fields = request.fields(RESOURCE);
        fields.requiredText("visibility");
        String word = fields.word("visibility");
        fields.check();
        Account account = session.account(request.actorId()).orElseThrow(Rejection::notFound);
        String primary = account.primaryEmail();
        if (primary == null) {
            throw Rejection.notFound();
        }
        boolean shown = primary.equalsIgnoreCase(account.profile().email());
        if (shown != EmailJson.PUBLIC.equals(word)) {
            account = session.send(new EditProfile(
                    account.id(), Profile.Changes.ofEmail(Change.to(shown ? null : primary)), session.now()));
        }
        return Answer.ok(json(account).subList(0, 1));
    }

    private static List<String> given(Request request) {
        Fields fields = request.fields(RESOURCE);
        List<String> emails = fields.requiredTexts("emails");
        fields.check();
        return emails;
    }

    private static List<EmailJson> json(Account account) {
        return EmailJson.all(account.emails(), account.profile().email());
    }
}
