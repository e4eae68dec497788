package org.forgelog.api.representation;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import org.forgelog.domain.reaction.ReactionContent;
import org.jspecify.annotations.Nullable;

/** How often each reaction was given (GitHub's {@code reaction-rollup}). */
public record ReactionRollupJson(
        String url,
        long totalCount,
        @JsonProperty("+1") long plusOne,
        @JsonProperty("-1") long minusOne,
        long laugh,
        long confused,
        long heart,
        long hooray,
        long rocket,
        long eyes) {

    /**
     * @param target the address of what is reacted to
     * @param counts what was given at all; {@code null} where that is not known, which makes no rollup
     */
    static @Nullable ReactionRollupJson of(String target, @Nullable Map<ReactionContent, Long> counts) {
        return counts == null
                ? null
                : new ReactionRollupJson(
                        target + "/reactions",
                        counts.values().stream().mapToLong(Long::longValue).sum(),
                        counts.getOrDefault(ReactionContent.PLUS_ONE, 0L),
                        counts.getOrDefault(ReactionContent.MINUS_ONE, 0L),
                        counts.getOrDefault(ReactionContent.LAUGH, 0L),
                        counts.getOrDefault(ReactionContent.CONFUSED, 0L),
                        counts.getOrDefault(ReactionContent.HEART, 0L),
                        counts.getOrDefault(ReactionContent.HOORAY, 0L),
                        counts.getOrDefault(ReactionContent.ROCKET, 0L),
                        counts.getOrDefault(ReactionContent.EYES, 0L));
    }
}
