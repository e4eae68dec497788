package org.forgelog.domain.conversation;

/** What is being talked about. */
public enum ConversationKind {
    ISSUE,
    PULL_REQUEST
}
