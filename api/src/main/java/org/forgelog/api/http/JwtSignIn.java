package org.forgelog.api.http;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.forgelog.api.Caller;
import org.forgelog.api.Scope;
import org.forgelog.api.Scopes;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.account.Login;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderInitializationException;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.SupplierJwtDecoder;
import org.springframework.web.client.RestTemplate;

/**
 * Whose an access token of the identity provider is. The provider says who somebody is and which groups they are in; our
 * accounts say what they may do, and whether they may do anything at all.
 */
final class JwtSignIn {

    private static final Logger log = LoggerFactory.getLogger(JwtSignIn.class);
    /** Header, claims and signature; tokens of ours have no dots. */
    private static final Pattern FORM = Pattern.compile("[\\w-]+\\.[\\w-]+\\.[\\w-]+");

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final OidcProperties properties;
    private final JwtDecoder decoder;
    private final JdbcClient jdbc;

    JwtSignIn(OidcProperties properties, URI issuer, JdbcClient jdbc) {
        String audience = properties.audience();
        if (audience == null || audience.isBlank()) {
            throw new IllegalArgumentException("forgelog.oidc.audience is not set: tokens that the provider issues for"
                    + " other services would be taken");
        }
        this.properties = properties;
        this.jdbc = jdbc;
        // The provider need not be there when we start.
        this.decoder = new SupplierJwtDecoder(() -> decoder(properties, issuer, audience));
    }

    private static JwtDecoder decoder(OidcProperties properties, URI issuer, String audience) {
        JdkClientHttpRequestFactory http = new JdkClientHttpRequestFactory();
        http.setReadTimeout(PATIENCE);
        URI keys = properties.jwkSetUri();
        NimbusJwtDecoder decoder = (keys == null
                        ? NimbusJwtDecoder.withIssuerLocation(issuer.toString())
                        : NimbusJwtDecoder.withJwkSetUri(keys.toString()))
                .jwsAlgorithms(algorithms -> algorithms.addAll(List.of(
                        SignatureAlgorithm.RS256,
                        SignatureAlgorithm.PS256,
                        SignatureAlgorithm.ES256,
                        SignatureAlgorithm.ES384)))
                .restOperations(new RestTemplate(http))
                .build();
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                JwtValidators.createDefaultWithIssuer(issuer.toString()),
                // Without it a token would be good for ever.
                new JwtClaimValidator<Instant>("exp", Objects::nonNull),
                new JwtClaimValidator<Collection<String>>(
                        "aud", audiences -> audiences != null && audiences.contains(audience))));
        return decoder;
    }

    boolean mayBe(String token) {
        return FORM.matcher(token).matches();
    }

    /**
     * The caller that {@code token} stands for; empty when it is not valid, or nobody has the login that it names.
     *
     * @throws HttpFailure 503 when the provider's keys cannot be had
     */
    Optional<Caller> callerOf(String token) {
        Jwt jwt;
        try {
            jwt = decoder.decode(token);
        } catch (BadJwtException e) {
            log.debug("a token of the identity provider is not valid: {}", e.getMessage());
            return Optional.empty();
        } catch (JwtException | JwtDecoderInitializationException e) {
            log.warn("the identity provider's keys cannot be had: {}", e.toString());
            throw HttpFailure.unavailable("Sign-in is not possible now", Duration.ofSeconds(5));
        }
        String login = jwt.getClaimAsString(properties.loginClaim());
        return login == null ? Optional.empty() : login(login).flatMap(known -> account(known, isAdmin(jwt)));
    }

    /** Letters of other scripts that become ours in lower case, the sign of the kelvin for one, make nobody somebody else. */
    private static Optional<Login> login(String claimed) {
        try {
            return Optional.of(new Login(claimed));
        } catch (Rejection malformed) {
            return Optional.empty();
        }
    }

    private boolean isAdmin(Jwt jwt) {
        Object groups = jwt.getClaim(properties.groupsClaim());
        return groups instanceof Collection<?> all
                && all.stream().anyMatch(group -> properties.adminGroups().contains(String.valueOf(group)));
    }

    private Optional<Caller> account(Login login, boolean admin) {
        List<String> scopes = new ArrayList<>(properties.scopes());
        if (admin) {
            scopes.add(Scope.SITE_ADMIN.word());
        }
        return jdbc.sql(
                        "select id, login, suspended from account where login_key = ? and not deleted and kind = 'USER'")
                .param(login.key())
                .query((row, n) -> new Caller(
                        new AccountId(row.getLong("id")),
                        row.getString("login"),
                        null,
                        admin && !row.getBoolean("suspended"),
                        row.getBoolean("suspended"),
                        new Scopes(scopes)))
                .optional();
    }
}
