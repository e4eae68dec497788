package org.forgelog.query.table;

import org.forgelog.domain.conversation.ConversationKind;
import org.jspecify.annotations.Nullable;

/** How an item says whether it belongs to an issue or to a pull request: {@code ISSUE}, which may be left out, or {@code PULL}. */
public final class StoredKind {

    private static final String ISSUE = "ISSUE";
    private static final String PULL = "PULL";

    private StoredKind() {}

    public static String of(ConversationKind kind) {
        return switch (kind) {
            case ISSUE -> ISSUE;
            case PULL_REQUEST -> PULL;
        };
    }

    public static ConversationKind in(Item item) {
        @Nullable String word = item.text(Attr.CONVERSATION, ISSUE);
        if (PULL.equals(word)) {
            return ConversationKind.PULL_REQUEST;
        }
        if (ISSUE.equals(word)) {
            return ConversationKind.ISSUE;
        }
        throw new IllegalArgumentException("no kind of conversation: " + word);
    }
}
