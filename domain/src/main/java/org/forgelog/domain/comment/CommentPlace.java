package org.forgelog.domain.comment;

import org.forgelog.domain.PublicIds;
import org.forgelog.domain.conversation.ConversationKind;
import org.forgelog.domain.repository.RepositoryId;

/**
 * What a comment is on. It never changes, and with the comment's id and first time it is all that the comment's items
 * are found by; every event of the comment carries it.
 *
 * @param conversation whether {@code number} is an issue's or a pull request's
 * @param conversationId the public id of that issue or pull request
 */
public record CommentPlace(RepositoryId repositoryId, ConversationKind conversation, long number, long conversationId) {

    public CommentPlace {
        PublicIds.check("a number", number);
        PublicIds.check("a conversation's id", conversationId);
    }
}
