package org.forgelog.command.operation;

import org.forgelog.command.execution.Answer;
import org.forgelog.command.execution.Session;
import org.forgelog.domain.account.Account;
import org.forgelog.domain.account.AccountCommand.EditProfile;
import org.forgelog.domain.account.Profile;

/** What accounts do to themselves. */
public final class AccountOperations {

    private AccountOperations() {}

    /** {@code PATCH /user}. */
    public static Answer editProfile(Session session, Request request) {
        Fields fields = request.fields("User");
        Profile.Changes changes = new Profile.Changes(
                fields.textChange("name"),
                fields.textChange("email"),
                fields.textChange("blog"),
                fields.textChange("twitter_username"),
                fields.textChange("company"),
                fields.textChange("location"),
                fields.flagChange("hireable"),
                fields.textChange("bio"),
                fields.textChange("payment_plan_id"));
        fields.check();
        Account account = session.send(new EditProfile(request.actorId(), changes, session.now()));
        return Answer.ok(new Representations(session, request).self(account));
    }
}
