package org.forgelog.query.table;

import java.util.regex.Pattern;
import org.forgelog.domain.conversation.ConversationKind;

/**
 * Tells of the small items by which issues and pull requests are found by their labels, milestones and assignees: they hold keys, and
 * lead to the item itself.
 */
public final class Edge {

    private static final Pattern PARTITIONS = Pattern.compile("(LAB|MIL|ASG|ASR)#");

    private Edge() {}

    public static boolean isEdge(Item item) {
        return item.is(ItemType.ISSUE_EDGE) || item.is(ItemType.PULL_EDGE);
    }

    /** Whether a span is one of edges. */
    public static boolean isIn(Span span) {
        return PARTITIONS.matcher(span.pk()).lookingAt();
    }

    /** Where the issue or pull request is that an edge leads to. */
    public static ItemKey target(Item edge) {
        ConversationKind kind = edge.is(ItemType.ISSUE_EDGE) ? ConversationKind.ISSUE : ConversationKind.PULL_REQUEST;
        return Keys.conversation(kind, edge.number(Attr.REPOSITORY_ID), edge.number(Attr.NUMBER));
    }
}
