package org.forgelog.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.forgelog.domain.Change;
import org.forgelog.domain.DomainEvent;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.account.AccountEvent.AccountRegistered;
import org.forgelog.domain.account.AccountEvent.EmailsAdded;
import org.forgelog.domain.account.AccountEvent.ProfileEdited;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.account.AccountKind;
import org.forgelog.domain.account.Login;
import org.forgelog.domain.account.Profile;
import org.forgelog.domain.repository.RepositoryEvent.RepositoryDeleted;
import org.forgelog.domain.repository.RepositoryEvent.RepositoryTransferred;
import org.forgelog.domain.repository.RepositoryId;
import org.forgelog.eventlog.EventCodec.Encoded;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What tells who a person is, is encrypted with that person's key, and gone with it. */
class PersonalDataTest {

    private static final Instant AT = Instant.parse("2026-02-03T04:05:06.789Z");
    private static final AccountId ADA = new AccountId(17);
    private static final AccountId BOB = new AccountId(18);
    private static final AccountId ACME = new AccountId(19);
    private static final RepositoryId ENGINE = new RepositoryId(30);

    private final Keys keys = new Keys();
    private final EventCodec codec = new EventCodec(keys);

    /** Keys that lie nowhere else. */
    private static final class Keys implements KeyRing {

        private final Map<Long, PersonKey> keys = new HashMap<>();

        @Override
        public @Nullable PersonKey find(long account) {
            return keys.get(account);
        }

        @Override
        public PersonKey add(long account) {
            PersonKey key = new PersonKey(AesGcm.key(AesGcm.randomKey()));
            keys.put(account, key);
            return key;
        }

        @Override
        public void forget(long account) {}

        void destroy(AccountId account) {
            keys.put(account.value(), PersonKey.DESTROYED);
        }
    }

    private static AccountRegistered registered(AccountId id, String login, AccountKind kind) {
        return new AccountRegistered(id, login, kind, login + "@example.com", false, AT);
    }

    private DomainEvent read(Encoded stored) {
        return codec.decode(stored.type(), stored.revision(), stored.json());
    }

    static Stream<DomainEvent> events() {
        return SampleEvents.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("events")
    void everyEventIsReadBackAsItWas(DomainEvent event) {
        for (long account = 1; account < 100; account++) {
            keys.add(account);
        }
        assertThat(read(codec.encode(event))).isEqualTo(event);
    }

    @Test
    void whatTellsOfAPersonIsNotInTheClear() {
        Encoded stored = codec.encode(registered(ADA, "ada", AccountKind.USER));
        assertThat(stored.json()).doesNotContain("ada").contains("\"of\":17", "\"sealed\"");
        Profile.Changes changes = new Profile.Changes(
                Change.to("Ada Lovelace"), null, null, null, null, Change.to("London"), Change.to(true), null, null);
        assertThat(codec.encode(new ProfileEdited(ADA, changes, AT)).json()).doesNotContain("Lovelace", "London");
        assertThat(codec.encode(new EmailsAdded(ADA, List.of("ada@example.com"), AT))
                        .json())
                .doesNotContain("ada@");
    }

    @Test
    void anOrganizationHasNoKeyAndIsNamed() {
        assertThat(codec.encode(registered(ACME, "acme", AccountKind.ORGANIZATION))
                        .json())
                .contains("\"acme\"");
        codec.encode(registered(ADA, "ada", AccountKind.USER));
        Encoded stored =
                codec.encode(new RepositoryTransferred(ENGINE, ADA, "ada", "engine", ACME, "acme", "engine", ADA, AT));
        assertThat(stored.json()).contains("\"owner_login\":\"acme\"").doesNotContain("\"ada\"");
    }

    @Test
    void nothingIsLeftOnceTheKeyIsDestroyed() {
        Encoded hers = codec.encode(registered(ADA, "ada", AccountKind.USER));
        Encoded emails = codec.encode(new EmailsAdded(ADA, List.of("ada@example.com"), AT));
        Encoded his = codec.encode(registered(BOB, "bob", AccountKind.USER));
        Encoded both =
                codec.encode(new RepositoryTransferred(ENGINE, ADA, "ada", "engine", BOB, "bob", "engine", ADA, AT));

        keys.destroy(ADA);

        assertThat(read(hers))
                .isEqualTo(new AccountRegistered(ADA, Login.ofForgotten(ADA), AccountKind.USER, null, false, AT));
        assertThat(read(emails)).isEqualTo(new EmailsAdded(ADA, List.of(), AT));
        assertThat(read(his)).isEqualTo(registered(BOB, "bob", AccountKind.USER));
        assertThat(read(both))
                .isEqualTo(new RepositoryTransferred(
                        ENGINE, ADA, Login.ofForgotten(ADA), "engine", BOB, "bob", "engine", ADA, AT));
    }

    @Test
    void whatIsStoredOfSomebodyWithoutAKeyAnyMoreSaysNothing() {
        codec.encode(registered(ADA, "ada", AccountKind.USER));
        keys.destroy(ADA);
        Encoded stored = codec.encode(new RepositoryDeleted(ENGINE, ADA, "ada", "engine", AT));
        assertThat(stored.json()).doesNotContain("\"ada\"");
        assertThat(read(stored)).isEqualTo(new RepositoryDeleted(ENGINE, ADA, Login.ofForgotten(ADA), "engine", AT));
    }

    @Test
    void whatWasStoredInTheClearIsStillRead() {
        Encoded plain = new EventCodec().encode(registered(ADA, "ada", AccountKind.USER));
        keys.add(ADA.value());
        assertThat(read(plain)).isEqualTo(registered(ADA, "ada", AccountKind.USER));
    }

    @Test
    void aKeyThatIsMissingOrAnotherPersonsIsAnErrorAndNothingIsMadeUp() {
        Encoded stored = codec.encode(registered(ADA, "ada", AccountKind.USER));
        keys.keys.remove(ADA.value());
        assertThatThrownBy(() -> read(stored))
                .isInstanceOf(UnreadableEventException.class)
                .hasMessageContaining("a:17");
        keys.add(ADA.value());
        assertThatThrownBy(() -> read(stored)).isInstanceOf(UnreadableEventException.class);
    }

    @Test
    void noLoginLooksLikeThatOfSomebodyWhoWasForgotten() {
        assertThat(Login.isForgotten(Login.ofForgotten(ADA))).isTrue();
        assertThatThrownBy(() -> new Login(Login.ofForgotten(ADA))).isInstanceOf(Rejection.class);
    }
}
