package org.forgelog.api.representation;

import java.time.Instant;
import org.forgelog.domain.reaction.ReactionContent;

/** A reaction (GitHub's {@code reaction}). */
public record ReactionJson(long id, String nodeId, SimpleUser user, String content, Instant createdAt) {

    public static ReactionJson of(long id, SimpleUser user, ReactionContent content, Instant reactedAt) {
        return new ReactionJson(id, NodeId.REACTION.of(id), user, content.word(), reactedAt);
    }
}
