package org.forgelog.command.operation;

import org.forgelog.api.representation.Links;
import org.forgelog.command.directory.AccountRow;
import org.forgelog.command.directory.Directory.Lock;
import org.forgelog.command.directory.Rights;
import org.forgelog.command.execution.Answer;
import org.forgelog.command.execution.Session;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.Rejection.Fault;
import org.forgelog.domain.account.Account;
import org.forgelog.domain.account.AccountCommand.DeleteAccount;
import org.forgelog.domain.account.AccountCommand.DemoteAccount;
import org.forgelog.domain.account.AccountCommand.PromoteAccount;
import org.forgelog.domain.account.AccountCommand.RegisterAccount;
import org.forgelog.domain.account.AccountCommand.RemoveMember;
import org.forgelog.domain.account.AccountCommand.RenameAccount;
import org.forgelog.domain.account.AccountCommand.SuspendAccount;
import org.forgelog.domain.account.AccountCommand.UnsuspendAccount;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.account.AccountKind;
import org.forgelog.domain.account.Login;
import org.forgelog.domain.repository.RepositoryCommand.DeleteRepository;
import org.forgelog.domain.repository.RepositoryCommand.FollowOwnerLogin;
import org.forgelog.domain.repository.RepositoryCommand.RemoveCollaborator;
import org.forgelog.domain.repository.RepositoryId;
import org.forgelog.domain.star.StarCommand.UnstarRepository;
import org.forgelog.domain.star.StarKey;
import org.forgelog.domain.subscription.SubscriptionCommand.Unsubscribe;
import org.forgelog.domain.subscription.SubscriptionKey;

/** What the site administrator does to accounts. */
public final class AdminOperations {

    private static final String RESOURCE = "User";

    private AdminOperations() {}

    /** What a renaming answers, in GitHub's words; here it is done already. */
    public record RenameAccepted(String message, String url) {}

    /** {@code POST /admin/users}. */
    public static Answer register(Session session, Request request) {
        Fields fields = request.fields(RESOURCE);
        String givenLogin = fields.requiredText("login");
        String email = fields.text("email");
        boolean suspended = fields.flag("suspended", false);
        fields.check();
        Login login = new Login(givenLogin);
        requireFree(session, RESOURCE, login);
        AccountId id = new AccountId(session.directory().nextPublicId());
        Account account =
                session.send(new RegisterAccount(id, login, AccountKind.USER, email, suspended, session.now()));
        Links links = request.links();
        AccountRow row = new AccountRow(id, account.login(), account.kind(), account.suspended(), false, false);
        return Answer.created(row.mention(links), links.user(account.login()));
    }

    /** {@code PATCH /admin/users/{username}}: another login, for the account and the addresses of its repositories. */
    public static Answer rename(Session session, Request request) {
        AccountRow account = account(session, request);
        rename(session, request, account, RESOURCE);
        return Answer.accepted(new RenameAccepted(
                "Job queued to rename user. It may take a few minutes to complete.",
                request.links().base() + "/user/" + account.id()));
    }

    /** Gives an account, which is locked for change, the login that the body says. */
    static void rename(Session session, Request request, AccountRow account, String resource) {
        Fields fields = request.fields(resource);
        String givenLogin = fields.requiredText("login");
        fields.check();
        Login login = new Login(givenLogin);
        if (!login.key().equals(new Login(account.login()).key())) {
            requireFree(session, resource, login);
        }
        session.send(new RenameAccount(account.id(), login, session.now()));
        for (RepositoryId repository : session.directory().repositoriesOf(account.id())) {
            session.send(new FollowOwnerLogin(repository, login.value(), session.now()));
        }
    }

    /**
     * {@code DELETE /admin/users/{username}}: with its repositories, stars, memberships and rights on what others own;
     * its tokens are worth nothing then. The only admin of an organization stays.
     */
    public static Answer delete(Session session, Request request) {
        delete(session, account(session, request).id());
        return Answer.noContent();
    }

    /** Deletes a user, with all that goes with one. */
    public static void delete(Session session, AccountId account) {
        for (RepositoryId repository : session.directory().repositoriesOf(account)) {
            session.send(new DeleteRepository(repository, session.now()));
        }
        Rights rights = session.directory().rights();
        for (RepositoryId repository : rights.sharedWith(account, null)) {
            session.send(new RemoveCollaborator(repository, account, account, session.now()));
        }
        for (AccountId organization : rights.organizationsOf(account)) {
            session.send(new RemoveMember(organization, account, session.now()));
        }
        for (RepositoryId repository : session.directory().starredBy(account)) {
            session.send(new UnstarRepository(new StarKey(account, repository), session.now()));
        }
        for (RepositoryId repository : session.directory().subscribedBy(account)) {
            session.send(new Unsubscribe(new SubscriptionKey(account, repository), session.now()));
        }
        session.send(new DeleteAccount(account, session.now()));
    }

    /** {@code PUT /users/{username}/suspended}. */
    public static Answer suspend(Session session, Request request) {
        session.send(new SuspendAccount(account(session, request).id(), session.now()));
        return Answer.noContent();
    }

    /** {@code DELETE /users/{username}/suspended}. */
    public static Answer unsuspend(Session session, Request request) {
        session.send(new UnsuspendAccount(account(session, request).id(), session.now()));
        return Answer.noContent();
    }

    /** {@code PUT /users/{username}/site_admin}. */
    public static Answer promote(Session session, Request request) {
        session.send(new PromoteAccount(account(session, request).id(), session.now()));
        return Answer.noContent();
    }

    /** {@code DELETE /users/{username}/site_admin}: of others, so that one always stays. */
    public static Answer demote(Session session, Request request) {
        AccountRow account = account(session, request);
        if (request.caller().is(account.id())) {
            throw Rejection.forbidden("You cannot demote yourself.");
        }
        session.send(new DemoteAccount(account.id(), session.now()));
        return Answer.noContent();
    }

    static AccountRow account(Session session, Request request) {
        return session.directory()
                .account(request.login("username"), Lock.CHANGE)
                .filter(row -> row.kind() == AccountKind.USER)
                .orElseThrow(Rejection::notFound);
    }

    static void requireFree(Session session, String resource, Login login) {
        if (session.directory().account(login).isPresent()) {
            throw Rejection.invalid(resource, "login", Fault.ALREADY_EXISTS, "login is already taken");
        }
    }
}
