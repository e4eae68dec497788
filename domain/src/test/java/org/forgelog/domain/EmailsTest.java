package org.forgelog.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.forgelog.domain.Rejections.assertInvalid;
import static org.forgelog.domain.Rejections.assertRejected;
import static org.forgelog.domain.Samples.NOW;
import static org.forgelog.domain.Samples.OCTOCAT;
import static org.forgelog.domain.Samples.THEN;

import java.util.List;
import java.util.stream.IntStream;
import org.forgelog.domain.Rejection.Code;
import org.forgelog.domain.Rejection.Fault;
import org.forgelog.domain.account.Account;
import org.forgelog.domain.account.AccountCommand.AddEmails;
import org.forgelog.domain.account.AccountCommand.RemoveEmails;
import org.forgelog.domain.account.AccountEvent;
import org.forgelog.domain.account.AccountEvent.AccountRegistered;
import org.forgelog.domain.account.AccountEvent.EmailsAdded;
import org.forgelog.domain.account.AccountEvent.EmailsRemoved;
import org.forgelog.domain.account.AccountKind;
import org.junit.jupiter.api.Test;

class EmailsTest {

    private static final AccountRegistered REGISTERED =
            new AccountRegistered(OCTOCAT, "octocat", AccountKind.USER, "cat@example.org", false, THEN);

    private static Account given(AccountEvent... events) {
        Account state = Account.evolve(null, REGISTERED);
        for (AccountEvent event : events) {
            state = Account.evolve(state, event);
        }
        return state;
    }

    private static AddEmails add(String... emails) {
        return new AddEmails(OCTOCAT, List.of(emails), NOW);
    }

    private static RemoveEmails remove(String... emails) {
        return new RemoveEmails(OCTOCAT, List.of(emails), NOW);
    }

    @Test
    void theOneOfTheRegistrationIsThePrimaryOne() {
        assertThat(given(new EmailsAdded(OCTOCAT, List.of("b@example.org"), NOW))
                        .primaryEmail())
                .isEqualTo("cat@example.org");
    }

    @Test
    void onlyWhatIsNewIsAddedWhateverItsCase() {
        assertThat(Account.decide(given(), add("CAT@example.org", "b@example.org", "B@example.org")))
                .containsExactly(new EmailsAdded(OCTOCAT, List.of("b@example.org"), NOW));
        assertThat(Account.decide(given(), add("Cat@Example.org"))).isEmpty();
        assertInvalid("emails", Fault.INVALID, () -> Account.decide(given(), add("nowhere")));
        assertInvalid(
                "emails",
                Fault.CUSTOM,
                () -> Account.decide(
                        given(),
                        add(IntStream.range(0, 50)
                                .mapToObj(n -> n + "@example.org")
                                .toArray(String[]::new))));
    }

    @Test
    void allButThePrimaryOneAreRemoved() {
        Account account = given(new EmailsAdded(OCTOCAT, List.of("B@example.org"), NOW));
        assertThat(Account.decide(account, remove("b@example.org")))
                .containsExactly(new EmailsRemoved(OCTOCAT, List.of("B@example.org"), NOW));
        assertInvalid("emails", Fault.INVALID, () -> Account.decide(account, remove("cat@example.org")));
        assertRejected(Code.NOT_FOUND, () -> Account.decide(account, remove("c@example.org")));
    }
}
