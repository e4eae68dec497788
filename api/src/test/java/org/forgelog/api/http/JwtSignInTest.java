package org.forgelog.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.forgelog.api.Caller;
import org.forgelog.api.Scope;
import org.forgelog.engines.SharedEngines;
import org.forgelog.eventlog.EventLogSchema;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who is let in with a token of an identity provider, and as whom. */
class JwtSignInTest {

    private static IdentityProvider provider;
    private static JdbcClient jdbc;
    private static JwtSignIn signIn;

    @BeforeAll
    static void start() throws Exception {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(SharedEngines.freshDatabase());
        EventLogSchema.migrate(dataSource, true);
        jdbc = JdbcClient.create(dataSource);
        account(1, "Ada", "USER", false);
        account(2, "mallory", "USER", true);
        account(3, "acme", "ORGANIZATION", false);
        account(4, "kate", "USER", false);
        provider = new IdentityProvider();
        signIn = signIn(provider, properties(IdentityProvider.AUDIENCE));
    }

    @AfterAll
    static void stop() {
        provider.close();
    }

    private static void account(long id, String login, String kind, boolean suspended) {
        jdbc.sql(
                        "insert into account (id, login, login_key, kind, suspended, deleted) values (?, ?, lower(?), ?, ?, false)")
                .params(id, login, login, kind, suspended)
                .update();
    }

    private static OidcProperties properties(String audience) {
        return new OidcProperties(
                provider.issuer(),
                null,
                audience,
                "preferred_username",
                "groups",
                Set.of("forge-admins"),
                List.of("repo", "user"));
    }

    private static JwtSignIn signIn(IdentityProvider of, OidcProperties properties) {
        return new JwtSignIn(properties, of.issuer(), jdbc);
    }

    private static Caller caller(JWTClaimsSet.Builder claims) throws Exception {
        return signIn.callerOf(provider.token(claims)).orElse(null);
    }

    @Test
    void theLoginOfATokenIsThatOfAnAccount() throws Exception {
        Caller caller = caller(provider.claims("ada"));
        assertThat(caller.login()).isEqualTo("Ada");
        assertThat(caller.siteAdmin()).isFalse();
        assertThat(caller.scopes().words()).containsExactly("repo", "user");
    }

    @Test
    void membersOfTheAdministratorsGroupsAreSiteAdministrators() throws Exception {
        Caller caller = caller(provider.claims("ada").claim("groups", List.of("staff", "forge-admins")));
        assertThat(caller.siteAdmin()).isTrue();
        assertThat(caller.scopes().has(Scope.SITE_ADMIN)).isTrue();
        assertThat(caller(provider.claims("ada").claim("groups", List.of("staff")))
                        .siteAdmin())
                .isFalse();
        assertThat(caller(provider.claims("ada").claim("groups", "forge-admins"))
                        .siteAdmin())
                .isFalse();
    }

    @Test
    void aSuspendedAccountIsSuspendedWhateverTheProviderSays() throws Exception {
        Caller caller = caller(provider.claims("mallory").claim("groups", List.of("forge-admins")));
        assertThat(caller.suspended()).isTrue();
        assertThat(caller.siteAdmin()).isFalse();
    }

    @Test
    void nobodyElseIsLetIn() throws Exception {
        Date past = Date.from(Instant.now().minus(Duration.ofMinutes(5)));
        assertThat(caller(provider.claims("nobody"))).isNull();
        assertThat(caller(provider.claims("acme"))).isNull();
        assertThat(caller(provider.claims("ada").claim("preferred_username", null)))
                .isNull();
        assertThat(caller(provider.claims("ada").audience("another"))).isNull();
        assertThat(caller(provider.claims("ada").issuer("https://elsewhere.example")))
                .isNull();
        assertThat(caller(provider.claims("ada").expirationTime(past))).isNull();
        assertThat(signIn.callerOf(IdentityProvider.signed(provider.claims("ada"), IdentityProvider.key("first"))))
                .as("signed by somebody else")
                .isEmpty();
        // {"alg":"none"}
        String unsigned =
                "eyJhbGciOiJub25lIn0." + provider.token(provider.claims("ada")).split("\\.")[1] + ".x";
        assertThat(signIn.callerOf(unsigned)).isEmpty();
    }

    @Test
    void aLoginThatOnlyLooksLikeOneInLowerCaseIsNobodys() throws Exception {
        assertThat(caller(provider.claims("KATE")).login()).isEqualTo("kate");
        // The sign of the kelvin is a k in lower case.
        assertThat(caller(provider.claims("\u212Aate"))).isNull();
    }

    @Test
    void aTokenThatIsGoodForEverIsNone() throws Exception {
        assertThat(caller(provider.claims("ada").expirationTime(null))).isNull();
    }

    @Test
    void aTokenDoesNotSayWhichKeyItIsToBeCheckedWith() throws Exception {
        RSAKey own = IdentityProvider.key("own");
        JWTClaimsSet claims = provider.claims("ada").build();
        for (JWSHeader header : List.of(
                new JWSHeader.Builder(JWSAlgorithm.RS256).jwk(own.toPublicJWK()).build(),
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .keyID("first")
                        .jwk(own.toPublicJWK())
                        .build(),
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .jwkURL(URI.create("http://127.0.0.1:1/keys"))
                        .build(),
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .keyID("../../../../dev/null")
                        .build())) {
            SignedJWT forged = new SignedJWT(header, claims);
            forged.sign(new RSASSASigner(own));
            assertThat(signIn.callerOf(forged.serialize())).as("%s", header).isEmpty();
        }
        // What everybody knows of the provider's key, taken for a secret.
        SignedJWT confused = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("first").build(), claims);
        confused.sign(new MACSigner(provider.publicKey()));
        assertThat(signIn.callerOf(confused.serialize())).isEmpty();
    }

    @Test
    void tokensOfOurOwnAreNotLookedAt() throws Exception {
        assertThat(signIn.mayBe("fl_445c82e50365150ce3")).isFalse();
        assertThat(signIn.mayBe(provider.token(provider.claims("ada")))).isTrue();
    }

    @Test
    void whileTheProviderIsAwayNobodyIsCalledAStranger() throws Exception {
        IdentityProvider away = new IdentityProvider();
        String token = away.token(away.claims("ada"));
        JwtSignIn there = signIn(away, properties(IdentityProvider.AUDIENCE));
        away.close();
        assertThatThrownBy(() -> there.callerOf(token))
                .isInstanceOfSatisfying(HttpFailure.class, failure -> assertThat(failure.status())
                        .isEqualTo(503));
    }

    @Test
    void withoutAnAudienceThereIsNoStart() {
        assertThatThrownBy(() -> signIn(provider, properties(" "))).hasMessageContaining("forgelog.oidc.audience");
    }
}
