package org.forgelog.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.forgelog.domain.Rejections.assertInvalid;
import static org.forgelog.domain.Rejections.assertRejected;
import static org.forgelog.domain.Samples.NOW;
import static org.forgelog.domain.Samples.OCTOCAT;
import static org.forgelog.domain.Samples.THEN;

import java.util.List;
import org.forgelog.domain.Rejection.Code;
import org.forgelog.domain.Rejection.Fault;
import org.forgelog.domain.account.Account;
import org.forgelog.domain.account.AccountCommand;
import org.forgelog.domain.account.AccountCommand.DeleteAccount;
import org.forgelog.domain.account.AccountCommand.EditProfile;
import org.forgelog.domain.account.AccountCommand.IssueToken;
import org.forgelog.domain.account.AccountCommand.RegisterAccount;
import org.forgelog.domain.account.AccountCommand.RevokeToken;
import org.forgelog.domain.account.AccountEvent;
import org.forgelog.domain.account.AccountKind;
import org.forgelog.domain.account.Login;
import org.forgelog.domain.account.Profile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountTest {

    private final Account registered = after(
            null, new RegisterAccount(OCTOCAT, new Login("octocat"), AccountKind.USER, "cat@example.org", false, THEN));

    @Test
    void aProfileKeepsWhatAnEditDoesNotName() {
        Account edited = after(registered, edit(Change.to("The Octocat"), null));
        edited = after(edited, edit(null, Change.to("GitHub mascot")));
        assertThat(edited.profile().name()).isEqualTo("The Octocat");
        assertThat(edited.profile().bio()).isEqualTo("GitHub mascot");
    }

    @Test
    void theAddressThatAnAdministratorKnowsIsShownToNobody() {
        assertThat(registered.profile().email()).isNull();
        Profile.Changes published =
                new Profile.Changes(null, Change.to("octocat@example.org"), null, null, null, null, null, null, null);
        assertThat(after(registered, new EditProfile(OCTOCAT, published, NOW))
                        .profile()
                        .email())
                .isEqualTo("octocat@example.org");
    }

    @Test
    void aBiographyMayHave160CharactersAndNotOneMore() {
        assertThat(Account.decide(registered, edit(null, Change.to("x".repeat(160)))))
                .hasSize(1);
        assertInvalid("bio", Fault.CUSTOM, () -> Account.decide(registered, edit(null, Change.to("x".repeat(161)))));
    }

    @Test
    void aRevokedTokenCannotBeRevokedAgain() {
        Account withToken =
                after(registered, new IssueToken(OCTOCAT, 7, "ab".repeat(32), "12345678", List.of("repo"), null, NOW));
        Account without = after(withToken, new RevokeToken(OCTOCAT, 7, NOW));
        assertThat(without.tokens()).isEmpty();
        assertRejected(Code.NOT_FOUND, () -> Account.decide(without, new RevokeToken(OCTOCAT, 7, NOW)));
    }

    @Test
    void aDeletedAccountIsNotFound() {
        Account deleted = after(registered, new DeleteAccount(OCTOCAT, NOW));
        assertRejected(Code.NOT_FOUND, () -> Account.decide(deleted, edit(Change.to("x"), null)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", "a-", "a--b", "a_b", "a#b", "a/b", "..", "é", "a\u0000"})
    void aLoginIsMadeOfLettersDigitsAndSingleHyphens(String login) {
        assertInvalid("login", Fault.INVALID, () -> new Login(login));
    }

    @Test
    void aLoginMayHave39CharactersAndNotOneMore() {
        assertThat(new Login("A".repeat(39)).key()).isEqualTo("a".repeat(39));
        assertInvalid("login", Fault.CUSTOM, () -> new Login("A".repeat(40)));
    }

    private static EditProfile edit(@Nullable Change<String> name, @Nullable Change<String> bio) {
        return new EditProfile(OCTOCAT, new Profile.Changes(name, null, null, null, null, null, null, bio, null), NOW);
    }

    private static Account after(@Nullable Account state, AccountCommand command) {
        Account next = state;
        for (AccountEvent event : Account.decide(state, command)) {
            next = Account.evolve(next, event);
        }
        if (next == null) {
            throw new AssertionError("no account came of " + command);
        }
        return next;
    }
}
