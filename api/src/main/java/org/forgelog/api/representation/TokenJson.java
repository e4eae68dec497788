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
        @Nullable String token,
        String hashedToken,
        String tokenLastEight,
        List<String> scopes,
        @Nullable String note,
        Instant createdAt,
        Instant updatedAt,
        SimpleUser user) {}
