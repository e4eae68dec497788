package org.forgelog.query.http;

import java.util.List;
import java.util.function.Predicate;
import org.forgelog.api.openapi.Parameters;
import org.forgelog.api.representation.EmailJson;
import org.forgelog.api.representation.RepositoryJson;
import org.forgelog.api.representation.UserJson;
import org.forgelog.query.read.AccessPattern;
import org.forgelog.query.read.AccountAddress;
import org.forgelog.query.read.Accounts;
import org.forgelog.query.read.Listed;
import org.forgelog.query.read.PageRequest;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Accounts and what they own or opened. */
@RestController
class UserController {

    private final TypedEntries typed;

    UserController(JsonMapper json) {
        this.typed = new TypedEntries(json);
    }

    @GetMapping("/user")
    ResponseEntity<?> self(QueryRequest request) {
        return account(request, AccountAddress.id(request.self()));
    }

    @GetMapping("/user/emails")
    ResponseEntity<?> emails(QueryRequest request) {
        return emails(request, email -> true);
    }

    @GetMapping("/user/public_emails")
    ResponseEntity<?> publicEmails(QueryRequest request) {
        return emails(request, email -> EmailJson.PUBLIC.equals(email.visibility()));
    }

    private static ResponseEntity<?> emails(QueryRequest request, Predicate<EmailJson> wanted) {
        long self = request.self();
        PageRequest page = request.page();
        return request.answer(
                AccessPattern.EMAILS,
                read -> request.part(
                        page,
                        new Accounts(read).emails(self).stream().filter(wanted).toList(),
                        emails -> emails));
    }

    /** All of them and all organizations by id, after the one that {@code since} names. */
    @GetMapping("/users")
    ResponseEntity<?> all(QueryRequest request) {
        return request.list(AccessPattern.USERS, request.pageSince(), (read, page) -> new Accounts(read).all(page));
    }

    @GetMapping("/users/{username}")
    ResponseEntity<?> byLogin(QueryRequest request) {
        return account(request, AccountAddress.login(request.get(Parameters.USERNAME)));
    }

    @GetMapping("/user/{account_id}")
    ResponseEntity<?> byId(QueryRequest request) {
        return account(request, AccountAddress.id(request.get(Parameters.ACCOUNT_ID)));
    }

    private static ResponseEntity<?> account(QueryRequest request, AccountAddress address) {
        return request.one(AccessPattern.ACCOUNT_BY_LOGIN, read -> new Accounts(read).account(address));
    }

    /**
     * The account and its repositories, newest first: {@code {"account": user, "repositories": [repository]}}. Paged by
     * {@code Link}, the account on every page.
     */
    @GetMapping("/users/{username}/owned")
    ResponseEntity<?> owned(QueryRequest request) {
        AccountAddress address = AccountAddress.login(request.get(Parameters.USERNAME));
        PageRequest page = request.page();
        return request.answer(AccessPattern.OWNED, read -> {
            Accounts.Owned owned = new Accounts(read).owned(address, page);
            Listed<RepositoryJson> repositories = owned.repositories();
            return request.paged(page, repositories.page(), new OwnedJson(owned.account(), repositories.entries()));
        });
    }

    /** The answer to {@code owned}. */
    record OwnedJson(UserJson account, List<RepositoryJson> repositories) {}

    /**
     * What an account opened, open before closed, newest first: a bare array of issues and pull requests, each with a
     * field {@code type} ({@code issue} or {@code pull_request}). {@code state}: open, closed, or all (default).
     */
    @GetMapping("/users/{username}/managed")
    ResponseEntity<?> managed(QueryRequest request) {
        AccountAddress address = AccountAddress.login(request.get(Parameters.USERNAME));
        PageRequest page = request.page();
        return request.answer(AccessPattern.MANAGED, read -> {
            var listed = new Accounts(read).managed(address, request.get(Parameters.ANY_STATE), page);
            return request.paged(page, listed.page(), typed.of(listed.entries()));
        });
    }
}
