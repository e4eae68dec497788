package org.forgelog.api.openapi;

import static org.forgelog.api.openapi.Operation.delete;
import static org.forgelog.api.openapi.Operation.get;
import static org.forgelog.api.openapi.Operation.patch;
import static org.forgelog.api.openapi.Operation.post;
import static org.forgelog.api.openapi.Operation.put;
import static org.forgelog.api.openapi.Schema.flag;
import static org.forgelog.api.openapi.Schema.listOf;
import static org.forgelog.api.openapi.Schema.object;
import static org.forgelog.api.openapi.Schema.text;

import java.util.ArrayList;
import java.util.List;
import org.forgelog.api.Scope;
import org.forgelog.api.openapi.Operation.Audience;
import org.forgelog.api.representation.EmailJson;
import org.forgelog.api.representation.IssueJson;
import org.forgelog.api.representation.PullRequestJson;
import org.forgelog.api.representation.RepositoryJson;
import org.forgelog.api.representation.SimpleUser;
import org.forgelog.api.representation.TokenJson;
import org.forgelog.api.representation.UserJson;
import org.forgelog.domain.account.Login;
import org.forgelog.domain.account.Profile;

/** Accounts: what they do themselves, and what the site administrator does to them. */
final class AccountCatalogue {

    private static final Schema LINE = text(Profile.LINE_LIMIT);
    /** An issue or a pull request, told apart by {@code type}. */
    static final Schema ENTRY =
            Schema.anyOf(entry("issue", IssueJson.class), entry("pull_request", PullRequestJson.class));

    static final Schema RENAME_ACCEPTED = Schema.named("rename-accepted", object("message", text(), "url", text()));

    private AccountCatalogue() {}

    private static Schema entry(String type, Class<?> record) {
        return Schema.extended(type.replace('_', '-') + "-entry", new Body().must("type", Schema.words(type)), record);
    }

    static List<Operation> users() {
        List<Operation> all = new ArrayList<>(accounts());
        all.addAll(emails());
        return all;
    }

    private static List<Operation> emails() {
        Schema list = listOf(text(Profile.LINE_LIMIT));
        Schema shown = listOf(Schema.of(EmailJson.class));
        return List.of(
                get("/user/emails", "users/list-emails-for-authenticated-user", "The caller's addresses")
                        .by(Audience.USER)
                        .list(EmailJson.class),
                get(
                                "/user/public_emails",
                                "users/list-public-emails-for-authenticated-user",
                                "Those of them that the profile shows")
                        .by(Audience.USER)
                        .list(EmailJson.class),
                post("/user/emails", "users/add-email-for-authenticated-user", "Add addresses")
                        .accepts(Scope.USER)
                        .about("The first that a user has is the primary one. Nobody is asked to confirm them.")
                        .body(new Body().must("emails", list).or(list))
                        .answers(201, "All of them.", shown),
                delete("/user/emails", "users/delete-email-for-authenticated-user", "Remove addresses")
                        .accepts(Scope.USER)
                        .about("All but the primary one can be removed.")
                        .body(new Body().must("emails", list).or(list))
                        .done(),
                patch(
                                "/user/email/visibility",
                                "users/set-primary-email-visibility-for-authenticated-user",
                                "Show the primary address on the profile, or not")
                        .accepts(Scope.USER)
                        .body(new Body().must("visibility", Schema.words(EnumValues.VISIBILITIES)))
                        .ok(shown));
    }

    private static List<Operation> accounts() {
        return List.of(
                get("/user", "users/get-authenticated", "The caller's own account")
                        .by(Audience.USER)
                        .ofAnyMoment()
                        .ok(UserJson.class),
                patch("/user", "users/update-authenticated", "Edit the caller's own profile")
                        .accepts(Scope.USER)
                        .body(profile()
                                .may("hireable", flag())
                                .may("bio", text(Profile.BIO_LIMIT))
                                .may("payment_plan_id", LINE))
                        .ok(UserJson.class),
                get("/users", "users/list", "All users and organizations, by id")
                        .query("User", Parameters.AFTER_ID)
                        .list(SimpleUser.class),
                get("/users/{username}", "users/get-by-username", "An account, by its login")
                        .ofAnyMoment()
                        .ok(UserJson.class),
                get("/user/{account_id}", "users/get-by-id", "An account, by its id")
                        .ofAnyMoment()
                        .ok(UserJson.class),
                HistoryCatalogue.of("/users/{username}", "users/get-history", "an account")
                        .by(Audience.USER)
                        .refuses(403),
                get("/users/{username}/owned", "users/get-owned", "An account with its repositories, newest first")
                        .own()
                        .ofAnyMoment()
                        .page(Schema.named(
                                "owned",
                                object(
                                        "account",
                                        Schema.of(UserJson.class),
                                        "repositories",
                                        listOf(Schema.of(RepositoryJson.class))))),
                get("/users/{username}/managed", "users/list-managed", "What an account opened, open before closed")
                        .own()
                        .about("Issues and pull requests of all repositories, newest first among the open and among the"
                                + " closed ones.")
                        .query("Issue", Parameters.ANY_STATE)
                        .ofAnyMoment()
                        .list(ENTRY));
    }

    /** What accounts of people and organizations say of themselves. */
    static Body profile() {
        return new Body()
                .may("name", LINE)
                .may("email", LINE)
                .may("blog", LINE)
                .may("twitter_username", LINE)
                .may("company", LINE)
                .may("location", LINE);
    }

    static List<Operation> administration() {
        Schema login = text(Login.LIMIT);
        String tokens = "/admin/users/{username}/authorizations";
        List<Operation> operations = List.of(
                post("/admin/users", "enterprise-admin/create-user", "Register a user")
                        .body(new Body()
                                .must("login", login)
                                .may("email", LINE)
                                .may("suspended", flag().otherwise(false)))
                        .created(SimpleUser.class),
                patch("/admin/users/{username}", "enterprise-admin/update-username-for-user", "Rename a user")
                        .body(new Body().must("login", login))
                        .answers(202, "It is done already.", RENAME_ACCEPTED),
                delete("/admin/users/{username}", "enterprise-admin/delete-user", "Delete a user")
                        .about(
                                "With the user's repositories and stars; what the user wrote elsewhere stays, by a ghost.")
                        .done(),
                put("/users/{username}/suspended", "enterprise-admin/suspend-user", "Suspend a user")
                        .done(),
                delete("/users/{username}/suspended", "enterprise-admin/unsuspend-user", "Let a user in again")
                        .done(),
                put(
                                "/users/{username}/site_admin",
                                "enterprise-admin/promote-user-to-be-site-administrator",
                                "Make a user a site administrator")
                        .done(),
                delete(
                                "/users/{username}/site_admin",
                                "enterprise-admin/demote-site-administrator",
                                "Make a site administrator a user like others")
                        .about("Nobody demotes themselves.")
                        .done(),
                post(tokens, "enterprise-admin/create-impersonation-o-auth-token", "Issue a token for a user")
                        .about("The token stands in this answer and nowhere else. Takes no `Idempotency-Key`.")
                        .body(new Body().must("scopes", listOf(LINE)).may("note", LINE))
                        .created(TokenJson.class),
                delete(tokens, "enterprise-admin/delete-impersonation-o-auth-token", "Revoke all tokens of a user")
                        .done(),
                delete(tokens + "/{token_id}", "enterprise-admin/delete-token", "Revoke one token of a user")
                        .own()
                        .done());
        operations.forEach(operation -> operation.by(Audience.SITE_ADMIN));
        return operations;
    }
}
