package org.forgelog.domain.conversation;

/** What is being talked about; each kind has its own numbers. */
public enum ConversationKind {
    ISSUE,
    PULL_REQUEST
}
