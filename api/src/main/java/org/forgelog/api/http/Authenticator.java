package org.forgelog.api.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.forgelog.api.Caller;
import org.forgelog.api.Scopes;
import org.forgelog.domain.Digests;
import org.forgelog.domain.account.AccountId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Tells whose a token is. What becomes of a token or its owner (revoked, suspended, deleted, made a site administrator)
 * is known {@link #CACHED} later at the latest.
 */
public final class Authenticator {

    /** How long the answer for a token is kept, from the moment it was asked for. */
    public static final Duration CACHED = Duration.ofSeconds(5);

    /** @param askedAt by {@link System#nanoTime}; a slow answer is no younger for being slow */
    private record Lookup(Caller caller, long askedAt) {}

    private final JdbcClient jdbc;
    private final @Nullable String adminToken;
    private final @Nullable JwtSignIn signIn;
    private final LongSupplier nanoTime;
    private final Cache<String, Lookup> callers =
            Caffeine.newBuilder().expireAfterWrite(CACHED).maximumSize(10_000).build();

    /** Tokens that are nobody's. */
    private final Cache<String, Boolean> strangers =
            Caffeine.newBuilder().expireAfterWrite(CACHED).maximumSize(10_000).build();

    /**
     * @param adminToken the site administrator's token; without one nobody is the site administrator
     * @param signIn whose the identity provider's tokens are; {@code null} where there is no provider
     */
    Authenticator(JdbcClient jdbc, @Nullable String adminToken, @Nullable JwtSignIn signIn) {
        this(jdbc, adminToken, signIn, System::nanoTime);
    }

    Authenticator(JdbcClient jdbc, @Nullable String adminToken, @Nullable JwtSignIn signIn, LongSupplier nanoTime) {
        this.signIn = signIn;
        this.jdbc = jdbc;
        this.adminToken = adminToken == null || adminToken.isBlank() ? null : adminToken;
        this.nanoTime = nanoTime;
    }

    /** The caller that {@code token} stands for; empty when it stands for nobody. */
    public Optional<Caller> callerOf(String token) {
        if (adminToken != null && sameText(adminToken, token)) {
            return Optional.of(Caller.SITE_ADMIN);
        }
        String hash = Digests.sha256(token);
        long now = nanoTime.getAsLong();
        Lookup cached = callers.getIfPresent(hash);
        if (cached != null && now - cached.askedAt() < CACHED.toNanos()) {
            return Optional.of(cached.caller());
        }
        if (strangers.getIfPresent(hash) != null) {
            return Optional.empty();
        }
        Optional<Caller> found = signIn != null && signIn.mayBe(token) ? signIn.callerOf(token) : lookUp(hash);
        if (found.isPresent()) {
            callers.put(hash, new Lookup(found.get(), now));
        } else {
            callers.invalidate(hash);
            strangers.put(hash, true);
        }
        return found;
    }

    private Optional<Caller> lookUp(String hash) {
        return jdbc.sql(
                        """
                        select t.id as token_id, t.scopes, a.id, a.login, a.site_admin, a.suspended
                        from token t join account a on a.id = t.account_id
                        where t.sha256 = ? and not a.deleted
                        """)
                .param(hash)
                .query((row, n) -> Caller.user(
                        new AccountId(row.getLong("id")),
                        row.getString("login"),
                        row.getLong("token_id"),
                        row.getBoolean("site_admin"),
                        row.getBoolean("suspended"),
                        new Scopes(List.of((String[]) row.getArray("scopes").getArray()))))
                .optional();
    }

    private static boolean sameText(String a, String b) {
        return MessageDigest.isEqual(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }
}
