package org.forgelog.api.representation;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A token (GitHub's {@code authorization}).
 *
 * @param token the token itself: this answer is the only place it ever stands in
 */
public record TokenJson(
        long id,
        String url,
        App app,
        @Nullable String token,
        String hashedToken,
        String tokenLastEight,
        List<String> scopes,
        @Nullable String note,
        @Nullable String noteUrl,
        @Nullable String fingerprint,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant expiresAt,
        SimpleUser user) {

    /** What a token was made for; there are no applications, so it is always the service itself. */
    public record App(String clientId, String name, String url) {

        public static App of(Links links) {
            return new App("00000000000000000000", "Forgelog", links.base());
        }
    }
}
